/* run.c: `klynge run PACK… --data DIR`: the main job. It reads as the way of the data. */
#include <errno.h>
#include <langinfo.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include "config.h"
#include "lang/command/command.h"
#include "lang/command/output.h"
#include "lang/emit/emit.h"
#include "lang/explain/explain.h"
#include "lang/memory.h"
#include "runtime/csv/csv.h"
#include "runtime/memory/memory.h"
#include "runtime/result/result.h"
#include "runtime/run/run.h"

enum format { FORMAT_TABLE, FORMAT_CSV, FORMAT_JSON, N_FORMATS };

/* ── rules → image ───────────────────────────────────────────────────────────────────────────────────────────────── */

/* Libraries that stand in a folder beside packs are no packs, and are not meant. */
static const char **packs_of(struct call *call, size_t *n) {
  size_t n_files;
  const char **files = rule_files(call, call->words, call->n_words, &n_files);
  if (!files) return NULL;
  if (n_files == call->n_words) {
    *n = n_files;
    return files;
  }
  struct problems *aside = problems_open();
  struct library *library = rules_library(aside);
  *n = 0;
  for (size_t i = 0; i < n_files; i++) {
    const struct rule_file *file = library_load(library, files[i]);
    bool is_pack = !file || !file->tree || tree_find(tree_find(file->tree, NODE_declarations), NODE_pack);
    if (is_pack) files[(*n)++] = files[i];
  }
  if (*n) return files;
  fail(call, EXIT_USE, "there is no pack in this folder");
  return NULL;
}

/* ── the index date ──────────────────────────────────────────────────────────────────────────────────────────────── */

enum { A_MONTH = 31, A_QUARTER = 92 };

/* An index date that lies beyond the data leaves windows empty, and zeros look like figures. */
static void warn_of_index(const struct call *call, const struct store *store, const struct data_report *report,
                          const struct result_options *options) {
  char index[16], end[16];
  int32_t usual = report->usual_newest;
  result_date(options->index, index);
  result_date(usual, end);
  if (call->quiet || usual == DATE_UNKNOWN) return;
  if (!options->index_given && store->newest - usual > A_QUARTER)
    fprintf(stderr,
            _("klynge run: warning: the newest date in the data, %s, stands alone: all but a few rows end at %s; say "
              "the index date with --as-of\n"),
            index, end);
  else if (options->index - usual > A_MONTH)
    fprintf(stderr, _("klynge run: warning: the data end at %s, and the index date %s lies %d days after\n"), end,
            index, options->index - usual);
}

/* The index date: as said, or the newest in the data. */
static int index_date(struct call *call, const struct store *store, const struct data_report *report,
                      struct result_options *options) {
  options->index = DATE_UNKNOWN;
  if (!option_date(call, OPTION_as_of, &options->index)) return EXIT_USE;
  options->index_given = options->index != DATE_UNKNOWN;
  if (!options->index_given) options->index = store->newest;
  if (options->index != DATE_UNKNOWN) {
    warn_of_index(call, store, report, options);
    return EXIT_FINE;
  }
  return fail(call, EXIT_DATA, "there is no date in the data; say the index date with --as-of");
}

/* ── result ──────────────────────────────────────────────────────────────────────────────────────────────────────── */

static uint32_t terminal_width(void) {
  struct winsize size;
  if (isatty(STDOUT_FILENO) && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col && size.ws_col < 100)
    return size.ws_col;
  return 100;
}

/* The file that the result goes to; NULL for standard output. */
static const char *result_file(const struct call *call) {
  const char *path = option_value(call, OPTION_output);
  return path && strcmp(path, "-") == 0 ? NULL : path;
}

static void set_options(struct call *call, struct result_options *options) {
  options->identified = option_value(call, OPTION_identified) != NULL;
  options->key_file = option_value(call, OPTION_key);
  options->clusters = call->values[OPTION_cluster];
  options->n_clusters = (uint32_t)call->n_values[OPTION_cluster];
  options->practices = call->values[OPTION_practice];
  options->n_practices = (uint32_t)call->n_values[OPTION_practice];
  options->danish = call->danish;
  options->colour = call->colour_out && !result_file(call);
  options->ascii = isatty(STDOUT_FILENO) && strcmp(nl_langinfo(CODESET), "UTF-8") != 0;
  options->width = terminal_width();
  options->program_version = PACKAGE_VERSION;
}

