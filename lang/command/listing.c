/* listing.c: which lists there are, who is on them, and a file for each practice that holds its own patients alone. */
#include "lang/command/listing.h"
#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "lang/command/clusters.h"
#include "lang/memory.h"
#include "runtime/meeting/meeting.h"

/* ── the lists of the packs ──────────────────────────────────────────────────────────────────────────────────────── */

static void add_pack(struct listings *listings, const struct program *program, uint32_t first) {
  for (size_t i = 0; i < program->n_indicators; i++) {
    const struct indicator *indicator = program->indicators[i];
    if (!indicator->list) continue;
    listings->all = memory_grow(listings->all, listings->n + 1, sizeof *listings->all);
    struct listing *listing = &listings->all[listings->n++];
    *listing = (struct listing){.program = program, .indicator = indicator, .number = first + (uint32_t)i};
    listing->why = why_of(program, indicator);
    listing_find_columns(listing);
  }
}

/* The same packs, with all questions of all lists in a row. */
static const struct plan *plan_with_questions(struct listings *listings, const struct program *const *programs, size_t n_programs) {
  const struct expr **questions = NULL;
  size_t n = 0;
  for (size_t l = 0; l < listings->n; l++) {
    const struct why *why = listings->all[l].why;
    listings->all[l].first_question = n;
    questions = memory_grow(questions, n + why->n_questions + 1, sizeof *questions);
    memcpy(questions + n, why->questions, why->n_questions * sizeof *questions);
    n += why->n_questions;
  }
  return plan_asking(programs, n_programs, questions, n, problems_open());
}

bool listings_of(struct call *call, const struct plan *plan, const struct listings **listings) {
  struct listings *all = NEW(struct listings);
  const struct program **programs = NEW_ARRAY(const struct program *, plan->n_packs + 1);
  uint32_t first = 0;
  *listings = NULL;
  if (!option_value(call, OPTION_lists)) return true;
  for (uint32_t p = 0; p < plan->n_packs; p++) {
    programs[p] = plan->packs[p].program;
    add_pack(all, programs[p], first);
    first += (uint32_t)programs[p]->n_indicators;
  }
  if (!all->n) {
    fail(call, EXIT_USE, "--lists: no indicator has a list; `list \"…\"` gives it one");
    return false;
  }
  all->plan = plan_with_questions(all, programs, plan->n_packs);
  *listings = all;
  return true;
}

/* ── who is on them ──────────────────────────────────────────────────────────────────────────────────────────────── */

/* All that the files are made of. */
struct making {
  struct call *call;
  const struct listings *listings;
  const struct evaluation *evaluation;
  const uint8_t *outcomes;             /* [indicator × n_patients + patient] */
};

static uint8_t outcome_of(const struct making *making, const struct listing *listing, uint32_t patient) {
  return making->outcomes[(size_t)listing->number * making->evaluation->store->n_patients + patient];
}

/* Where more is better, those who are missing. A mean or a median misses nobody but those without a number, and is of those who have one. */
static bool is_of_missing(const struct indicator *indicator) {
  return indicator->better == BETTER_HIGHER && !image_has_values(indicator->kind);
}

/* Where more is better: who is in the denominator and does not count, or of whom it is not known. Else who counts. */
static bool is_listed(const struct making *making, const struct listing *listing, uint32_t patient) {
  uint8_t outcome = outcome_of(making, listing, patient);
  return is_of_missing(listing->indicator) ? outcome == OUTCOME_NO || outcome == OUTCOME_UNKNOWN : outcome == OUTCOME_YES;
}

/* ── one practice ────────────────────────────────────────────────────────────────────────────────────────────────── */

static const char *sex_words(const char *text) {
  return strcmp(text, "female") == 0 ? _("woman") : strcmp(text, "male") == 0 ? _("man") : text;
}

static struct lists_patient patient_of(const struct store *store, uint32_t patient) {
  const struct store_column *birth = store_find_column(store, "birth"), *sex = store_find_column(store, "sex");
  return (struct lists_patient){
      .id = store_text(store, store->patient_ids[patient]),
      .birth = birth && birth->date ? birth->date[patient] : DATE_UNKNOWN,
      .sex = sex && sex->text ? sex_words(store_text(store, sex->text[patient])) : "",
  };
}

