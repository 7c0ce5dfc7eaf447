#include "runtime/kernel/recent.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "runtime/memory/memory.h"

void recent_open(struct recent *recent) {
  *recent = (struct recent){0};
  recent->n_rows = memory_take(LANES, sizeof *recent->n_rows);
}

void recent_close(struct recent *recent) {
  free(recent->date);
  free(recent->value);
  free(recent->sign);
  free(recent->n_rows);
}

/* With a level more than is asked for, where rows go that stand before all others. */
static void make_room(struct recent *recent, uint32_t depth) {
  if (depth < recent->room) return;
  free(recent->date);
  free(recent->value);
  free(recent->sign);
  recent->room = depth + 1;
  recent->date = memory_take((size_t)recent->room * LANES, sizeof *recent->date);
  recent->value = memory_take((size_t)recent->room * LANES, sizeof *recent->value);
  recent->sign = memory_take((size_t)recent->room * LANES, sizeof *recent->sign);
}

void recent_begin(struct recent *recent, uint32_t depth, bool counted, bool has_signs) {
  make_room(recent, depth);
  recent->depth = depth;
  recent->is_counted = counted;
  recent->has_signs = has_signs;
  for (uint32_t level = 0; level < depth; level++) {
    int32_t *date = recent->date + level * LANES;
    for (size_t i = 0; i < LANES; i++) date[i] = DATE_UNKNOWN;
  }
  if (counted) memset(recent->n_rows, 0, LANES * sizeof *recent->n_rows);
}

/* ── rows into their places ──────────────────────────────────────────────────────────────────────────────────────── */

/* Moves what stands at a place of the levels, level × LANES + lane, to another one. */
static inline void move(const struct recent *recent, size_t from, size_t to, bool has_signs) {
  recent->date[to] = recent->date[from];
  recent->value[to] = recent->value[from];
  if (has_signs) recent->sign[to] = recent->sign[from];
}

static inline void put(const struct recent *recent, size_t to, const struct reading *reading, size_t i, bool has_signs) {
  recent->date[to] = reading->date[i];
  recent->value[to] = reading->value[i];
  if (has_signs) recent->sign[to] = reading->sign[i];
}

/* From the last row back, so that each row's level is how many of the same patient have been met. */
static inline void fill_rows(const struct recent *recent, const struct reading *reading, size_t n, uint32_t depth, bool has_signs) {
  uint32_t level = 0;
  uint16_t next = LANES;
  for (size_t i = n; i-- > 0;) {
    uint16_t patient = reading->patient[i] % LANES;
    level = (level + 1) & -(uint32_t)(patient == next);
    put(recent, (size_t)(level < depth ? level : depth) * LANES + patient, reading, i, has_signs);
    next = patient;
  }
}

void recent_fill(struct recent *recent, const struct reading *reading, size_t n) {
  if (recent->has_signs) fill_rows(recent, reading, n, recent->depth, true);
  else fill_rows(recent, reading, n, recent->depth, false);
}

/* Whether a row stands after what stands at a place. Two rows of one day are rare, and so a branch. */
static inline bool is_after(const struct reading *reading, size_t i, const struct recent *recent, size_t there, bool has_signs) {
  double value = reading->value[i], value_there = recent->value[there];
  if (reading->date[i] != recent->date[there]) return reading->date[i] > recent->date[there];
  return value > value_there || (value == value_there && (!has_signs || reading->sign[i] >= recent->sign[there]));
}

/* A row's level is that of the first row before which it does not stand. Which one that is cannot be foreseen, so there is no
 * branch: of each level, from the last one up, either the row before it moves there or its own stays, and a row that comes after none
 * is put at a level that nobody looks at. */
