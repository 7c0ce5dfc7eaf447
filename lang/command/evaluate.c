/* evaluate.c: packs over data: the main job, whatever becomes of the result. */
#include "lang/command/evaluate.h"
#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include "config.h"
#include "lang/emit/emit.h"
#include "lang/explain/explain.h"
#include "lang/memory.h"
#include "runtime/image/json.h"
#include "runtime/meeting/meeting.h"
#include "runtime/memory/memory.h"

/* ── the index date ──────────────────────────────────────────────────────────────────────────────────────────────── */

enum { A_MONTH = 31, A_QUARTER = 92 };

/* An index date that lies beyond the data leaves windows empty, and zeros look like figures. */
static void warn_of_index(const struct call *call, const struct evaluation *evaluation,
                          const struct result_options *options) {
  char index[16], end[16];
  int32_t usual = evaluation->report.usual_newest;
  result_date(options->index, index);
  result_date(usual, end);
  if (call->quiet || usual < DATE_FIRST || usual > DATE_LAST) return; /* unknown; or what a store's notes made up */
  if (!options->index_given && evaluation->store->newest - usual > A_QUARTER)
    fprintf(stderr,
            _("klynge run: warning: the newest date in the data, %s, stands alone: all but a few rows end at %s; say "
              "the index date with --as-of\n"),
            index, end);
  else if (options->index - usual > A_MONTH)
    fprintf(stderr, _("klynge run: warning: the data end at %s, and the index date %s lies %d days after\n"), end,
            index, options->index - usual);
}

/* The index date: as said, or the newest in the data. */
static enum exit_code index_date(struct call *call, const struct evaluation *evaluation, struct result_options *options) {
  options->index = DATE_UNKNOWN;
  if (!option_date(call, OPTION_as_of, &options->index)) return EXIT_USE;
  options->index_given = options->index != DATE_UNKNOWN;
  if (!options->index_given) options->index = evaluation->store->newest;
  if (options->index != DATE_UNKNOWN) {
    warn_of_index(call, evaluation, options);
    return EXIT_FINE;
  }
  fail(call, EXIT_DATA, "there is no date in the data; say the index date with --as-of");
  return EXIT_DATA;
}

/* The earlier index date of --compare; DATE_UNKNOWN where nothing is compared. */
static enum exit_code earlier_date(struct call *call, int32_t index, int32_t *before) {
  char earlier[16], later[16];
  *before = DATE_UNKNOWN;
  if (!option_date(call, OPTION_compare, before)) return EXIT_USE;
  if (*before == DATE_UNKNOWN || *before < index) return EXIT_FINE;
  result_date(*before, earlier);
  result_date(index, later);
  fail(call, EXIT_USE, "--compare takes a date before the index date: %s is not before %s", earlier, later);
  return EXIT_USE;
}

enum { SUPPRESS_LEAST = 3, SUPPRESS_MOST = 1000 };

/* ── result ──────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* With a limit of 2 a <2 would say 1. */
static bool read_suppress(struct call *call, struct result_options *options) {
  uint64_t suppress = 0;
  if (!option_number(call, OPTION_suppress, 0, SUPPRESS_MOST, &suppress)) return false;
  options->suppress = (uint32_t)suppress;
  if (suppress == 0 || suppress >= SUPPRESS_LEAST) return true;
  fail(call, EXIT_USE, "--suppress is 0 or at least %d, not %d: a <2 would say 1", SUPPRESS_LEAST, (int)suppress);
  return false;
}

static void add_options(struct call *call, struct result_options *options) {
  options->identified = option_value(call, OPTION_identified) != NULL;
  options->key_file = option_value(call, OPTION_key);
  options->clusters = call->values[OPTION_cluster];
  options->n_clusters = (uint32_t)call->n_values[OPTION_cluster];
  options->practices = call->values[OPTION_practice];
  options->n_practices = (uint32_t)call->n_values[OPTION_practice];
  options->danish = call->danish;
  options->program_version = PACKAGE_VERSION;
}

/* Code sets that were reviewed long before the index date, which is known now. */
static void warn_of_reviews(struct call *call, const struct plan *plan, int32_t index) {
  for (uint32_t i = 0; i < plan->n_packs; i++) lint_reviewed(plan->packs[i].program, index, call->problems);
  rules_print(call, call->problems);
}

