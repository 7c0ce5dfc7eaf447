/* report.c: `klynge report RESULT|MEETING|PACK… -o FOLDER`: the documents of a meeting. Documents are made of a result's JSON
 * and of nothing else, whether it was kept or is made here from data; and it stays beside them, for the follow-up. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include "lang/command/clusters.h"
#include "lang/command/evaluate.h"
#include "lang/command/listing.h"
#include "lang/command/order.h"
#include "lang/command/output.h"
#include "lang/memory.h"
#include "runtime/deck/deck.h"
#include "runtime/meeting/meeting.h"
#include "runtime/memory/memory.h"
#include "runtime/webpage/webpage.h"
#include "runtime/word/word.h"
#include "runtime/workbook/workbook.h"

/* ── the result ──────────────────────────────────────────────────────────────────────────────────────────────────── */

/* A result as JSON, in the compiler's memory. */
struct kept { const char *json; size_t length; };

static bool ends_in(const char *text, const char *end) {
  size_t length = strlen(text), of_end = strlen(end);
  return length >= of_end && strcmp(text + length - of_end, end) == 0;
}

static enum exit_code read_kept(const struct call *call, const char *path, struct kept *kept) {
  const char *why;
  struct source *source = source_read(path, &why);
  if (!source) return (enum exit_code)fail(call, EXIT_DATA, _("%s: %s"), path, why);
  *kept = (struct kept){source->text, source->length};
  return EXIT_FINE;
}

static void keep(const struct evaluation *evaluation, const struct order *order, struct kept *kept) {
  char *text = NULL;
  FILE *out = open_memstream(&text, &kept->length);
  if (out) evaluation_write_json(evaluation, order, out);
  if (!out || fclose(out) != 0) memory_exhausted();
  kept->json = memory_copy(text, kept->length);
  free(text);
}

/* The plan of the meeting or of the packs that the words name; *order is NULL without a meeting. */
static const struct plan *plan_of(struct call *call, struct order **order, enum exit_code *code) {
  struct library *library;
  size_t n;
  *order = NULL;
  *code = EXIT_USE;
  const char **files = rule_packs(call, &n);
  call->problems = files ? rules_problems(call) : NULL;
  if (!call->problems) return NULL;
  if (n == 1) *order = order_read(call, files[0], &library);
  if (call->problems->n_errors) {
    rules_print(call, call->problems);
    *code = EXIT_RULES;
    return NULL;
  }
  return *order ? order_plan(call, *order, library, code) : rules_plan(call, files, n, code);
}

static enum exit_code make_kept(struct call *call, struct kept *kept) {
  struct evaluation evaluation;
  struct order *order;
  enum exit_code code;
  const struct plan *plan = plan_of(call, &order, &code);
  if (!plan) return code;
  if (order) order_say(call, order);
  const struct listings *listings;
  if (!listings_of(call, plan, &listings)) return EXIT_USE;
  if (listings) code = listings_make_folder(call, option_value(call, OPTION_output));
  if (code != EXIT_FINE) return code;
  code = evaluate(call, listings ? listings->plan : plan, &(struct result_options){.width = 100}, &evaluation);
  if (code == EXIT_FINE) keep(&evaluation, order, kept);
  if (code == EXIT_FINE && listings) code = listings_write(call, listings, &evaluation);
  evaluation_close(&evaluation);
  return code;
}

/* ── documents ───────────────────────────────────────────────────────────────────────────────────────────────────── */

/* A document: the option that asks for it, what its file is called after the pack, and who writes it. */
struct document {
  enum option_id option;
  const char *name;
  bool (*write)(const struct call *call, const struct meeting *meeting, const char *path, char **error);
};

static bool write_deck(const struct call *call, const struct meeting *meeting, const char *path, char **error) {
  const struct deck_options options = {.template = option_value(call, OPTION_template)};
  const char *old = option_value(call, OPTION_refresh);
  if (old) return deck_refresh(meeting, old, path, stdout, error);
  return deck_write(meeting, &options, path, error);
}

