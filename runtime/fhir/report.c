/* report.c: one MeasureReport of type summary. */
#include <math.h>
#include <string.h>
#include "runtime/fhir/inner.h"
#include "runtime/image/json.h"
#include "runtime/result/result.h"

#define POPULATION_CODES "http://terminology.hl7.org/CodeSystem/measure-population"
#define NOTATION_CODES   "http://terminology.hl7.org/CodeSystem/measure-improvement-notation"
#define MASKED                                                                                                         \
  "{\"extension\": [{\"url\": \"http://hl7.org/fhir/StructureDefinition/data-absent-reason\", \"valueCode\": "         \
  "\"masked\"}]}"

static bool is_of_numbers(const struct meeting_indicator *indicator) {
  return indicator->kind == MEETING_MEAN || indicator->kind == MEETING_MEDIAN || indicator->kind == MEETING_QUARTILES;
}

/* ── populations ─────────────────────────────────────────────────────────────────────────────────────────────────── */

/* A count that may not be seen has none, and the reason why. */
static void write_population(FILE *out, const char *before, const char *system, const char *code,
                             struct meeting_count count) {
  fprintf(out, "%s{\"code\": {\"coding\": [{\"system\": \"%s\", \"code\": \"%s\"}]}, ", before, system, code);
  if (count.state == COUNT_SHOWN)
    fprintf(out, "\"count\": %u}", count.n);
  else
    fputs("\"_count\": " MASKED "}", out);
}

/* Of a mean or a median FHIR has a measure population and its observations; the unknown, who are neither left out nor counted as
 * yes, it has no code for. How many of the pack's population are in a band is not known, so a band has no initial population. */
static void write_populations(FILE *out, const struct meeting_indicator *indicator, const struct meeting_figure *figure,
                              bool is_band) {
  bool of_numbers = is_of_numbers(indicator);
  fputs("\"population\": [", out);
  if (!is_band) write_population(out, "", POPULATION_CODES, "initial-population", figure->population);
  write_population(out, is_band ? "" : ", ", POPULATION_CODES, of_numbers ? "measure-population" : "denominator",
                   figure->denominator);
  write_population(out, ", ", POPULATION_CODES, of_numbers ? "measure-observation" : "numerator", figure->numerator);
  bool any_unknown = figure->unknown.state != COUNT_SHOWN || figure->unknown.n > 0;
  if (any_unknown) write_population(out, ", ", "urn:klynge:population", "unknown", figure->unknown);
  putc(']', out);
}

/* ── the score ───────────────────────────────────────────────────────────────────────────────────────────────────── */

static bool is_masked(const struct meeting_figure *figure) {
  return figure->denominator.state != COUNT_SHOWN || figure->numerator.state != COUNT_SHOWN ||
         figure->unknown.state != COUNT_SHOWN;
}

/* A share is a fraction, a rate is per so many patients, and a count has no score but itself. Where nobody is counted there is
 * none; where it may not be seen it is masked. */
static void write_score(FILE *out, const struct meeting_indicator *indicator, const struct meeting_figure *figure) {
  char number[32];
  if (isnan(figure->value)) {
    if (is_masked(figure)) fputs(", \"measureScore\": {\"_value\": " MASKED "}", out);
    return;
  }
  result_number(figure->value, number);
  fprintf(out, ", \"measureScore\": {\"value\": %s", number);
  if (indicator->kind == MEETING_RATE) {
    result_number(indicator->per, number);
    fprintf(out, ", \"unit\": \"per %s patients\"", number);
  } else if (*indicator->unit) {
    fputs(", \"unit\": ", out);
    json_text(out, indicator->unit);
  } else if (indicator->kind == MEETING_SHARE)
    fputs(", \"unit\": \"1\", \"system\": \"http://unitsofmeasure.org\", \"code\": \"1\"", out);
  putc('}', out);
}

