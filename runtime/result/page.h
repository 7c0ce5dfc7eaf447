/* page.h: writing in columns for people, on whatever their terminal can show. What is written comes from gettext
 * (runtime/image/words.h); the page itself knows how its language writes numbers.
 *
 * Texts are UTF-8 and are measured in columns, not bytes, so that a title with æøå does not push its row out of line.
 * The widths are our own and not the machine's, so that a table is the same bytes everywhere. Spaces are only written
 * when something follows them: no line ends in blanks. */
#ifndef KLYNGE_RESULT_PAGE_H
#define KLYNGE_RESULT_PAGE_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

enum style { STYLE_PLAIN, STYLE_BOLD, STYLE_DIM, STYLE_GOOD, N_STYLES };

struct page {
  FILE *out;
  bool danish, ascii, colour;
  uint32_t width;            /* columns there are */
  uint32_t column;           /* where the next text stands, from 0 */
  uint32_t blanks;           /* of the columns before it, those not yet written */
};

/* How many columns the first `length` bytes of a text take. */
uint32_t page_columns(const struct page *page, const char *text, size_t length);
/* How many bytes of a text go on a line of `width` columns: up to its end or before a blank, or, where no blank is in
 * reach, as many letters as fit, but at least one. *next is where the next line begins. */
size_t page_fit(const struct page *page, const char *text, uint32_t width, size_t *next);

void page_write_part(struct page *page, const char *text, size_t length);
void page_write(struct page *page, const char *text);
/* Leaves blanks up to a column; at least one if something stands there already. */
void page_move(struct page *page, uint32_t column);
/* Writes a text so that it ends before column `end`. */
void page_write_right(struct page *page, const char *text, uint32_t end);
/* Writes a text from the column where the page stands, on as many lines as it needs, each beginning at that column. */
void page_write_wrapped(struct page *page, const char *text);
/* Writes a text in at most `width` columns; what is cut off ends in an ellipsis. */
void page_write_cut(struct page *page, const char *text, uint32_t width);
void page_style(struct page *page, enum style style);
void page_rule(struct page *page, const char *stroke);
void page_end_line(struct page *page);

/* 12.345, or 12,345 in English. */
void page_number(const struct page *page, uint64_t number, char out[32]);
/* A number rounded to so many decimals at most, a half away from zero; zeros at its end are left out down to `least`
 * decimals. 1,926 or 2.03 in English, 1.926 or 2,03 in Danish; −0.4. */
void page_decimal(const struct page *page, double number, unsigned least, unsigned most, char out[64]);
/* The share in per cent with one decimal: 44,9 %, or 44.9% in English; never rounded to none or all (<0.1%, >99.9%).
 * `of` is more than 0. */
void page_percent(const struct page *page, uint32_t number, uint32_t of, char out[32]);
#endif
