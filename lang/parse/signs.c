/* signs.c: signs of other languages and of word processors, and what is written for them here. */
#include "lang/parse/reading.h"
#include "lang/memory.h"
#include <string.h>

#define NOT    "write `{NOT}` before the condition: {NOT} hba1c > 58"
#define DASH   "write the short dash: -"
#define QUOTES "write straight quotes: \"…\""

static const struct { const char *sign, *hint; } signs[] = {
  { "==", "write =" }, { "===", "write =" }, { ":=", "write =" },
  { "=<", "write <=" }, { "=>", "write >=" },
  { "<>", "write !=" }, { "><", "write !=" }, { "=!", "write !=" },
  { "&&", "write `{AND}`" }, { "&", "write `{AND}`" }, { "∧", "write `{AND}`" },
  { "||", "write `{OR}`" }, { "|", "write `{OR}`" }, { "∨", "write `{OR}`" },
  { "!", NOT }, { "~", NOT }, { "¬", NOT },
  { "–", DASH }, { "—", DASH }, { "−", DASH },
  { "×", "write *" }, { "·", "write *" }, { "÷", "write /" },
  { "**", "there are no powers: multiply it by itself" }, { "^", "there are no powers: multiply it by itself" },
  { "{", "write (" }, { "}", "write )" },
  { ";", "leave it out: nothing ends with a sign" }, { ":", "leave it out: nothing ends with a sign" },
  { "%", "a unit stands right after its number: 7 %" },
  { "…", "write what belongs here" },
  { "“", QUOTES }, { "”", QUOTES }, { "„", QUOTES }, { "«", QUOTES }, { "»", QUOTES },
  { "’", QUOTES }, { "‘", QUOTES }, { "'", QUOTES }, { "`", QUOTES },
};

void foreign_sign(struct reading *reading, struct place at, const char *sign) {
  const char *hint = "leave it out, or put what it belongs to in quotes: \"…\"";
  for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
    if (strcmp(sign, signs[i].sign) == 0) hint = parse_say(signs[i].hint, reading->language);
  }
  if (*sign == '_') {
    const char *name = sign + strspn(sign, "_0123456789");
    hint = *name ? memory_print("write: %s", name) : "write a letter first";
    reading_problem(reading, PROBLEM_character, at, hint, "`%s` does not begin with a letter, as a name does", sign);
    return;
  }
  reading_problem(reading, PROBLEM_character, at, hint, "`%s` is no sign of this language", sign);
}
