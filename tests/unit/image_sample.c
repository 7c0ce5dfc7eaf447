/* image_sample.c: see image_sample.h. */
#include "tests/unit/image_sample.h"

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
  ADD(packs, struct image_pack, T("treatment"), T("Behandling"), IMAGE_NONE, IMAGE_NONE, IMAGE_NONE, IMAGE_NONE, T("da"),
      T("listed and\n  diagnosis = t2d"), 0, 1, 0, 1, T("0123"));
  ADD(packs, struct image_pack, T("followup"), IMAGE_NONE, T("1"), IMAGE_NONE, IMAGE_NONE, IMAGE_NONE, IMAGE_NONE,
      T("listed"), 1, 1, 1, 0, T("4567"));
  ADD(indicators, struct image_indicator, .pack = 0, .name = T("mp1"), .title = T("HbA1c over 58"), .denominator = T("hba1c measured"),
      .numerator = T("hba1c > 58"), .better = BETTER_LOWER, .unit = IMAGE_NONE, .list = IMAGE_NONE, .replaces = IMAGE_NONE,
      .first_cell = 0, .n_cells = 1, .aim = 0.1);
  ADD(indicators, struct image_indicator, .pack = 1, .name = T("mp4"), .title = IMAGE_NONE, .denominator = IMAGE_NONE,
      .numerator = T("enrolment"), .better = BETTER_HIGHER, .unit = IMAGE_NONE, .list = IMAGE_NONE, .replaces = IMAGE_NONE,
      .first_cell = 1, .n_cells = 2, .aim = NAN);
  ADD(cells, struct image_cell, 0, CELL_WHOLE, IMAGE_NONE, IMAGE_NONE, IMAGE_NONE, 0);
  ADD(cells, struct image_cell, 1, CELL_WHOLE, IMAGE_NONE, IMAGE_NONE, IMAGE_NONE, 0);
  ADD(cells, struct image_cell, 1, CELL_BY, T("age_group"), IMAGE_NONE, T("40-59"), 0);
  ADD(windows, struct image_window, T("within 18 months"), T("hba1c"), ALL_START, ALL_INDEX);
  ADD(parameters, struct image_parameter, 0, T("hba1c_limit"), IMAGE_NONE, T("58 mmol/mol"), IMAGE_NONE);
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

void image_sample_add(struct image_writer *writer) {
  add_tables(writer);
  add_streams(writer);
  add_packs(writer);
  add_registers(writer);
}

void *image_sample_with(const uint32_t *once, const uint32_t *block, size_t *length) {
  struct image_writer *writer = image_writer_open();
  image_sample_add(writer);
  ADD(constants, double, 58.5);
  add_code(writer, CODE(WINDOW_CODE));
  add_code(writer, once);
  uint32_t n_once = image_writer_count(writer, SECTION_code);
  add_code(writer, block);
  return image_writer_close(writer, n_once, length);
}

void *image_sample(size_t *length) {
  struct image_writer *writer = image_writer_open();
  add_tables(writer);
  uint32_t female = T("female");
  free(image_writer_close(writer, 0, length));
  return image_sample_with(
      CODE(OP_number_is, ALL_LIMIT, 0, OP_number_spread, LIMIT, ALL_LIMIT),
      CODE(OP_date_column, DAY, BIRTH, OP_text_equal, LISTED, SEX, female, OP_count_population, 0, LISTED,
           OP_scan, HBA1C, ALL_START, ALL_INDEX, 1, 0, 0, OP_rows_latest, VALUE, OP_number_below, RAISED, ALL_LIMIT, VALUE,
           OP_cut_last, 2, 90, OP_rows_above, TALLY, ALL_LIMIT, OP_tally_all, LISTED, TALLY,
           OP_count_share, 0, RAISED, LISTED, OP_date_is, DAY, 19783,
           OP_any_row, RAISED, ENROLLED, ALL_INDEX, ALL_INDEX, OP_count_share, 1, RAISED, RAISED,
           OP_count_share, 2, RAISED, RAISED),
      length);
}

void image_sample_refused(const void *bytes, size_t length, const char *sentence) {
  struct image image;
  const char *wrong = image_open(bytes, length, &image);
  assert_non_null(wrong);
  assert_string_equal(wrong, sentence);
}
