/* image_test.c: images are written, opened and shown; damaged ones are refused with the sentence that says why. */
#include "runtime/image/image.h"
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

/* ── an image that has something in every section ────────────────────────────────────────────────────────────────── */

enum { PRACTICE, BIRTH, SEX, WEIGHT, LAB_DATE, LAB_CODE, LAB_VALUE, LAB_UNIT, DX_DATE, DX_CODE, FEE_FROM, FEE_TO,
       FEE_CODE };
enum { PATIENTS, LABS, DIAGNOSES, ENROLMENTS };
enum { HBA1C, DIABETES, ENROLLED };
/* The registers: those named ALL_ are uniform. */
enum { ALL_INDEX, ALL_START, ALL_LIMIT, ALL_TRUE, LIMIT, VALUE, DAY, LISTED, RAISED, TALLY, ALL_TALLY, N_REGISTERS };

#define END 0xeeeeeeeeu /* after the last word of a list of code words */
#define CODE(...) ((const uint32_t[]){ __VA_ARGS__, END })
#define ADD(section, type, ...) image_writer_add(writer, SECTION_##section, &(type){ __VA_ARGS__ }, sizeof(type))
#define T(text) image_writer_text(writer, text)

static void add_tables(struct image_writer *writer) {
  ADD(choices, uint32_t, T("female"));
  ADD(choices, uint32_t, T("male"));
  ADD(columns, struct image_column, T("practice"), COLUMN_TEXT, IMAGE_NONE, 0, 0);
  ADD(columns, struct image_column, T("birth"), COLUMN_DATE, IMAGE_NONE, 0, 0);
  ADD(columns, struct image_column, T("sex"), COLUMN_LIST, IMAGE_NONE, 0, 2);
  ADD(columns, struct image_column, T("weight"), COLUMN_NUMBER, IMAGE_NONE, 0, 0);
  ADD(columns, struct image_column, T("date"), COLUMN_DATE, IMAGE_NONE, 0, 0);
  ADD(columns, struct image_column, T("code"), COLUMN_CODE, T("npu"), 0, 0);
  ADD(columns, struct image_column, T("value"), COLUMN_NUMBER, IMAGE_NONE, 0, 0);
  ADD(columns, struct image_column, T("unit"), COLUMN_UNIT, IMAGE_NONE, 0, 0);
  ADD(columns, struct image_column, T("date"), COLUMN_DATE, IMAGE_NONE, 0, 0);
  ADD(columns, struct image_column, T("code"), COLUMN_CODE, T("icpc"), 0, 0);
  ADD(columns, struct image_column, T("from"), COLUMN_DATE, IMAGE_NONE, 0, 0);
  ADD(columns, struct image_column, T("to"), COLUMN_DATE, IMAGE_NONE, 0, 0);
  ADD(columns, struct image_column, T("code"), COLUMN_TEXT, IMAGE_NONE, 0, 0);
  ADD(tables, struct image_table, T("patients"), PRACTICE, 4);
  ADD(tables, struct image_table, T("labs"), LAB_DATE, 4);
  ADD(tables, struct image_table, T("diagnoses"), DX_DATE, 2);
  ADD(tables, struct image_table, T("enrolments"), FEE_FROM, 3);
}

