/* signs.c: signs of other languages and of word processors, and what is written for them here. */
#include "lang/parse/reading.h"
#include "lang/memory.h"
#include <string.h>
#include "runtime/image/words.h"

#define NOT    N_("write `{NOT}` before the condition: {NOT} hba1c > 58")
#define DASH   N_("write the short dash: -")
#define QUOTES N_("write straight quotes: \"…\"")

static const struct { const char *sign, *hint; } signs[] = {
  { "==", N_("write =") }, { "===", N_("write =") }, { ":=", N_("write =") },
  { "=<", N_("write <=") }, { "=>", N_("write >=") },
  { "<>", N_("write !=") }, { "><", N_("write !=") }, { "=!", N_("write !=") },
  { "&&", N_("write `{AND}`") }, { "&", N_("write `{AND}`") }, { "∧", N_("write `{AND}`") },
  { "||", N_("write `{OR}`") }, { "|", N_("write `{OR}`") }, { "∨", N_("write `{OR}`") },
  { "!", NOT }, { "~", NOT }, { "¬", NOT },
  { "–", DASH }, { "—", DASH }, { "−", DASH },
  { "×", N_("write *") }, { "·", N_("write *") }, { "÷", N_("write /") },
  { "**", N_("there are no powers: multiply it by itself") }, { "^", N_("there are no powers: multiply it by itself") },
  { "{", N_("write (") }, { "}", N_("write )") },
  { ";", N_("leave it out: nothing ends with a sign") }, { ":", N_("leave it out: nothing ends with a sign") },
  { "%", N_("a unit stands right after its number: 7 %") },
  { "…", N_("write what belongs here") },
  { "“", QUOTES }, { "”", QUOTES }, { "„", QUOTES }, { "«", QUOTES }, { "»", QUOTES },
  { "’", QUOTES }, { "‘", QUOTES }, { "'", QUOTES }, { "`", QUOTES },
};

void foreign_sign(struct reading *reading, struct place at, const char *sign) {
  const char *hint = N_("leave it out, or put what it belongs to in quotes: \"…\"");
  for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
    if (strcmp(sign, signs[i].sign) == 0) hint = parse_say(signs[i].hint, reading->language);
  }
  if (*sign == '_') {
    const char *name = sign + strspn(sign, "_0123456789");
    hint = *name ? memory_print(_("write: %s"), name) : N_("write a letter first");
    reading_problem(reading, PROBLEM_character, at, hint, "`%s` does not begin with a letter, as a name does", sign);
    return;
  }
  reading_problem(reading, PROBLEM_character, at, hint, "`%s` is no sign of this language", sign);
}
