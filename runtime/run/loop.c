/* loop.c: the dispatch loop. One instruction is decoded for 4,096 patients, so decoding costs nothing; what each one
 * does is in mask and kernel, and what it means in opcodes.def. */
#include "runtime/kernel/compare.h"
#include "runtime/kernel/date_lanes.h"
#include "runtime/kernel/number_lanes.h"
#include "runtime/kernel/reduce.h"
#include "runtime/kernel/tally.h"
#include "runtime/run/worker.h"

/* ── what table patients says ────────────────────────────────────────────────────────────────────────────────────── */

static const struct store_column *column(const struct worker *worker, uint32_t number) {
  static const struct store_column nothing;
  return number == UINT32_MAX ? &nothing : &worker->bound->store->columns[number];
}

static const double *column_numbers(const struct worker *worker, uint32_t number) {
  const double *all = column(worker, number)->number;
  return all ? all + worker->block.first_patient : NULL;
}

static const int32_t *column_dates(const struct worker *worker, uint32_t number) {
  const int32_t *all = column(worker, number)->date;
  return all ? all + worker->block.first_patient : NULL;
}

static const uint32_t *column_texts(const struct worker *worker, uint32_t number) {
  const uint32_t *all = column(worker, number)->text;
  return all ? all + worker->block.first_patient : NULL;
}

static void text_known(const struct worker *worker, struct mask *out, uint32_t number) {
  const uint32_t *texts = column_texts(worker, number);
  mask_fill(out, MASK_NO);
  for (uint32_t i = 0; texts && i < worker->block.n; i++)
    if (texts[i] != 0) {
      out->yes[i / 64] |= UINT64_C(1) << i % 64;
      out->no[i / 64] &= ~(UINT64_C(1) << i % 64);
    }
}

static void text_equal(const struct worker *worker, struct mask *out, uint32_t number, uint32_t text) {
  const uint32_t *texts = column_texts(worker, number);
  mask_fill(out, MASK_UNKNOWN);
  for (uint32_t i = 0; texts && i < worker->block.n; i++)
    if (texts[i] != 0) (texts[i] == text ? out->yes : out->no)[i / 64] |= UINT64_C(1) << i % 64;
}

/* ── rows ────────────────────────────────────────────────────────────────────────────────────────────────────────── */

static void any_row(struct worker *worker, struct mask *out, uint32_t stream, const struct dates *low, const struct dates *high) {
  window_set(&worker->scanner.window, low, high, worker->index);
  scan_any(&worker->scanner, &worker->bound->streams[stream], worker->block.number, out);
}

static void scan(struct worker *worker, uint32_t stream, const struct dates *low, const struct dates *high, bool ordered,
                 uint32_t keep, bool counted) {
  window_set(&worker->scanner.window, low, high, worker->index);
  scan_rows(&worker->scanner, &worker->bound->streams[stream], worker->block.number, ordered, keep, counted);
  worker->rows = &worker->scanner.scan;
}

static void cut(struct worker *worker, enum cut_end end, uint32_t n, enum cut_unit unit, int32_t apart) {
  scan_cut(&worker->scanner, end, n, unit, apart);
  worker->rows = &worker->scanner.cut;
}

/* ── what leaves the machine ─────────────────────────────────────────────────────────────────────────────────────── */

static void count_population(struct worker *worker, uint32_t pack, const struct mask *a) {
  worker->anybody = worker->anybody || mask_count(a->yes, 0, worker->block.n) > 0;
  worker->sink.population(worker->sink.context, pack, &worker->block, a->yes);
}

static void count_share(const struct worker *worker, uint32_t cell, const struct mask *a, const struct mask *b) {
  uint64_t numerator[MASK_WORDS], unknown[MASK_WORDS];
  for (size_t w = 0; w < MASK_WORDS; w++) {
    numerator[w] = a->yes[w] & b->yes[w];
    unknown[w] = a->yes[w] & ~(b->yes[w] | b->no[w]);
  }
  worker->sink.share(worker->sink.context, cell, &worker->block, a->yes, numerator, unknown);
}

/* ── the loop ────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* The operands of an instruction by their letters in opcodes.def: its n-th word as a register, or as an integer. */
#define N(n) (&registers[word[n]].number)
#define D(n) (&registers[word[n]].dates)
#define M(n) (&registers[word[n]].mask)
#define T(n) (&registers[word[n]].tally)
#define K(n) ((int32_t)word[n])