static bool write_workbook(const struct call *call, const struct meeting *meeting, const char *path, char **error) {
  (void)call;
  return workbook_of_meeting(meeting, path, error);
}

static bool write_page(const struct call *call, const struct meeting *meeting, const char *path, char **error) {
  (void)call;
  return webpage_write(meeting, path, error);
}

static bool write_notes(const struct call *call, const struct meeting *meeting, const char *path, char **error) {
  (void)call;
  return word_write_notes(meeting, path, error);
}

static bool write_plan(const struct call *call, const struct meeting *meeting, const char *path, char **error) {
  (void)call;
  return word_write_plan(meeting, path, error);
}

/* It says which slides are shown: those of this call, whether they are made in it or not. */
static bool write_programme(const struct call *call, const struct meeting *meeting, const char *path, char **error) {
  const struct deck_options options = {.template = option_value(call, OPTION_template)};
  struct deck_slides slides;
  if (!deck_list_slides(meeting, &options, option_value(call, OPTION_refresh), &slides, error)) return false;
  bool is_written = word_write_programme(meeting, &slides, path, error);
  deck_free_slides(&slides);
  return is_written;
}

static const struct document documents[] = {
    {OPTION_pptx, ".pptx", write_deck},
    {OPTION_xlsx, ".xlsx", write_workbook},
    {OPTION_html, ".html", write_page},
    {OPTION_docx, "-notes.docx", write_notes},
    {OPTION_docx, "-plan.docx", write_plan},
    {OPTION_docx, "-programme.docx", write_programme},
};
enum { N_DOCUMENTS = sizeof documents / sizeof *documents };

static bool is_asked_for(const struct call *call, enum option_id option) {
  bool any = false;
  for (size_t i = 0; i < N_DOCUMENTS; i++) any = any || option_value(call, documents[i].option);
  return !any || option_value(call, option);
}

/* Says that a document could not be written, where it was not. Takes the error. */
static enum exit_code tell(const struct call *call, bool is_written, const char *path, char *error) {
  if (!is_written) fail(call, EXIT_SYSTEM, "%s cannot be written: %s", path, error);
  free(error);
  return is_written ? EXIT_FINE : EXIT_SYSTEM;
}

/* One for each practice, in a folder of their own. */
static enum exit_code write_letters(const struct call *call, const struct meeting *meeting, const char *folder) {
  const char *letters = memory_print("%s/letters", folder), *begins = memory_print("%s-", meeting->pack);
  enum exit_code code = clusters_make_folder(call, letters);
  for (size_t i = 0; i < meeting->n_practices && code == EXIT_FINE; i++) {
    char *error = NULL;
    const char *path = clusters_file(letters, begins, meeting->practices[i].label, ".docx");
    bool is_written = word_write_letter(meeting, i, path, &error);
    code = tell(call, is_written, path, error);
  }
  return code;
}

static enum exit_code write_documents(const struct call *call, const struct meeting *meeting, const char *folder) {
  enum exit_code code = EXIT_FINE;
  for (size_t i = 0; i < N_DOCUMENTS && code == EXIT_FINE; i++) {
    char *error = NULL;
    if (!is_asked_for(call, documents[i].option)) continue;
    const char *path = memory_print("%s%s", clusters_folder(folder, meeting->pack), documents[i].name);
    bool is_written = documents[i].write(call, meeting, path, &error);
    code = tell(call, is_written, path, error);
  }
  if (code == EXIT_FINE && is_asked_for(call, OPTION_docx)) code = write_letters(call, meeting, folder);
  return code;
}

static size_t count_clusters(const struct meetings *meetings) {
  size_t n = 0;
  for (size_t i = 0; i < meetings->n; i++) n += strcmp(meetings->all[i].pack, meetings->all[0].pack) == 0;
  return n;
}

