/* html.c: an explanation as one page that needs nothing beside it. */
#include <string.h>
#include "lang/explain/outline.h"

/* Everything the page needs to look right, on a screen and on paper. */
static const char style[] =
    "  body { font: 16px/1.5 system-ui, sans-serif; color: #1a1a1a; background: #fff; max-width: 50rem; margin: 2rem "
    "auto; padding: 0 1rem }\n"
    "  h1 { font-size: 1.8rem; line-height: 1.2 }\n"
    "  h2 { font-size: 1.3rem; margin: 2.5rem 0 .5rem; border-top: 2px solid #1a1a1a; padding-top: .5rem }\n"
    "  h3 { font-size: 1.05rem; margin: 1.5rem 0 .25rem }\n"
    "  h2 small, h3 small { font-weight: normal; color: #555 }\n"
    "  dl { display: grid; grid-template-columns: 9rem 1fr; gap: .5rem 1rem; margin: .5rem 0 }\n"
    "  dt { font-weight: bold }\n"
    "  dd { margin: 0; grid-column: 2 }\n"
    "  dd p { margin: 0 0 .25rem }\n"
    "  ul { margin: .25rem 0; padding-left: 1.25rem }\n"
    "  @media (max-width: 40rem) { dl { grid-template-columns: 1fr } dd { grid-column: 1 } }\n"
    "  @media print { body { max-width: none; margin: 0 } dd { break-inside: avoid } h2, h3 { break-after: avoid } }\n";

static void write_text(const char *text, FILE *out) {
  for (; *text; text++) switch (*text) {
    case '<': fputs("&lt;", out); break;
    case '>': fputs("&gt;", out); break;
    case '&': fputs("&amp;", out); break;
    case '"': fputs("&quot;", out); break;
    default: putc(*text, out);
    }
}

static void write_list(const struct part *part, int depth, FILE *out) {
  if (!part->n_parts) return;
  fprintf(out, "\n%*s<ul>\n", depth, "");
  for (size_t i = 0; i < part->n_parts; i++) {
    const struct part *item = part->parts[i];
    const char *said = item->label && item->text ? memory_print(_("%1$s: %2$s"), item->label, item->text)
                       : item->label             ? memory_print(_("%s:"), item->label)
                                                 : item->text;
    fprintf(out, "%*s<li>", depth + 2, "");
    write_text(said ? said : "", out);
    write_list(item, depth + 4, out);
    fputs("</li>\n", out);
  }
  fprintf(out, "%*s</ul>", depth, "");
}

/* A sentence; an empty line of the author's begins a new paragraph. */
static void write_sentence(const char *text, FILE *out) {
  for (const char *end; text; text = end ? end + 2 : NULL) {
    end = strstr(text, "\n\n");
    fputs("<p>", out);
    write_text(end ? memory_copy(text, (size_t)(end - text)) : text, out);
    fputs("</p>", out);
  }
}

/* What has a label stands in a list of labels, what has none stands alone. */
static void write_parts(const struct section *section, FILE *out) {
  bool inside = false;
  for (size_t i = 0; i < section->n_parts; i++) {
    const struct part *part = section->parts[i];
    if (inside != (part->label != NULL)) fputs(inside ? "  </dl>\n" : "  <dl>\n", out);
    inside = part->label != NULL;
    if (inside) {
      fputs("    <dt>", out);
      write_text(part->label, out);
      fputs("</dt>\n    <dd>", out);
    }
    if (part->text) write_sentence(part->text, out);
    write_list(part, 6, out);
    fputs(inside ? "</dd>\n" : "\n", out);
  }
  if (inside) fputs("  </dl>\n", out);
}

static void write_section(const struct section *section, int level, FILE *out) {
  fputs("<section", out);
  if (section->name) {
    fprintf(out, " id=\"%s-", section->key);
    write_text(section->name, out);
    putc('"', out);
  }
  fprintf(out, ">\n  <h%d>", level);
  write_text(section->title, out);
  if (section->name) {
    fputs(" <small>", out);
    write_text(section->name, out);
    fputs("</small>", out);
  }
  fprintf(out, "</h%d>\n", level);
  write_parts(section, out);
  for (size_t i = 0; i < section->n_sections; i++) write_section(section->sections[i], level + 1, out);
  fputs("</section>\n", out);
}

void explanation_print_html(const struct explanation *explanation, FILE *out) {
  fprintf(out, "<!doctype html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n", explanation->language);
  fputs("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>", out);
  write_text(explanation->title, out);
  fprintf(out, "</title>\n<style>\n%s</style>\n</head>\n<body>\n<main>\n<h1>", style);
  write_text(explanation->title, out);
  fputs("</h1>\n", out);
  if (explanation->as_of != DATE_UNKNOWN) {
    fputs("<p>", out);
    write_text(memory_print(_("Index date: %s"), date_words(explanation->as_of)), out);
    fputs("</p>\n", out);
  }
  for (size_t i = 0; i < explanation->n_sections; i++) write_section(explanation->sections[i], 2, out);
  fputs("</main>\n</body>\n</html>\n", out);
}