static void add_streams(struct image_writer *writer) {
  ADD(aliases, struct image_alias, T("mmol/mol"), T("mmol per mol"));
  ADD(match_steps, struct image_match_step, MATCH_EXACT, T("NPU27300"), 0);
  ADD(match_steps, struct image_match_step, MATCH_EXACT, T("NPU03835"), 0);
  ADD(match_steps, struct image_match_step, MATCH_PREFIX, T("T90"), 0);
  ADD(match_steps, struct image_match_step, MATCH_RANGE, T("K74"), T("K76"));
  ADD(match_steps, struct image_match_step, MATCH_OR, 0, 0);
  ADD(selectors, struct image_selector, 0, 1);
  ADD(selectors, struct image_selector, 1, 1);
  ADD(selectors, struct image_selector, 2, 3);
  ADD(convert_steps, struct image_convert_step, CONVERT_VALUE, 0, 0);
  ADD(convert_steps, struct image_convert_step, CONVERT_NUMBER, 0, 2.15);
  ADD(convert_steps, struct image_convert_step, CONVERT_SUBTRACT, 0, 0);
  ADD(convert_steps, struct image_convert_step, CONVERT_NUMBER, 0, 10.929);
  ADD(convert_steps, struct image_convert_step, CONVERT_MULTIPLY, 0, 0);
  ADD(parts, struct image_part, LABS, LAB_CODE, LAB_VALUE, 0, T("mmol/mol"), 0, 0, 0, 15, 200);
  ADD(parts, struct image_part, LABS, LAB_CODE, LAB_VALUE, 1, T("%"), 0, 5, 0, 15, 200);
  ADD(parts, struct image_part, DIAGNOSES, DX_CODE, IMAGE_NONE, 2, IMAGE_NONE, 0, 0, 0, -INFINITY, INFINITY);
  ADD(parts, struct image_part, ENROLMENTS, FEE_CODE, IMAGE_NONE, IMAGE_NONE, IMAGE_NONE, 0, 0, 0, -INFINITY, INFINITY);
  ADD(streams, struct image_stream, T("hba1c"), STREAM_SERIES, TIES_HIGHEST, 0, 2);
  ADD(streams, struct image_stream, T("diagnosis = t2d"), STREAM_EVENTS, 0, 2, 1);
  ADD(streams, struct image_stream, T("enrolment"), STREAM_SPANS, 0, 3, 1);
}

static void add_packs(struct image_writer *writer) {
  ADD(packs, struct image_pack, T("treatment"), T("Behandling"), IMAGE_NONE, IMAGE_NONE, IMAGE_NONE, IMAGE_NONE,
      T("listed and\n  diagnosis = t2d"), 0, 1, 0, 1, T("0123"));
  ADD(packs, struct image_pack, T("followup"), IMAGE_NONE, T("1"), IMAGE_NONE, IMAGE_NONE, IMAGE_NONE,
      T("listed"), 1, 1, 1, 0, T("4567"));
  ADD(indicators, struct image_indicator, 0, T("mp1"), T("HbA1c over 58"), T("hba1c measured"), T("hba1c > 58"),
      BETTER_LOWER);
  ADD(indicators, struct image_indicator, 1, T("mp4"), IMAGE_NONE, IMAGE_NONE, T("enrolment"), BETTER_HIGHER);
  ADD(windows, struct image_window, T("within 18 months"), T("hba1c"), ALL_START, ALL_INDEX);
  ADD(parameters, struct image_parameter, 0, T("hba1c_limit"), IMAGE_NONE, T("58 mmol/mol"), 0);
}

static void add_registers(struct image_writer *writer) {
  static const struct image_register registers[N_REGISTERS] = {
    [ALL_INDEX] = { REGISTER_DATE, 1 }, [ALL_START] = { REGISTER_DATE, 1 }, [ALL_LIMIT] = { REGISTER_NUMBER, 1 },
    [ALL_TRUE] = { REGISTER_MASK, 1 }, [LIMIT] = { REGISTER_NUMBER, 0 }, [VALUE] = { REGISTER_NUMBER, 0 },
    [DAY] = { REGISTER_DATE, 0 }, [LISTED] = { REGISTER_MASK, 0 }, [RAISED] = { REGISTER_MASK, 0 },
    [TALLY] = { REGISTER_TALLY, 0 }, [ALL_TALLY] = { REGISTER_TALLY, 1 },
  };
  for (int r = 0; r < N_REGISTERS; r++)
    image_writer_add(writer, SECTION_registers, &registers[r], sizeof registers[r]);
}

static void add_code(struct image_writer *writer, const uint32_t *words) {
  for (; words && *words != END; words++)
    image_writer_add(writer, SECTION_code, words, sizeof *words);
}

/* What every code below begins with, so that the window's registers are written. */
#define WINDOW_CODE OP_date_index, ALL_INDEX, OP_months_back, ALL_START, ALL_INDEX, 18

/* The image with this code in the place of its own. */
static void *make_image_with(const uint32_t *once, const uint32_t *block, size_t *length) {
  struct image_writer *writer = image_writer_open();
  add_tables(writer);
  add_streams(writer);
  add_packs(writer);
  add_registers(writer);
  ADD(constants, double, 58.5);
  add_code(writer, CODE(WINDOW_CODE));
  add_code(writer, once);
  uint32_t n_once = image_writer_count(writer, SECTION_code);
  add_code(writer, block);
  return image_writer_close(writer, n_once, length);
}

