/* signs.c: signs of other languages and of word processors, and what is written for them here. */
#include "lang/parse/reading.h"
#include "lang/memory.h"
#include <string.h>
#include "runtime/image/words.h"

#define NOT    N_("write `{NOT}` before the condition: {NOT} hba1c > 58")
#define DASH   N_("write the short dash: -")
#define QUOTES N_("write straight quotes: \"…\"")

/* Where the hint is to write a sign, that sign once more. */
static const struct { const char *sign, *hint, *mended; } signs[] = {
  { "==", N_("write ="), "=" }, { "===", N_("write ="), "=" }, { ":=", N_("write ="), "=" },
  { "=<", N_("write <="), "<=" }, { "=>", N_("write >="), ">=" },
  { "<>", N_("write !="), "!=" }, { "><", N_("write !="), "!=" }, { "=!", N_("write !="), "!=" },
  { "&&", N_("write `{AND}`"), NULL }, { "&", N_("write `{AND}`"), NULL }, { "∧", N_("write `{AND}`"), NULL },
  { "||", N_("write `{OR}`"), NULL }, { "|", N_("write `{OR}`"), NULL }, { "∨", N_("write `{OR}`"), NULL },
  { "!", NOT, NULL }, { "~", NOT, NULL }, { "¬", NOT, NULL },
  { "–", DASH, "-" }, { "—", DASH, "-" }, { "−", DASH, "-" },
  { "×", N_("write *"), "*" }, { "·", N_("write *"), "*" }, { "÷", N_("write /"), "/" },
  { "**", N_("there are no powers: multiply it by itself"), NULL }, { "^", N_("there are no powers: multiply it by itself"), NULL },
  { "{", N_("write ("), "(" }, { "}", N_("write )"), ")" },
  { ";", N_("leave it out: nothing ends with a sign"), NULL }, { ":", N_("leave it out: nothing ends with a sign"), NULL },
  { "%", N_("a unit stands right after its number: 7 %"), NULL },
  { "…", N_("write what belongs here"), NULL },
  { "“", QUOTES, NULL }, { "”", QUOTES, NULL }, { "„", QUOTES, NULL }, { "«", QUOTES, NULL }, { "»", QUOTES, NULL },
  { "’", QUOTES, NULL }, { "‘", QUOTES, NULL }, { "'", QUOTES, NULL }, { "`", QUOTES, NULL },
};

void foreign_sign(struct reading *reading, struct place at, const char *sign) {
  const char *mended = NULL, *hint = N_("leave it out, or put what it belongs to in quotes: \"…\"");
  for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
    if (strcmp(sign, signs[i].sign) != 0) continue;
    hint = parse_say(signs[i].hint, reading->language);
    mended = signs[i].mended;
  }
  if (*sign == '_') {
    const char *name = sign + strspn(sign, "_0123456789");
    hint = *name ? memory_print(_("write: %s"), name) : N_("write a letter first");
    reading_problem(reading, PROBLEM_character, at, hint, "`%s` does not begin with a letter, as a name does", sign);
    return;
  }
  reading_problem(reading, PROBLEM_character, at, hint, "`%s` is no sign of this language", sign);
  if (mended) problem_mend(reading->problems, mended);
}
