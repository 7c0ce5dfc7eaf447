/* page.h: a rule file on its way from tokens to a page. For lang/format alone. */
#ifndef KLYNGE_FORMAT_PAGE_H
#define KLYNGE_FORMAT_PAGE_H
#include "lang/format/format.h"
#include "lang/parse/grammar.h"

enum { WIDEST_LINE = 110 };
/* The indentation of what begins no line of its own. */
enum { NO_LINE = -1 };

struct comment {
  struct place at;
  bool own_line;                 /* else it stands at the end of one */
  bool blank_before;             /* an empty line stands before it */
  bool indented;
};

/* A part of an expression or list that may be broken into lines, at all of its items that name it. */
struct part {
  size_t level;                  /* what is nested deeper has a higher one, and is broken later */
  size_t first;                  /* the item where the part begins */
  bool all;                      /* broken at all of its places or none; else only where a line is full */
  bool aligned;                  /* under the first item; else indented by two */
  bool keeps_breaks;             /* the author's own breaks stay: of codes, which people group by lines */
};

/* A token, and how it stands on the page. The last of a page is the end of the file. */
struct item {
  int token;
  struct place at;
  const struct comment *comments;          /* before it */
  size_t n_comments;
  bool blank_before;                       /* an empty line stands right before it */
  bool broken_before;                      /* the author began a line with it */
  bool is_name;                            /* also where its word is a keyword elsewhere */
  bool is_glued;                           /* to the item before it */
  bool begins_declaration;                 /* or a `use`, or it is the end of the file */
  bool is_plain;                           /* of what begins a declaration: it has no lines below it */
  int indent;                              /* where it begins a line; else NO_LINE */
  const struct part *part;                 /* a line may be broken before it; NULL where it may not */
  size_t padding;                          /* further blanks before it, so that it stands under others */
  const char *words;
  size_t width;                            /* of its words, in columns, in the language in which they are longer */
  size_t column, measured, line_indent;    /* where it has been put, also in the longer language; its line's indentation */
};

struct page {
  const struct source *source;
  enum language language;                  /* of the source */
  struct item *items;
  size_t n;                                /* the end of the file not counted */
};

/* read.c. The tokens of a source that has no errors, with the comments and empty lines between them. */
struct page page_read(const struct source *source);
/* The item that begins at an offset; `n` where none does. */
size_t page_item_at(const struct page *page, size_t offset);

/* parts.c. What only the tree knows: names, signs that belong to a word, and where a line may be broken. */
void page_mark_parts(struct page *page, const struct node *file);

/* lines.c. Which items begin a line, and how far it is indented. */
void page_mark_lines(struct page *page, const struct node *file);

/* words.c. Every item's words in a language, and how wide they are. */
void page_spell(struct page *page, enum language language);
/* Adds a problem for each name that is a keyword of the other language. */
void page_tell_clashes(const struct page *page, enum language turn_to, struct problems *problems);
/* Letters, not bytes. */
size_t words_width(const char *words, size_t length);
/* The lines of a text in three quotes, its end among them, indented so far; NULL where that would change the text. */
const char *words_of_lines(const struct source *source, struct place at, size_t indent);

/* align.c. Pads declarations that stand in columns. */
void page_align(struct page *page);
/* Whether a blank stands before an item that does not begin a line. */
bool page_has_gap(const struct page *page, size_t i);

/* lay.c. The text of the page. */
const char *page_lay(struct page *page, enum language language);
#endif
