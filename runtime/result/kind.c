/* kind.c: how a figure of each kind is written.
 *
 *     share       28.4%              187 of 658      a percentage, and how many of how many
 *     count       59                 of 699          the number itself
 *     mean        54.6 mmol/mol      658 of 699      in its unit, and of how many it is known
 *     median      55 mmol/mol        658 of 699
 *     quartiles   134 (126–143)      631 of 699      the unit stands below
 *     rate        1,926 per 1,000    1,346 among 699
 *
 * Of fewer than ten patients neither per cent nor an interval would say more than the count. */
#include "runtime/result/table.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "runtime/image/words.h"
#include "runtime/memory/memory.h"

#define DECIMALS_MOST 4
#define AIM_DECIMALS  6 /* an aim is shown as it was written, so far as that goes */

uint32_t table_patients(const struct image_indicator *indicator, const struct result_figure *figure) {
  return image_has_values(indicator->kind) ? figure->numerator : figure->denominator;
}

bool table_is_few(const struct image_indicator *indicator, const struct result_figure *figure) {
  return table_patients(indicator, figure) < TABLE_FEW;
}

/* ── numbers ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* So many decimals that a number as large as the cluster's figure has three digits; all of a row have the same. */
static unsigned decimals_of(const struct table *table, uint32_t i) {
  double size = fabs(table_figures(table, i)[table->cluster->n_practices].value);
  unsigned decimals = 0;
  if (table_indicator(table, i)->kind == KIND_COUNT || !(size > 0))
    return 0;
  for (double limit = 100; size < limit && decimals < DECIMALS_MOST; limit /= 10)
    decimals++;
  return decimals;
}

/* A median is a value that somebody has, or lies between two: it is no more exact than they are. */
static bool is_fixed(const struct image_indicator *indicator) {
  return indicator->kind == KIND_MEAN || indicator->kind == KIND_RATE;
}

static void print_number(const struct table *table, uint32_t i, double number, char out[64]) {
  unsigned decimals = decimals_of(table, i);
  page_decimal(&table->page, number, is_fixed(table_indicator(table, i)) ? decimals : 0, decimals, out);
}

/* 52–55, or 52.0–54.5 where one of them has decimals, or −0.4 to 0.3: two signs in a row would be hard to tell apart. */
static void print_range(const struct table *table, uint32_t i, double low, double high, char out[TABLE_TEXT]) {
  char from[64], to[64], point = table->page.danish ? ',' : '.';
  unsigned decimals = decimals_of(table, i);
  print_number(table, i, low, from);
  print_number(table, i, high, to);
  if (strchr(from, point) || strchr(to, point)) {
    page_decimal(&table->page, low, decimals, decimals, from);
    page_decimal(&table->page, high, decimals, decimals, to);
  }
  snprintf(out, TABLE_TEXT, low < 0 ? _("%s to %s") : "%s–%s", from, to);
}

/* 25–32, or 0.3–1.1 where all of it is below ten per cent. */
static void print_percent_range(const struct page *page, double from, double to, char out[TABLE_TEXT]) {
  double low = from * 100, high = to * 100;
  unsigned low_tenths = (unsigned)(low * 10 + 0.5), high_tenths = (unsigned)(high * 10 + 0.5);
  if (high_tenths < 100) {
    char point = page->danish ? ',' : '.';
    snprintf(out, TABLE_TEXT, "%u%c%u–%u%c%u", low_tenths / 10, point, low_tenths % 10, high_tenths / 10, point,
             high_tenths % 10);
  } else
    snprintf(out, TABLE_TEXT, "%u–%u", (unsigned)(low + 0.5), (unsigned)(high + 0.5));
}

/* ── what is hidden ──────────────────────────────────────────────────────────────────────────────────────────────── */

bool table_is_hidden(const struct result_figure *figure) {
  return isnan(figure->value) && (figure->state[RESULT_DENOMINATOR] != RESULT_SHOWN || figure->state[RESULT_NUMERATOR] != RESULT_SHOWN);
}