static void run_instruction(struct worker *worker, enum opcode op, const uint32_t *word) {
  union machine_register *registers = worker->registers;
  struct rows *rows = worker->rows;
  switch (op) {
    case OP_number_is: number_fill(N(0), worker->bound->image->constants[word[1]]); break;
    case OP_date_is: date_fill(D(0), K(1)); break;
    case OP_date_index: date_fill(D(0), worker->index); break;
    case OP_truth_is: mask_fill(M(0), (enum mask_truth)word[1]); break;

    case OP_number_spread: number_spread(N(0), N(1)); break;
    case OP_date_spread: date_spread(D(0), D(1)); break;
    case OP_truth_spread: mask_spread(M(0), M(1)); break;

    case OP_number_column: number_column(N(0), column_numbers(worker, word[1]), worker->block.n); break;
    case OP_date_column: date_column(D(0), column_dates(worker, word[1]), worker->block.n); break;
    case OP_text_known: text_known(worker, M(0), word[1]); break;
    case OP_text_equal: text_equal(worker, M(0), word[1], word[2]); break;

    case OP_add: number_add(N(0), N(1), N(2)); break;
    case OP_subtract: number_subtract(N(0), N(1), N(2)); break;
    case OP_multiply: number_multiply(N(0), N(1), N(2)); break;
    case OP_divide: number_divide(N(0), N(1), N(2)); break;
    case OP_negate: number_negate(N(0), N(1)); break;

    case OP_number_below: number_below(M(0), N(1), N(2)); break;
    case OP_number_at_most: number_at_most(M(0), N(1), N(2)); break;
    case OP_number_equal: number_equal(M(0), N(1), N(2)); break;
    case OP_date_below: date_below(M(0), D(1), D(2)); break;
    case OP_date_at_most: date_at_most(M(0), D(1), D(2)); break;
    case OP_date_equal: date_equal(M(0), D(1), D(2)); break;
    case OP_truth_equal: mask_equal(M(0), M(1), M(2)); break;

    case OP_and: mask_and(M(0), M(1), M(2)); break;
    case OP_or: mask_or(M(0), M(1), M(2)); break;
    case OP_not: mask_not(M(0), M(1)); break;
    case OP_truth_known: mask_known(M(0), M(1)); break;
    case OP_truth_yes: mask_yes(M(0), M(1)); break;
    case OP_number_known: number_known(M(0), N(1)); break;
    case OP_date_known: date_known(M(0), D(1)); break;

    case OP_number_choose: number_choose(N(0), M(1), N(2), N(3)); break;
    case OP_date_choose: date_choose(D(0), M(1), D(2), D(3)); break;
    case OP_truth_choose: mask_choose(M(0), M(1), M(2), M(3)); break;
    case OP_number_else: number_else(N(0), N(1), N(2)); break;
    case OP_date_else: date_else(D(0), D(1), D(2)); break;
    case OP_truth_else: mask_else(M(0), M(1), M(2)); break;

    case OP_months_back: dates_months_back(D(0), D(1), K(2)); break;
    case OP_days_back: dates_days_back(D(0), D(1), K(2)); break;
    case OP_date_later: date_later(D(0), D(1), D(2)); break;
    case OP_date_earlier: date_earlier(D(0), D(1), D(2)); break;
    case OP_days_since: dates_days_since(N(0), D(1), worker->index); break;
    case OP_weeks_since: dates_weeks_since(N(0), D(1), worker->index); break;
    case OP_months_since: dates_months_since(N(0), D(1), worker->index); break;
    case OP_years_since: dates_years_since(N(0), D(1), worker->index); break;

    case OP_any_row: any_row(worker, M(0), word[1], D(2), D(3)); break;
    case OP_scan: scan(worker, word[0], D(1), D(2), word[3] == 1, word[4], word[5] == 1); break;
    case OP_cut_last: cut(worker, CUT_LAST, word[0], CUT_DAYS, K(1)); break;
    case OP_cut_first: cut(worker, CUT_FIRST, word[0], CUT_DAYS, K(1)); break;
    case OP_cut_last_months: cut(worker, CUT_LAST, word[0], CUT_MONTHS, K(1)); break;
    case OP_cut_first_months: cut(worker, CUT_FIRST, word[0], CUT_MONTHS, K(1)); break;

    case OP_rows_any: rows_any(rows, M(0)); break;
    case OP_rows_count: rows_count(rows, N(0)); break;
    case OP_rows_latest: rows_latest(rows, N(0)); break;
    case OP_rows_earliest: rows_earliest(rows, N(0)); break;
    case OP_rows_highest: rows_highest(rows, N(0)); break;
    case OP_rows_lowest: rows_lowest(rows, N(0)); break;
    case OP_rows_mean: rows_mean(rows, N(0)); break;
    case OP_rows_median: rows_median(rows, N(0)); break;
    case OP_rows_sum: rows_sum(rows, N(0)); break;
    case OP_rows_change_days: rows_change(rows, CUT_DAYS, K(1), N(0)); break;
    case OP_rows_change_months: rows_change(rows, CUT_MONTHS, K(1), N(0)); break;
    case OP_date_of_last: rows_date_of_last(rows, D(0)); break;
    case OP_date_of_first: rows_date_of_first(rows, D(0)); break;
    case OP_date_of_highest: rows_date_of_highest(rows, D(0)); break;
    case OP_date_of_lowest: rows_date_of_lowest(rows, D(0)); break;
    case OP_rows_below: rows_tally(rows, ROWS_BELOW, N(1), NULL, T(0)); break;
    case OP_rows_at_most: rows_tally(rows, ROWS_AT_MOST, N(1), NULL, T(0)); break;
    case OP_rows_above: rows_tally(rows, ROWS_ABOVE, N(1), NULL, T(0)); break;
    case OP_rows_at_least: rows_tally(rows, ROWS_AT_LEAST, N(1), NULL, T(0)); break;
    case OP_rows_equal: rows_tally(rows, ROWS_EQUAL, N(1), NULL, T(0)); break;
    case OP_rows_unequal: rows_tally(rows, ROWS_UNEQUAL, N(1), NULL, T(0)); break;
    case OP_rows_between: rows_tally(rows, ROWS_BETWEEN, N(1), N(2), T(0)); break;
    case OP_rows_all: rows_all(&worker->scanner, rows, (enum rows_test)K(1), N(2), M(0)); break;
    case OP_rows_some: rows_some(&worker->scanner, rows, (enum rows_test)K(1), N(2), M(0)); break;

    case OP_tally_none: tally_none(T(0)); break;
    case OP_tally_add: tally_add(T(0), T(1), M(2)); break;
    case OP_tally_all: tally_all(M(0), T(1)); break;
    case OP_tally_any: tally_any(M(0), T(1)); break;
    case OP_tally_at_least: tally_at_least(M(0), T(1), K(2)); break;
    case OP_tally_at_most: tally_at_most(M(0), T(1), K(2)); break;
    case OP_tally_exactly: tally_exactly(M(0), T(1), K(2)); break;

    case OP_count_population: count_population(worker, word[0], M(1)); break;
    case OP_end_if_nobody: break; /* run_code */
    case OP_count_share: count_share(worker, word[0], M(1), M(2)); break;
    case OP_count_numbers: worker->sink.numbers(worker->sink.context, word[0], &worker->block, M(1)->yes, N(2)); break;
    case OP_count_events: worker->sink.events(worker->sink.context, word[0], &worker->block, M(1)->yes, N(2)); break;
    case OP_tell_truth:
    case OP_tell_number:
    case OP_tell_date: worker->sink.answer(worker->sink.context, word[0], &worker->block, &registers[word[1]]); break;

    case N_OPCODES: break;
  }
}

/* An instruction's words: its number and one for each letter of its operands, as many as their text has bytes with its end. */
static const uint8_t n_words[N_OPCODES] = {
#define OPCODE(name, operands, sentence) [OP_##name] = sizeof operands,
#include "runtime/image/opcodes.def"
#undef OPCODE
};

static void run_code(struct worker *worker, uint32_t from, uint32_t end) {
  const uint32_t *code = worker->bound->code;
  for (uint32_t at = from; at < end;) {
    enum opcode op = (enum opcode)code[at];
    if (op == OP_end_if_nobody && !worker->anybody) return;
    run_instruction(worker, op, code + at + 1);
    at += n_words[op];
  }
}

void worker_run_once(struct worker *worker) {
  worker->block = (struct block){0, 0, 0};
  run_code(worker, 0, worker->bound->image->n_once);
}

void worker_run_block(struct worker *worker, uint32_t block) {
  const struct image *image = worker->bound->image;
  uint32_t first = block * BLOCK_PATIENTS, left = worker->bound->store->n_patients - first;
  worker->block = (struct block){block, first, left < BLOCK_PATIENTS ? left : BLOCK_PATIENTS};
  worker->anybody = false;
  run_code(worker, image->n_once, image->n_code);
}