/* Those of the practice's patients who are on a list, by their numbers in the store. */
static uint32_t *listed_of(const struct making *making, const struct store_practice *practice, uint32_t *n) {
  uint32_t *patients = NEW_ARRAY(uint32_t, practice->n_patients + 1);
  *n = 0;
  for (uint32_t p = practice->first_patient; p < practice->first_patient + practice->n_patients; p++) {
    bool listed = false;
    for (size_t l = 0; l < making->listings->n && !listed; l++) listed = is_listed(making, &making->listings->all[l], p);
    if (listed) patients[(*n)++] = p;
  }
  return patients;
}

/* How many may belong on the list, and are not known to. */
static size_t count_unknown(const struct making *making, const struct listing *listing, const struct store_practice *practice) {
  size_t n = 0;
  if (is_of_missing(listing->indicator)) return 0;
  for (uint32_t p = practice->first_patient; p < practice->first_patient + practice->n_patients; p++) n += outcome_of(making, listing, p) == OUTCOME_UNKNOWN;
  return n;
}

/* A row for each of the practice's listed patients who is on this list: `answers` are those of all of them to all questions. */
static struct lists_row *rows_of(const struct making *making, const struct listing *listing, const uint32_t *patients, uint32_t n,
                                 const struct run_answer *answers, size_t *n_rows) {
  struct lists_row *rows = NEW_ARRAY(struct lists_row, n + 1);
  struct run_answer *own = NEW_ARRAY(struct run_answer, listing->why->n_questions + 1);
  *n_rows = 0;
  for (uint32_t i = 0; i < n; i++) {
    if (!is_listed(making, listing, patients[i])) continue;
    for (size_t q = 0; q < listing->why->n_questions; q++) own[q] = answers[(listing->first_question + q) * n + i];
    struct listing_told told = listing_tell(listing, making->evaluation, patients[i], own);
    rows[(*n_rows)++] = (struct lists_row){i, told.reason, told.cells};
  }
  return rows;
}

static struct lists_list list_of(const struct making *making, const struct listing *listing, const struct store_practice *practice,
                                 const uint32_t *patients, uint32_t n, const struct run_answer *answers) {
  const struct program *program = listing->program;
  const struct indicator *indicator = listing->indicator;
  struct lists_list list = {
      .title = indicator->list,
      .pack = program->title ? program->title : program->name,
      .indicator = indicator->title ? indicator->title : indicator->name,
      .heads = listing->heads,
      .n_columns = listing->n_columns,
      .n_unknown = count_unknown(making, listing, practice),
  };
  list.rows = rows_of(making, listing, patients, n, answers, &list.n_rows);
  return list;
}

/* What of the rules is another for these lists, in the words of all documents: under which limit a patient is on a list. The packs
 * may share a parameter, which is told once. */
static const char *changed_of(const struct making *making) {
  const struct image *image = &making->evaluation->image;
  struct meeting meeting = {.danish = making->call->danish,
                            .parameters = NEW_ARRAY(struct meeting_parameter, image->n_parameters + 1)};
  for (uint32_t i = 0; i < image->n_parameters; i++) {
    const struct image_parameter *of = &image->parameters[i];
    const char *name = image_text(image, of->name);
    bool is_told = of->usual == IMAGE_NONE;
    for (size_t j = 0; j < meeting.n_parameters; j++) is_told = is_told || strcmp(meeting.parameters[j].name, name) == 0;
    if (is_told) continue;
    meeting.parameters[meeting.n_parameters++] = (struct meeting_parameter){
        .name = name, .title = of->title == IMAGE_NONE ? "" : image_text(image, of->title), .value = image_text(image, of->value),
        .usual = image_text(image, of->usual), .is_set = true};
  }
  char *changes = meeting_changes(&meeting, NULL, NULL);
  const char *kept = changes ? memory_copy(changes, strlen(changes)) : "";
  free(changes);
  return kept;
}