/* A number of patients is what is counted, and says itself that it is small; beside per cent a <5 would be five per cent. */
static void print_hidden(const struct table *table, const struct image_indicator *indicator, const struct result_figure *figure,
                         char out[64]) {
  char count[32] = "*";
  if (indicator->kind == KIND_COUNT) table_print_count(table, figure, RESULT_NUMERATOR, count);
  snprintf(out, 64, "%s", count);
}

/* ── a row's figures ─────────────────────────────────────────────────────────────────────────────────────────────── */

static void print_of(const struct table *table, const struct image_indicator *indicator,
                     const struct result_figure *figure, char out[TABLE_TEXT]) {
  char n[32], of[32];
  table_print_count(table, figure, RESULT_NUMERATOR, n);
  table_print_count(table, figure, RESULT_DENOMINATOR, of);
  if (indicator->kind == KIND_COUNT)
    snprintf(out, TABLE_TEXT, _("of %s"), of);
  else
    snprintf(out, TABLE_TEXT, indicator->kind == KIND_RATE ? _("%s among %s") : _("%s of %s"), n, of);
}

/* The figure of a kind that is no share, without its unit. */
static void print_value(const struct table *table, uint32_t i, const struct result_figure *figure,
                        char out[TABLE_TEXT]) {
  char value[64], range[TABLE_TEXT];
  print_number(table, i, figure->value, value);
  bool has_quartiles = table_indicator(table, i)->kind == KIND_QUARTILES;
  if (has_quartiles)
    print_range(table, i, figure->low, figure->high, range);
  snprintf(out, TABLE_TEXT, has_quartiles ? "%s (%s)" : "%s", value, range);
}

/* A number with its unit, or with the number of patients it is a rate of. */
static void print_with_unit(const struct table *table, uint32_t i, const char *number, char out[TABLE_TEXT]) {
  const struct image_indicator *indicator = table_indicator(table, i);
  char per[64];
  if (indicator->kind == KIND_RATE) {
    page_decimal(&table->page, indicator->per, 0, 0, per);
    snprintf(out, TABLE_TEXT, _("%s per %s"), number, per);
  } else
    snprintf(out, TABLE_TEXT, indicator->unit != IMAGE_NONE ? "%s %s" : "%s", number,
             table_text(table, indicator->unit));
}

/* Of few patients only how many they are is said: the median of one would be a patient's own number. A count is none but
 * how many. */
void table_print_figures(const struct table *table, uint32_t i, const struct result_figure *figure, bool with_unit,
                         struct table_figure_texts *out) {
  const struct image_indicator *indicator = table_indicator(table, i);
  bool share = indicator->kind == KIND_SHARE;
  memset(out, 0, sizeof *out);
  print_of(table, indicator, figure, out->of);
  if (table_is_anybody(figure, RESULT_UNKNOWN)) {
    char n[32];
    table_print_count(table, figure, RESULT_UNKNOWN, n);
    snprintf(out->unknown, TABLE_TEXT, Q_("%s unknown", "%s unknown", figure->unknown), n);
  }
  if (table_is_hidden(figure)) {
    print_hidden(table, indicator, figure, out->figure);
    return;
  }
  if (!table_has_value(figure)) {
    strcpy(out->figure, figure->denominator ? "?" : "–");
    return;
  }
  if (table_is_few(indicator, figure) && indicator->kind != KIND_COUNT)
    return;
  if (share) {
    page_percent(&table->page, figure->numerator, figure->denominator, out->figure);
    print_percent_range(&table->page, figure->low, figure->high, out->below);
    return;
  }
  char value[TABLE_TEXT];
  print_value(table, i, figure, value);
  if (indicator->kind == KIND_QUARTILES && with_unit)
    snprintf(out->below, TABLE_TEXT, "%s", table_text(table, indicator->unit));
  else if (indicator->kind != KIND_QUARTILES && !isnan(figure->low))
    print_range(table, i, figure->low, figure->high, out->below);
  if (indicator->kind != KIND_QUARTILES && with_unit)
    print_with_unit(table, i, value, out->figure);
  else
    strcpy(out->figure, value);
}

/* ── a practice's cell ───────────────────────────────────────────────────────────────────────────────────────────── */

