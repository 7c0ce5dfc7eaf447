/* ooxml_test.c: a package keeps what is put into it, in the same bytes each time; what is hostile is refused; and the audit finds
 * what is wrong. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zip.h>
#include <cmocka.h>
#include "runtime/image/dates.h"
#include "runtime/ooxml/ooxml.h"

static char place[64];

static int make_place(void **state) {
  (void)state;
  strcpy(place, "/tmp/klynge-ooxml-XXXXXX");
  int file = mkstemp(place);
  return file < 0 ? -1 : close(file);
}
static int remove_place(void **state) {
  (void)state;
  return unlink(place);
}

static struct xml xml_of(const char *text) {
  struct xml xml = {0};
  xml_put_raw(&xml, text);
  return xml;
}
static void add(struct package *package, const char *name, const char *type, const char *text) {
  struct xml xml = xml_of(text);
  package_add_xml(package, name, type, &xml);
}
static void relate(struct package *package, const char *from, const char *kind, const char *to) { free(package_relate(package, from, kind, to)); }

/* A presentation of one slide with a chart, as far as the audit looks. */
static struct package *make_package(void) {
  struct package *package = package_new();
  add(package, "ppt/presentation.xml", OOXML_TYPE("presentationml.presentation.main+xml"),
      "<p:presentation xmlns:p='" OOXML_PRESENTATION "' xmlns:r='" OOXML_OFFICE "'><p:sldIdLst><p:sldId id='256' r:id='rId1'/></p:sldIdLst></p:presentation>");
  add(package, "ppt/slides/slide1.xml", OOXML_TYPE("presentationml.slide+xml"),
      "<p:sld xmlns:p='" OOXML_PRESENTATION "'><p:cNvPr id='1'/><p:cNvPr id='2'/></p:sld>");
  add(package, "ppt/charts/chart1.xml", OOXML_TYPE("drawingml.chart+xml"),
      "<c:chartSpace xmlns:c='" OOXML_CHART "'><c:numRef><c:f>Data!$B$2:$B$3</c:f><c:numCache><c:ptCount val='2'/>"
      "<c:pt idx='0'><c:v>0.5</c:v></c:pt></c:numCache></c:numRef></c:chartSpace>");
  package_add_bytes(package, "ppt/embeddings/data1.xlsx", OOXML_TYPE("spreadsheetml.sheet"), "zip", 3);
  relate(package, "", OOXML_KIND("officeDocument"), "ppt/presentation.xml");
  relate(package, "ppt/presentation.xml", OOXML_KIND("slide"), "ppt/slides/slide1.xml");
  relate(package, "ppt/slides/slide1.xml", OOXML_KIND("chart"), "ppt/charts/chart1.xml");
  relate(package, "ppt/charts/chart1.xml", OOXML_KIND("package"), "ppt/embeddings/data1.xlsx");
  return package;
}

static void save(struct package *package) {
  char *error = NULL;
  if (!package_save(package, place, date_from_civil(2024, 6, 1), &error)) fail_msg("%s", error);
}

static size_t read_place(char bytes[16384]) {
  FILE *file = fopen(place, "rb");
  size_t n = fread(bytes, 1, 16384, file);
  fclose(file);
  return n;
}

/* What the audit says of a package, all its lines. */
static size_t audit(struct package *package, char text[4096]) {
  save(package);
  memset(text, 0, 4096);
  FILE *out = fmemopen(text, 4096, "w");
  size_t n = package_audit(place, out);
  fclose(out);
  return n;
}

static void what_is_put_in_comes_out(void **state) {
  char text[4096], *error = NULL, *target;
  size_t length;
  (void)state;
  struct package *package = make_package();
  if (audit(package, text)) fail_msg("%s", text);
  package_free(package);
  package = package_open(place, &error);
  assert_non_null(package);
  assert_string_equal(package_type(package, "PPT/slides/SLIDE1.xml"), OOXML_TYPE("presentationml.slide+xml"));
  assert_string_equal(package_type(package, "ppt/embeddings/data1.xlsx"), OOXML_TYPE("spreadsheetml.sheet"));
  target = package_related(package, "ppt/slides/slide1.xml", OOXML_KIND("chart"));
  assert_string_equal(target, "ppt/charts/chart1.xml");
  free(target);
  target = package_target(package, "ppt/charts/chart1.xml", "rId1");
  assert_string_equal(part_bytes(package_find(package, target), &length), "zip");
  assert_int_equal(length, 3);
  free(target);
  target = package_free_name(package, "ppt/slides/slide%u.xml");
  assert_string_equal(target, "ppt/slides/slide2.xml");
  free(target);
  package_free(package);
}

