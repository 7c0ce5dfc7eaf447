/* verify_code.c: every instruction of an image, followed once from the first to the last. There are no jumps, so what
 * holds on this one way holds whenever the code is run; the part for each block is run after the part that is run once. */
#include "runtime/image/verify.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "runtime/memory/memory.h"

/* What has been written so far. */
enum written { WRITTEN_NEVER, WRITTEN_ONCE, WRITTEN_IN_BLOCK };

struct walk {
  const struct image *image;
  uint32_t at;                        /* the word that is looked at */
  bool once;                          /* in the part that is run once */
  uint8_t *written;                   /* of each register, enum written */
  const struct image_stream *rows;    /* of the last scan; NULL before the first */
  bool ordered;                       /* the last scan keeps the order of rows */
  bool *pack_counted, *cell_counted, *question_told;
};

/* ── what an instruction needs besides its operands ──────────────────────────────────────────────────────────────── */

enum {
  NEEDS_BLOCK = 1,                    /* the patients of a block */
  NEEDS_ROWS = 2 | NEEDS_BLOCK,       /* a scan before it */
  NEEDS_ORDER = 4 | NEEDS_ROWS,       /* a scan that keeps the order of rows */
  NEEDS_VALUES = 8 | NEEDS_ORDER,     /* of a series */
};

static const unsigned char needs[N_OPCODES] = {
  [OP_number_column] = NEEDS_BLOCK, [OP_date_column] = NEEDS_BLOCK,
  [OP_text_known] = NEEDS_BLOCK, [OP_text_equal] = NEEDS_BLOCK,
  [OP_any_row] = NEEDS_BLOCK, [OP_scan] = NEEDS_BLOCK,
  [OP_end_if_nobody] = NEEDS_BLOCK, [OP_count_population] = NEEDS_BLOCK, [OP_count_share] = NEEDS_BLOCK,
  [OP_count_numbers] = NEEDS_BLOCK, [OP_count_events] = NEEDS_BLOCK,
  [OP_tell_truth] = NEEDS_BLOCK, [OP_tell_number] = NEEDS_BLOCK, [OP_tell_date] = NEEDS_BLOCK,

  [OP_rows_any] = NEEDS_ROWS, [OP_rows_count] = NEEDS_ROWS,

  [OP_cut_last] = NEEDS_ORDER, [OP_cut_first] = NEEDS_ORDER,
  [OP_cut_last_months] = NEEDS_ORDER, [OP_cut_first_months] = NEEDS_ORDER,
  [OP_date_of_last] = NEEDS_ORDER, [OP_date_of_first] = NEEDS_ORDER,

  [OP_rows_latest] = NEEDS_VALUES, [OP_rows_earliest] = NEEDS_VALUES, [OP_rows_highest] = NEEDS_VALUES,
  [OP_rows_lowest] = NEEDS_VALUES, [OP_rows_mean] = NEEDS_VALUES, [OP_rows_median] = NEEDS_VALUES,
  [OP_rows_sum] = NEEDS_VALUES, [OP_rows_change_days] = NEEDS_VALUES, [OP_rows_change_months] = NEEDS_VALUES,
  [OP_date_of_highest] = NEEDS_VALUES, [OP_date_of_lowest] = NEEDS_VALUES,
  [OP_rows_below] = NEEDS_VALUES, [OP_rows_at_most] = NEEDS_VALUES, [OP_rows_above] = NEEDS_VALUES,
  [OP_rows_at_least] = NEEDS_VALUES, [OP_rows_equal] = NEEDS_VALUES, [OP_rows_unequal] = NEEDS_VALUES,
  [OP_rows_between] = NEEDS_VALUES, [OP_rows_all] = NEEDS_VALUES, [OP_rows_some] = NEEDS_VALUES,
};

static bool has_need(enum opcode op, unsigned need) {
  return (needs[op] & need) == need;
}

