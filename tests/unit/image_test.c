/* image_test.c: images are written, opened and shown; damaged data are refused with the sentence that says why. */
#include "tests/unit/image_sample.h"

/* ── writing ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

static void same_calls_give_same_bytes(void **state) {
  (void)state;
  size_t n_one, n_two;
  void *one = image_sample(&n_one), *two = image_sample(&n_two);
  assert_int_equal(n_one, n_two);
  assert_memory_equal(one, two, n_one);
  free(one);
  free(two);
}

static void texts_are_kept_once(void **state) {
  (void)state;
  struct image_writer *writer = image_writer_open();
  enum { N = 20000 };
  static uint32_t offsets[N];
  char text[32];
  for (int round = 0; round < 2; round++)
    for (int i = 0; i < N; i++) {
      snprintf(text, sizeof text, "indicator %d", i);
      uint32_t offset = T(text);
      if (round == 0)
        offsets[i] = offset;
      assert_int_equal(offset, offsets[i]);
    }
  assert_int_equal(T(NULL), IMAGE_NONE);
  assert_int_equal(T(""), T(""));
  size_t length;
  void *bytes = image_writer_close(writer, 0, &length);
  struct image image;
  assert_null(image_open(bytes, length, &image));
  for (int i = 0; i < N; i++) {
    snprintf(text, sizeof text, "indicator %d", i);
    assert_string_equal(image_text(&image, offsets[i]), text);
  }
  assert_null(image_text(&image, IMAGE_NONE));
  free(bytes);
}

static void empty_image_opens(void **state) {
  (void)state;
  size_t length;
  void *bytes = image_writer_close(image_writer_open(), 0, &length);
  struct image image;
  assert_null(image_open(bytes, length, &image));
  assert_int_equal(image.n_code, 0);
  free(bytes);
}

/* ── opcodes ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

static void every_operand_is_a_known_letter(void **state) {
  (void)state;
  for (int op = 0; op < N_OPCODES; op++) {
    size_t n = strlen(opcodes[op].operands);
    assert_int_equal(strspn(opcodes[op].operands, "NDMTndmtkcxspequ"), n);
    for (size_t i = 1; i < n; i++)
      assert_null(strchr("NDMT", opcodes[op].operands[i]));
    assert_false(opcode_takes_uniform(op, (int)n));
  }
  assert_int_equal(opcode_register('T'), REGISTER_TALLY);
  assert_int_equal(opcode_register('k'), N_REGISTER_KINDS);
}

static void some_operands_may_be_uniform(void **state) {
  (void)state;
  assert_true(opcode_takes_uniform(OP_number_below, 1));
  assert_true(opcode_takes_uniform(OP_number_below, 2));
  assert_false(opcode_takes_uniform(OP_number_below, 0));
  assert_true(opcode_takes_uniform(OP_number_choose, 2));
  assert_false(opcode_takes_uniform(OP_number_choose, 1));
  assert_false(opcode_takes_uniform(OP_truth_else, 1));
  assert_true(opcode_takes_uniform(OP_scan, 1));
  assert_false(opcode_takes_uniform(OP_scan, 0));
  assert_true(opcode_takes_uniform(OP_rows_between, 2));
  assert_false(opcode_takes_uniform(OP_months_back, 1));
  assert_true(opcode_takes_uniform(OP_truth_spread, 1));
}

/* ── showing ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

static const char shown[] =
  "table patients (practice text, birth date, sex (female, male), weight number)\n"
  "table labs (date date, code code npu, value number, unit unit)\n"
  "table diagnoses (date date, code code icpc)\n"
  "table enrolments (from date, to date, code text)\n"
  "unit mmol/mol also \"mmol per mol\"\n"
  "\n"
  "stream s0: hba1c\n"
  "    series, ties highest\n"
  "    of labs by code, values in value: NPU27300; unit mmol/mol; plausible 15 to 200\n"
  "    of labs by code, values in value: NPU03835; unit %; as value 2.15 - 10.929 *; plausible 15 to 200\n"
  "\n"
  "stream s1: \"diagnosis = t2d\"\n"
  "    events\n"
  "    of diagnoses by code: T90* K74..K76 or\n"
  "\n"
  "stream s2: enrolment\n"
  "    spans\n"
  "    of enrolments by code: any code\n"
  "\n"
  "pack treatment: \"listed and\\n  diagnosis = t2d\"\n"
  "    parameter hba1c_limit = \"58 mmol/mol\"\n"
  "    window hba1c \"within 18 months\": D1 to D0\n"
  "    indicator mp1: share of \"hba1c measured\" where \"hba1c > 58\"; lower is better; aim 0.1\n"
  "\n"
  "pack followup: listed\n"
  "    indicator mp4: share of - where enrolment; higher is better\n"
  "\n"
  "registers\n"
  "    uniform: D0 D1 N2 M3 T10\n"
  "    full: N4 N5 D6 M7 M8 T9\n"
  "\n"
  "once:\n"
  "       0  date_index          D0\n"
  "       2  months_back         D1  D0  18\n"
  "       6  number_is           N2  c0                  ; 58.5\n"
  "       9  number_spread       N4  N2\n"
  "\n"
  "each block:\n"
  "      12  date_column         D6  p1                  ; birth\n"
  "      15  text_equal          M7  p2  female          ; sex\n"
  "      19  count_population    q0  M7                  ; treatment\n"
  "      22  scan                s0  D1  D0  1  0  0     ; hba1c\n"
  "      29  rows_latest         N5\n"
  "      31  number_below        M8  N2  N5\n"
  "      35  cut_last            2  90\n"
  "      38  rows_above          T9  N2\n"
  "      41  tally_all           M7  T9\n"
  "      44  count_share         e0  M8  M7              ; treatment mp1\n"
  "      48  date_is             D6  19783               ; 2024-03-01\n"
  "      51  any_row             M8  s2  D0  D0          ; enrolment\n"
  "      56  count_share         e1  M8  M8              ; followup mp4\n"
  "      60  count_share         e2  M8  M8              ; followup mp4 age_group 40-59\n";

static void an_image_is_shown(void **state) {
  (void)state;
  size_t length, n_text;
  void *bytes = image_sample(&length);
  struct image image;
  assert_null(image_open(bytes, length, &image));
  char *text;
  FILE *out = open_memstream(&text, &n_text);
  image_print(&image, out);
  fclose(out);
  assert_string_equal(text, shown);
  free(text);
  free(bytes);
}

/* ── damage ──────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* One field of one element, overwritten. */
struct damage { const char *sentence; enum image_section section; size_t offset; uint32_t word; };
#define AT(section, type, element, field) SECTION_##section, (element) * sizeof(type) + offsetof(type, field)
#define IN_COLUMN(element, field)    AT(columns, struct image_column, element, field)
#define IN_TABLE(element, field)     AT(tables, struct image_table, element, field)
#define IN_MATCH(element, field)     AT(match_steps, struct image_match_step, element, field)
#define IN_SELECTOR(element, field)  AT(selectors, struct image_selector, element, field)
#define IN_CONVERT(element, field)   AT(convert_steps, struct image_convert_step, element, field)
#define IN_PART(element, field)      AT(parts, struct image_part, element, field)
#define IN_STREAM(element, field)    AT(streams, struct image_stream, element, field)
#define IN_REGISTER(element, field)  AT(registers, struct image_register, element, field)
#define IN_WINDOW(element, field)    AT(windows, struct image_window, element, field)
#define IN_PACK(element, field)      AT(packs, struct image_pack, element, field)
#define IN_INDICATOR(element, field) AT(indicators, struct image_indicator, element, field)
#define IN_CELL(element, field)      AT(cells, struct image_cell, element, field)
#define IN_PARAMETER(element, field) AT(parameters, struct image_parameter, element, field)

