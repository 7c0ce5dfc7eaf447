/* words.h: what people read, in their language. The source says it in English; po/da.po says it in Danish, and gettext
 * brings the two together. Both houses speak to people, so this stands at the wall.
 *
 * Whole sentences are translated, never pieces glued together. What programs read (CSV, JSON, dumps) is never translated. */
#ifndef KLYNGE_WORDS_H
#define KLYNGE_WORDS_H
#include <libintl.h>
#include <stdbool.h>

/* A text, in the language of this call of the command. */
#define _(text) gettext(text)
/* A text in a table, which is translated where it is used. */
#define N_(text) text
/* A text whose English has several meanings: the context, which is not shown, tells them apart. */
#define P_(context, text) words_in(context "\004" text, text)
/* The text for one, or the text for so many. */
#define Q_(one, many, n) ngettext(one, many, (unsigned long)(n))

static inline const char *words_in(const char *with_context, const char *text) {
  const char *found = gettext(with_context);
  return found == with_context ? text : found;
}

/* From here on texts are in Danish, with the catalogue in a folder such as /usr/share/locale, or in English. May be called
 * again. The system need not have a Danish locale; where the catalogue is not found, texts are in English. Nothing but the
 * language of messages is set: numbers, dates and the order of words are nobody's business here. */
void words_speak(bool danish, const char *folder);
/* Whether the environment asks for Danish, by the rules of gettext: the locale of messages, and before it LANGUAGE. */
bool words_are_danish(void);
#endif