static inline void add_rows(const struct recent *recent, const struct reading *reading, size_t n, uint32_t depth, bool has_signs) {
  for (size_t i = 0; i < n; i++) {
    size_t lane = reading->patient[i] % LANES;
    uint32_t place = depth;
    for (uint32_t level = 0; level < depth; level++) place -= is_after(reading, i, recent, level * LANES + lane, has_signs);
    for (uint32_t level = depth - 1; level > 0; level--)
      move(recent, (level - (level > place)) * LANES + lane, level * LANES + lane, has_signs);
    put(recent, place * LANES + lane, reading, i, has_signs);
  }
}

void recent_add(struct recent *recent, const struct reading *reading, size_t n) {
  if (recent->has_signs) add_rows(recent, reading, n, recent->depth, true);
  else if (recent->depth == 1) add_rows(recent, reading, n, 1, false);
  else add_rows(recent, reading, n, recent->depth, false);
}

/* ── what is asked of them ───────────────────────────────────────────────────────────────────────────────────────── */

static void set_signs(const struct recent *recent, uint32_t level, struct number *out) {
  for (size_t w = 0; w < MASK_WORDS; w++) {
    const int8_t *sign = recent->sign + level * LANES + w * 64;
    uint8_t below[64], above[64];
    for (size_t i = 0; i < 64; i++) {
      below[i] = sign[i] < 0;
      above[i] = sign[i] > 0;
    }
    out->below[w] = mask_pack(below) & out->known[w];
    out->above[w] = mask_pack(above) & out->known[w];
    out->censored = out->censored || out->below[w] || out->above[w];
  }
}

static void set_known(const uint64_t *known, struct number *out) {
  memcpy(out->known, known, MASK_WORDS * sizeof *known);
  out->censored = false;
}

void recent_value(const struct recent *recent, uint32_t level, const uint64_t *known, struct number *out) {
  set_known(known, out);
  memcpy(out->value, recent->value + level * LANES, LANES * sizeof *out->value);
  if (recent->has_signs) set_signs(recent, level, out);
}

void recent_date(const struct recent *recent, uint32_t level, const uint64_t *known, struct dates *out) {
  for (size_t i = 0; i < LANES; i++)
    out->day[i] = known[i / 64] >> i % 64 & 1 ? recent->date[level * LANES + i] : DATE_UNKNOWN;
}

/* The 64 lanes of word w at a level. */
static const double *values_at(const struct recent *recent, uint32_t level, size_t w) { return recent->value + level * LANES + w * 64; }

/* Each works on 64 lanes of its own, so that the compiler sees that nothing overlaps. */
void recent_extreme(const struct recent *recent, uint32_t levels, bool greatest, const uint64_t *known, struct number *out) {
  set_known(known, out);
  for (size_t w = 0; w < MASK_WORDS; w++) {
    double extreme[64];
    memcpy(extreme, values_at(recent, 0, w), sizeof extreme);
    for (uint32_t level = 1; level < levels; level++) {
      const double *value = values_at(recent, level, w);
      if (greatest)
        for (size_t i = 0; i < 64; i++) extreme[i] = value[i] > extreme[i] ? value[i] : extreme[i];
      else
        for (size_t i = 0; i < 64; i++) extreme[i] = value[i] < extreme[i] ? value[i] : extreme[i];
    }
    memcpy(out->value + w * 64, extreme, sizeof extreme);
  }
}

/* From a patient's first row to the last, which is the order of rows. */
void recent_sum(const struct recent *recent, uint32_t levels, double divisor, const uint64_t *known, struct number *out) {
  set_known(known, out);
  for (size_t w = 0; w < MASK_WORDS; w++) {
    double sum[64] = {0};
    uint8_t finite[64];
    for (uint32_t level = levels; level-- > 0;) {
      const double *value = values_at(recent, level, w);
      for (size_t i = 0; i < 64; i++) sum[i] += value[i];
    }
    for (size_t i = 0; i < 64; i++) sum[i] /= divisor;
    for (size_t i = 0; i < 64; i++) finite[i] = isfinite(sum[i]) != 0;
    memcpy(out->value + w * 64, sum, sizeof sum);
    out->known[w] &= mask_pack(finite);
  }
}
