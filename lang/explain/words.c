/* words.c: the small words of an explanation: numbers, dates, lengths of time, titles, lists. */
#include <string.h>
#include "lang/explain/phrases.h"
#include "runtime/image/dates.h"

const char *decimal_sign(void) { return P_("the sign before decimals", "."); }

const char *number_words(double number) {
  char *text = memory_print("%.15g", number), *point = strchr(text, '.');
  if (point) *point = *decimal_sign();
  return text[0] == '-' ? memory_print("−%s", text + 1) : text;
}

const char *duration_words(struct duration duration) {
  int n = duration.n;
  switch (duration.unit) {
  case DURATION_DAYS: return memory_print(Q_("%d day", "%d days", n), n);
  case DURATION_WEEKS: return memory_print(Q_("%d week", "%d weeks", n), n);
  case DURATION_MONTHS: return memory_print(Q_("%d month", "%d months", n), n);
  default: return memory_print(Q_("%d year", "%d years", n), n);
  }
}

const char *date_words(int32_t date) {
  char text[DATE_TEXT];
  return memory_print("%s", date_write(date, strcmp(P_("the code of the language of these texts", "en"), "da") == 0, text));
}

/* ── titles ──────────────────────────────────────────────────────────────────────────────────────────────────────── */

static bool is_large(const char *text) {
  return (*text >= 'A' && *text <= 'Z') ||
         (text[0] == '\xC3' && (unsigned char)text[1] >= 0x80 && (unsigned char)text[1] <= 0x9E); /* À … Þ */
}

static bool is_small(const char *text) {
  return (*text >= 'a' && *text <= 'z') || (text[0] == '\xC3' && (unsigned char)text[1] >= 0x9F);
}

static size_t letter_length(const char *text) { return *text == '\xC3' ? 2 : 1; }

/* A disease that is named after somebody keeps the large letter: Parkinsons sygdom. */
static bool is_somebodys(const char *title) {
  static const char *const after[] = {"s sygdom", "s syndrom", "s tyreoiditis", "s disease", "s syndrome", "s lymfom"};
  size_t length = strcspn(title, " ");
  for (size_t i = 0; length && i < sizeof after / sizeof *after; i++)
    if (strncmp(title + length - 1, after[i], strlen(after[i])) == 0) return true;
  return false;
}

/* The first word is a common one where a large letter is followed by small ones alone: Statin, but not HbA1c, GLP-1, LDL. */
static bool begins_common(const char *title) {
  if (!is_large(title)) return false;
  const char *rest = title + letter_length(title);
  if (!is_small(rest)) return false;
  for (; *rest && *rest != ' ' && *rest != ','; rest += letter_length(rest))
    if (is_large(rest)) return false;
  return !is_somebodys(title);
}

static const char *first_letter(const char *text, int change) {
  char *copy = memory_copy(text, strlen(text));
  if (*copy == '\xC3')
    copy[1] = (char)(copy[1] + change);
  else
    copy[0] = (char)(copy[0] + change);
  return copy;
}

/* eGFR stays as it is. */
const char *capital(const char *text) {
  return is_small(text) && !is_large(text + letter_length(text)) ? first_letter(text, -32) : text;
}

const char *title_words(const char *title, const char *name) {
  if (!title || !*title) return memory_print(_("“%s”"), name);
  const char *comma = strchr(title, ',');
  if (strchr(title, '(') || (comma && (strchr(comma + 1, ',') || comma[1] != ' ')))
    return memory_print(_("“%s”"), title);
  const char *text = begins_common(title) ? first_letter(title, 32) : title;
  size_t length = strcspn(text, ",");
  return comma ? memory_print("%.*s (%s)", (int)length, text, text + length + 2) : text;
}

const char *definition_words(const struct definition *definition) {
  return memory_print(_("“%s”"), definition->title && *definition->title ? definition->title : definition->name);
}

/* ── lists ───────────────────────────────────────────────────────────────────────────────────────────────────────── */

const char *either_words(const char *const *words, size_t n) {
  const char *text = n ? words[0] : "";
  for (size_t i = 1; i + 1 < n; i++) text = memory_print("%s, %s", text, words[i]);
  return n > 1 ? memory_print(_("%s or %s"), text, words[n - 1]) : text;
}