/* A kept result is in the language in which it was made, and so are its documents: half of one in each language nobody can read. */
static enum exit_code write_in_its_language(const struct call *call, const struct meeting *meeting, const char *folder) {
  words_speak(meeting->danish, texts_folder());
  enum exit_code code = write_documents(call, meeting, folder);
  words_speak(call->danish, texts_folder());
  return code;
}

static enum exit_code write_all(struct call *call, const struct meetings *meetings, const char *folder) {
  struct progress progress = progress_of(call, _("writing documents"));
  bool several = count_clusters(meetings) > 1;
  enum exit_code code = EXIT_FINE;
  if (option_value(call, OPTION_refresh) && meetings->n != 1)
    return (enum exit_code)fail(call, EXIT_USE, "--refresh is for one pack in one cluster: name the pack, and the cluster with --cluster");
  if (several && !option_value(call, OPTION_all_clusters))
    return (enum exit_code)fail(call, EXIT_USE, "there are %zu clusters: name one with --cluster, or say --all-clusters for a folder each", count_clusters(meetings));
  for (size_t i = 0; i < meetings->n && code == EXIT_FINE; i++) {
    const struct meeting *meeting = &meetings->all[i];
    const char *place = several ? clusters_folder(folder, meeting->cluster) : folder;
    code = clusters_make_folder(call, place);
    if (code == EXIT_FINE) code = write_in_its_language(call, meeting, place);
    progress_show(&progress, i + 1, meetings->n);
  }
  progress_clear(&progress);
  return code;
}

/* The result stays beside its documents: the follow-up begins with it. */
static enum exit_code keep_result(const struct call *call, const struct kept *kept, const char *folder) {
  struct output output;
  const char *path = memory_print("%s/result.json", folder);
  bool written = output_open(&output, path);
  if (written) {
    fwrite(kept->json, 1, kept->length, output.file);
    written = output_close(&output);
  }
  if (written) return EXIT_FINE;
  return (enum exit_code)fail(call, EXIT_SYSTEM, "%s cannot be written: %s", path, strerror(errno));
}

/* `--check-template FILE`: nothing is evaluated. */
static int check_template(const struct call *call, const char *path) {
  size_t n_faults = 0;
  char *error = NULL;
  if (deck_check_template(path, stdout, &n_faults, &error)) return n_faults ? EXIT_RULES : EXIT_FINE;
  int code = fail(call, EXIT_DATA, _("%s: %s"), path, error);
  free(error);
  return code;
}

int verb_report(struct call *call) {
  const char *folder = option_value(call, OPTION_output);
  struct kept kept;
  char *error;
  if (option_value(call, OPTION_check_template)) return check_template(call, option_value(call, OPTION_check_template));
  if (!call->n_words || !folder) return fail(call, EXIT_USE, "of what, and where to? klynge report RESULT.json|MEETING.kly|PACK… -o FOLDER");
  bool is_kept = call->n_words == 1 && !load_is_folder(call->words[0]) && !ends_in(call->words[0], ".kly");
  if (is_kept && option_value(call, OPTION_lists))
    return fail(call, EXIT_USE, "--lists needs the data: a result that was kept names no patient");
  enum exit_code code = is_kept ? read_kept(call, call->words[0], &kept) : make_kept(call, &kept);
  if (code != EXIT_FINE) return code;
  struct meetings *meetings = meetings_read(kept.json, kept.length, &error);
  if (!meetings) {
    code = (enum exit_code)fail(call, EXIT_DATA, _("%s: %s"), call->words[0], error);
    free(error);
    return code;
  }
  code = clusters_make_folder(call, folder);
  if (code == EXIT_FINE) code = write_all(call, meetings, folder);
  if (code == EXIT_FINE && !is_kept) code = keep_result(call, &kept, folder);
  meetings_free(meetings);
  return code;
}
