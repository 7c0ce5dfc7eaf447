/* csv.c: the follow-up for programs: the same bytes in every language and locale. */
#include <math.h>
#include <string.h>
#include "runtime/followup/inner.h"
#include "runtime/image/dates.h"
#include "runtime/result/result.h"

/* ── fields ──────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* A field as RFC 4180 has it. */
static void write_field(FILE *out, const char *text) {
  if (!text[strcspn(text, ",\"\r\n")]) {
    fputs(text, out);
    return;
  }
  putc('"', out);
  for (; *text; text++) fprintf(out, *text == '"' ? "\"%c" : "%c", *text);
  putc('"', out);
}

static void write_number(FILE *out, double number) {
  char text[32];
  putc(',', out);
  if (isnan(number)) return;
  result_number(number, text);
  fputs(text, out);
}

static void write_date(FILE *out, int32_t date) {
  char text[16];
  result_date(date, text);
  fprintf(out, ",%s", text);
}

static void write_count(FILE *out, const struct meeting *meeting, struct meeting_count count) {
  switch (count.state) {
  case COUNT_SHOWN: fprintf(out, ",%u", count.n); break;
  case COUNT_SMALL: fprintf(out, ",<%u", meeting->suppress); break;
  case COUNT_HIDDEN: fputs(",hidden", out); break;
  }
}

/* ── rows ────────────────────────────────────────────────────────────────────────────────────────────────────────── */

static void write_figure(FILE *out, const struct meeting *meeting, const struct meeting_figure *figure) {
  if (!figure) {
    fputs(",,,,,,,", out);
    return;
  }
  write_count(out, meeting, figure->population);
  write_count(out, meeting, figure->denominator);
  write_count(out, meeting, figure->numerator);
  write_count(out, meeting, figure->unknown);
  write_number(out, figure->value);
  write_number(out, figure->low);
  write_number(out, figure->high);
}

static void write_change(FILE *out, const struct meeting *meeting, const struct meeting_change *change) {
  write_number(out, change ? change->change : NAN);
  write_number(out, change ? change->low : NAN);
  write_number(out, change ? change->high : NAN);
  if (!change || !change->has_patients) {
    fputs(",,,,,,", out);
    return;
  }
  write_count(out, meeting, change->became_yes);
  write_count(out, meeting, change->became_no);
  write_count(out, meeting, change->stayed_yes);
  write_count(out, meeting, change->stayed_no);
  write_count(out, meeting, change->arrived);
  write_count(out, meeting, change->left);
}

/* Practice `i`, or the cluster for n_practices. */
static void write_row(FILE *out, const struct meeting *meeting, const struct meeting_indicator *indicator, size_t i) {
  bool all = i == meeting->n_practices, both = indicator->practices_before != NULL,
       then = indicator->practices_published != NULL;
  write_field(out, meeting->pack);
  putc(',', out);
  write_field(out, indicator->name);
  putc(',', out);
  write_field(out, meeting->cluster);
  putc(',', out);
  write_field(out, all ? "*" : meeting->practices[i].label);
  write_date(out, meeting->index);
  write_figure(out, meeting, all ? &indicator->all : &indicator->practices[i]);
  write_date(out, meeting->before);
  write_figure(out, meeting, !both ? NULL : all ? &indicator->all_before : &indicator->practices_before[i]);
  write_change(out, meeting, !both ? NULL : all ? &indicator->all_change : &indicator->practices_change[i]);
  write_figure(out, meeting, !then ? NULL : all ? &indicator->all_published : &indicator->practices_published[i]);
  putc('\n', out);
}

void followup_write_csv(const struct meetings *meetings, FILE *out) {
  fputs(
      "pack,indicator,cluster,practice,as_of,population,denominator,numerator,unknown,value,low,high,compared_with,"
      "before_population,before_denominator,before_numerator,before_unknown,before_value,before_low,before_high,change,"
      "change_low,change_high,became_yes,became_no,stayed_yes,stayed_no,arrived,left,published_population,"
      "published_denominator,published_numerator,published_unknown,published_value,published_low,published_high\n",
      out);
  for (size_t m = 0; m < meetings->n; m++) {
    const struct meeting *meeting = &meetings->all[m];
    for (size_t i = 0; i < meeting->n_indicators; i++)
      for (size_t j = 0; j <= meeting->n_practices; j++) write_row(out, meeting, &meeting->indicators[i], j);
  }
}