static void *make_image(size_t *length) {
  struct image_writer *texts = image_writer_open();
  struct image_writer *writer = texts;
  add_tables(writer);
  uint32_t female = T("female");
  free(image_writer_close(texts, 0, length));
  return make_image_with(
      CODE(OP_number_is, ALL_LIMIT, 0, OP_number_spread, LIMIT, ALL_LIMIT),
      CODE(OP_date_column, DAY, BIRTH, OP_text_equal, LISTED, SEX, female, OP_count_population, 0, LISTED,
           OP_scan, HBA1C, ALL_START, ALL_INDEX, 1, OP_rows_latest, VALUE, OP_number_below, RAISED, ALL_LIMIT, VALUE,
           OP_cut_last, 2, 90, OP_rows_above, TALLY, ALL_LIMIT, OP_tally_all, LISTED, TALLY,
           OP_count_share, 0, RAISED, LISTED, OP_date_is, DAY, 19783,
           OP_any_row, RAISED, ENROLLED, ALL_INDEX, ALL_INDEX, OP_count_share, 1, RAISED, RAISED),
      length);
}

/* ── writing ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

static void same_calls_give_same_bytes(void **state) {
  (void)state;
  size_t n_one, n_two;
  void *one = make_image(&n_one), *two = make_image(&n_two);
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
    assert_int_equal(strspn(opcodes[op].operands, "NDMTndmtkcxspiq"), n);
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
  "    indicator mp1: share of \"hba1c measured\" where \"hba1c > 58\"; lower is better\n"
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
  "      22  scan                s0  D1  D0  1           ; hba1c\n"
  "      27  rows_latest         N5\n"
  "      29  number_below        M8  N2  N5\n"
  "      33  cut_last            2  90\n"
  "      36  rows_above          T9  N2\n"
  "      39  tally_all           M7  T9\n"
  "      42  count_share         i0  M8  M7              ; treatment mp1\n"
  "      46  date_is             D6  19783               ; 2024-03-01\n"
  "      49  any_row             M8  s2  D0  D0          ; enrolment\n"
  "      54  count_share         i1  M8  M8              ; followup mp4\n";

static void an_image_is_shown(void **state) {
  (void)state;
  size_t length, n_text;
  void *bytes = make_image(&length);
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

static void assert_refused(const void *bytes, size_t length, const char *sentence) {
  struct image image;
  const char *wrong = image_open(bytes, length, &image);
  assert_non_null(wrong);
  assert_string_equal(wrong, sentence);
}

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
#define IN_PARAMETER(element, field) AT(parameters, struct image_parameter, element, field)
#define MANY 1000000u                   /* beyond every section */

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
  { "a code set's steps are not in the match steps",           IN_SELECTOR(0, n_steps), 0 },
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
  { "a parameter's pack is not in the packs",                  IN_PARAMETER(0, pack), 2 },
  { "a parameter has no name",                                 IN_PARAMETER(0, name), IMAGE_NONE },
  { "what is said of a parameter is not a text",               IN_PARAMETER(0, value), MANY },
  { "a parameter is neither set nor not",                      IN_PARAMETER(0, is_set), 2 },
};

