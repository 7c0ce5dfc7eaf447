/* why.c: `klynge why FILE INDICATOR --data DIR --patient ID`: one patient, one indicator. */
#include <stdlib.h>
#include <string.h>
#include "lang/command/why.h"
#include "lang/emit/emit.h"
#include "lang/memory.h"
#include "runtime/csv/csv.h"

/* The indicator of a name; NULL after a message. */
static const struct indicator *find_indicator(const struct call *call, const struct program *program, const char *name) {
  const char **names = NEW_ARRAY(const char *, program->n_indicators + 1);
  for (size_t i = 0; i < program->n_indicators; i++) {
    if (strcmp(program->indicators[i]->name, name) == 0) return program->indicators[i];
    names[i] = program->indicators[i]->name;
  }
  const char *near = problem_nearest(name, names, program->n_indicators);
  if (near)
    fail(call, EXIT_USE, "%s has no indicator `%s`; did you mean `%s`?", call->words[0], name, near);
  else
    fail(call, EXIT_USE, "%s has no indicator `%s`", call->words[0], name);
  return NULL;
}

static void tell(struct call *call, const struct why *why, const char *patient, bool json) {
  char date[16];
  int year, month, day;
  date_to_civil(why->index, &year, &month, &day);
  snprintf(date, sizeof date, "%04d-%02d-%02d", year % 10000, month, day);
  (void)call;
  if (json) {
    why_tell_json(why, patient, stdout);
    return;
  }
  printf(_("%s, patient %s, index date %s\n"), why->indicator->name, patient, date);
  if (why->indicator->title) printf("%s\n", why->indicator->title);
  why_tell(why, 0, stdout);
}

static int tell_patient(struct call *call, struct why *why, const struct plan *plan, const struct image *image, const struct store *store,
                        bool json) {
  const char *id = option_value(call, OPTION_patient);
  uint32_t patient = look_patient(store, id);
  why->index = DATE_UNKNOWN;
  if (!option_date(call, OPTION_as_of, &why->index)) return EXIT_USE;
  if (why->index == DATE_UNKNOWN) why->index = store->newest;
  if (why->index == DATE_UNKNOWN) return fail(call, EXIT_DATA, "there is no date in the data; say the index date with --as-of");
  if (patient == UINT32_MAX) return fail(call, EXIT_DATA, "there is no patient `%s` in the data", id);
  struct run_options options = {.index = why->index};
  struct run_answer *answers = run_answers(image, store, &options, &patient, 1);
  why->answers = answers;
  why_find_rows(why, plan, image, store, patient);
  tell(call, why, id, json);
  free(answers);
  return EXIT_FINE;
}

/* The program's tables and what is asked, nothing else: no indicator is planned, so none can be made faster than it reads. */
static int ask(struct call *call, struct why *why, uint32_t threads, bool json) {
  struct program *alone = NEW(struct program);
  struct data_report report = {0};
  struct image image;
  size_t length;
  *alone = *why->program;
  alone->name = "why";
  alone->n_indicators = 0;
  alone->population = NULL;
  const struct program *programs[] = {alone};
  const struct plan *plan = plan_asking(programs, 1, why->questions, why->n_questions, call->problems);
  void *bytes = emit(plan, &length);
  const char *wrong = image_open(bytes, length, &image);
  if (wrong) return fail(call, EXIT_SYSTEM, "the compiler made an image that is refused: %s", wrong);
  struct store *store = data_open(call, &image, threads, &report);
  int code = store ? tell_patient(call, why, plan, &image, store, json) : EXIT_DATA;
  store_close(store);
  data_report_free(&report);
  free(bytes);
  return code;
}

int verb_why(struct call *call) {
  const char *format = option_value(call, OPTION_format);
  uint32_t threads;
  enum exit_code code;
  if (call->n_words != 2 || !option_value(call, OPTION_patient))
    return fail(call, EXIT_USE, "of whom? klynge why FILE INDICATOR --data DIR --patient ID");
  if (format && strcmp(format, "json") != 0 && strcmp(format, "text") != 0)
    return fail(call, EXIT_USE, "--format is text or json, not `%s`", format);
  if (!data_threads(call, &threads)) return EXIT_USE;
  const struct program *program = rules_program(call, call->words[0], &code);
  if (!program) return code;
  const struct indicator *indicator = find_indicator(call, program, call->words[1]);
  if (!indicator) return EXIT_USE;
  struct why *why = why_of(program, indicator);
  why_ask_misses(why);
  return ask(call, why, threads, format && strcmp(format, "json") == 0);
}