/* The first day that a window of the earlier date looks at; DATE_UNKNOWN where none has one. */
static int32_t looks_back_to(const struct counts *counts, uint32_t n_windows) {
  int32_t first = DATE_UNKNOWN;
  for (uint32_t i = 0; i < n_windows; i++) {
    int32_t low = counts->window_low[i];
    if (low != DATE_UNKNOWN && low != DATE_EVER && (first == DATE_UNKNOWN || low < first)) first = low;
  }
  return first;
}

/* What the data did not hold yet at the earlier date counts there as not done, and then the practices seem to have got on. */
static void warn_of_begin(const struct call *call, const struct evaluation *evaluation) {
  int32_t first = looks_back_to(evaluation->before.counts, evaluation->image.n_windows);
  char before[16], low[16], begin[16];
  if (call->quiet || first == DATE_UNKNOWN) return;
  result_date(evaluation->before.index, before);
  result_date(first, low);
  for (uint32_t i = 0; i < evaluation->store->n_tables; i++) {
    const struct store_table *table = &evaluation->store->tables[i];
    int32_t begins = store_table_begin(evaluation->store, table);
    if (begins == DATE_UNKNOWN || begins <= first + A_MONTH) continue;
    result_date(begins, begin);
    fprintf(stderr,
            _("klynge run: warning: on %s windows look back to %s, and %s.csv begins at %s: what it had not yet counts as "
              "not done\n"),
            before, low, store_text(evaluation->store, table->name), begin);
  }
}

/* Of the clusters that --cluster names, the blocks in which their patients are; NULL where it names none. The others' figures
 * are not asked for: of a whole country's data one cluster takes no longer than of its own. */
static bool *blocks_of(const struct store *store, const struct result_options *options) {
  if (options->n_clusters == 0 || store->n_blocks == 0) return NULL;
  bool *blocks = NEW_ARRAY(bool, store->n_blocks);
  for (uint32_t p = 0; p < store->n_practices; p++) {
    const struct store_practice *practice = &store->practices[p];
    const char *cluster = store_text(store, store->clusters[practice->cluster].id);
    bool wanted = false;
    for (uint32_t c = 0; c < options->n_clusters; c++) wanted = wanted || strcmp(options->clusters[c], cluster) == 0;
    if (!wanted || practice->n_patients == 0) continue;
    uint32_t last = practice->first_patient + practice->n_patients - 1;
    for (uint32_t b = practice->first_patient / BLOCK_PATIENTS; b <= last / BLOCK_PATIENTS; b++) blocks[b] = true;
  }
  return blocks;
}

/* The same image over the same store at the earlier date, and who became what since. */
static void run_before(struct evaluation *evaluation, int32_t before, const struct run_options *after) {
  struct run_options earlier = *after;
  earlier.index = before;
  evaluation->before.index = before;
  evaluation->before.counts = run(&evaluation->image, evaluation->store, &earlier);
  evaluation->before.moved = run_moved(&evaluation->image, evaluation->store, &earlier, after);
}

static enum exit_code run_over(struct call *call, struct evaluation *evaluation, struct result_options *options,
                               uint32_t threads, int32_t before) {
  char *error = NULL;
  int code = EXIT_FINE;
  struct progress progress = progress_of(call, _("evaluating"));
  struct run_options run_options = {
      .index = options->index, .blocks = blocks_of(evaluation->store, options), .threads = threads, .progress = progress_show, .context = &progress};
  evaluation->counts = run(&evaluation->image, evaluation->store, &run_options);
  if (before != DATE_UNKNOWN) {
    run_before(evaluation, before, &run_options);
    options->before = &evaluation->before;
  }
  progress_clear(&progress);
  if (options->before) warn_of_begin(call, evaluation);
  evaluation->result = result_make(&evaluation->image, evaluation->store, evaluation->counts, &evaluation->report, options,
                                   &error, &code);
  if (evaluation->result) return EXIT_FINE;
  fail(call, (enum exit_code)code, "%s", error);
  free(error);
  return (enum exit_code)code;
}

