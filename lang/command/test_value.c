/* test_value.c: what the claims got that do not hold, in words. */
#include <stdlib.h>
#include <string.h>
#include "lang/command/test.h"
#include "lang/memory.h"
#include "runtime/image/dates.h"

static const char *date_words(int32_t date) {
  int year, month, day;
  date_to_civil(date, &year, &month, &day);
  return memory_print("%04d-%02d-%02d", year, month, day);
}

/* In so many digits that it reads back to the same double. */
static const char *number_words(double number, const struct unit *unit) {
  const char *words = "";
  for (int digits = 15; digits <= 17; digits++) {
    words = memory_print("%.*g", digits, number);
    if (strtod(words, NULL) == number) break;
  }
  return unit ? memory_print("%s %s", words, unit->spellings[0]) : words;
}

const char *test_answer_words(const struct expr *expr, const struct run_answer *answer) {
  if (!answer->known) return _("unknown");
  if (answer->kind == REGISTER_MASK) return answer->truth ? _("yes") : _("no");
  if (answer->kind == REGISTER_DATE) return date_words(answer->date);
  const char *sign = answer->sign < 0 ? "<" : answer->sign > 0 ? ">" : "";
  return memory_print("%s%s", sign, number_words(answer->number, expr->type.unit));
}

/* An outcome, as the tree of a claim has it whatever the language of its file. */
static const char *const outcomes[] = {N_("outside"), N_("no"), N_("yes"), N_("unknown")};

const char *test_expected_words(const struct claim *claim) {
  for (size_t i = 0; i < sizeof outcomes / sizeof *outcomes; i++)
    if (strcmp(claim->words, outcomes[i]) == 0) return _(outcomes[i]);
  const struct unit *unit = claim->value ? claim->value->type.unit : NULL;
  bool plain = unit && claim->words[strspn(claim->words, "-0123456789. ")] == 0;
  return plain ? memory_print("%s %s", claim->words, unit->spellings[0]) : claim->words;
}

static bool has_value(const struct expr *value) {
  return value && (value->type.kind == TYPE_NUMBER || value->type.kind == TYPE_DATE);
}

void test_find_values(const struct trial *trial, struct verdict *verdicts, size_t n) {
  const struct expr **values = NEW_ARRAY(const struct expr *, n + 1);
  struct verdict **asked = NEW_ARRAY(struct verdict *, n + 1);
  uint32_t *patients = NEW_ARRAY(uint32_t, n + 1);
  size_t n_asked = 0;
  for (size_t v = 0; v < n; v++) {
    const struct expr *value = verdicts[v].claim->value;
    if (verdict_holds(&verdicts[v])) continue;
    verdicts[v].got_words = _(outcomes[verdicts[v].got]);
    if (!value || verdicts[v].got == OUTCOME_OUTSIDE) continue;
    if (!has_value(value)) {
      if (verdicts[v].got != OUTCOME_UNKNOWN) verdicts[v].got_words = _("another word");
      continue;
    }
    asked[n_asked] = &verdicts[v];
    patients[n_asked] = verdicts[v].patient;
    values[n_asked++] = value;
  }
  if (!n_asked) return;
  const struct run_answer *answers = test_values(trial, values, patients, n_asked);
  for (size_t i = 0; i < n_asked; i++) asked[i]->got_words = test_answer_words(values[i], &answers[i]);
}