static const char *walk_needs(const struct walk *walk, enum opcode op) {
  if (has_need(op, NEEDS_BLOCK) && walk->once)
    return "an instruction that looks at patients stands in the part that is run once";
  if (has_need(op, NEEDS_ROWS) && !walk->rows)
    return "rows are asked for before any scan";
  if (has_need(op, NEEDS_ORDER) && !walk->ordered)
    return "the order of rows is asked for after a scan that does not keep it";
  if (has_need(op, NEEDS_VALUES) && walk->rows->kind != STREAM_SERIES)
    return "values are asked for after a scan of a stream that has none";
  return NULL;
}

/* ── plain integers ──────────────────────────────────────────────────────────────────────────────────────────────── */

#define MOST_DAYS   4000000 /* more than there are between the years 1 and 9999 */
#define MOST_MONTHS 120000  /* as many months as that */
#define MOST_ROWS   1000000

/* What an instruction's first and second plain integer may be. An instruction that has no line takes 0 only. */
static const struct integer_range { int32_t low, high; } integers[N_OPCODES][3] = {
  [OP_date_is]             = { { INT32_MIN, INT32_MAX } },
  [OP_truth_is]            = { { 0, 2 } },
  [OP_months_back]         = { { -MOST_MONTHS, MOST_MONTHS } },
  [OP_days_back]           = { { -MOST_DAYS, MOST_DAYS } },
  [OP_scan]                = { { 0, 1 }, { 0, MOST_ROWS }, { 0, 1 } },
  [OP_cut_last]            = { { 1, MOST_ROWS }, { 0, MOST_DAYS } },
  [OP_cut_first]           = { { 1, MOST_ROWS }, { 0, MOST_DAYS } },
  [OP_cut_last_months]     = { { 1, MOST_ROWS }, { 0, MOST_MONTHS } },
  [OP_cut_first_months]    = { { 1, MOST_ROWS }, { 0, MOST_MONTHS } },
  [OP_rows_change_days]    = { { 0, MOST_DAYS } },
  [OP_rows_change_months]  = { { 0, MOST_MONTHS } },
  [OP_rows_all]            = { { 0, 5 } },
  [OP_rows_some]           = { { 0, 5 } },
  [OP_tally_at_least]      = { { 0, INT32_MAX } },
  [OP_tally_at_most]       = { { 0, INT32_MAX } },
  [OP_tally_exactly]       = { { 0, INT32_MAX } },
};

static const char *walk_integer(enum opcode op, int nth, uint32_t word) {
  int32_t integer = (int32_t)word;
  bool fits = integer >= integers[op][nth].low && integer <= integers[op][nth].high;
  return fits ? NULL : "an instruction's integer is out of its range";
}

/* ── registers ───────────────────────────────────────────────────────────────────────────────────────────────────── */

static bool is_spread(enum opcode op) {
  return op == OP_number_spread || op == OP_date_spread || op == OP_truth_spread;
}

static bool is_written(char letter) {
  return letter >= 'A' && letter <= 'Z';
}

/* In the part that is run once, an instruction makes one value for all of values for all; only a spread makes a full
 * register, which then stays as it is. */
static const char *walk_write_once(const struct walk *walk, enum opcode op, uint32_t number) {
  if (walk->image->registers[number].uniform && is_spread(op))
    return "a spread writes a uniform register";
  if (!walk->image->registers[number].uniform && !is_spread(op))
    return "a full register is written in the part that is run once";
  if (walk->written[number] != WRITTEN_NEVER)
    return "a register of the part that is run once is written twice";
  return NULL;
}

static const char *walk_write_in_block(const struct walk *walk, uint32_t number) {
  if (walk->image->registers[number].uniform)
    return "a uniform register is written in each block";
  if (walk->written[number] == WRITTEN_ONCE)
    return "a register that was written once is written in each block";
  return NULL;
}