static void damaged_data_is_refused(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof damages / sizeof *damages; i++) {
    size_t length;
    char *bytes = make_image(&length);
    struct image_header *header = (struct image_header *)bytes;
    memcpy(bytes + header->sections[damages[i].section].offset + damages[i].offset, &damages[i].word, sizeof(uint32_t));
    assert_refused(bytes, length, damages[i].sentence);
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
    char *bytes = make_image(&length);
    struct image_header *header = (struct image_header *)bytes;
    memcpy(bytes + header->sections[cases[i].section].offset + cases[i].offset, &cases[i].number, sizeof(double));
    assert_refused(bytes, length, cases[i].sentence);
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
    char *bytes = make_image(&length);
    struct image image;
    assert_null(image_open(bytes, length, &image));
    char *text = (char *)image.texts;
    while (strcmp(text, cases[i].text) != 0)
      text += strlen(text) + 1;
    size_t n = strlen(cases[i].other);
    assert_true(n <= strlen(text));
    memcpy(text, cases[i].other, n);
    memset(text + n, 0, strlen(cases[i].text) - n);
    assert_refused(bytes, length, cases[i].sentence);
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
  char *bytes = make_image(&length), *copy = malloc(length + 8);
  struct image_header *header = (struct image_header *)copy;

  assert_refused(bytes, 0, "the image is shorter than its header");
  memcpy(copy + 4, bytes, length);
  assert_refused(copy + 4, length, "the image is not aligned to 8 bytes");

  memcpy(copy, bytes, length);
  header->magic++;
  assert_refused(copy, length, "this is not a Klynge image");
  memcpy(copy, bytes, length);
  header->version++;
  assert_refused(copy, length, "the image is of another version");
  memcpy(copy, bytes, length);
  header->unused = 1;
  assert_refused(copy, length, "the header's unused field is not 0");
  memcpy(copy, bytes, length);
  assert_refused(copy, length - 8, "the image is not as long as it says");
  header->length += 8;
  assert_refused(copy, length + 8, "there are bytes after the last section");
  memcpy(copy, bytes, length);
  header->sections[SECTION_code].offset += 8;
  assert_refused(copy, length, "a section does not begin where the one before it ends");
  memcpy(copy, bytes, length);
  header->sections[SECTION_packs].count = UINT32_MAX;
  assert_refused(copy, length, "a section goes past the end of the image");
  memcpy(copy, bytes, length);
  header->sections[SECTION_texts].count--;
  assert_refused(copy, length, "the last text is not ended");
  memcpy(copy, bytes, length);
  header->n_once = MANY;
  assert_refused(copy, length, "the part of the code that is run once is longer than the code");
  memcpy(copy, bytes, length);
  header->n_once--;
  assert_refused(copy, length, "an instruction is cut short");
  free(copy);
  free(bytes);
}

static void every_cut_is_refused(void **state) {
  (void)state;
  size_t length;
  char *bytes = make_image(&length);
  for (size_t n = 0; n < length; n++) {
    char *copy = malloc(n + 1);
    memcpy(copy, bytes, n);
    struct image image;
    assert_non_null(image_open(copy, n, &image));
    free(copy);
  }
  free(bytes);
}

/* ── code ────────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* The sentence with which the code is refused, NULL where it is fine. */
struct code_case { const char *sentence; const uint32_t *once, *block; };
#define MINUS(number) (uint32_t)-(number)
#define SCAN(stream, ordered) OP_scan, stream, ALL_START, ALL_INDEX, ordered

static void check_code(const struct code_case *cases, size_t n) {
  for (size_t i = 0; i < n; i++) {
    size_t length;
    void *bytes = make_image_with(cases[i].once, cases[i].block, &length);
    struct image image;
    const char *wrong = image_open(bytes, length, &image);
    if (!cases[i].sentence && wrong)
      fail_msg("code %zu should be fine: %s", i, wrong);
    if (cases[i].sentence && !wrong)
      fail_msg("code %zu should be refused: %s", i, cases[i].sentence);
    if (wrong)
      assert_string_equal(wrong, cases[i].sentence);
    free(bytes);
  }
}