static void write_figure(FILE *out, const struct meeting_indicator *indicator, const struct meeting_figure *figure,
                         bool is_band) {
  write_populations(out, indicator, figure, is_band);
  write_score(out, indicator, figure);
}

/* ── bands ───────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* Each stratum is a stratifier, and each of its bands a stratum of it. */
static void write_bands(const struct subject *subject, FILE *out) {
  const struct meeting_indicator *indicator = subject->indicator;
  bool all = subject->practice == subject->meeting->n_practices;
  const char *stratum = NULL;
  for (size_t i = 0; i < indicator->n_bands; i++) {
    const struct meeting_band *band = &indicator->bands[i];
    if (!stratum || strcmp(stratum, band->stratum) != 0) {
      fputs(stratum ? "]}, {\"code\": [{\"text\": " : ", \"stratifier\": [{\"code\": [{\"text\": ", out);
      json_text(out, band->stratum);
      fputs("}], \"stratum\": [", out);
    } else
      fputs(", ", out);
    stratum = band->stratum;
    fputs("{\"value\": {\"text\": ", out);
    json_text(out, band->band);
    fputs("}, ", out);
    write_figure(out, indicator, all ? &band->all : &band->practices[subject->practice], true);
    putc('}', out);
  }
  if (stratum) fputs("]}]", out);
}

/* ── the report ──────────────────────────────────────────────────────────────────────────────────────────────────── */

static void write_measure(const struct subject *subject, FILE *out) {
  const struct meeting *meeting = subject->meeting;
  const char *const parts[] = {"measure", meeting->pack, subject->indicator->name};
  fputs("\"measure\": \"", out);
  name_urn(out, parts, 3);
  if (*meeting->version) {
    putc('|', out);
    name_escaped(out, meeting->version);
  }
  putc('"', out);
}

static void write_reporter(const struct subject *subject, FILE *out) {
  const struct meeting *meeting = subject->meeting;
  bool all = subject->practice == meeting->n_practices;
  const char *const cluster[] = {"cluster"}, *const practice[] = {"practice", meeting->cluster};
  const char *label = all ? meeting->cluster : meeting->practices[subject->practice].label;
  fputs("\"reporter\": {\"type\": \"Organization\", ", out);
  if (*label) {
    fputs("\"identifier\": {\"system\": \"", out);
    name_urn(out, all ? cluster : practice, all || !*meeting->cluster ? 1 : 2);
    fputs("\", \"value\": ", out);
    json_text(out, label);
    fputs("}, ", out);
  }
  fprintf(out, "\"display\": \"%s\"}", all ? "Cluster" : "Practice");
}

void report_write(const struct subject *subject, const char *id, FILE *out) {
  const struct meeting *meeting = subject->meeting;
  const struct meeting_indicator *indicator = subject->indicator;
  bool all = subject->practice == meeting->n_practices;
  char date[16];
  result_date(meeting->index, date);
  fprintf(out,
          "{\"resourceType\": \"MeasureReport\", \"id\": \"%s\", \"status\": \"complete\", \"type\": \"summary\", ",
          id);
  write_measure(subject, out);
  fputs(",\n      ", out);
  write_reporter(subject, out);
  fprintf(out, ", \"period\": {\"start\": \"%s\", \"end\": \"%s\"}", date, date);
  if (indicator->better != MEETING_UNSAID)
    fprintf(out, ", \"improvementNotation\": {\"coding\": [{\"system\": \"" NOTATION_CODES "\", \"code\": \"%s\"}]}",
            indicator->better == MEETING_HIGHER ? "increase" : "decrease");
  fputs(",\n      \"group\": [{\"code\": {\"text\": ", out);
  json_text(out, *indicator->title ? indicator->title : indicator->name);
  fputs("}, ", out);
  write_figure(out, indicator, all ? &indicator->all : &indicator->practices[subject->practice], false);
  write_bands(subject, out);
  fputs("}]}", out);
}
