/* read.c: a package from a file that anybody may have made. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <zip.h>
#include "runtime/image/words.h"
#include "runtime/memory/memory.h"
#include "runtime/ooxml/inner.h"

/* More than any template needs, and little enough that nothing comes to harm: a zip of a kilobyte can say that it holds a
 * terabyte. */
enum { MOST_ENTRIES = 8192 };
#define LARGEST_ENTRY (UINT64_C(64) << 20)
#define LARGEST_WHOLE (UINT64_C(256) << 20)

/* Names that leave the package, or that are not the same to everybody. */
static bool is_sound_name(const char *name) {
  return *name && *name != '/' && !strchr(name, '\\') && !strstr(name, "..") && !strstr(name, "//") &&
         strlen(name) < 1024;
}

/* Reads an entry to its end; NULL where it is damaged or longer than it says. */
static char *read_entry(zip_t *zip, zip_uint64_t i, size_t length) {
  zip_file_t *file = zip_fopen_index(zip, i, 0);
  if (!file) return NULL;
  char *bytes = memory_take(length + 1, 1), beyond;
  bool is_whole = zip_fread(file, bytes, length) == (zip_int64_t)length && zip_fread(file, &beyond, 1) == 0;
  zip_fclose(file);
  if (is_whole) return bytes;
  free(bytes);
  return NULL;
}

/* Reads one entry into the package. NULL or what is wrong with it. */
static char *add_entry(struct package *package, zip_t *zip, zip_uint64_t i, uint64_t *whole) {
  zip_stat_t entry;
  if (zip_stat_index(zip, i, 0, &entry) != 0) return ooxml_sentence("%s", _("an entry of the file cannot be read"));
  size_t name_length = strlen(entry.name);
  if (name_length > 0 && entry.name[name_length - 1] == '/') return NULL;
  if (!is_sound_name(entry.name) || package_find(package, entry.name))
    return ooxml_sentence(_("the name of an entry cannot be: %s"), entry.name);
  if (entry.size > LARGEST_ENTRY || (*whole += entry.size) > LARGEST_WHOLE)
    return ooxml_sentence(_("%s: the entry is too large"), entry.name);
  char *bytes = read_entry(zip, i, entry.size);
  if (!bytes) return ooxml_sentence(_("%s: the entry is damaged"), entry.name);
  struct part *part = part_new(package, memory_text(entry.name, name_length), bytes, entry.size);
  if (!part_name_is_xml(part->name)) return NULL;
  part->tree = xml_read(bytes, part->length);
  return part->tree ? NULL : ooxml_sentence(_("%s: the entry is no well-formed XML without a DTD"), part->name);
}

static char *add_entries(struct package *package, zip_t *zip) {
  zip_int64_t n = zip_get_num_entries(zip, 0);
  uint64_t whole = 0;
  if (n > MOST_ENTRIES) return ooxml_sentence("%s", _("the file has too many entries"));
  for (zip_int64_t i = 0; i < n; i++) {
    char *wrong = add_entry(package, zip, (zip_uint64_t)i, &whole);
    if (wrong) return wrong;
  }
  struct part *types = package_find(package, TYPES_PART);
  if (!types || !types->tree)
    return ooxml_sentence("%s", _("this is no file of Office: it has no list of content types"));
  return NULL;
}

static char *why_not_open(int code) {
  zip_error_t error;
  zip_error_init_with_code(&error, code);
  char *sentence = zip_error_system_type(&error) == ZIP_ET_SYS
                       ? ooxml_sentence("%s", strerror(zip_error_code_system(&error)))
                       : ooxml_sentence("%s", code == ZIP_ER_NOENT ? strerror(ENOENT)
                                                                   : _("this is no zip file, as files of Office are"));
  zip_error_fini(&error);
  return sentence;
}

struct package *package_open(const char *path, char **error) {
  int code = 0;
  zip_t *zip = zip_open(path, ZIP_RDONLY | ZIP_CHECKCONS, &code);
  if (!zip) {
    *error = why_not_open(code);
    return NULL;
  }
  struct package *package = memory_take(1, sizeof *package);
  package->end = &package->first;
  *error = add_entries(package, zip);
  zip_discard(zip);
  if (!*error) return package;
  package_free(package);
  return NULL;
}
