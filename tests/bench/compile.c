/* compile.c: how long the compiler takes, from the text of rule files in memory to the image.
 *
 *   compile ROUNDS FILE…
 *
 * For each file a line: how many indicators and bytes there are in it and all it uses, and how many milliseconds each
 * stage takes: the median of ROUNDS rounds, of the processor's time and not the clock's, so that what else the machine
 * does counts little. The folder of the rules is named by KLYNGE_RULES. */
#include <stdio.h>
#include <stdlib.h>
#include "lang/check/check.h"
#include "lang/emit/emit.h"
#include "lang/lint/lint.h"
#include "lang/memory.h"
#include "lang/plan/plan.h"
#include "tests/bench/times.h"

enum stage { STAGE_PARSE, STAGE_CHECK, STAGE_LINT, STAGE_PLAN, STAGE_EMIT, STAGE_WHOLE, N_STAGES };

static void exhausted(void) {
  fputs("there is no memory left\n", stderr);
  exit(4);
}

static double now(void) { return times_now(CLOCK_PROCESS_CPUTIME_ID); }

/* One round. The files are parsed anew each time, and what was read of them before gives way. */
static size_t compile(struct rule_file *pack, struct rule_file **files, size_t n_files, double times[N_STAGES]) {
  double at[N_STAGES];
  size_t length;
  struct problems *problems = problems_open();
  at[STAGE_PARSE] = now();
  for (size_t i = 0; i < n_files; i++) files[i]->tree = parse_source(files[i]->source, problems, &files[i]->language);
  at[STAGE_CHECK] = now();
  const struct program *program = check(pack, NULL, 0, problems);
  at[STAGE_LINT] = now();
  lint(program, pack, true, problems);
  at[STAGE_PLAN] = now();
  struct plan *planned = plan(&program, 1, problems);
  at[STAGE_EMIT] = now();
  void *image = emit(planned, &length);
  at[STAGE_WHOLE] = now();
  free(image);
  if (problems->n_errors) {
    problems_print(problems, stderr, false, SEVERITY_ERROR);
    exit(1);
  }
  for (int stage = 0; stage < STAGE_WHOLE; stage++) times[stage] = at[stage + 1] - at[stage];
  times[STAGE_WHOLE] = at[STAGE_WHOLE] - at[STAGE_PARSE];
  return program->n_indicators;
}

static void bench(const char *path, size_t n_rounds) {
  struct problems *problems = problems_open();
  struct rule_file *pack = library_load(library_open(getenv("KLYNGE_RULES"), problems), path);
  if (!pack || problems->n_errors) {
    problems_print(problems, stderr, false, SEVERITY_ERROR);
    exit(1);
  }
  size_t n_files, bytes = 0, n_indicators = 0;
  struct rule_file **files = load_closure(pack, &n_files);
  for (size_t i = 0; i < n_files; i++) bytes += files[i]->source->length;
  double *times[N_STAGES], round[N_STAGES];
  for (int stage = 0; stage < N_STAGES; stage++) times[stage] = memory_bytes(n_rounds * sizeof(double));
  for (size_t i = 0; i < n_rounds; i++) {
    if (i % 3 == 0) memory_collect();
    n_indicators = compile(pack, files, n_files, round);
    for (int stage = 0; stage < N_STAGES; stage++) times[stage][i] = round[stage];
  }
  printf("%10zu %10zu", n_indicators, bytes);
  for (int stage = 0; stage < N_STAGES; stage++) printf(" %9.3f", times_median(times[stage], n_rounds));
  printf(" %9.3f  %s\n", times[STAGE_WHOLE][0], path);
}

int main(int argc, char **argv) {
  size_t n_rounds = argc > 1 ? strtoul(argv[1], NULL, 10) : 0;
  if (argc < 3 || n_rounds == 0) {
    fputs("use: compile ROUNDS FILE…\n", stderr);
    return 2;
  }
  memory_start(exhausted);
  printf("indicators      bytes  parse ms  check ms   lint ms   plan ms   emit ms  whole ms  at least\n");
  for (int i = 2; i < argc; i++) bench(argv[i], n_rounds);
  return 0;
}
