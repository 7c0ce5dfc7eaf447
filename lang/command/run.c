/* run.c: `klynge run PACK… --data DIR`: the main job, and its result in the format that was asked for. */
#include <errno.h>
#include <string.h>
#include "lang/command/clusters.h"
#include "lang/command/compare.h"
#include "lang/command/evaluate.h"
#include "lang/command/listing.h"
#include "lang/command/output.h"
#include "lang/command/vary.h"
#include "lang/memory.h"
#include "runtime/fhir/fhir.h"

enum format { FORMAT_TABLE, FORMAT_CSV, FORMAT_JSON, FORMAT_MEASURE_REPORT, N_FORMATS };

/* ── result ──────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* The follow-up is a table of its own below those of the day: the same that two kept results give. */
static void write_table(const struct call *call, const struct evaluation *evaluation, FILE *out) {
  result_write_table(evaluation->result, out);
  if (evaluation->result->before == DATE_UNKNOWN) return;
  struct meetings *meetings = evaluation_meetings(evaluation, NULL);
  fputs("\n\n", out);
  compare_write_table(call, meetings, out);
  meetings_free(meetings);
}

static void write_reports(const struct evaluation *evaluation, FILE *out) {
  struct meetings *meetings = evaluation_meetings(evaluation, NULL);
  fhir_write(meetings, out);
  meetings_free(meetings);
}

static int write_result(struct call *call, const struct evaluation *evaluation, const char *path, enum format format) {
  struct output output;
  if (!output_open(&output, path)) return fail(call, EXIT_SYSTEM, "%s cannot be written: %s", path, strerror(errno));
  switch (format) {
  case FORMAT_CSV: result_write_csv(evaluation->result, output.file); break;
  case FORMAT_JSON: evaluation_write_json(evaluation, NULL, output.file); break;
  case FORMAT_MEASURE_REPORT: write_reports(evaluation, output.file); break;
  default: write_table(call, evaluation, output.file); break;
  }
  if (output_close(&output)) return EXIT_FINE;
  if (!path) return fail(call, EXIT_SYSTEM, "the output cannot be written: %s", strerror(errno));
  return fail(call, EXIT_SYSTEM, "%s cannot be written: %s", path, strerror(errno));
}

/* A file in a folder of its own for each cluster. */
static int write_clusters(struct call *call, const struct evaluation *evaluation, const char *folder,
                          enum format format) {
  static const char *const names[N_FORMATS] = {"result.txt", "result.csv", "result.json", "measure-reports.json"};
  const struct result *whole = evaluation->result;
  struct progress progress = progress_of(call, _("writing results"));
  int code = clusters_make_folder(call, folder);
  for (uint32_t i = 0; i < whole->n_clusters && code == EXIT_FINE; i++) {
    struct evaluation one;
    const char *place = clusters_folder(folder, whole->clusters[i].id);
    code = clusters_make_folder(call, place);
    if (code == EXIT_FINE) code = evaluation_of_cluster(call, evaluation, whole->clusters[i].id, &one);
    if (code != EXIT_FINE) break;
    code = write_result(call, &one, memory_print("%s/%s", place, names[format]), format);
    result_free(one.result);
    progress_show(&progress, i + 1, whole->n_clusters);
  }
  progress_clear(&progress);
  return code;
}

static bool read_format(const struct call *call, enum format *format) {
  static const char *const names[N_FORMATS] = {"table", "csv", "json", "measure-report"};
  const char *said = option_value(call, OPTION_format);
  *format = FORMAT_TABLE;
  for (int i = 0; said && i < N_FORMATS; i++)
    if (strcmp(names[i], said) == 0) *format = (enum format)i;
  if (!said || strcmp(names[*format], said) == 0) return true;
  fail(call, EXIT_USE, "--format is table, csv, json or measure-report, not `%s`", said);
  return false;
}

int verb_run(struct call *call) {
  enum format format;
  int32_t date;
  uint32_t threads;
  size_t n = 0;
  if (!call->n_words) return fail(call, EXIT_USE, "which pack? klynge run PACK… --data DIR");
  if (!read_format(call, &format) || !option_date(call, OPTION_as_of, &date) || !data_threads(call, &threads))
    return EXIT_USE;
  if (option_value(call, OPTION_all_clusters) && !outlet_file(call))
    return fail(call, EXIT_USE,
                "--all-clusters writes a folder for each cluster: name the folder for all of them with -o");
  if (!option_value(call, OPTION_all_clusters) && !outlet_takes_text(call)) return EXIT_USE;
  const struct varying *varying;
  if (!vary_read(call, format == FORMAT_TABLE || format == FORMAT_CSV, &varying)) return EXIT_USE;
  const char **files = rule_packs(call, &n);
  if (!files) return EXIT_USE;
  enum exit_code wrong_rules;
  const char *const *settings = NULL;
  const struct plan *plan = varying ? vary_plan(call, varying, files, n, format == FORMAT_CSV, &settings, &wrong_rules)
                                    : rules_plan(call, files, n, &wrong_rules);
  if (!plan) return wrong_rules;
  const struct listings *listings;
  if (!listings_of(call, plan, &listings)) return EXIT_USE;
  int code = listings ? listings_make_folder(call, option_value(call, OPTION_all_clusters) ? outlet_file(call) : NULL) : EXIT_FINE;
  if (code != EXIT_FINE) return code;
  const struct outlet outlet = outlet_of(call);
  const struct result_options options = {.colour = outlet.colour, .ascii = outlet.ascii, .width = outlet.width, .settings = settings};
  struct evaluation evaluation;
  code = evaluate(call, listings ? listings->plan : plan, &options, &evaluation);
  if (code == EXIT_FINE && listings) code = listings_write(call, listings, &evaluation);
  if (code == EXIT_FINE) {
    code = option_value(call, OPTION_all_clusters) ? write_clusters(call, &evaluation, outlet_file(call), format)
                                                   : write_result(call, &evaluation, outlet_file(call), format);
    fflush(stdout);
    if (!call->quiet) result_write_report(&evaluation.report, evaluation.result->options.suppress, call->danish, stderr);
  }
  evaluation_close(&evaluation);
  return code;
}