static enum exit_code write_practice(const struct making *making, const struct store_practice *practice, const char *path) {
  const struct evaluation *evaluation = making->evaluation;
  const struct listings *listings = making->listings;
  uint32_t n;
  uint32_t *patients = listed_of(making, practice, &n);
  struct run_options options = {.index = evaluation->result->options.index};
  struct run_answer *answers = run_answers(&evaluation->image, evaluation->store, &options, patients, n);
  struct lists_patient *who = NEW_ARRAY(struct lists_patient, n + 1);
  struct lists_list *lists = NEW_ARRAY(struct lists_list, listings->n);
  for (uint32_t i = 0; i < n; i++) who[i] = patient_of(evaluation->store, patients[i]);
  for (size_t l = 0; l < listings->n; l++) lists[l] = list_of(making, &listings->all[l], practice, patients, n, answers);
  free(answers);
  const struct lists_practice all = {
      .id = store_text(evaluation->store, practice->id),
      .name = store_text(evaluation->store, practice->name),
      .index = options.index,
      .changed = changed_of(making),
      .danish = making->call->danish,
      .patients = who,
      .n_patients = n,
      .lists = lists,
      .n_lists = listings->n,
  };
  char *error = NULL;
  if (lists_write(&all, path, &error)) return EXIT_FINE;
  fail(making->call, EXIT_SYSTEM, "%s cannot be written: %s", path, error);
  free(error);
  return EXIT_SYSTEM;
}

/* ── all of them ─────────────────────────────────────────────────────────────────────────────────────────────────── */

static bool is_same(const struct stat *a, const struct stat *b) { return a->st_dev == b->st_dev && a->st_ino == b->st_ino; }

/* Whether a folder is another or lies in it, by whatever names they go: the way up to the root is gone. */
static bool is_in_folder(const char *folder, const char *other) {
  struct stat outer, here, above;
  if (stat(other, &outer) != 0 || stat(folder, &here) != 0) return false;
  for (const char *path = memory_print("%s/..", folder); !is_same(&here, &outer); path = memory_print("%s/..", path)) {
    if (stat(path, &above) != 0 || is_same(&above, &here)) return false;
    here = above;
  }
  return true;
}

enum exit_code listings_make_folder(const struct call *call, const char *documents) {
  const char *folder = option_value(call, OPTION_lists);
  struct stat what;
  bool is_made = mkdir(folder, 0700) == 0;
  int error = is_made ? 0 : errno;
  if (error && !(error == EEXIST && stat(folder, &what) == 0 && S_ISDIR(what.st_mode)))
    return (enum exit_code)fail(call, EXIT_SYSTEM, "the folder %s cannot be made: %s", folder, strerror(error));
  if (!documents || !is_in_folder(folder, documents)) return EXIT_FINE;
  if (is_made) rmdir(folder);
  return (enum exit_code)fail(call, EXIT_USE, "--lists: %s is among the documents, which are shown around, and the lists name patients: name another folder", folder);
}

static size_t count_practices(const struct result *result) {
  size_t n = 0;
  for (uint32_t c = 0; c < result->n_clusters; c++) n += result->clusters[c].n_practices;
  return n;
}

enum exit_code listings_write(struct call *call, const struct listings *listings, const struct evaluation *evaluation) {
  const struct result *result = evaluation->result;
  const struct store *store = evaluation->store;
  enum exit_code code = EXIT_FINE;
  uint32_t threads;
  if (!data_threads(call, &threads)) return EXIT_USE;
  struct run_options options = {.index = result->options.index, .threads = threads};
  uint8_t *outcomes = run_outcomes(&evaluation->image, store, &options);
  const struct making making = {call, listings, evaluation, outcomes};
  struct progress progress = progress_of(call, _("writing lists"));
  size_t n = 0, n_all = count_practices(result);
  for (uint32_t c = 0; c < result->n_clusters; c++)
    for (uint32_t p = 0; p < result->clusters[c].n_practices && code == EXIT_FINE; p++) {
      const struct store_practice *practice = &store->practices[result->clusters[c].practices[p].number];
      code = write_practice(&making, practice, clusters_file(option_value(call, OPTION_lists), "", store_text(store, practice->id), ".xlsx"));
      progress_show(&progress, ++n, n_all);
    }
  progress_clear(&progress);
  free(outcomes);
  return code;
}
