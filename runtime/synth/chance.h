/* chance.h: randomness in whole numbers, so that a seed gives the same data on every machine and with every libc.
 *
 * Two draws never stand in one expression or one argument list: C leaves their order open, and compilers differ. */
#ifndef KLYNGE_CHANCE_H
#define KLYNGE_CHANCE_H
#include <stdbool.h>
#include <stdint.h>

struct chance { uint64_t state; };

/* A source of its own for the thing number `which` of a kind (a practice, a patient), so that one more draw for one
 * patient changes no other. */
struct chance chance_open(uint64_t seed, uint64_t kind, uint64_t which);

/* The next 64 random bits (splitmix64; Steele, Lea and Flood, OOPSLA 2014). */
uint64_t chance_next(struct chance *chance);
/* A whole number from low to high, both included. */
int32_t chance_between(struct chance *chance, int32_t low, int32_t high);
/* True in n of 1,000 cases: never for n <= 0, always for n >= 1000. */
bool chance_of(struct chance *chance, int32_t n);
/* About normally distributed: the sum of twelve even draws, so never more than six standard deviations off. */
int32_t chance_normal(struct chance *chance, int32_t mean, int32_t deviation);
/* One of the n texts. */
const char *chance_text(struct chance *chance, const char *const *texts, int32_t n);
/* base × 2^(octaves / 256), between the powers of two along a straight line: for what is skewed, as albumin is. */
int32_t chance_power(int32_t base, int32_t octaves);
#endif
