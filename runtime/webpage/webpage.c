/* webpage.c: the page as a whole. */
#include "runtime/webpage/webpage.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "runtime/image/dates.h"
#include "runtime/image/words.h"
#include "runtime/memory/memory.h"
#include "runtime/ooxml/ooxml.h"
#include "runtime/webpage/inner.h"

static void write_begin(FILE *out, const struct meeting *meeting) {
  fprintf(out, "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n",
          meeting->danish ? "da" : "en");
  fputs("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; "
        "script-src 'unsafe-inline'; base-uri 'none'; form-action 'none'\">\n"
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n",
        out);
  html_of_pack(out, meeting, "title", meeting->title);
  fprintf(out, "<style>\n%s</style>\n</head>\n<body>\n", html_style);
}

static bool is_blank(char c) { return c == ' ' || c == '\n'; }

/* Where in a text its last words begin, if they are these, however its lines are broken; else its end. */
static size_t begin_of_last_words(const char *text, const char *words) {
  size_t length = strlen(text), i = length, n = strlen(words);
  while (i > 0 && is_blank(text[i - 1])) i--;
  for (; i > 0 && n > 0; i--, n--)
    if (text[i - 1] != words[n - 1] && !(is_blank(text[i - 1]) && is_blank(words[n - 1]))) break;
  return n == 0 ? i : length;
}

/* What the pack says of itself. The caveat stands below it, so at its end it is left out. */
static void write_about(FILE *out, const struct meeting *meeting) {
  char *about = memory_text(meeting->about, begin_of_last_words(meeting->about, meeting_caveat(meeting)));
  if (*about) html_of_pack(out, meeting, "p", about);
  free(about);
}

/* What of the rules is another for this result than they have it. */
static void write_changes(FILE *out, const struct meeting *meeting) {
  char value[2 * MEETING_TEXT];
  bool is_any = false;
  for (size_t i = 0; i < meeting->n_parameters; i++) {
    const struct meeting_parameter *parameter = &meeting->parameters[i];
    if (!parameter->is_set) continue;
    if (!is_any) fprintf(out, "<p>%s</p>\n<ul class=\"changed\">\n", _("Changed for this result:"));
    is_any = true;
    fputs("<li>", out);
    html_of_pack(out, meeting, "span", meeting_parameter_title(parameter));
    html_text(out, meeting_write_changed(meeting, parameter, value));
    fputs("</li>\n", out);
  }
  if (is_any) fputs("</ul>\n", out);
}

/* In what the earlier date is another than this one beside the patients. */
static void write_differences(FILE *out, const struct meeting *meeting) {
  if (!meeting->n_warnings) return;
  fprintf(out, "<p>%s</p>\n<ul class=\"changed\">\n", _("Not the same on both dates:"));
  for (size_t i = 0; i < meeting->n_warnings; i++) html_element(out, "li", NULL, meeting->warnings[i]);
  fputs("</ul>\n", out);
}

static void write_header(FILE *out, const struct meeting *meeting) {
  char cluster[MEETING_TEXT], date[MEETING_TEXT], before[MEETING_TEXT], hidden[MEETING_TEXT], text[4 * MEETING_TEXT];
  meeting_write_cluster(meeting, cluster);
  meeting_write_date(meeting, meeting->index, date);
  fputs("<header>\n", out);
  html_of_pack(out, meeting, "h1", meeting->title);
  if (meeting->before == DATE_UNKNOWN)
    snprintf(text, sizeof text, _("%s, as of %s"), cluster, date);
  else
    snprintf(text, sizeof text, _("%s, as of %s, compared with %s"), cluster, date,
             meeting_write_date(meeting, meeting->before, before));
  html_element(out, "p", NULL, text);
  write_changes(out, meeting);
  write_differences(out, meeting);
  write_about(out, meeting);
  html_element(out, "p", "caveat", meeting_caveat(meeting));
  if (*meeting_write_hidden(meeting, hidden)) html_element(out, "p", NULL, hidden);
  fputs("</header>\n", out);
}

