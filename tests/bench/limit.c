/* limit.c: what no program can be faster than on this machine.
 *
 *   limit BYTES FILE…
 *
 * Prints how many milliseconds it takes to add up so many bytes of memory, and to work in registers without any memory, each one
 * time by one thread and one time by two, and to copy the FILEs from the page cache, as a reader gets them, by one thread. */
#include <fcntl.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "tests/bench/times.h"

enum { ROUNDS = 21, WINDOW = 1 << 17, STEPS = 10000000 };

struct part { const uint64_t *words; size_t n; uint64_t sum; };

/* Four sums at a time, so that no addition waits for the one before it. */
static void *add_up(void *context) {
  struct part *part = context;
  uint64_t a = 0, b = 0, c = 0, d = 0;
  for (size_t i = 0; i + 4 <= part->n; i += 4) {
    a += part->words[i];
    b += part->words[i + 1];
    c += part->words[i + 2];
    d += part->words[i + 3];
  }
  part->sum = a + b + c + d;
  return NULL;
}

/* Six chains of arithmetic, none of which waits for another, so that a processor always has as much to do as it can take in:
 * what two of them that are halves of one core can give more than one. */
static void *work_in_registers(void *context) {
  struct part *part = context;
  uint64_t a = 1, b = 2, c = 3, d = 4, e = 5, f = 6;
  for (size_t i = 0; i < part->n; i++) {
    a = (a ^ a >> 3) + i;
    b = (b ^ b >> 5) + i;
    c = (c ^ c >> 7) + i;
    d = (d ^ d >> 9) + i;
    e = (e ^ e >> 11) + i;
    f = (f ^ f >> 2) + i;
  }
  part->sum = a + b + c + d + e + f;
  return NULL;
}

/* The median of some rounds; two threads do half each. Sums are printed at the end, so that no compiler leaves the work out. */
static double take(void *(*work)(void *), const uint64_t *words, size_t n, int threads, uint64_t *sum) {
  double times[ROUNDS];
  for (int round = 0; round < ROUNDS; round++) {
    struct part parts[2] = {{words, n / (size_t)threads, 0}, {words ? words + n / 2 : NULL, n / 2, 0}};
    pthread_t second;
    double began = times_now(CLOCK_MONOTONIC);
    if (threads == 2 && pthread_create(&second, NULL, work, &parts[1]) != 0) exit(1);
    work(&parts[0]);
    if (threads == 2) pthread_join(second, NULL);
    times[round] = times_now(CLOCK_MONOTONIC) - began;
    *sum += parts[0].sum + parts[1].sum;
  }
  return times_median(times, ROUNDS);
}

static double copy_files(int n, char **paths, uint64_t *sum) {
  static char window[WINDOW];
  double began = times_now(CLOCK_MONOTONIC);
  for (int i = 0; i < n; i++) {
    int file = open(paths[i], O_RDONLY);
    if (file < 0) {
      perror(paths[i]);
      exit(1);
    }
    for (ssize_t got; (got = read(file, window, WINDOW)) > 0;) *sum += (unsigned char)window[got - 1];
    close(file);
  }
  return times_now(CLOCK_MONOTONIC) - began;
}

int main(int argc, char **argv) {
  size_t n = argc > 1 ? strtoull(argv[1], NULL, 10) / sizeof(uint64_t) : 0;
  uint64_t *words = malloc(n * sizeof *words), sum = 0;
  if (n < 2 || !words) {
    fputs("use: limit BYTES FILE…\n", stderr);
    return 2;
  }
  for (size_t i = 0; i < n; i++) words[i] = i;
  printf("read_single_ms %.3f\n", take(add_up, words, n, 1, &sum));
  printf("read_ms %.3f\n", take(add_up, words, n, 2, &sum));
  printf("work_single_ms %.3f\n", take(work_in_registers, NULL, STEPS, 1, &sum));
  printf("work_ms %.3f\n", take(work_in_registers, NULL, STEPS, 2, &sum));
  printf("copy_ms %.3f\n", copy_files(argc - 2, argv + 2, &sum));
  free(words);
  return sum == 0;
}