static const char *walk_read(const struct walk *walk, enum opcode op, int operand, uint32_t number) {
  bool uniform = walk->image->registers[number].uniform;
  if (walk->written[number] == WRITTEN_NEVER)
    return "a register is read before it is written";
  if ((walk->once || is_spread(op)) && !uniform)
    return "a full register is read where one value for all is needed";
  if (!walk->once && uniform && !opcode_takes_uniform(op, operand))
    return "a uniform register is read where a full one is needed";
  return NULL;
}

static const char *walk_register(const struct walk *walk, enum opcode op, int operand, uint32_t number) {
  char letter = opcodes[op].operands[operand];
  if (number >= walk->image->n_registers)
    return "an instruction's register is not in the registers";
  if (walk->image->registers[number].kind != opcode_register(letter))
    return "an instruction's register is of another kind";
  if (!is_written(letter))
    return walk_read(walk, op, operand, number);
  return walk->once ? walk_write_once(walk, op, number) : walk_write_in_block(walk, number);
}

/* ── the other operands ──────────────────────────────────────────────────────────────────────────────────────────── */

static bool is_of_patients(const struct image *image, uint32_t column) {
  for (uint32_t t = 0; t < image->n_tables; t++) {
    const struct image_table *table = &image->tables[t];
    if (column >= table->first_column && column - table->first_column < table->n_columns)
      if (strcmp(image->texts + table->name, "patients") == 0)
        return true;
  }
  return false;
}

static const char *walk_column(const struct image *image, enum opcode op, uint32_t number) {
  if (number >= image->n_columns || !is_of_patients(image, number))
    return "an instruction's column is not one of patients";
  uint32_t type = image->columns[number].type;
  uint32_t as_read = type == COLUMN_NUMBER || type == COLUMN_DATE ? type : COLUMN_TEXT;
  uint32_t wanted = op == OP_number_column ? COLUMN_NUMBER : op == OP_date_column ? COLUMN_DATE : COLUMN_TEXT;
  return as_read == wanted ? NULL : "an instruction's column is of another type";
}

static const char *walk_counted(bool *counted, uint32_t n, uint32_t number) {
  if (number >= n)
    return "what an instruction counts is not in the image";
  if (counted[number])
    return "a pack, a cell or a question is counted twice";
  counted[number] = true;
  return NULL;
}

/* Each kind of indicator is counted by an instruction of its own. */
static const char *walk_cell(const struct walk *walk, enum opcode op, uint32_t number) {
  const char *wrong = walk_counted(walk->cell_counted, walk->image->n_cells, number);
  if (wrong) return wrong;
  uint32_t kind = walk->image->indicators[walk->image->cells[number].indicator].kind;
  enum opcode counts = kind == KIND_RATE ? OP_count_events : image_has_values(kind) ? OP_count_numbers : OP_count_share;
  return op == counts ? NULL : "an indicator is counted in the way of another kind";
}

static const char *walk_question(const struct walk *walk, enum opcode op, uint32_t number) {
  static const enum opcode tells[] = {OP_tell_number, OP_tell_date, OP_tell_truth};
  const char *wrong = walk_counted(walk->question_told, walk->image->n_questions, number);
  if (wrong) return wrong;
  return op == tells[walk->image->questions[number].kind] ? NULL : "a question is answered in another kind";
}

static const char *walk_operand(const struct walk *walk, enum opcode op, int operand, uint32_t word) {
  const struct image *image = walk->image;
  switch (opcodes[op].operands[operand]) {
  case 'c': return word < image->n_constants ? NULL : "an instruction's constant is not in the constants";
  case 's': return word < image->n_streams ? NULL : "an instruction's stream is not in the streams";
  case 'x': return verify_text(image, word) ? NULL : "an instruction's text is not in the texts";
  case 'p': return walk_column(image, op, word);
  case 'q': return walk_counted(walk->pack_counted, image->n_packs, word);
  case 'e': return walk_cell(walk, op, word);
  case 'u': return walk_question(walk, op, word);
  default:  return walk_register(walk, op, operand, word);
  }
}

