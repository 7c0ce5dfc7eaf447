/* webpage.c: the page as a whole. */
#include "runtime/webpage/webpage.h"
#include <math.h>
#include <stdlib.h>
#include "runtime/image/dates.h"
#include "runtime/image/words.h"
#include "runtime/memory/memory.h"
#include "runtime/ooxml/ooxml.h"
#include "runtime/webpage/inner.h"

static void write_begin(FILE *out, const struct meeting *meeting) {
  fprintf(out, "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n", meeting->danish ? "da" : "en");
  fputs("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'\">\n"
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n", out);
  html_element(out, "title", NULL, meeting->title);
  fprintf(out, "<style>\n%s</style>\n</head>\n<body>\n", html_style);
}

static void write_header(FILE *out, const struct meeting *meeting) {
  char cluster[MEETING_TEXT], date[MEETING_TEXT], before[MEETING_TEXT], text[4 * MEETING_TEXT];
  meeting_write_cluster(meeting, cluster);
  meeting_write_date(meeting, meeting->index, date);
  fputs("<header>\n", out);
  html_element(out, "h1", NULL, meeting->title);
  if (meeting->before == DATE_UNKNOWN)
    snprintf(text, sizeof text, _("%s, as of %s"), cluster, date);
  else
    snprintf(text, sizeof text, _("%s, as of %s, compared with %s"), cluster, date, meeting_write_date(meeting, meeting->before, before));
  html_element(out, "p", NULL, text);
  html_element(out, "p", NULL, meeting->about);
  html_element(out, "p", "caveat", meeting_caveat(meeting));
  fputs("</header>\n", out);
}

/* Shown by the script, for without it nothing can be chosen. */
static void write_choice(FILE *out, const struct meeting *meeting) {
  fputs("<p class=\"choose\" hidden><label for=\"choose\">", out);
  html_text(out, _("Mark a practice:"));
  fputs("</label> <select id=\"choose\"><option value=\"\">–</option>", out);
  for (size_t p = 0; p < meeting->n_practices; p++) html_element(out, "option", NULL, meeting->practices[p].label);
  fputs("</select></p>\n", out);
}

static const char *direction_of(const struct meeting_indicator *indicator) {
  switch (indicator->better) {
  case MEETING_LOWER: return _("← A lower figure is better.");
  case MEETING_HIGHER: return _("A higher figure is better. →");
  default: return "";
  }
}

static void write_indicator(FILE *out, const struct meeting *meeting, size_t number) {
  const struct meeting_indicator *indicator = &meeting->indicators[number];
  char value[MEETING_TEXT], of[MEETING_TEXT], text[4 * MEETING_TEXT];
  fprintf(out, "<section aria-labelledby=\"i%zu\"><h2 id=\"i%zu\">", number, number);
  html_text(out, indicator->title);
  fputs("</h2>\n", out);
  snprintf(text, sizeof text, _("The cluster: %s, %s."), meeting_write_value(meeting, indicator, indicator->all.value, value),
           meeting_write_of(meeting, indicator, &indicator->all, of));
  html_element(out, "p", NULL, text);
  if (indicator->better != MEETING_UNSAID) html_element(out, "p", NULL, direction_of(indicator));
  if (!isnan(indicator->aim)) {
    snprintf(text, sizeof text, _("The aim: %s."), meeting_write_value(meeting, indicator, indicator->aim, value));
    html_element(out, "p", NULL, text);
  }
  html_chart(out, meeting, number);
  html_element(out, "p", "dim", _("Dots: practices with their 95% interval, hollow where they have fewer than 10 patients. Broken line: the cluster. Dotted line: the aim."));
  if (*indicator->spread) html_element(out, "p", NULL, indicator->spread);
  html_figures(out, meeting, indicator);
  html_bands(out, meeting, indicator);
  html_changes(out, meeting, indicator);
  html_words(out, indicator);
  html_definition(out, indicator->explained);
  fputs("</section>\n", out);
}

static void write_footer(FILE *out, const struct meeting *meeting) {
  char text[4 * MEETING_TEXT];
  fputs("<footer>\n", out);
  for (size_t i = 0; i < meeting->n_warnings; i++) html_element(out, "p", NULL, meeting->warnings[i]);
  snprintf(text, sizeof text, _("rules %.40s, data %.40s, klynge %.20s"), meeting->rules_hash, meeting->data_hash, meeting->program);
  html_element(out, "p", "dim", text);
  fputs("</footer>\n", out);
}

static void write_page(FILE *out, const struct meeting *meeting) {
  write_begin(out, meeting);
  write_header(out, meeting);
  fputs("<main>\n", out);
  write_choice(out, meeting);
  html_overview(out, meeting);
  for (size_t i = 0; i < meeting->n_indicators; i++) write_indicator(out, meeting, i);
  fputs("</main>\n", out);
  write_footer(out, meeting);
  fprintf(out, "<script>\n%s</script>\n</body>\n</html>\n", html_script);
}

bool webpage_write(const struct meeting *meeting, const char *path, char **error) {
  char *text = NULL;
  size_t length;
  FILE *out = open_memstream(&text, &length);
  if (!out) memory_exhausted();
  write_page(out, meeting);
  if (fclose(out) != 0) memory_exhausted();
  bool written = package_save_bytes(text, length, path, error);
  free(text);
  return written;
}
