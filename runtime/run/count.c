/* count.c: bits and numbers of a block, counted by practice, told by patient, or given as answers. */
#include "runtime/run/count.h"
#include "runtime/image/dates.h"
#include "runtime/kernel/select.h"
#include "runtime/memory/memory.h"

/* The part of a block that lies in one practice: its lanes first … first + n − 1. */
struct overlap { uint32_t first, n; };

static struct overlap overlap_of(const struct block *block, const struct store_practice *practice) {
  uint32_t block_end = block->first_patient + block->n, practice_end = practice->first_patient + practice->n_patients;
  uint32_t first = practice->first_patient > block->first_patient ? practice->first_patient : block->first_patient;
  uint32_t end = practice_end < block_end ? practice_end : block_end;
  return (struct overlap){first - block->first_patient, first < end ? end - first : 0};
}

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

static bool reaches(const struct store *store, uint32_t practice, const struct block *block) {
  return practice < store->n_practices && store->practices[practice].first_patient < block->first_patient + block->n;
}

static void count_population(void *context, uint32_t pack, const struct block *block, const uint64_t *yes) {
  const struct counting *counting = context;
  uint32_t *population = counting->counts->population + (size_t)pack * counting->counts->n_practices;
  const struct select *select = select_chosen();
  for (uint32_t p = first_practice(counting->store, block); reaches(counting->store, p, block); p++) {
    struct overlap overlap = overlap_of(block, &counting->store->practices[p]);
    population[p] += select->count(yes, overlap.first, overlap.n);
  }
}

static void count_share(void *context, uint32_t cell, const struct block *block, const uint64_t *denominator,
                        const uint64_t *numerator, const uint64_t *unknown) {
  const struct counting *counting = context;
  struct run_count *count = counting->counts->cell + (size_t)cell * counting->counts->n_practices;
  const struct select *select = select_chosen();
  for (uint32_t p = first_practice(counting->store, block); reaches(counting->store, p, block); p++) {
    struct overlap overlap = overlap_of(block, &counting->store->practices[p]);
    count[p].denominator += select->count(denominator, overlap.first, overlap.n);
    count[p].numerator += select->count(numerator, overlap.first, overlap.n);
    count[p].unknown += select->count(unknown, overlap.first, overlap.n);
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

static void count_events(void *context, uint32_t cell, const struct block *block, const uint64_t *denominator,
                         const struct number *number) {
  const struct counting *counting = context;
  uint64_t known[MASK_WORDS], unknown[MASK_WORDS];
  struct run_count *count = counting->counts->cell + (size_t)cell * counting->counts->n_practices;
  const struct select *select = select_chosen();
  split_known(denominator, number, known, unknown);
  for (uint32_t p = first_practice(counting->store, block); reaches(counting->store, p, block); p++) {
    struct overlap overlap = overlap_of(block, &counting->store->practices[p]);
    count[p].denominator += select->count(denominator, overlap.first, overlap.n);
    count[p].unknown += select->count(unknown, overlap.first, overlap.n);
    for (uint32_t i = overlap.first; i < overlap.first + overlap.n; i++)
      if (has_bit(known, i)) count[p].numerator += (uint32_t)value_of(number, i);
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