/* ── instruction by instruction ──────────────────────────────────────────────────────────────────────────────────── */

static const char *walk_operands(struct walk *walk, enum opcode op, const uint32_t *words) {
  const char *operands = opcodes[op].operands, *wrong = NULL;
  for (int i = 0, n_integers = 0; operands[i] && !wrong; i++)
    wrong = operands[i] == 'k' ? walk_integer(op, n_integers++, words[i]) : walk_operand(walk, op, i, words[i]);
  /* Only now: what an instruction writes it has not yet written when it reads. */
  for (int i = 0; operands[i] && !wrong; i++)
    if (is_written(operands[i]))
      walk->written[words[i]] = walk->once ? WRITTEN_ONCE : WRITTEN_IN_BLOCK;
  return wrong;
}

static const char *walk_instruction(struct walk *walk, uint32_t end) {
  uint32_t op = walk->image->code[walk->at];
  if (op >= N_OPCODES)
    return "there is no such instruction";
  uint32_t n = (uint32_t)strlen(opcodes[op].operands);
  if (n >= end - walk->at)
    return "an instruction is cut short";
  const uint32_t *words = walk->image->code + walk->at + 1;
  const char *wrong = walk_needs(walk, op);
  if (!wrong)
    wrong = walk_operands(walk, op, words);
  if (!wrong && op == OP_scan) {
    walk->rows = &walk->image->streams[words[0]];
    walk->ordered = words[3] == 1;
  }
  walk->at += 1 + n;
  return wrong;
}

static const char *walk_code(struct walk *walk, uint32_t end) {
  const char *wrong = NULL;
  while (walk->at < end && !wrong)
    wrong = walk_instruction(walk, end);
  return wrong;
}

static const char *walk_windows(const struct walk *walk) {
  const struct image *image = walk->image;
  for (uint32_t w = 0; w < image->n_windows; w++) {
    const uint32_t days[] = { image->windows[w].low, image->windows[w].high };
    for (int i = 0; i < 2; i++) {
      if (days[i] == IMAGE_NONE) continue;
      if (days[i] >= image->n_registers || image->registers[days[i]].kind != REGISTER_DATE ||
          !image->registers[days[i]].uniform)
        return "a window's day is not in a uniform register of dates";
      if (walk->written[days[i]] != WRITTEN_ONCE)
        return "a window's day is never written";
    }
  }
  return NULL;
}

/* Constants and registers have only their own fields to be checked. */
static const char *verify_plain(const struct image *image) {
  for (uint32_t c = 0; c < image->n_constants; c++)
    if (isnan(image->constants[c]))
      return "a constant is not a number";
  for (uint32_t r = 0; r < image->n_registers; r++)
    if (image->registers[r].kind >= N_REGISTER_KINDS || image->registers[r].uniform > 1)
      return "a register is of no known kind";
  return NULL;
}

const char *verify_code(const struct image *image) {
  const char *wrong = verify_plain(image);
  if (!wrong && image->n_once > image->n_code)
    wrong = "the part of the code that is run once is longer than the code";
  if (wrong)
    return wrong;
  struct walk walk = {
    .image = image, .once = true,
    .written = memory_take(image->n_registers, sizeof *walk.written),
    .pack_counted = memory_take(image->n_packs, sizeof *walk.pack_counted),
    .cell_counted = memory_take(image->n_cells, sizeof *walk.cell_counted),
    .question_told = memory_take(image->n_questions, sizeof *walk.question_told),
  };
  wrong = walk_code(&walk, image->n_once);
  walk.once = false;
  if (!wrong)
    wrong = walk_code(&walk, image->n_code);
  if (!wrong)
    wrong = walk_windows(&walk);
  free(walk.written);
  free(walk.pack_counted);
  free(walk.cell_counted);
  free(walk.question_told);
  return wrong;
}
