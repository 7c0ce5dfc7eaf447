/* tables.c: figures in tables. A cell that can be sorted by says its number; what may not be seen has none. */
#include <math.h>
#include "runtime/image/words.h"
#include "runtime/result/result.h"
#include "runtime/webpage/inner.h"

/* A table that is called what the headings with these ids say. It can be moved from side to side, by keyboard too,
 * where it is wider than the page. */
static void begin_table(FILE *out, const char *kind, const char *ids) {
  fprintf(out, "<section class=\"scroll\" aria-labelledby=\"%s\" tabindex=\"0\">", ids);
  fprintf(out, "<table class=\"%s\" aria-labelledby=\"%s\"><thead><tr>", kind, ids);
}
static void write_column_head(FILE *out, const char *text) {
  fputs("<th scope=\"col\">", out);
  html_text(out, text);
  fputs("</th>", out);
}

/* A table of an indicator under a heading of its own, whose id is the indicator's and a name: i3-bands. */
static void write_head(FILE *out, size_t number, const char *name, const char *title, const char *kind,
                       const char *const *heads, size_t n) {
  char ids[100];
  fprintf(out, "<h3 id=\"i%zu-%s\">", number, name);
  html_text(out, title);
  fputs("</h3>\n", out);
  snprintf(ids, sizeof ids, "i%zu i%zu-%s", number, number, name);
  begin_table(out, kind, ids);
  for (size_t i = 0; i < n; i++) write_column_head(out, heads[i]);
  fputs("</tr></thead><tbody>\n", out);
}
static void write_end(FILE *out) { fputs("</tbody></table></section>\n", out); }

static void write_cell(FILE *out, const char *text) {
  fputs("<td>", out);
  html_text(out, text);
  fputs("</td>", out);
}
/* A cell that is sorted by a number; by none where it is NaN. */
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
static void write_count_cell(FILE *out, struct meeting_count count, const char *text) {
  write_value_cell(out, count.state == COUNT_SHOWN ? count.n : NAN, text);
}

static void write_row_head(FILE *out, const char *text) {
  fputs("<th scope=\"row\">", out);
  html_text(out, text);
  fputs("</th>", out);
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
  write_row_head(out, label);
}

/* ── the overview ────────────────────────────────────────────────────────────────────────────────────────────────── */

/* The last column is for the practice that is marked: the script shows it, and takes what it says from the figures
 * below. */
void html_overview(FILE *out, const struct meeting *meeting) {
  const char *const heads[] = {_("Indicator"), _("Cluster"), _("95% interval"), _("Patients"), _("Change")};
  char text[MEETING_TEXT];
  size_t n_heads = meeting->n_indicators && meeting->indicators[0].practices_change ? 5 : 4;
  fputs("<h2 id=\"overview\">", out);
  html_text(out, _("Overview"));
  fputs("</h2>\n", out);
  begin_table(out, "overview", "overview");
  for (size_t i = 0; i < n_heads; i++) write_column_head(out, heads[i]);
  fputs("<th scope=\"col\" class=\"own\" hidden></th></tr></thead><tbody>\n", out);
  for (size_t i = 0; i < meeting->n_indicators; i++) {
    const struct meeting_indicator *indicator = &meeting->indicators[i];
    fprintf(out, "<tr><th scope=\"row\"><a href=\"#i%zu\"%s>", i, html_pack_language(meeting));
    html_text(out, indicator->title);
    fputs("</a></th>", out);
    write_cell(out, meeting_write_value(meeting, indicator, indicator->all.value, text));
    write_cell(out, meeting_write_interval(meeting, indicator, indicator->all.low, indicator->all.high, text));
    write_cell(out, meeting_write_of(meeting, indicator, &indicator->all, text));
    if (n_heads == 5) write_cell(out, meeting_write_change(meeting, indicator, indicator->all_change.change, text));
    fputs("<td class=\"own\" hidden></td></tr>\n", out);
  }
  write_end(out);
}

/* ── an indicator ────────────────────────────────────────────────────────────────────────────────────────────────── */

static void write_figure(FILE *out, const struct meeting *meeting, const struct meeting_indicator *indicator,
                         const char *label, const char *practice, const struct meeting_figure *figure) {
  char text[MEETING_TEXT];
  begin_row(out, label, practice);
  write_value_cell(out, figure->value, meeting_write_value(meeting, indicator, figure->value, text));
  write_value_cell(out, figure->low, meeting_write_interval(meeting, indicator, figure->low, figure->high, text));
  write_count_cell(out, figure->numerator, meeting_write_of(meeting, indicator, figure, text));
  write_count_cell(out, figure->unknown, meeting_write_count(meeting, figure->unknown, text));
  if (!isnan(indicator->all.adjusted))
    write_value_cell(out, figure->adjusted, meeting_write_value(meeting, indicator, figure->adjusted, text));
  fputs("</tr>\n", out);
}