static const struct damage damages[] = {
  { "a choice is not a text",                                  SECTION_choices, 0, MANY },
  { "a column has no name",                                    IN_COLUMN(BIRTH, name), IMAGE_NONE },
  { "a column has no name",                                    IN_COLUMN(BIRTH, name), 1 /* within a text */ },
  { "a column is of no known type",                            IN_COLUMN(BIRTH, type), COLUMN_LIST + 1 },
  { "a column's code system is not a text",                    IN_COLUMN(LAB_CODE, system), MANY },
  { "a column's choices are not in the choices",               IN_COLUMN(SEX, n_choices), 3 },
  { "a column's choices are not in the choices",               IN_COLUMN(SEX, first_choice), UINT32_MAX },
  { "a table has no name",                                     IN_TABLE(LABS, name), MANY },
  { "a table's columns are not in the columns",                IN_TABLE(LABS, n_columns), UINT32_MAX },
  { "a table has two columns of one name",                     IN_TABLE(LABS, n_columns), 5 },
  { "a spelling of a unit is not a text",                      AT(aliases, struct image_alias, 0, spelt), IMAGE_NONE },
  { "a match step does nothing known",                         IN_MATCH(0, op), MATCH_EXCEPT + 1 },
  { "a match step's code is not a text",                       IN_MATCH(0, a), IMAGE_NONE },
  { "the end of a range of codes is not a text",               IN_MATCH(3, b), IMAGE_NONE },
  { "a code set's steps are not in the match steps",           IN_SELECTOR(2, first_step), MANY },
  { "a code set's steps are not in the match steps",           IN_SELECTOR(2, n_steps), 4 },
  { "a code set's steps take more than there is, or pile up too much", IN_MATCH(3, op), MATCH_OR },
  { "a code set's steps do not end in one outcome",            IN_SELECTOR(2, n_steps), 2 },
  { "a convert step does nothing known",                       IN_CONVERT(0, op), CONVERT_NEGATE + 1 },
  { "a convert step's unused field is not 0",                  IN_CONVERT(0, unused), 1 },
  { "a part's code set is not in the selectors",               IN_PART(0, selector), 3 },
  { "a part's unit is not a text",                             IN_PART(0, unit), MANY },
  { "a part's conversion is not in the convert steps",         IN_PART(1, n_steps), 6 },
  { "a conversion's steps take more than there is, or pile up too much", IN_CONVERT(1, op), CONVERT_ADD },
  { "a conversion's steps do not end in one number",           IN_PART(1, n_steps), 4 },
  { "a stream has no name",                                    IN_STREAM(HBA1C, name), IMAGE_NONE },
  { "a stream is of no known kind",                            IN_STREAM(HBA1C, kind), STREAM_SERIES + 1 },
  { "a stream's ties are none known",                          IN_STREAM(HBA1C, ties), TIES_MEAN + 1 },
  { "a stream's table is not in the tables",                   IN_PART(0, table), 4 },
  { "a stream's parts are not in the parts",                   IN_STREAM(HBA1C, n_parts), 0 },
  { "a stream's parts are not in the parts",                   IN_STREAM(HBA1C, n_parts), 5 },
  { "a stream's key is not a column of its table",             IN_PART(0, key), DX_CODE },
  { "a stream's key is not a column of texts",                 IN_PART(0, key), LAB_DATE },
  { "a series' values are not a column of its table",          IN_PART(1, value), IMAGE_NONE },
  { "a series' values are not numbers",                        IN_PART(1, value), LAB_UNIT },
  { "a stream without values has a column of values",          IN_PART(2, value), DX_CODE },
  { "a stream without values converts them",                   IN_PART(2, n_steps), 5 },
  { "the table of a stream of spans has no dates from and to", IN_STREAM(DIABETES, kind), STREAM_SPANS },
  { "the table of a stream has no date",                       IN_COLUMN(DX_DATE, type), COLUMN_TEXT },
  { "a register is of no known kind",                          IN_REGISTER(VALUE, kind), N_REGISTER_KINDS },
  { "a register is of no known kind",                          IN_REGISTER(VALUE, uniform), 2 },
  { "an instruction's register is of another kind",            IN_REGISTER(VALUE, kind), REGISTER_DATE },
  { "a window's day is not in a uniform register of dates",    IN_WINDOW(0, low), DAY },
  { "a window's day is not in a uniform register of dates",    IN_WINDOW(0, high), N_REGISTERS },
  { "what is said of a window is not a text",                  IN_WINDOW(0, title), IMAGE_NONE },
  { "a pack has no name",                                      IN_PACK(0, name), IMAGE_NONE },
  { "what is said of a pack is not a text",                    IN_PACK(0, population), IMAGE_NONE },
  { "a pack's indicators are not in the indicators",           IN_PACK(1, n_indicators), 2 },
  { "an indicator belongs to another pack",                    IN_PACK(0, n_indicators), 2 },
  { "an indicator belongs to no pack",                         IN_PACK(1, n_indicators), 0 },
  { "a pack's windows are not in the windows",                 IN_PACK(0, first_window), 1 },
  { "an indicator has no name",                                IN_INDICATOR(0, name), IMAGE_NONE },
  { "an indicator belongs to another pack",                    IN_INDICATOR(0, pack), MANY },
  { "what is said of an indicator is not a text",              IN_INDICATOR(0, numerator), IMAGE_NONE },
  { "an indicator is better in no known way",                  IN_INDICATOR(0, better), 3 },
  { "an indicator is of no known kind",                        IN_INDICATOR(0, kind), 6 },
  { "a rate is per no number of patients",                     IN_INDICATOR(0, kind), KIND_RATE },
  { "missing counts as no, or not",                            IN_INDICATOR(0, missing_counts_as_no), 2 },
  { "an indicator's cells are not in the cells",               IN_INDICATOR(1, n_cells), 3 },
  { "an indicator's cells are not in the cells",               IN_INDICATOR(0, n_cells), 0 },
  { "a cell's indicator is not in the indicators",             IN_CELL(0, indicator), MANY },
  { "a cell belongs to another indicator",                     IN_CELL(1, indicator), 0 },
  { "the cells of an indicator are not in their order",        IN_CELL(2, role), CELL_WHOLE },
  { "the cells of an indicator are not in their order",        IN_CELL(1, role), CELL_BY },
  { "what is said of a cell is not a text",                    IN_CELL(2, stratum), IMAGE_NONE },
  { "a cell is at the edge, or not",                           IN_CELL(2, is_edge), 2 },
  { "a parameter's pack is not in the packs",                  IN_PARAMETER(0, pack), 2 },
  { "a parameter has no name",                                 IN_PARAMETER(0, name), IMAGE_NONE },
  { "what is said of a parameter is not a text",               IN_PARAMETER(0, value), MANY },
  { "what is said of a parameter is not a text",               IN_PARAMETER(0, usual), MANY },
};

