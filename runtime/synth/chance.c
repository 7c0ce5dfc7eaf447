/* chance.c: see chance.h. */
#include "runtime/synth/chance.h"

static uint64_t mix(uint64_t bits) {
  bits = (bits ^ (bits >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
  bits = (bits ^ (bits >> 27)) * UINT64_C(0x94d049bb133111eb);
  return bits ^ (bits >> 31);
}

struct chance chance_open(uint64_t seed, uint64_t kind, uint64_t which) {
  uint64_t state = mix(seed + UINT64_C(0x9e3779b97f4a7c15));
  state = mix(state ^ (kind * UINT64_C(0xd1342543de82ef95) + 1));
  return (struct chance){mix(state ^ (which * UINT64_C(0xaf251af3b0f025b5) + 1))};
}

uint64_t chance_next(struct chance *chance) { return mix(chance->state += UINT64_C(0x9e3779b97f4a7c15)); }

/* The high half times the number of choices: for the few thousand choices made here the unevenness is below one in a
 * million. */
int32_t chance_between(struct chance *chance, int32_t low, int32_t high) {
  uint64_t choices = (uint64_t)((int64_t)high - low + 1);
  return (int32_t)(low + (int64_t)(((chance_next(chance) >> 32) * choices) >> 32));
}

bool chance_of(struct chance *chance, int32_t n) { return chance_between(chance, 0, 999) < n; }

int32_t chance_normal(struct chance *chance, int32_t mean, int32_t deviation) {
  /* Twelve draws of 16 bits have a sum with the standard deviation 65536 and the mean 6 × 65535. */
  int64_t sum = -6 * INT64_C(65535);
  for (int word = 0; word < 3; word++) {
    uint64_t bits = chance_next(chance);
    for (int i = 0; i < 4; i++) sum += (int64_t)((bits >> (16 * i)) & 0xffff);
  }
  return (int32_t)(mean + sum * deviation / 65536);
}

const char *chance_text(struct chance *chance, const char *const *texts, int32_t n) {
  return texts[chance_between(chance, 0, n - 1)];
}

int32_t chance_power(int32_t base, int32_t octaves) {
  int32_t whole = octaves >= 0 ? octaves / 256 : -((255 - octaves) / 256);
  int64_t power = (int64_t)base * (256 + octaves - whole * 256);
  return (int32_t)((whole >= 0 ? power * (INT64_C(1) << whole) : power / (INT64_C(1) << -whole)) / 256);
}