static void operands_are_checked(void **state) {
  (void)state;
  static const char *const integer = "an instruction's integer is out of its range";
  const struct code_case cases[] = {
    { "there is no such instruction", CODE(N_OPCODES), NULL },
    { "an instruction is cut short", NULL, CODE(OP_text_known, LISTED) },
    { "an instruction's register is not in the registers", CODE(OP_date_index, N_REGISTERS), NULL },
    { "an instruction's register is of another kind", CODE(OP_date_index, ALL_LIMIT), NULL },
    { "an instruction's constant is not in the constants", CODE(OP_number_is, ALL_LIMIT, 1), NULL },
    { "an instruction's stream is not in the streams", NULL, CODE(SCAN(3, 0)) },
    { "an instruction's text is not in the texts", NULL, CODE(OP_text_equal, LISTED, SEX, IMAGE_NONE) },
    { "an instruction's column is not one of patients", NULL, CODE(OP_number_column, VALUE, LAB_VALUE) },
    { "an instruction's column is not one of patients", NULL, CODE(OP_number_column, VALUE, MANY) },
    { "an instruction's column is of another type", NULL, CODE(OP_number_column, VALUE, BIRTH) },
    { "an instruction's column is of another type", NULL, CODE(OP_date_column, DAY, WEIGHT) },
    { "an instruction's column is of another type", NULL, CODE(OP_text_known, LISTED, BIRTH) },
    { NULL, NULL, CODE(OP_text_known, LISTED, PRACTICE, OP_text_known, RAISED, SEX) },
    { integer, CODE(OP_truth_is, ALL_TRUE, 3), NULL },
    { integer, CODE(OP_truth_is, ALL_TRUE, MINUS(1)), NULL },
    { integer, NULL, CODE(SCAN(HBA1C, 2)) },
    { integer, NULL, CODE(SCAN(HBA1C, 1), OP_cut_last, 0, 0) },
    { integer, NULL, CODE(SCAN(HBA1C, 1), OP_cut_first, 1000001, 0) },
    { integer, NULL, CODE(SCAN(HBA1C, 1), OP_cut_last_months, 1, MINUS(1)) },
    { integer, NULL, CODE(SCAN(HBA1C, 1), OP_rows_change_months, VALUE, 120001) },
    { integer, NULL, CODE(OP_date_is, DAY, 0, OP_months_back, DAY, DAY, 120001) },
    { integer, NULL, CODE(OP_date_is, DAY, 0, OP_days_back, DAY, DAY, MINUS(4000001)) },
    { NULL, NULL, CODE(OP_date_is, DAY, 0, OP_days_back, DAY, DAY, MINUS(4000000)) },
    { integer, NULL, CODE(OP_tally_none, TALLY, OP_tally_at_least, LISTED, TALLY, MINUS(1)) },
    { "what an instruction counts is not in the image", NULL,
      CODE(OP_truth_is, LISTED, 1, OP_count_population, 2, LISTED) },
    { "what an instruction counts is not in the image", NULL,
      CODE(OP_truth_is, LISTED, 1, OP_count_share, 2, LISTED, LISTED) },
    { "a pack or an indicator is counted twice", NULL,
      CODE(OP_truth_is, LISTED, 1, OP_count_population, 0, LISTED, OP_count_population, 0, LISTED) },
    { "a pack or an indicator is counted twice", NULL,
      CODE(OP_truth_is, LISTED, 1, OP_count_share, 1, LISTED, LISTED, OP_count_share, 1, LISTED, LISTED) },
    { NULL, NULL, CODE(OP_truth_is, LISTED, 1, OP_count_population, 0, LISTED, OP_count_population, 1, LISTED) },
  };
  check_code(cases, sizeof cases / sizeof *cases);
}

static void registers_are_written_before_they_are_read(void **state) {
  (void)state;
  static const char *const unwritten = "a register is read before it is written";
  const struct code_case cases[] = {
    { unwritten, CODE(OP_negate, ALL_LIMIT, ALL_LIMIT), NULL },
    { unwritten, NULL, CODE(OP_negate, VALUE, VALUE) },
    { unwritten, NULL, CODE(OP_number_unknown, VALUE, OP_add, VALUE, VALUE, LIMIT) },
    { unwritten, NULL, CODE(OP_add, VALUE, ALL_LIMIT, ALL_LIMIT) },
    { unwritten, NULL, CODE(OP_tally_add, TALLY, TALLY, LISTED) },
    { unwritten, NULL, CODE(OP_count_population, 0, LISTED) },
    { NULL, NULL, CODE(OP_number_unknown, VALUE, OP_negate, VALUE, VALUE) },
  };
  check_code(cases, sizeof cases / sizeof *cases);
}

