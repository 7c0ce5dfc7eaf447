/* inner.h: what the files of this room share. Lengths are in twentieths of a point, as Word has them: 56.7 to the millimetre. */
#ifndef KLYNGE_WORD_INNER_H
#define KLYNGE_WORD_INNER_H
#include "runtime/ooxml/ooxml.h"
#include "runtime/word/word.h"

#define MILLIMETRES(n) ((n) * 567u / 10u)
#define SPACES "xmlns:w='" OOXML_WORDS "' xmlns:r='" OOXML_OFFICE "'"

/* A document that is being written, from its title down. */
struct word_paper {
  const struct meeting *meeting;
  const char *language;         /* da-DK, en-GB */
  const char *title;            /* of the file */
  const char *foot;             /* below each page: the same, marked for who hears it read aloud */
  bool is_wide;                 /* the page lies on its side */
  struct xml body;
  char **texts;  size_t n_texts;
};

/* ── paper.c ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* Begins a document: what it is ("Notes"), what of, and of which cluster, meeting and day. */
void word_begin(struct word_paper *paper, const struct meeting *meeting, bool is_wide, const char *what);
/* Writes it to its place and frees it. The last thing put must be a paragraph. */
bool word_end(struct word_paper *paper, const char *path, char **error);
/* A text in memory that lives until word_end. */
const char *word_print(struct word_paper *paper, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* How wide what is written is, between the margins. */
unsigned word_width(const struct word_paper *paper);

/* ── text.c ──────────────────────────────────────────────────────────────────────────────────────────────────────── */

enum word_style { WORD_BODY, WORD_TITLE, WORD_SUBTITLE, WORD_HEADING, WORD_SUBHEADING, WORD_BULLET, WORD_FIGURE, WORD_SMALL };

/* A text of the pack, marked as of the pack's language where that is another than the paper's: it may stand among other words of what
 * is put, and is put by all that put texts. */
const char *word_of_pack(struct word_paper *paper, const char *text);
/* "HbA1c over 58 ↓": an indicator, and which way is better. */
const char *word_title(struct word_paper *paper, const struct meeting_indicator *indicator);
/* The runs of a paragraph: `length` bytes of text. */
void word_put_runs(struct xml *xml, const struct word_paper *paper, const char *text, size_t length);
/* A paragraph. */
void word_put(struct word_paper *paper, enum word_style style, const char *text);
/* Ruled lines to write on, the first after a label ("" for none). They stay on the page of what stands above them. */
void word_put_lines(struct word_paper *paper, const char *label, unsigned n);

/* ── table.c ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

#define WORD_COLUMNS 8          /* at most */
struct word_table {
  const char *name;             /* for who hears it read aloud */
  unsigned n_columns;
  const char *titles[WORD_COLUMNS];
  unsigned shares[WORD_COLUMNS];        /* of the width, in per cent */
  bool is_right[WORD_COLUMNS];
  unsigned height;              /* of a plain row, at least; 0: as its text needs */
};
enum word_row { WORD_PLAIN, WORD_TITLES, WORD_STRONG };

/* A table is begun with its titles, gets row by row its cells (a line break in one begins a paragraph), and is ended; a paragraph must
 * follow. A row is never broken by a page. */
void word_begin_table(struct word_paper *paper, const struct word_table *table);
void word_put_row(struct word_paper *paper, const struct word_table *table, const char *const *cells, enum word_row row);
void word_end_table(struct word_paper *paper);

/* ── styles.c ────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* The document's styles, its list's bullet, and its settings: whole parts. */
void word_put_styles(struct xml *xml, const struct word_paper *paper);
void word_put_numbering(struct xml *xml);
void word_put_settings(struct xml *xml, const struct word_paper *paper);
#endif
