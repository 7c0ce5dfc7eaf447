/* words.c: texts, and what the pack says in words. */
#include <string.h>
#include "runtime/image/words.h"
#include "runtime/webpage/inner.h"

void html_text(FILE *out, const char *text) {
  for (; *text; text++) switch (*text) {
    case '&': fputs("&amp;", out); break;
    case '<': fputs("&lt;", out); break;
    case '>': fputs("&gt;", out); break;
    case '"': fputs("&quot;", out); break;
    case '\'': fputs("&#39;", out); break;
    default: putc(*text, out);
    }
}

void html_element(FILE *out, const char *element, const char *kind, const char *text) {
  if (kind) fprintf(out, "<%s class=\"%s\">", element, kind);
  else fprintf(out, "<%s>", element);
  html_text(out, text);
  fprintf(out, "</%s>\n", element);
}

const char *html_pack_language(const struct meeting *meeting) {
  bool is_danish = *meeting->language == 'd';
  if (!*meeting->language || meeting->danish == is_danish) return "";
  return is_danish ? " lang=\"da\"" : " lang=\"en\"";
}

void html_of_pack(FILE *out, const struct meeting *meeting, const char *element, const char *text) {
  fprintf(out, "<%s%s>", element, html_pack_language(meeting));
  html_text(out, text);
  fprintf(out, "</%s>\n", element);
}

static void write_list(FILE *out, const struct meeting *meeting, const char *head, const char *const *texts, size_t n) {
  if (!n) return;
  html_element(out, "h3", NULL, head);
  fputs("<ul>\n", out);
  for (size_t i = 0; i < n; i++) html_of_pack(out, meeting, "li", texts[i]);
  fputs("</ul>\n", out);
}

void html_words(FILE *out, const struct meeting *meeting, const struct meeting_indicator *indicator) {
  write_list(out, meeting, _("Worth knowing"), indicator->known, indicator->n_known);
  write_list(out, meeting, _("What to do"), indicator->advice, indicator->n_advice);
  write_list(out, meeting, _("To think about"), indicator->reflect, indicator->n_reflect);
}

static void write_items(FILE *out, const struct meeting_item *items, size_t n) {
  if (!n) return;
  fputs("<ul>\n", out);
  for (size_t i = 0; i < n; i++) {
    fputs("<li>", out);
    if (*items[i].label) html_element(out, "strong", NULL, items[i].label);
    html_text(out, items[i].text);
    write_items(out, items[i].items, items[i].n_items);
    fputs("</li>\n", out);
  }
  fputs("</ul>\n", out);
}

/* Whether a part of the explanation stands on the page already, as html_words writes it. */
static bool is_told(const struct meeting_part *part) {
  return strcmp(part->key, "known") == 0 || strcmp(part->key, "advice") == 0 || strcmp(part->key, "reflect") == 0;
}

void html_definition(FILE *out, const struct meeting_section *section) {
  if (!section || !section->n_parts) return;
  fputs("<details>", out);
  html_element(out, "summary", NULL, _("What the figure is"));
  fputs("<dl>\n", out);
  for (size_t i = 0; i < section->n_parts; i++) {
    const struct meeting_part *part = &section->parts[i];
    if (is_told(part)) continue;
    html_element(out, "dt", NULL, part->label);
    fputs("<dd>", out);
    if (*part->text) html_element(out, "p", NULL, part->text);
    write_items(out, part->items, part->n_items);
    fputs("</dd>\n", out);
  }
  fputs("</dl></details>\n", out);
}
