/* compare.h: comparisons of numbers, censored ones among them, and of dates.
 *
 * A number is an interval: 5 is [5, 5], "<5" is everything below 5, ">5" everything above. That a is at most b is yes
 * when it holds for every number of a's interval with every one of b's, no when it holds for none, else unknown. All
 * other comparisons follow: a < b is not (b at most a), a = b is a at most b and b at most a.
 *
 *   at most    5       <5       >5       7       <7       >7       b
 *   5          yes     no       yes      yes     unknown  yes
 *   <5         yes     unknown  yes      yes     unknown  yes
 *   >5         no      no       unknown  unknown unknown  unknown
 *   7          no      no       unknown  yes     no       yes
 *   <7         unknown unknown  unknown  yes     unknown  yes
 *   >7         no      no       unknown  no      no       unknown
 *   a                                                                                                                */
#ifndef KLYNGE_COMPARE_H
#define KLYNGE_COMPARE_H
#include "runtime/kernel/vector.h"

/* Outcomes of 64 comparisons, a bit each; unknown where in neither. */
struct outcomes { uint64_t yes, no; };

/* The rule, for 64 pairs of known numbers at a time or, in bit 0, for one. `less` says where a's value (its bound, if
 * it is censored) is less than b's, `equal` where they are equal. */
static inline struct outcomes compare_at_most(uint64_t less, uint64_t equal, uint64_t a_below, uint64_t a_above,
                                              uint64_t b_below, uint64_t b_above) {
  uint64_t least_of_a_is_higher = ~(less | equal) | (equal & (a_above | b_below));
  return (struct outcomes){(less | equal) & ~a_above & ~b_below, least_of_a_is_higher & ~a_below & ~b_above};
}

static inline struct outcomes outcomes_not(struct outcomes a) { return (struct outcomes){a.no, a.yes}; }
static inline struct outcomes outcomes_and(struct outcomes a, struct outcomes b) {
  return (struct outcomes){a.yes & b.yes, a.no | b.no};
}

/* Unknown where either side is. */
void number_at_most(struct mask *out, const struct number *a, const struct number *b);
void number_below(struct mask *out, const struct number *a, const struct number *b);
void number_equal(struct mask *out, const struct number *a, const struct number *b);

void date_at_most(struct mask *out, const struct dates *a, const struct dates *b);
void date_below(struct mask *out, const struct dates *a, const struct dates *b);
void date_equal(struct mask *out, const struct dates *a, const struct dates *b);
#endif