enum exit_code evaluation_of_cluster(struct call *call, const struct evaluation *evaluation, const char *cluster,
                                     struct evaluation *one) {
  struct result_options options = evaluation->result->options;
  char *error = NULL;
  int code;
  options.clusters = &cluster;
  options.n_clusters = 1;
  options.before = evaluation->before.counts ? &evaluation->before : NULL;
  *one = *evaluation;
  one->result = result_make(&evaluation->image, evaluation->store, evaluation->counts, &evaluation->report, &options, &error,
                            &code);
  if (one->result) return EXIT_FINE;
  fail(call, (enum exit_code)code, "%s", error);
  free(error);
  return (enum exit_code)code;
}

enum exit_code evaluate(struct call *call, const struct plan *plan, const struct result_options *options,
                        struct evaluation *evaluation) {
  struct result_options all = *options;
  size_t length;
  uint32_t threads;
  int32_t date, before;
  *evaluation = (struct evaluation){.plan = plan};
  if (!option_date(call, OPTION_as_of, &date) || !option_date(call, OPTION_compare, &date) || !data_threads(call, &threads) ||
      !read_suppress(call, &all))
    return EXIT_USE;
  evaluation->bytes = emit(plan, &length);
  const char *wrong = image_open(evaluation->bytes, length, &evaluation->image);
  if (wrong) {
    fail(call, EXIT_SYSTEM, "the compiler made an image that is refused: %s", wrong);
    return EXIT_SYSTEM;
  }
  evaluation->store = data_open(call, &evaluation->image, threads, &evaluation->report);
  if (!evaluation->store) return EXIT_DATA;
  enum exit_code code = index_date(call, evaluation, &all);
  if (code == EXIT_FINE) code = earlier_date(call, all.index, &before);
  if (code != EXIT_FINE) return code;
  warn_of_reviews(call, plan, all.index);
  add_options(call, &all);
  return run_over(call, evaluation, &all, threads, before);
}

void evaluation_close(struct evaluation *evaluation) {
  result_free(evaluation->result);
  if (evaluation->counts) counts_free(evaluation->counts);
  if (evaluation->before.counts) counts_free(evaluation->before.counts);
  free(evaluation->before.moved);
  store_close(evaluation->store);
  data_report_free(&evaluation->report);
  free(evaluation->bytes);
}

/* ── JSON ────────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* A text that is written into memory of the compiler. */
struct text { FILE *out; char *all; size_t length; };

static FILE *text_open(struct text *text) {
  *text = (struct text){.out = NULL};
  text->out = open_memstream(&text->all, &text->length);
  if (!text->out) memory_exhausted();
  return text->out;
}
static const char *text_close(struct text *text) {
  if (fclose(text->out) != 0) memory_exhausted();
  const char *copy = memory_copy(text->all, text->length);
  free(text->all);
  return copy;
}

/* What the rules say beside the figures, of each pack. */
static const char **material_of(const struct plan *plan, int32_t index) {
  const char **material = NEW_ARRAY(const char *, plan->n_packs + 1);
  struct text text;
  for (uint32_t i = 0; i < plan->n_packs; i++) {
    explain_for_meeting(plan->packs[i].program, index, text_open(&text));
    material[i] = text_close(&text);
  }
  return material;
}

static const char *meeting_of(const struct order *order) {
  struct text text;
  char date[16];
  if (!order) return NULL;
  FILE *out = text_open(&text);
  result_date(order->on, date);
  fputs("{\"meeting\": ", out);
  json_text(out, order->name);
  fputs(", \"title\": ", out);
  json_text(out, order->title);
  fputs(", \"on\": ", out);
  json_text(out, *date ? date : NULL);
  fputs(", \"consultant\": ", out);
  json_text(out, order->consultant);
  fputs(", \"contact\": ", out);
  json_text(out, order->contact);
  putc('}', out);
  return text_close(&text);
}

void evaluation_write_json(const struct evaluation *evaluation, const struct order *order, FILE *out) {
  const struct result_words words = {material_of(evaluation->plan, evaluation->result->options.index), meeting_of(order)};
  result_write_json(evaluation->result, &words, out);
}

struct meetings *evaluation_meetings(const struct evaluation *evaluation, const struct order *order) {
  char *json = NULL, *error;
  size_t length;
  FILE *out = open_memstream(&json, &length);
  if (!out) memory_exhausted();
  evaluation_write_json(evaluation, order, out);
  if (fclose(out) != 0) memory_exhausted();
  struct meetings *meetings = meetings_read(json, length, &error);
  assert(meetings);
  free(json);
  return meetings;
}