static void damaged_data_is_refused(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof damages / sizeof *damages; i++) {
    size_t length;
    char *bytes = image_sample(&length);
    struct image_header *header = (struct image_header *)bytes;
    memcpy(bytes + header->sections[damages[i].section].offset + damages[i].offset, &damages[i].word, sizeof(uint32_t));
    image_sample_refused(bytes, length, damages[i].sentence);
    free(bytes);
  }
}

static void damaged_numbers_are_refused(void **state) {
  (void)state;
  static const struct { const char *sentence; enum image_section section; size_t offset; double number; } cases[] = {
    { "a constant is not a number",                         SECTION_constants, 0, NAN },
    { "a convert step's number is none",                    IN_CONVERT(1, number), NAN },
    { "a part's plausible values go from more to less",     IN_PART(0, low), 201 },
    { "a part's plausible values go from more to less",     IN_PART(0, high), NAN },
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    size_t length;
    char *bytes = image_sample(&length);
    struct image_header *header = (struct image_header *)bytes;
    memcpy(bytes + header->sections[cases[i].section].offset + cases[i].offset, &cases[i].number, sizeof(double));
    image_sample_refused(bytes, length, cases[i].sentence);
    free(bytes);
  }
}

/* A text in the image, overwritten by one that is not longer. */
static void damaged_texts_are_refused(void **state) {
  (void)state;
  static const struct { const char *sentence, *text, *other; } cases[] = {
    { "a text holds bytes that cannot be printed", "hba1c measured", "\x1b[2J" },
    { "a text holds bytes that cannot be printed", "hba1c measured", "a\rb" },
    { "a text holds bytes that cannot be printed", "hba1c measured", "\x7f" },
    { "a text holds bytes that cannot be printed", "hba1c measured", "\xc2\x9b" /* U+009B */ },
    { "a text holds bytes that cannot be printed", "hba1c measured", "\xc0\xaf" },
    { "a text holds bytes that cannot be printed", "hba1c measured", "\xe0\x80\xaf" },
    { "a text holds bytes that cannot be printed", "hba1c measured", "\xed\xa0\x80" /* a surrogate */ },
    { "a text holds bytes that cannot be printed", "hba1c measured", "\xf4\x90\x80\x80" /* after U+10FFFF */ },
    { "a text holds bytes that cannot be printed", "hba1c measured", "\xe2\x82" },
    { "a text holds bytes that cannot be printed", "hba1c measured", "\xff" },
    { "a table's name cannot be a file's",         "diagnoses",      "../labs" },
    { "a table's name cannot be a file's",         "diagnoses",      ".hidden" },
    { "two tables have one name",                  "diagnoses",      "patients" },
    { "a table has two columns of one name",       "practice",       "sex" },
    { "the ends of a range of codes are not of the same length", "K76", "K7" },
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    size_t length;
    char *bytes = image_sample(&length);
    struct image image;
    assert_null(image_open(bytes, length, &image));
    char *text = (char *)image.texts;
    while (strcmp(text, cases[i].text) != 0)
      text += strlen(text) + 1;
    size_t n = strlen(cases[i].other);
    assert_true(n <= strlen(text));
    memcpy(text, cases[i].other, n);
    memset(text + n, 0, strlen(cases[i].text) - n);
    image_sample_refused(bytes, length, cases[i].sentence);
    free(bytes);
  }
}