static void the_same_parts_are_the_same_bytes(void **state) {
  static char first[16384], second[16384];
  (void)state;
  struct package *package = make_package();
  setenv("TZ", "America/New_York", 1);
  save(package);
  size_t n = read_place(first);
  package_free(package);
  package = make_package();
  setenv("TZ", "Pacific/Auckland", 1);
  save(package);
  assert_int_equal(read_place(second), n);
  assert_memory_equal(first, second, n);
  package_free(package);
}

static void texts_and_numbers_are_written_as_xml_has_them(void **state) {
  struct xml xml = {0};
  (void)state;
  xml_put(&xml, "<a b='%s' c='%g'>%s %d %u %zu %lld %g%%</a>", "\"<&>'\x01", 0.1, "æ\xFF\xED\xA0\x80 \xF0\x9F\x98\x80", -1, 2u, (size_t)3, 4LL, 1e-20);
  assert_string_equal(xml.text, "<a b='&quot;&lt;&amp;&gt;&apos;\xEF\xBF\xBD' c='0.1'>æ\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD "
                                "\xF0\x9F\x98\x80 -1 2 3 4 1e-20%</a>");
  free(xml.text);
}

/* ── what is refused ─────────────────────────────────────────────────────────────────────────────────────────────── */

static void refuse(const char *name, const char *text, const char *wanted) {
  char *error = NULL;
  int code;
  zip_t *zip = zip_open(place, ZIP_CREATE | ZIP_TRUNCATE, &code);
  zip_file_add(zip, name, zip_source_buffer(zip, text, strlen(text), 0), 0);
  assert_int_equal(zip_close(zip), 0);
  assert_null(package_open(place, &error));
  if (!strstr(error, wanted)) fail_msg("%s: %s", name, error);
  free(error);
}

static void what_is_hostile_is_refused(void **state) {
  static char bytes[16384];
  char *error = NULL;
  (void)state;
  refuse("a.xml", "<!DOCTYPE a [<!ENTITY b \"b\">]><a>&b;</a>", "DTD");
  refuse("a.xml", "<!DOCTYPE a SYSTEM \"http://127.0.0.1/a.dtd\"><a/>", "DTD");
  refuse("a.xml", "<a><b></a>", "well-formed");
  refuse("../a.xml", "<a/>", "name");
  refuse("/a.xml", "<a/>", "name");
  refuse("a.xml", "<a/>", "content types");
  assert_null(package_open("/nowhere/at/all.pptx", &error));
  free(error);
  /* Cut anywhere, or with any byte turned about, it is an error or is read. */
  struct package *package = make_package();
  save(package);
  package_free(package);
  size_t n = read_place(bytes), n_refused = 0, n_tried = 0;
  for (size_t i = 0; i < n; i += 7, n_tried++) {
    FILE *file = fopen(place, "wb");
    bytes[i] ^= 0x55;
    fwrite(bytes, 1, i % 2 ? n : n - i, file);
    bytes[i] ^= 0x55;
    fclose(file);
    package = package_open(place, &error);
    if (!package) n_refused++, free(error);
    package_free(package);
  }
  assert_true(n_refused > n_tried / 2);
}

/* ── a file in its place ─────────────────────────────────────────────────────────────────────────────────────────── */

static bool write_half(const void *what, const char *path, char **error) {
  FILE *file = fopen(path, "wb");
  struct stat made;
  assert_non_null(file);
  assert_int_equal(stat(path, &made), 0);
  assert_int_equal(made.st_mode & 0777, 0600);
  fputs("half", file);
  fclose(file);
  if (*(const bool *)what) return true;
  *error = strdup("it went wrong");
  return false;
}

