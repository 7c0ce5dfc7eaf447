/* count.c: bits and numbers of a block, counted by practice, told by patient, or given as answers. */
#include "runtime/run/count.h"
#include "runtime/image/dates.h"
#include "runtime/kernel/select.h"
#include "runtime/memory/memory.h"

/* ── the practices of a block ────────────────────────────────────────────────────────────────────────────────────── */

/* The first practice that ends after the block's first patient. Practices are ranges in the order of patients. */
static uint32_t first_practice(const struct store *store, const struct block *block) {
  uint32_t low = 0, high = store->n_practices;
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    const struct store_practice *practice = &store->practices[middle];
    if (practice->first_patient + practice->n_patients <= block->first_patient) low = middle + 1;
    else high = middle;
  }
  return low;
}

/* Finds out once for each block which of its lanes lie in which practices; those without a patient in it are left out. */
static void find_practices(struct counting *counting, const struct block *block) {
  const struct store *store = counting->store;
  uint32_t block_end = block->first_patient + block->n, n = 0;
  if (counting->n_parts > 0 && counting->block == block->number) return;
  for (uint32_t p = first_practice(store, block); p < store->n_practices && store->practices[p].first_patient < block_end; p++) {
    const struct store_practice *practice = &store->practices[p];
    uint32_t end = practice->first_patient + practice->n_patients, first = practice->first_patient;
    if (practice->n_patients == 0) continue;
    counting->is_shared[n] = first < block->first_patient || end > block_end;
    first = first > block->first_patient ? first : block->first_patient;
    end = end < block_end ? end : block_end;
    counting->lanes[n] = (struct select_range){first - block->first_patient, end - block->first_patient};
    counting->practice[n++] = p;
  }
  counting->n_parts = n;
  counting->block = block->number;
}

/* Adds to a count of the i-th practice of the block. One that goes on in another block may be counted by another worker at
 * the same time. */
static void add(const struct counting *counting, uint32_t i, uint32_t *count, uint32_t n) {
  if (counting->is_shared[i]) __atomic_fetch_add(count, n, __ATOMIC_RELAXED);
  else *count += n;
}

static void count_population(void *context, uint32_t pack, const struct block *block, const uint64_t *yes) {
  struct counting *counting = context;
  uint32_t *population = counting->counts->population + (size_t)pack * counting->counts->n_practices, n[LANES];
  find_practices(counting, block);
  select_chosen()->count(yes, counting->lanes, counting->n_parts, n);
  for (uint32_t i = 0; i < counting->n_parts; i++) add(counting, i, &population[counting->practice[i]], n[i]);
}

static bool is_anybody(const uint64_t *bits) {
  uint64_t any = 0;
  for (size_t w = 0; w < MASK_WORDS; w++) any |= bits[w];
  return any != 0;
}

static void count_share(void *context, uint32_t cell, const struct block *block, const uint64_t *denominator,
                        const uint64_t *numerator, const uint64_t *unknown) {
  struct counting *counting = context;
  struct run_count *counts = counting->counts->cell + (size_t)cell * counting->counts->n_practices;
  uint32_t of[LANES], yes[LANES], open[LANES];
  const struct select *select = select_chosen();
  bool any_unknown = is_anybody(unknown); /* where only who was measured is asked about there is none */
  find_practices(counting, block);
  select->count(denominator, counting->lanes, counting->n_parts, of);
  select->count(numerator, counting->lanes, counting->n_parts, yes);
  if (any_unknown) select->count(unknown, counting->lanes, counting->n_parts, open);
  for (uint32_t i = 0; i < counting->n_parts; i++) {
    struct run_count *count = &counts[counting->practice[i]];
    add(counting, i, &count->denominator, of[i]);
    add(counting, i, &count->numerator, yes[i]);
    if (any_unknown) add(counting, i, &count->unknown, open[i]);
  }
}

/* ── numbers ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* Where the number is known, and where it is not, of the patients in the denominator. */
static void split_known(const uint64_t *denominator, const struct number *number, uint64_t *known, uint64_t *unknown) {
  for (size_t w = 0; w < MASK_WORDS; w++) {
    known[w] = denominator[w] & number_known_word(number, w);
    unknown[w] = denominator[w] & ~number_known_word(number, w);
  }
}

static double value_of(const struct number *number, uint32_t lane) { return number_values(number, lane / 64)[lane % 64]; }

static bool has_bit(const uint64_t *bits, uint32_t lane) { return bits[lane / 64] >> lane % 64 & 1; }

static void count_numbers(void *context, uint32_t cell, const struct block *block, const uint64_t *denominator,
                          const struct number *number) {
  const struct counting *counting = context;
  uint64_t known[MASK_WORDS], unknown[MASK_WORDS];
  split_known(denominator, number, known, unknown);
  count_share(context, cell, block, denominator, known, unknown);
  struct gathered *gathered = &counting->gathered[(size_t)cell * counting->store->n_blocks + block->number];
  gathered->all = memory_take(mask_count(known, 0, block->n), sizeof *gathered->all);
  for (uint32_t i = 0; i < block->n; i++)
    if (has_bit(known, i)) gathered->all[gathered->n++] = value_of(number, i);
}