static void once_makes_uniform_values(void **state) {
  (void)state;
  static const char *const patients = "an instruction that looks at patients stands in the part that is run once";
  const struct code_case cases[] = {
    { NULL, CODE(OP_truth_is, ALL_TRUE, 1, OP_truth_spread, LISTED, ALL_TRUE), CODE(OP_not, RAISED, LISTED) },
    { NULL, CODE(OP_tally_none, ALL_TALLY, OP_tally_any, ALL_TRUE, ALL_TALLY), NULL },
    { "a full register is written in the part that is run once", CODE(OP_number_unknown, VALUE), NULL },
    { "a full register is read where one value for all is needed",
      CODE(OP_date_spread, DAY, ALL_INDEX, OP_date_known, ALL_TRUE, DAY), NULL },
    { "a full register is read where one value for all is needed", NULL,
      CODE(OP_number_unknown, VALUE, OP_number_spread, VALUE, VALUE) },
    { "a spread writes a uniform register",
      CODE(OP_number_unknown, ALL_LIMIT, OP_number_spread, ALL_LIMIT, ALL_LIMIT), NULL },
    { "a register of the part that is run once is written twice", CODE(OP_date_unknown, ALL_INDEX), NULL },
    { "a register of the part that is run once is written twice",
      CODE(OP_date_spread, DAY, ALL_INDEX, OP_date_spread, DAY, ALL_INDEX), NULL },
    { "a register that was written once is written in each block",
      CODE(OP_date_spread, DAY, ALL_INDEX), CODE(OP_date_index, DAY) },
    { "a uniform register is written in each block", NULL, CODE(OP_date_index, ALL_INDEX) },
    { patients, CODE(OP_text_known, ALL_TRUE, SEX), NULL },
    { patients, CODE(SCAN(HBA1C, 0)), NULL },
    { patients, CODE(OP_rows_any, ALL_TRUE), NULL },
    { patients, CODE(OP_truth_is, ALL_TRUE, 1, OP_count_population, 0, ALL_TRUE), NULL },
  };
  check_code(cases, sizeof cases / sizeof *cases);
}

static void uniform_operands_stand_where_they_may(void **state) {
  (void)state;
  static const char *const refused = "a uniform register is read where a full one is needed";
  const uint32_t *once = CODE(OP_truth_is, ALL_TRUE, 1, OP_number_is, ALL_LIMIT, 0);
  const struct code_case cases[] = {
    { NULL, once, CODE(OP_number_unknown, VALUE, OP_number_at_most, LISTED, VALUE, ALL_LIMIT) },
    { NULL, once, CODE(OP_truth_spread, LISTED, ALL_TRUE, OP_number_choose, VALUE, LISTED, ALL_LIMIT, ALL_LIMIT) },
    { refused, once, CODE(OP_number_choose, VALUE, ALL_TRUE, ALL_LIMIT, ALL_LIMIT) },
    { refused, once, CODE(OP_not, LISTED, ALL_TRUE) },
    { refused, once, CODE(OP_months_back, DAY, ALL_INDEX, 1) },
    { refused, once, CODE(OP_number_known, LISTED, ALL_LIMIT) },
    { refused, once, CODE(OP_count_population, 0, ALL_TRUE) },
  };
  check_code(cases, sizeof cases / sizeof *cases);
}

static void reducers_follow_a_scan_that_fits(void **state) {
  (void)state;
  static const char *const order = "the order of rows is asked for after a scan that does not keep it";
  static const char *const values = "values are asked for after a scan of a stream that has none";
  const struct code_case cases[] = {
    { "rows are asked for before any scan", NULL, CODE(OP_rows_any, LISTED) },
    { "rows are asked for before any scan", NULL, CODE(OP_cut_last, 1, 0) },
    { NULL, NULL, CODE(SCAN(DIABETES, 0), OP_rows_any, LISTED, OP_rows_count, VALUE) },
    { NULL, NULL, CODE(SCAN(DIABETES, 1), OP_date_of_first, DAY, OP_cut_first, 2, 0, OP_date_of_last, DAY) },
    { NULL, NULL,
      CODE(SCAN(HBA1C, 1), OP_rows_mean, VALUE, OP_date_of_highest, DAY, OP_rows_between, TALLY, VALUE, VALUE) },
    { order, NULL, CODE(SCAN(HBA1C, 0), OP_cut_last, 1, 0) },
    { order, NULL, CODE(SCAN(HBA1C, 0), OP_rows_latest, VALUE) },
    { order, NULL, CODE(SCAN(HBA1C, 0), OP_date_of_first, DAY) },
    { order, NULL, CODE(SCAN(HBA1C, 1), SCAN(HBA1C, 0), OP_rows_sum, VALUE) },
    { values, NULL, CODE(SCAN(DIABETES, 1), OP_rows_latest, VALUE) },
    { values, NULL, CODE(SCAN(ENROLLED, 1), OP_date_of_lowest, DAY) },
    { values, NULL, CODE(SCAN(HBA1C, 1), SCAN(DIABETES, 1), OP_number_unknown, VALUE, OP_rows_above, TALLY, VALUE) },
  };
  check_code(cases, sizeof cases / sizeof *cases);
}

