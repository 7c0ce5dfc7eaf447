/* cpu.c: which instruction sets the processor has. */
#include "runtime/cpu/cpu.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#if defined(__x86_64__)
static bool has_avx2(void) { return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("popcnt") && __builtin_cpu_supports("bmi"); }

static bool has_avx512(void) {
  return has_avx2() && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512cd") && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl") &&
         __builtin_cpu_supports("avx512vbmi2") && __builtin_cpu_supports("bmi2");
}

enum cpu cpu_best(void) {
  __builtin_cpu_init();
  return has_avx512() ? CPU_AVX512 : has_avx2() ? CPU_AVX2 : CPU_PORTABLE;
}
#else
enum cpu cpu_best(void) { return CPU_PORTABLE; }
#endif

enum cpu cpu_chosen(void) {
  static const char *const names[] = {[CPU_PORTABLE] = "portable", [CPU_AVX2] = "avx2", [CPU_AVX512] = "avx512"};
  const char *wanted = getenv("KLYNGE_CPU");
  enum cpu best = cpu_best(), chosen = best;
  for (size_t i = 0; wanted && i <= (size_t)best; i++)
    if (strcmp(names[i], wanted) == 0) chosen = (enum cpu)i;
  return chosen;
}