/* Of each patient's events as many as there are are counted; how many patients they are of is not. */
static void count_events(void *context, uint32_t cell, const struct block *block, const uint64_t *denominator,
                         const struct number *number) {
  struct counting *counting = context;
  uint64_t known[MASK_WORDS], unknown[MASK_WORDS], nobody[MASK_WORDS] = {0};
  struct run_count *counts = counting->counts->cell + (size_t)cell * counting->counts->n_practices;
  split_known(denominator, number, known, unknown);
  count_share(context, cell, block, denominator, nobody, unknown);
  for (uint32_t i = 0; i < counting->n_parts; i++) {
    uint32_t events = 0;
    for (uint32_t lane = counting->lanes[i].first; lane < counting->lanes[i].end; lane++)
      if (has_bit(known, lane)) events += (uint32_t)value_of(number, lane);
    add(counting, i, &counts[counting->practice[i]].numerator, events);
  }
}

static void no_answer(void *context, uint32_t question, const struct block *block, const union machine_register *answer) {
  (void)context, (void)question, (void)block, (void)answer;
}

struct sink count_by_practice(struct counting *context) {
  return (struct sink){count_population, count_share, count_numbers, count_events, no_answer, context};
}

/* ── each patient's outcome ──────────────────────────────────────────────────────────────────────────────────────── */

/* A patient's outcome says whether they are in the denominator; the population says nothing more of them. */
static void no_population(void *context, uint32_t pack, const struct block *block, const uint64_t *yes) {
  (void)context, (void)pack, (void)block, (void)yes;
}

/* The outcome of a part of an indicator is that of the whole. */
static void tell_share(void *context, uint32_t cell, const struct block *block, const uint64_t *denominator,
                       const uint64_t *numerator, const uint64_t *unknown) {
  const struct telling *telling = context;
  const struct image_cell *of = &telling->image->cells[cell];
  if (of->role != CELL_WHOLE) return;
  uint8_t *outcome = telling->outcome + (size_t)of->indicator * telling->store->n_patients + block->first_patient;
  for (uint32_t i = 0; i < block->n; i++)
    outcome[i] = !has_bit(denominator, i) ? OUTCOME_OUTSIDE
                 : has_bit(numerator, i)  ? OUTCOME_YES
                 : has_bit(unknown, i)    ? OUTCOME_UNKNOWN
                                          : OUTCOME_NO;
}

static void tell_numbers(void *context, uint32_t cell, const struct block *block, const uint64_t *denominator,
                         const struct number *number) {
  uint64_t known[MASK_WORDS], unknown[MASK_WORDS];
  split_known(denominator, number, known, unknown);
  tell_share(context, cell, block, denominator, known, unknown);
}

static void tell_events(void *context, uint32_t cell, const struct block *block, const uint64_t *denominator,
                        const struct number *number) {
  uint64_t some[MASK_WORDS], unknown[MASK_WORDS];
  split_known(denominator, number, some, unknown);
  for (uint32_t i = 0; i < block->n; i++)
    if (has_bit(some, i) && value_of(number, i) < 1) some[i / 64] &= ~(UINT64_C(1) << i % 64);
  tell_share(context, cell, block, denominator, some, unknown);
}

struct sink count_by_patient(struct telling *context) {
  return (struct sink){no_population, tell_share, tell_numbers, tell_events, no_answer, context};
}

/* ── answers ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

static void no_share(void *context, uint32_t cell, const struct block *block, const uint64_t *denominator,
                     const uint64_t *numerator, const uint64_t *unknown) {
  (void)context, (void)cell, (void)block, (void)denominator, (void)numerator, (void)unknown;
}
static void no_numbers(void *context, uint32_t cell, const struct block *block, const uint64_t *denominator,
                       const struct number *number) {
  (void)context, (void)cell, (void)block, (void)denominator, (void)number;
}

static struct run_answer answer_of(enum image_register_kind kind, const union machine_register *of, uint32_t lane) {
  struct run_answer answer = {.kind = (uint8_t)kind};
  if (kind == REGISTER_NUMBER) {
    answer.known = number_known_word(&of->number, lane / 64) >> lane % 64 & 1;
    answer.number = answer.known ? value_of(&of->number, lane) : 0;
    if (answer.known && number_below_word(&of->number, lane / 64) >> lane % 64 & 1) answer.sign = -1;
    if (answer.known && number_above_word(&of->number, lane / 64) >> lane % 64 & 1) answer.sign = 1;
  } else if (kind == REGISTER_DATE) {
    answer.date = date_days(&of->dates, lane / 64)[lane % 64];
    answer.known = answer.date != DATE_UNKNOWN;
  } else {
    answer.truth = has_bit(of->mask.yes, lane);
    answer.known = answer.truth || has_bit(of->mask.no, lane);
  }
  return answer;
}

static void tell_answers(void *context, uint32_t question, const struct block *block, const union machine_register *answer) {
  const struct answering *answering = context;
  for (uint32_t i = 0; i < answering->n; i++) {
    uint32_t lane = answering->patients[i] - block->first_patient;
    if (answering->patients[i] < block->first_patient || lane >= block->n) continue;
    answering->answer[(size_t)question * answering->n + i] =
        answer_of((enum image_register_kind)answering->image->questions[question].kind, answer, lane);
  }
}

struct sink count_answers(struct answering *context) {
  return (struct sink){no_population, no_share, no_numbers, no_numbers, tell_answers, context};
}
