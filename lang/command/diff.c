/* diff.c: `klynge diff OLD NEW --data DIR`: what a revision of a rule changes. */
#include <stdlib.h>
#include <string.h>
#include "config.h"
#include "lang/command/diff.h"
#include "lang/memory.h"
#include "runtime/csv/csv.h"

/* ── rules ───────────────────────────────────────────────────────────────────────────────────────────────────────── */

static bool load_versions(struct revision *revision) {
  struct call *call = revision->call;
  size_t n_settings, n;
  struct setting *settings = rules_settings(call, &n_settings);
  struct problems *problems = call->problems = rules_problems(call);
  const char **files = problems ? rule_files(call, call->words, 2, &n) : NULL;
  if (!files) return false;
  struct library *library = rules_library(problems);
  const struct program *programs[2];
  const struct version *versions[2];
  for (int i = 0; i < 2; i++) {
    programs[i] = rules_check(library, files[i], settings, n_settings, problems);
    struct rule_file *file = library_load(library, files[i]);
    versions[i] = file ? version_of(file) : NULL;
  }
  rules_print(call, problems);
  if (problems->n_errors) return false;
  revision->was = programs[0], revision->is = programs[1];
  revision->old = versions[0], revision->new = versions[1];
  return true;
}

static const struct indicator *indicator_named(const struct program *program, const char *name) {
  for (size_t i = 0; i < program->n_indicators; i++)
    if (strcmp(program->indicators[i]->name, name) == 0) return program->indicators[i];
  return NULL;
}

/* An indicator is compared with the one of its name, or, where there is none, with the one that it replaces. */
static void pair_indicators(struct revision *revision) {
  const struct program *is = revision->is;
  revision->pairs = NEW_ARRAY(struct pair, is->n_indicators + 1);
  for (size_t i = 0; i < is->n_indicators; i++) {
    const struct indicator *new = is->indicators[i], *old = indicator_named(revision->was, new->name);
    if (!old && new->replaces) old = indicator_named(revision->was, new->replaces);
    if (old) revision->pairs[revision->n_pairs++] = (struct pair){.was = old, .is = new};
  }
}

/* ── data ────────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* The names under which practices are shown are those of a run. */
static struct result *names_of(struct revision *revision, const struct image *image, const struct counts *counts,
                               const struct data_report *report, int *code) {
  const struct call *call = revision->call;
  char *error = NULL;
  struct result_options options = {.index = revision->index,
                                   .identified = option_value(call, OPTION_identified) != NULL,
                                   .key_file = option_value(call, OPTION_key),
                                   .danish = call->danish,
                                   .program_version = PACKAGE_VERSION};
  struct result *result = result_make(image, revision->store, counts, report, &options, &error, code);
  if (!result) fail(call, (enum exit_code)*code, "%s", error);
  free(error);
  return result;
}

static int compare_data(struct revision *revision, const struct image *image, uint32_t threads,
                        const struct data_report *report) {
  struct call *call = revision->call;
  int code = EXIT_FINE;
  revision->index = DATE_UNKNOWN;
  if (!option_date(call, OPTION_as_of, &revision->index)) return EXIT_USE;
  if (revision->index == DATE_UNKNOWN) revision->index = revision->store->newest;
  if (revision->index == DATE_UNKNOWN)
    return fail(call, EXIT_DATA, "there is no date in the data; say the index date with --as-of");
  struct run_options options = {.index = revision->index, .threads = threads};
  struct counts *counts = run(image, revision->store, &options);
  struct result *result = names_of(revision, image, counts, report, &code);
  if (result) {
    code = EXIT_FINE;
    revision->result = result;
    diff_move(revision, image, threads);
    (option_value(call, OPTION_format) ? diff_tell_json : diff_tell)(revision);
  }
  result_free(result);
  counts_free(counts);
  return code;
}

static int with_data(struct revision *revision, uint32_t threads) {
  struct image image;
  struct data_report report = {0};
  void *bytes = diff_image(revision, &image);
  if (!bytes) return EXIT_RULES;
  struct store *store = data_open(revision->call, &image, threads, &report);
  revision->store = store;
  int code = store ? compare_data(revision, &image, threads, &report) : EXIT_DATA;
  store_close(store);
  data_report_free(&report);
  free(bytes);
  return code;
}

int verb_diff(struct call *call) {
  struct revision revision = {.call = call};
  const char *format = option_value(call, OPTION_format);
  uint32_t threads;
  if (call->n_words != 2) return fail(call, EXIT_USE, "which two versions? klynge diff OLD NEW --data DIR");
  if (format && strcmp(format, "json") != 0 && strcmp(format, "text") != 0)
    return fail(call, EXIT_USE, "--format is text or json, not `%s`", format);
  if (format && strcmp(format, "text") == 0) call->n_values[OPTION_format] = 0;
  if (!data_threads(call, &threads)) return EXIT_USE;
  if (!load_versions(&revision)) return call->problems && call->problems->n_errors ? (int)rules_code(call->problems) : EXIT_USE;
  revision.differences = diff_versions(revision.old, revision.new, &revision.n_differences);
  pair_indicators(&revision);
  if (option_value(call, OPTION_data)) return with_data(&revision, threads);
  (option_value(call, OPTION_format) ? diff_tell_json : diff_tell)(&revision);
  return EXIT_FINE;
}