/* What stood there stays until all of the new file is written, and of one that goes wrong nothing is left. */
static void a_file_comes_whole_or_not_at_all(void **state) {
  char beside[160], *error = NULL, read[16] = "";
  bool is_well = false;
  (void)state;
  assert_true(package_save_bytes("before", 6, place, &error));
  assert_false(package_place(place, PACKAGE_OWNER_ALONE, write_half, &is_well, &error));
  assert_string_equal(error, "it went wrong");
  free(error);
  snprintf(beside, sizeof beside, "%s.%ld.part", place, (long)getpid());
  assert_int_not_equal(access(beside, F_OK), 0);
  FILE *file = fopen(place, "rb");
  assert_int_equal(fread(read, 1, sizeof read - 1, file), 6);
  fclose(file);
  assert_string_equal(read, "before");
  is_well = true;
  assert_true(package_place(place, PACKAGE_OWNER_ALONE, write_half, &is_well, &error));
  assert_false(package_is_whole(place, &error));
  free(error);
}

/* ── what the audit finds ────────────────────────────────────────────────────────────────────────────────────────── */

static void change(struct package *package, const char *name, const char *path, const char *attribute, const char *value) {
  part_change(package_find(package, name));
  xmlSetProp(xml_find(part_root(package_find(package, name)), path), BAD_CAST attribute, BAD_CAST value);
}
static void lose(struct package *package, const char *name) {
  struct part *types = package_find(package, "[Content_Types].xml");
  struct xml kept = {0};
  size_t length;
  xml_put_raw(&kept, part_bytes(types, &length));
  package_remove(package, name);
  part_replace_xml(types, &kept);
}

static void expect(struct package *package, const char *wanted) {
  char text[4096];
  if (!audit(package, text)) fail_msg("not found: %s", wanted);
  if (!strstr(text, wanted)) fail_msg("%s not in: %s", wanted, text);
  package_free(package);
}

static void the_audit_finds_what_is_wrong(void **state) {
  struct package *package = make_package();
  (void)state;
  change(package, "ppt/slides/slide1.xml", "p:cNvPr[2]", "id", "1");
  expect(package, "id 1 is there twice");
  package = make_package();
  change(package, "ppt/charts/chart1.xml", ".//c:ptCount", "val", "3");
  expect(package, "3 values are cached");
  package = make_package();
  xmlNodeSetContent(xml_find(part_change(package_find(package, "ppt/charts/chart1.xml")), "//c:v"), BAD_CAST "0,5");
  expect(package, "0,5 is no number");
  package = make_package();
  lose(package, "ppt/charts/chart1.xml");
  expect(package, "has a content type and is not there");
  package = make_package();
  lose(package, "ppt/charts/chart1.xml");
  expect(package, "leads to ppt/charts/chart1.xml, which is not there");
  package = make_package();
  package_unrelate(package, "ppt/slides/slide1.xml", "rId1");
  expect(package, "ppt/charts/chart1.xml: nothing leads to this part");
  package = make_package();
  package_unrelate(package, "ppt/presentation.xml", "rId1");
  expect(package, "rId1 names no relationship");
  package = make_package();
  package_set_type(package, "ppt/embeddings/data1.xlsx", NULL);
  xml_remove(xml_find(part_change(package_find(package, "[Content_Types].xml")), "ct:Default[@Extension='xlsx']"));
  expect(package, "has no content type");
  package = make_package();
  change(package, "ppt/presentation.xml", "//p:sldId", "id", "255");
  expect(package, "the id of a slide is too small");
  package = make_package();
  struct xml stale = xml_of("<p:presentation xmlns:p='" OOXML_PRESENTATION "' xmlns:r='" OOXML_OFFICE "' xmlns:p14='http://schemas.microsoft.com/office/powerpoint/2010/main'>"
    "<p:sldIdLst><p:sldId id='256' r:id='rId1'/></p:sldIdLst><p:extLst><p14:sectionLst><p14:sldId id='300'/></p14:sectionLst></p:extLst></p:presentation>");
  part_replace_xml(package_find(package, "ppt/presentation.xml"), &stale);
  expect(package, "a section names slide 300");
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown(what_is_put_in_comes_out, make_place, remove_place),
    cmocka_unit_test_setup_teardown(the_same_parts_are_the_same_bytes, make_place, remove_place),
    cmocka_unit_test(texts_and_numbers_are_written_as_xml_has_them),
    cmocka_unit_test_setup_teardown(what_is_hostile_is_refused, make_place, remove_place),
    cmocka_unit_test_setup_teardown(a_file_comes_whole_or_not_at_all, make_place, remove_place),
    cmocka_unit_test_setup_teardown(the_audit_finds_what_is_wrong, make_place, remove_place),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
