/* tables.c: figures in tables. A cell that can be sorted by says its number; what may not be seen has none. */
#include <math.h>
#include "runtime/image/words.h"
#include "runtime/result/result.h"
#include "runtime/webpage/inner.h"

static void write_head(FILE *out, const char *kind, const char *const *heads, size_t n) {
  fprintf(out, "<div class=\"scroll\" tabindex=\"0\"><table%s%s%s><thead><tr>", kind ? " class=\"" : "", kind ? kind : "", kind ? "\"" : "");
  for (size_t i = 0; i < n; i++) {
    fputs("<th scope=\"col\">", out);
    html_text(out, heads[i]);
    fputs("</th>", out);
  }
  fputs("</tr></thead><tbody>\n", out);
}
static void write_end(FILE *out) { fputs("</tbody></table></div>\n", out); }

static void write_cell(FILE *out, const char *text) {
  fputs("<td>", out);
  html_text(out, text);
  fputs("</td>", out);
}
static void write_value_cell(FILE *out, double value, const char *text) {
  char digits[32];
  if (isnan(value)) {
    write_cell(out, text);
    return;
  }
  result_number(value, digits);
  fprintf(out, "<td data-value=\"%s\">", digits);
  html_text(out, text);
  fputs("</td>", out);
}

/* A row of a practice, which can be chosen; of the cluster label is its name and practice NULL. */
static void begin_row(FILE *out, const char *label, const char *practice) {
  if (practice) {
    fputs("<tr data-practice=\"", out);
    html_text(out, practice);
    fputs("\">", out);
  } else {
    fputs("<tr class=\"all\">", out);
  }
  write_cell(out, label);
}

/* ── the overview ────────────────────────────────────────────────────────────────────────────────────────────────── */

void html_overview(FILE *out, const struct meeting *meeting) {
  const char *const heads[] = {_("Indicator"), _("Cluster"), _("95% interval"), _("Patients"), _("Change")};
  char value[MEETING_TEXT], interval[MEETING_TEXT], of[MEETING_TEXT], change[MEETING_TEXT];
  size_t n_heads = meeting->n_indicators && meeting->indicators[0].practices_change ? 5 : 4;
  write_head(out, NULL, heads, n_heads);
  for (size_t i = 0; i < meeting->n_indicators; i++) {
    const struct meeting_indicator *indicator = &meeting->indicators[i];
    fprintf(out, "<tr><td class=\"left\"><a href=\"#i%zu\">", i);
    html_text(out, indicator->title);
    fputs("</a></td>", out);
    write_cell(out, meeting_write_value(meeting, indicator, indicator->all.value, value));
    write_cell(out, meeting_write_interval(meeting, indicator, indicator->all.low, indicator->all.high, interval));
    write_cell(out, meeting_write_of(meeting, indicator, &indicator->all, of));
    if (n_heads == 5) write_cell(out, meeting_write_change(meeting, indicator, indicator->all_change.change, change));
    fputs("</tr>\n", out);
  }
  write_end(out);
}

/* ── an indicator ────────────────────────────────────────────────────────────────────────────────────────────────── */

static void write_figure(FILE *out, const struct meeting *meeting, const struct meeting_indicator *indicator, const char *label,
                         const char *practice, const struct meeting_figure *figure) {
  char value[MEETING_TEXT], interval[MEETING_TEXT], of[MEETING_TEXT], unknown[MEETING_TEXT], adjusted[MEETING_TEXT];
  begin_row(out, label, practice);
  write_value_cell(out, figure->value, meeting_write_value(meeting, indicator, figure->value, value));
  write_cell(out, meeting_write_interval(meeting, indicator, figure->low, figure->high, interval));
  write_cell(out, meeting_write_of(meeting, indicator, figure, of));
  write_cell(out, meeting_write_count(meeting, figure->unknown, unknown));
  if (!isnan(indicator->all.adjusted))
    write_value_cell(out, figure->adjusted, meeting_write_value(meeting, indicator, figure->adjusted, adjusted));
  fputs("</tr>\n", out);
}

void html_figures(FILE *out, const struct meeting *meeting, const struct meeting_indicator *indicator) {
  const char *const heads[] = {_("Practice"), _("Figure"), _("95% interval"), _("Patients"), _("Unknown"), _("Adjusted")};
  char cluster[MEETING_TEXT];
  write_head(out, "sort", heads, isnan(indicator->all.adjusted) ? 5 : 6);
  for (size_t p = 0; p < meeting->n_practices; p++)
    write_figure(out, meeting, indicator, meeting->practices[p].label, meeting->practices[p].label, &indicator->practices[p]);
  fputs("</tbody><tbody>\n", out);
  write_figure(out, meeting, indicator, meeting_write_cluster(meeting, cluster), NULL, &indicator->all);
  write_end(out);
}

void html_bands(FILE *out, const struct meeting *meeting, const struct meeting_indicator *indicator) {
  const char *const heads[] = {_("Band"), _("Cluster"), _("95% interval"), _("Patients")};
  char value[MEETING_TEXT], interval[MEETING_TEXT], of[MEETING_TEXT], label[2 * MEETING_TEXT];
  if (!indicator->n_bands) return;
  write_head(out, NULL, heads, 4);
  for (size_t i = 0; i < indicator->n_bands; i++) {
    const struct meeting_band *band = &indicator->bands[i];
    snprintf(label, sizeof label, "%.100s %.100s", band->stratum, band->band);
    fputs("<tr>", out);
    write_cell(out, label);
    write_cell(out, meeting_write_value(meeting, indicator, band->all.value, value));
    write_cell(out, meeting_write_interval(meeting, indicator, band->all.low, band->all.high, interval));
    write_cell(out, meeting_write_of(meeting, indicator, &band->all, of));
    fputs("</tr>\n", out);
  }
  write_end(out);
}

/* ── what has changed ────────────────────────────────────────────────────────────────────────────────────────────── */

static void write_change(FILE *out, const struct meeting *meeting, const struct meeting_indicator *indicator, const char *label,
                         const char *practice, const struct meeting_figure *before, const struct meeting_figure *now,
                         const struct meeting_change *change) {
  char text[MEETING_TEXT];
  begin_row(out, label, practice);
  write_value_cell(out, before->value, meeting_write_value(meeting, indicator, before->value, text));
  write_value_cell(out, now->value, meeting_write_value(meeting, indicator, now->value, text));
  write_value_cell(out, change->change, meeting_write_change(meeting, indicator, change->change, text));
  write_cell(out, change->has_patients ? meeting_write_count(meeting, change->became_yes, text) : "");
  write_cell(out, change->has_patients ? meeting_write_count(meeting, change->became_no, text) : "");
  fputs("</tr>\n", out);
}

void html_changes(FILE *out, const struct meeting *meeting, const struct meeting_indicator *indicator) {
  const char *const heads[] = {_("Practice"), _("Before"), _("Now"), _("Change"), _("Became yes"), _("Became no")};
  char cluster[MEETING_TEXT];
  if (!indicator->practices_before || !indicator->practices_change) return;
  html_element(out, "h3", NULL, _("What has changed"));
  write_head(out, "sort", heads, 6);
  for (size_t p = 0; p < meeting->n_practices; p++)
    write_change(out, meeting, indicator, meeting->practices[p].label, meeting->practices[p].label, &indicator->practices_before[p],
                 &indicator->practices[p], &indicator->practices_change[p]);
  fputs("</tbody><tbody>\n", out);
  write_change(out, meeting, indicator, meeting_write_cluster(meeting, cluster), NULL, &indicator->all_before, &indicator->all, &indicator->all_change);
  write_end(out);
}