static void write_attribute(FILE *out, const char *name, const char *text) {
  fprintf(out, " %s=\"", name);
  html_text(out, text);
  fputc('"', out);
}

/* A way back that is always in sight, and beside it the choice of a practice to mark: shown by the script, for without
 * it nothing can be marked. What the script says of it stands here in the page's language, with %s for the practice. */
static void write_bar(FILE *out, const struct meeting *meeting) {
  fputs("<div class=\"bar\"><a href=\"#overview\">", out);
  html_text(out, _("Overview"));
  fputs("</a>\n<span class=\"choose\" hidden><label for=\"choose\">", out);
  html_text(out, _("Mark a practice:"));
  fputs("</label> <select id=\"choose\" autocomplete=\"off\"><option value=\"\">", out);
  html_text(out, _("none"));
  fputs("</option>", out);
  for (size_t p = 0; p < meeting->n_practices; p++) html_element(out, "option", NULL, meeting->practices[p].label);
  fputs("</select></span>\n<span class=\"unseen\" role=\"status\"", out);
  write_attribute(out, "data-practice-head", _("Practice %s"));
  write_attribute(out, "data-marked", _("Practice %s is marked."));
  write_attribute(out, "data-none", _("No practice is marked."));
  fputs("></span></div>\n", out);
}

static const char *direction_of(const struct meeting_indicator *indicator) {
  switch (indicator->better) {
  case MEETING_LOWER: return _("← A lower figure is better.");
  case MEETING_HIGHER: return _("A higher figure is better. →");
  default: return "";
  }
}

/* The cluster's figure, which way is better, and the aim. */
static void write_first_words(FILE *out, const struct meeting *meeting, const struct meeting_indicator *indicator) {
  char value[MEETING_TEXT], of[MEETING_TEXT], text[4 * MEETING_TEXT];
  meeting_write_value(meeting, indicator, indicator->all.value, value);
  snprintf(text, sizeof text, _("The cluster: %s, %s."), value,
           meeting_write_of(meeting, indicator, &indicator->all, of));
  fputs("<p class=\"first\">", out);
  html_element(out, "span", NULL, text);
  if (indicator->better != MEETING_UNSAID) html_element(out, "span", NULL, direction_of(indicator));
  if (!isnan(indicator->aim)) {
    snprintf(text, sizeof text, _("The aim: %s."), meeting_write_value(meeting, indicator, indicator->aim, value));
    html_element(out, "span", NULL, text);
  }
  fputs("</p>\n", out);
}

static void write_indicator(FILE *out, const struct meeting *meeting, size_t number) {
  const struct meeting_indicator *indicator = &meeting->indicators[number];
  fprintf(out, "<section class=\"indicator\" aria-labelledby=\"i%zu\"><h2 id=\"i%zu\"%s>", number, number,
          html_pack_language(meeting));
  html_text(out, indicator->title);
  fputs("</h2>\n", out);
  write_first_words(out, meeting, indicator);
  html_chart(out, meeting, number);
  if (*indicator->spread) html_element(out, "p", NULL, indicator->spread);
  html_figures(out, meeting, number);
  html_bands(out, meeting, number);
  html_changes(out, meeting, number);
  html_words(out, meeting, indicator);
  html_definition(out, indicator->explained);
  fputs("</section>\n", out);
}

static void write_footer(FILE *out, const struct meeting *meeting) {
  char text[4 * MEETING_TEXT];
  fputs("<footer>\n", out);
  snprintf(text, sizeof text, _("rules %.40s, data %.40s, klynge %.20s"), meeting->rules_hash, meeting->data_hash,
           meeting->program);
  html_element(out, "p", "dim", text);
  fputs("</footer>\n", out);
}

static void write_page(FILE *out, const struct meeting *meeting) {
  write_begin(out, meeting);
  write_header(out, meeting);
  fputs("<main>\n", out);
  write_bar(out, meeting);
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