void html_figures(FILE *out, const struct meeting *meeting, size_t number) {
  const struct meeting_indicator *indicator = &meeting->indicators[number];
  const char *const heads[] = {_("Practice"), _("Figure"),  _("95% interval"),
                               _("Patients"), _("Unknown"), _("Adjusted")};
  char cluster[MEETING_TEXT];
  write_head(out, number, "figures", _("Each practice"), "sort figures", heads, isnan(indicator->all.adjusted) ? 5 : 6);
  for (size_t p = 0; p < meeting->n_practices; p++)
    write_figure(out, meeting, indicator, meeting->practices[p].label, meeting->practices[p].label,
                 &indicator->practices[p]);
  fputs("</tbody><tbody>\n", out);
  write_figure(out, meeting, indicator, meeting_write_cluster(meeting, cluster), NULL, &indicator->all);
  write_end(out);
}

static void write_band(FILE *out, const struct meeting *meeting, const struct meeting_indicator *indicator,
                       const struct meeting_band *band) {
  char text[MEETING_TEXT];
  fputs("<tr><th scope=\"row\">", out);
  html_text(out, band->stratum);
  fputc(' ', out);
  html_text(out, band->band);
  fputs("</th>", out);
  write_cell(out, meeting_write_value(meeting, indicator, band->all.value, text));
  write_cell(out, meeting_write_interval(meeting, indicator, band->all.low, band->all.high, text));
  write_cell(out, meeting_write_of(meeting, indicator, &band->all, text));
  fputs("</tr>\n", out);
}

void html_bands(FILE *out, const struct meeting *meeting, size_t number) {
  const struct meeting_indicator *indicator = &meeting->indicators[number];
  const char *const heads[] = {_("Band"), _("Cluster"), _("95% interval"), _("Patients")};
  if (!indicator->n_bands) return;
  write_head(out, number, "bands", _("By band"), "bands", heads, 4);
  for (size_t i = 0; i < indicator->n_bands; i++) write_band(out, meeting, indicator, &indicator->bands[i]);
  write_end(out);
}

/* ── what has changed ────────────────────────────────────────────────────────────────────────────────────────────── */

/* Of few patients on either date no change is told: it would be read as more than it is. */
static void write_change(FILE *out, const struct meeting *meeting, const struct meeting_indicator *indicator,
                         const char *label, const char *practice, const struct meeting_figure *before,
                         const struct meeting_figure *now, const struct meeting_change *change) {
  bool is_few = meeting_is_of_few(indicator, before) || meeting_is_of_few(indicator, now);
  double difference = is_few ? NAN : change->change;
  char text[MEETING_TEXT];
  begin_row(out, label, practice);
  write_value_cell(out, before->value, meeting_write_value(meeting, indicator, before->value, text));
  write_value_cell(out, now->value, meeting_write_value(meeting, indicator, now->value, text));
  write_value_cell(out, difference, meeting_write_change(meeting, indicator, difference, text));
  if (indicator->all_change.has_patients) {
    write_count_cell(out, change->became_yes, meeting_write_count(meeting, change->became_yes, text));
    write_count_cell(out, change->became_no, meeting_write_count(meeting, change->became_no, text));
  }
  fputs("</tr>\n", out);
}

void html_changes(FILE *out, const struct meeting *meeting, size_t number) {
  const struct meeting_indicator *indicator = &meeting->indicators[number];
  const char *const heads[] = {_("Practice"), _("Before"), _("Now"), _("Change"), _("Became yes"), _("Became no")};
  char cluster[MEETING_TEXT];
  if (!indicator->practices_before || !indicator->practices_change) return;
  write_head(out, number, "changes", _("What has changed"), "sort changes", heads,
             indicator->all_change.has_patients ? 6 : 4);
  for (size_t p = 0; p < meeting->n_practices; p++)
    write_change(out, meeting, indicator, meeting->practices[p].label, meeting->practices[p].label,
                 &indicator->practices_before[p], &indicator->practices[p], &indicator->practices_change[p]);
  fputs("</tbody><tbody>\n", out);
  write_change(out, meeting, indicator, meeting_write_cluster(meeting, cluster), NULL, &indicator->all_before,
               &indicator->all, &indicator->all_change);
  write_end(out);
}
