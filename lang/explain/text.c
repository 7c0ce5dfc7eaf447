/* text.c: an explanation for people at a terminal: labels in a column on the left, what is said in lines that end at the
 * width of the page. */
#include <string.h>
#include "lang/explain/outline.h"

enum { LEAST_WIDTH = 40, LABEL_MOST = 16, LONG_LABEL_MOST = 34, NARROW = 64 };

struct sheet {
  FILE *out;
  bool bold;
  int width;
  int column; /* where the next letter stands */
  int left;   /* where a new line begins */
  int labels; /* columns that the labels take */
};

/* Columns of so many bytes of UTF-8, of which each letter takes one. */
static int columns_of(const char *text, size_t length) {
  int n = 0;
  for (size_t i = 0; i < length; i++) n += (text[i] & 0xC0) != 0x80;
  return n;
}

static void end_line(struct sheet *sheet) {
  putc('\n', sheet->out);
  sheet->column = 0;
}

static void move_to(struct sheet *sheet, int column) {
  for (; sheet->column < column; sheet->column++) putc(' ', sheet->out);
}

static void write_raw(struct sheet *sheet, const char *text, size_t length) {
  fwrite(text, 1, length, sheet->out);
  sheet->column += columns_of(text, length);
}

/* One paragraph. Line breaks that the author made to keep within a file's width mean nothing, an empty line begins a new
 * paragraph. What stands on the line already is the beginning. */
static void write_text(struct sheet *sheet, const char *text) {
  bool first = true;
  while (*text) {
    size_t blank = strspn(text, " \n"), length;
    bool paragraph = false;
    for (size_t i = 1; i < blank; i++) paragraph = paragraph || (text[i - 1] == '\n' && text[i] == '\n');
    text += blank;
    length = strcspn(text, " \n");
    if (!length) break;
    bool fits = sheet->column + !first + columns_of(text, length) <= sheet->width;
    if (paragraph && !first) end_line(sheet);
    if (!first && (paragraph || !fits)) end_line(sheet);
    if (sheet->column == 0)
      move_to(sheet, sheet->left);
    else if (!first)
      write_raw(sheet, " ", 1);
    write_raw(sheet, text, length);
    text += length;
    first = false;
  }
}

static void write_bold(struct sheet *sheet, const char *text) {
  if (sheet->bold) fputs("\033[1m", sheet->out);
  write_text(sheet, text);
  if (sheet->bold) fputs("\033[0m", sheet->out);
}

/* ── parts ───────────────────────────────────────────────────────────────────────────────────────────────────────── */

static const char *said(const struct part *part) {
  return part->label && part->text ? memory_print(_("%1$s: %2$s"), part->label, part->text)
         : part->label             ? memory_print(_("%s:"), part->label)
         : part->text              ? part->text
                                   : "";
}

static void write_list(struct sheet *sheet, const struct part *part, int left) {
  for (size_t i = 0; i < part->n_parts; i++) {
    if (sheet->column > left) end_line(sheet);
    move_to(sheet, left);
    write_raw(sheet, "- ", 2);
    sheet->left = left + 2;
    write_text(sheet, said(part->parts[i]));
    write_list(sheet, part->parts[i], left + 2);
  }
}

/* A list of one is no list. */
static const struct part *only_item(const struct part *part) {
  return !part->text && part->n_parts == 1 ? part->parts[0] : NULL;
}

static void write_part(struct sheet *sheet, const struct part *part, int indent) {
  bool narrow = sheet->width < NARROW;
  int text = indent + (!part->label ? 0 : narrow ? 2 : sheet->labels);
  const struct part *only = only_item(part);
  sheet->left = indent;
  move_to(sheet, indent);
  if (part->label) {
    write_bold(sheet, part->label);
    if (narrow || sheet->column > text - 1) end_line(sheet);
  }
  sheet->left = text;
  if (part->text || only) {
    move_to(sheet, text);
    write_text(sheet, only ? said(only) : part->text);
    write_list(sheet, only ? only : part, text);
  } else {
    write_list(sheet, part, text);
  }
  end_line(sheet);
}

/* ── sections ────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* The longest label of a section and those below it, of labels that have at most so many columns. */
static int label_columns(const struct section *section, int most) {
  int longest = 0;
  for (size_t i = 0; i < section->n_parts; i++) {
    const char *label = section->parts[i]->label;
    int n = label ? columns_of(label, strlen(label)) : 0;
    if (n > longest && n <= most) longest = n;
  }
  for (size_t i = 0; i < section->n_sections; i++) {
    int n = label_columns(section->sections[i], most);
    if (n > longest) longest = n;
  }
  return longest;
}

static void write_section(struct sheet *sheet, const struct section *section, int indent) {
  end_line(sheet);
  sheet->left = indent;
  move_to(sheet, indent);
  bool told = section->name && strcmp(section->name, section->title) != 0;
  write_bold(sheet, told ? memory_print(_("%1$s (%2$s)"), section->title, section->name) : section->title);
  end_line(sheet);
  int labels = sheet->labels, longest = label_columns(section, LONG_LABEL_MOST) + 2;
  if (longest > LABEL_MOST + 2) sheet->labels = longest;
  for (size_t i = 0; i < section->n_parts; i++) write_part(sheet, section->parts[i], indent + 2);
  sheet->labels = labels;
  for (size_t i = 0; i < section->n_sections; i++) write_section(sheet, section->sections[i], indent + 2);
}

void explanation_print_text(const struct explanation *explanation, FILE *out, int width, bool bold) {
  struct sheet sheet = {.out = out, .bold = bold, .width = width < LEAST_WIDTH ? LEAST_WIDTH : width};
  for (size_t i = 0; i < explanation->n_sections; i++) {
    int n = label_columns(explanation->sections[i], LABEL_MOST) + 2;
    if (n > sheet.labels) sheet.labels = n;
  }
  write_bold(&sheet, explanation->title);
  end_line(&sheet);
  for (int i = 0; i < sheet.width; i++) fputs("━", out);
  end_line(&sheet);
  if (explanation->as_of != DATE_UNKNOWN) {
    write_text(&sheet, memory_print(_("Index date: %s"), date_words(explanation->as_of)));
    end_line(&sheet);
  }
  for (size_t i = 0; i < explanation->n_sections; i++) write_section(&sheet, explanation->sections[i], 0);
}