/* The window of the sample stands in registers that only its own code writes. */
static void windows_need_their_days(void **state) {
  (void)state;
  struct image_writer *writer = image_writer_open();
  add_tables(writer);
  add_streams(writer);
  add_packs(writer);
  add_registers(writer);
  size_t length;
  void *bytes = image_writer_close(writer, 0, &length);
  assert_refused(bytes, length, "a window's day is never written");
  free(bytes);
}

/* A stack may get as deep as the machine's, and no deeper. */
static void stacks_are_bounded(void **state) {
  (void)state;
  for (uint32_t depth = IMAGE_STACK; depth <= IMAGE_STACK + 1; depth++) {
    struct image_writer *writer = image_writer_open();
    uint32_t code = T("T90");
    for (uint32_t i = 0; i < depth; i++)
      ADD(match_steps, struct image_match_step, MATCH_EXACT, code, 0);
    for (uint32_t i = 1; i < depth; i++)
      ADD(match_steps, struct image_match_step, MATCH_OR, 0, 0);
    ADD(selectors, struct image_selector, 0, 2 * depth - 1);
    size_t length;
    void *bytes = image_writer_close(writer, 0, &length);
    struct image image;
    const char *wrong = image_open(bytes, length, &image);
    assert_int_equal(wrong == NULL, depth == IMAGE_STACK);
    free(bytes);
  }
}

/* ── a great deal of damage ──────────────────────────────────────────────────────────────────────────────────────── */

/* Marsaglia's xorshift: the same damage in every run. */
static uint32_t next_random(uint32_t *random) {
  *random ^= *random << 13;
  *random ^= *random >> 17;
  return *random ^= *random << 5;
}

/* Damages a copy of the image of exactly `length` bytes: single bits, single bytes, and words that are nearly right. */
static void damage(char *bytes, size_t length, uint32_t *random) {
  for (uint32_t n = 1 + next_random(random) % 3; n > 0; n--) {
    size_t at = next_random(random) % length;
    uint32_t small = next_random(random) % 64, how = next_random(random) % 4;
    if (how == 0)
      bytes[at] ^= (char)(1 << small % 8);
    else if (how == 1)
      bytes[at] = (char)next_random(random);
    else if (at / 4 * 4 + 4 <= length)
      memcpy(bytes + at / 4 * 4, &(uint32_t){ how == 2 ? small : 0u - small }, 4);
  }
}

static void no_damage_crashes(void **state) {
  (void)state;
  size_t length;
  char *bytes = make_image(&length);
  FILE *nowhere = fopen("/dev/null", "w");
  assert_non_null(nowhere);
  uint32_t random = 20240301, n_opened = 0, n_refused = 0;
  for (int round = 0; round < 200000; round++) {
    /* Of its own size, so that a checked build notices a read past its end. */
    size_t n = round % 16 == 0 ? next_random(&random) % length : length;
    char *copy = malloc(n > 0 ? n : 1);
    memcpy(copy, bytes, n);
    if (n >= sizeof(struct image_header))
      ((struct image_header *)copy)->length = n;
    if (n > 0)
      damage(copy, n, &random);
    struct image image;
    if (image_open(copy, n, &image)) {
      n_refused++;
    } else {
      image_print(&image, nowhere);
      n_opened++;
    }
    free(copy);
  }
  assert_true(n_opened > 1000 && n_refused > 1000);
  fclose(nowhere);
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
    cmocka_unit_test(operands_are_checked),
    cmocka_unit_test(registers_are_written_before_they_are_read),
    cmocka_unit_test(once_makes_uniform_values),
    cmocka_unit_test(uniform_operands_stand_where_they_may),
    cmocka_unit_test(reducers_follow_a_scan_that_fits),
    cmocka_unit_test(windows_need_their_days),
    cmocka_unit_test(stacks_are_bounded),
    cmocka_unit_test(no_damage_crashes),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
