/* import.c: `klynge import [FILE…] --data DIR -o STORE`: the data are read once, with every code, into a store file that later
 * runs map into memory. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "lang/command/command.h"
#include "lang/command/output.h"
#include "lang/emit/emit.h"
#include "lang/memory.h"
#include "runtime/result/result.h"
#include "runtime/store/file.h"

/* Rules only say here which tables there are, and by which columns they are cut. */
static const struct plan *plan_of(struct call *call, enum exit_code *code) {
  struct problems *problems = problems_open();
  struct library *library = rules_library(problems);
  const char *usual[] = {memory_print("%s/lib/gp.kly", rules_folder())};
  size_t n = 1;
  const char **files = usual;
  *code = EXIT_USE;
  if (call->n_words && !(files = rule_files(call, call->words, call->n_words, &n))) return NULL;
  const struct program **programs = NEW_ARRAY(const struct program *, n + 1);
  for (size_t i = 0; i < n; i++) {
    struct program *program = rules_check(library, files[i], NULL, 0, problems);
    if (program && !program->name) program->name = "library"; /* an image has packs alone */
    programs[i] = program;
  }
  const struct plan *all = problems->n_errors ? NULL : plan(programs, n, problems);
  problems_print(problems, stderr, call->colour_err, SEVERITY_ERROR);
  *code = rules_code(problems);
  return *code == EXIT_FINE ? all : NULL;
}

static int write_store(struct call *call, const struct store *store, const struct data_report *report, const char *path,
                       uint32_t threads) {
  struct output output;
  size_t n_notes;
  char *notes = data_report_notes(report, &n_notes);
  bool written = output_open(&output, path);
  if (written && !store_write(store, notes, n_notes, output.file, threads)) written = output_drop(&output);
  else if (written) written = output_close(&output);
  free(notes);
  if (written) return EXIT_FINE;
  return fail(call, EXIT_SYSTEM, _("%s cannot be written: %s"), path, strerror(errno));
}

int verb_import(struct call *call) {
  const char *path = option_value(call, OPTION_output);
  struct data_report report = {0};
  struct image image;
  size_t length;
  enum exit_code code;
  uint32_t threads;
  if (!path) return fail(call, EXIT_USE, _("where to? klynge import --data DIR -o STORE"));
  if (!data_threads(call, &threads)) return EXIT_USE;
  const struct plan *plan = plan_of(call, &code);
  if (!plan) return code;
  void *bytes = emit(plan, &length);
  const char *wrong = image_open(bytes, length, &image);
  if (wrong) return fail(call, EXIT_SYSTEM, "the compiler made an image that is refused: %s", wrong);
  struct store *store = data_read_all(call, &image, threads, &report);
  int result = store ? write_store(call, store, &report, path, threads) : EXIT_DATA;
  for (uint32_t i = 0; store && i < report.n_warnings && !call->quiet; i++)
    fprintf(stderr, _("klynge import: warning: %s\n"), report.warnings[i]);
  if (store && result == EXIT_FINE && !call->quiet) result_write_report(&report, 0, call->danish, stderr);
  store_close(store);
  data_report_free(&report);
  free(bytes);
  return result;
}