/* What the rules say beside the figures, of each pack, for a result that documents are made of. */
static const char **material_of(const struct plan *plan, int32_t index) {
  const char **material = NEW_ARRAY(const char *, plan->n_packs + 1);
  for (uint32_t i = 0; i < plan->n_packs; i++) {
    char *text = NULL;
    size_t length;
    FILE *out = open_memstream(&text, &length);
    if (!out) memory_exhausted();
    explain_for_meeting(plan->packs[i].program, index, out);
    if (fclose(out) != 0) memory_exhausted();
    material[i] = memory_copy(text, length);
    free(text);
  }
  return material;
}

static int write_result(struct call *call, const struct plan *plan, const struct result *result, enum format format) {
  struct output output;
  const char *path = result_file(call);
  if (!output_open(&output, path)) return fail(call, EXIT_SYSTEM, "%s cannot be written: %s", path, strerror(errno));
  switch (format) {
  case FORMAT_CSV: result_write_csv(result, output.file); break;
  case FORMAT_JSON: result_write_json(result, material_of(plan, result->options.index), output.file); break;
  default: result_write_table(result, output.file); break;
  }
  if (output_close(&output)) return EXIT_FINE;
  if (!path) return fail(call, EXIT_SYSTEM, "the output cannot be written: %s", strerror(errno));
  return fail(call, EXIT_SYSTEM, "%s cannot be written: %s", path, strerror(errno));
}

/* Code sets that were reviewed long before the index date, which is known now. */
static void warn_of_reviews(struct call *call, const struct plan *plan, int32_t index) {
  for (uint32_t i = 0; i < plan->n_packs; i++) lint_reviewed(plan->packs[i].program, index, call->problems);
  rules_print(call, call->problems);
}

static int tell(struct call *call, const struct plan *plan, const struct image *image, const struct store *store,
                const struct data_report *report, uint32_t threads, enum format format) {
  struct result_options options = {0};
  char *error = NULL;
  int code = index_date(call, store, report, &options);
  if (code) return code;
  warn_of_reviews(call, plan, options.index);
  set_options(call, &options);
  struct progress progress = progress_of(call, _("evaluating"));
  struct run_options run_options = {
      .index = options.index, .threads = threads, .progress = progress_show, .context = &progress};
  struct counts *counts = run(image, store, &run_options);
  progress_clear(&progress);
  struct result *result = result_make(image, store, counts, report, &options, &error, &code);
  if (result)
    code = write_result(call, plan, result, format);
  else
    fail(call, (enum exit_code)code, "%s", error);
  if (result && !call->quiet) {
    fflush(stdout);
    result_write_report(report, call->danish, stderr);
  }
  free(error);
  result_free(result);
  counts_free(counts);
  return code;
}

static bool read_format(const struct call *call, enum format *format) {
  static const char *const names[N_FORMATS] = {"table", "csv", "json"};
  const char *said = option_value(call, OPTION_format);
  *format = FORMAT_TABLE;
  for (int i = 0; said && i < N_FORMATS; i++)
    if (strcmp(names[i], said) == 0) *format = (enum format)i;
  if (!said || strcmp(names[*format], said) == 0) return true;
  fail(call, EXIT_USE, "--format is table, csv or json, not `%s`", said);
  return false;
}

int verb_run(struct call *call) {
  enum format format;
  struct data_report report = {0};
  struct image image;
  size_t length, n = 0;
  int32_t date;
  uint32_t threads;
  if (!call->n_words) return fail(call, EXIT_USE, "which pack? klynge run PACK… --data DIR");
  if (!read_format(call, &format) || !option_date(call, OPTION_as_of, &date) || !data_threads(call, &threads)) return EXIT_USE;
  const char **files = packs_of(call, &n);
  if (!files) return EXIT_USE;
  enum exit_code wrong_rules;
  const struct plan *plan = rules_plan(call, files, n, &wrong_rules);
  if (!plan) return wrong_rules;
  void *bytes = emit(plan, &length);
  const char *wrong = image_open(bytes, length, &image);
  if (wrong) return fail(call, EXIT_SYSTEM, "the compiler made an image that is refused: %s", wrong);
  int code = EXIT_DATA;
  struct store *store = data_open(call, &image, threads, &report);
  if (store) code = tell(call, plan, &image, store, &report, threads, format);
  store_close(store);
  data_report_free(&report);
  free(bytes);
  return code;
}