static void texts_in_other_scripts_are_fine(void **state) {
  (void)state;
  struct image_writer *writer = image_writer_open();
  T("æøå µ ≤ 𝛼");
  T("two lines\r\n\tof one text\n");
  size_t length;
  void *bytes = image_writer_close(writer, 0, &length);
  struct image image;
  assert_null(image_open(bytes, length, &image));
  free(bytes);
}

static void damaged_frame_is_refused(void **state) {
  (void)state;
  size_t length;
  char *bytes = image_sample(&length), *copy = malloc(length + 8);
  struct image_header *header = (struct image_header *)copy;

  image_sample_refused(bytes, 0, "the image is shorter than its header");
  memcpy(copy + 4, bytes, length);
  image_sample_refused(copy + 4, length, "the image is not aligned to 8 bytes");

  memcpy(copy, bytes, length);
  header->magic++;
  image_sample_refused(copy, length, "this is not a Klynge image");
  memcpy(copy, bytes, length);
  header->version++;
  image_sample_refused(copy, length, "the image is of another version");
  memcpy(copy, bytes, length);
  header->unused = 1;
  image_sample_refused(copy, length, "the header's unused field is not 0");
  memcpy(copy, bytes, length);
  image_sample_refused(copy, length - 8, "the image is not as long as it says");
  header->length += 8;
  image_sample_refused(copy, length + 8, "there are bytes after the last section");
  memcpy(copy, bytes, length);
  header->sections[SECTION_code].offset += 8;
  image_sample_refused(copy, length, "a section does not begin where the one before it ends");
  memcpy(copy, bytes, length);
  header->sections[SECTION_packs].count = UINT32_MAX;
  image_sample_refused(copy, length, "a section goes past the end of the image");
  memcpy(copy, bytes, length);
  header->sections[SECTION_texts].count--;
  image_sample_refused(copy, length, "the last text is not ended");
  memcpy(copy, bytes, length);
  header->n_once = MANY;
  image_sample_refused(copy, length, "the part of the code that is run once is longer than the code");
  memcpy(copy, bytes, length);
  header->n_once--;
  image_sample_refused(copy, length, "an instruction is cut short");
  free(copy);
  free(bytes);
}

static void every_cut_is_refused(void **state) {
  (void)state;
  size_t length;
  char *bytes = image_sample(&length);
  for (size_t n = 0; n < length; n++) {
    char *copy = malloc(n + 1);
    memcpy(copy, bytes, n);
    struct image image;
    assert_non_null(image_open(copy, n, &image));
    free(copy);
  }
  free(bytes);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(same_calls_give_same_bytes),
    cmocka_unit_test(texts_are_kept_once),
    cmocka_unit_test(empty_image_opens),
    cmocka_unit_test(every_operand_is_a_known_letter),
    cmocka_unit_test(some_operands_may_be_uniform),
    cmocka_unit_test(an_image_is_shown),
    cmocka_unit_test(damaged_data_is_refused),
    cmocka_unit_test(damaged_numbers_are_refused),
    cmocka_unit_test(damaged_texts_are_refused),
    cmocka_unit_test(texts_in_other_scripts_are_fine),
    cmocka_unit_test(damaged_frame_is_refused),
    cmocka_unit_test(every_cut_is_refused),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