/* One decimal less than in the row, for many stand side by side. */
static void print_short(const struct table *table, uint32_t i, double number, char out[64]) {
  unsigned decimals = decimals_of(table, i);
  decimals -= decimals > 0;
  page_decimal(&table->page, number, decimals, decimals, out);
}

/* A share in three columns. It is never rounded to none or all where some are or are not. */
static void print_share(const struct result_figure *figure, char out[64]) {
  uint64_t n = figure->numerator, of = figure->denominator;
  unsigned per_cent = (unsigned)((200 * n + of) / (2 * of));
  if (per_cent == 0 && n > 0)
    strcpy(out, "<1");
  else if (per_cent == 100 && n < of)
    strcpy(out, ">99");
  else
    snprintf(out, 64, "%u", per_cent);
}

enum table_cell table_print_cell(const struct table *table, uint32_t i, const struct result_figure *figure,
                                 char out[64]) {
  const struct image_indicator *indicator = table_indicator(table, i);
  if (table_is_hidden(figure)) {
    print_hidden(table, indicator, figure, out);
    return TABLE_CELL_HIDDEN;
  }
  if (!table_has_value(figure)) {
    strcpy(out, figure->denominator ? "?" : "–");
    return figure->denominator ? TABLE_CELL_UNKNOWN : TABLE_CELL_NOBODY;
  }
  bool few = table_is_few(indicator, figure) && indicator->kind != KIND_COUNT;
  if (few && image_has_values(indicator->kind)) {
    snprintf(out, 64, "n=%u", figure->numerator);
    return TABLE_CELL_FEW_VALUES;
  }
  if (few)
    snprintf(out, 64, "%u/%u", figure->numerator, figure->denominator);
  else if (indicator->kind == KIND_SHARE)
    print_share(figure, out);
  else
    print_short(table, i, figure->value, out);
  return few ? TABLE_CELL_FEW : TABLE_CELL_FIGURE;
}

void table_print_adjusted(const struct table *table, uint32_t i, const struct result_figure *figure, char out[64]) {
  const struct image_indicator *indicator = table_indicator(table, i);
  out[0] = '\0';
  if (!table_has_value(figure) || table_is_few(indicator, figure) || isnan(figure->adjusted.value))
    return;
  if (indicator->kind == KIND_SHARE)
    page_decimal(&table->page, figure->adjusted.value * 100, 0, 0, out);
  else
    print_short(table, i, figure->adjusted.value, out);
}

/* ── words ───────────────────────────────────────────────────────────────────────────────────────────────────────── */

static const char *format_of(const struct image_indicator *indicator) {
  switch ((enum image_kind)indicator->kind) {
    case KIND_SHARE: break;
    case KIND_COUNT: return _("number, of: %s");
    case KIND_MEAN: return _("mean, of: %s");
    case KIND_MEDIAN: return _("median, of: %s");
    case KIND_QUARTILES: return _("median and quartiles, of: %s");
    case KIND_RATE: return _("events among: %s");
  }
  return _("of: %s");
}

/* In the unit of the figure above it. */
static void print_aim(const struct table *table, const struct image_indicator *indicator, char out[TABLE_TEXT]) {
  bool share = indicator->kind == KIND_SHARE;
  char number[64];
  page_decimal(&table->page, share ? indicator->aim * 100 : indicator->aim, 0, AIM_DECIMALS, number);
  snprintf(out, TABLE_TEXT, share ? _("aim %s%%") : _("aim %s"), number);
}

char *table_describe(const struct table *table, uint32_t i) {
  const struct image_indicator *indicator = table_indicator(table, i);
  const char *format = format_of(indicator);
  bool of_all = indicator->denominator == IMAGE_NONE;
  const char *of = of_all ? _("the population") : table_text(table, indicator->denominator);
  char aim[TABLE_TEXT] = "";
  if (!isnan(indicator->aim))
    print_aim(table, indicator, aim);
  size_t length = strlen(format) + strlen(of) + strlen(aim) + 3;
  char *text = memory_take(length, 1);
  int written = snprintf(text, length, format, of);
  if (*aim)
    snprintf(text + written, length - (size_t)written, "; %s", aim);
  return text;
}
