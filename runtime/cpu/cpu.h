/* cpu.h: which instruction sets the processor has, for those who have a variant for each. */
#ifndef KLYNGE_CPU_H
#define KLYNGE_CPU_H

/* Each has what the ones before it have. AVX2: with popcnt and BMI. AVX512: F, BW, CD, DQ, VL and VBMI2, and BMI2. */
enum cpu { CPU_PORTABLE, CPU_AVX2, CPU_AVX512 };

/* The last that this processor has. */
enum cpu cpu_best(void);
/* The one for this process: the best, or the one that the environment variable KLYNGE_CPU (portable, avx2, avx512) names, as tests
 * do; one that the processor does not have, or no one's name, is passed over. */
enum cpu cpu_chosen(void);
#endif
