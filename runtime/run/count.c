#include "runtime/run/count.h"

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
  for (uint32_t p = first_practice(counting->store, block); reaches(counting->store, p, block); p++) {
    struct overlap overlap = overlap_of(block, &counting->store->practices[p]);
    population[p] += mask_count(yes, overlap.first, overlap.n);
  }
}

static void count_share(void *context, uint32_t indicator, const struct block *block, const uint64_t *denominator,
                        const uint64_t *numerator, const uint64_t *unknown) {
  const struct counting *counting = context;
  struct run_count *share = counting->counts->share + (size_t)indicator * counting->counts->n_practices;
  for (uint32_t p = first_practice(counting->store, block); reaches(counting->store, p, block); p++) {
    struct overlap overlap = overlap_of(block, &counting->store->practices[p]);
    share[p].denominator += mask_count(denominator, overlap.first, overlap.n);
    share[p].numerator += mask_count(numerator, overlap.first, overlap.n);
    share[p].unknown += mask_count(unknown, overlap.first, overlap.n);
  }
}

struct sink count_by_practice(struct counting *context) { return (struct sink){count_population, count_share, context}; }

/* A patient's outcome says whether they are in the denominator; the population says nothing more of them. */
static void tell_population(void *context, uint32_t pack, const struct block *block, const uint64_t *yes) {
  (void)context, (void)pack, (void)block, (void)yes;
}

static void tell_share(void *context, uint32_t indicator, const struct block *block, const uint64_t *denominator,
                       const uint64_t *numerator, const uint64_t *unknown) {
  const struct telling *telling = context;
  uint8_t *outcome = telling->outcome + (size_t)indicator * telling->store->n_patients + block->first_patient;
  for (uint32_t i = 0; i < block->n; i++) {
    uint64_t bit = UINT64_C(1) << i % 64;
    outcome[i] = !(denominator[i / 64] & bit) ? OUTCOME_OUTSIDE
                 : numerator[i / 64] & bit    ? OUTCOME_YES
                 : unknown[i / 64] & bit      ? OUTCOME_UNKNOWN
                                              : OUTCOME_NO;
  }
}

struct sink count_by_patient(struct telling *context) { return (struct sink){tell_population, tell_share, context}; }
