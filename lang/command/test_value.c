/* test_value.c: what the claims got that do not hold. The engine says yes, no or unknown and no numbers, so a value is
 * found by asking: is it at least this much, is it at most that much, halving what is left with each question. All
 * values of a trial are asked after at once, so it takes as many runs as a double has bits, however many there are.
 *
 * The two searches meet in a value that is known. One that is censored stops one of them: of `>90` it is sure that it
 * is at least 90, and of nothing that it is at most that. */
#include <float.h>
#include <stdlib.h>
#include <string.h>
#include "lang/command/test.h"
#include "lang/memory.h"
#include "runtime/image/dates.h"

/* Numbers and dates as whole numbers in the same order: the bits of a double, those of a negative one turned round. */
static uint64_t order_of(double number) {
  uint64_t bits;
  memcpy(&bits, &number, sizeof bits);
  return bits >> 63 ? ~bits : bits | UINT64_C(1) << 63;
}

static double number_at(uint64_t order) {
  uint64_t bits = order >> 63 ? order & ~(UINT64_C(1) << 63) : ~order;
  double number;
  memcpy(&number, &bits, sizeof number);
  return number;
}

enum side { AT_LEAST, AT_MOST };
/* What is known of a bound: the last place where the answer was yes, and the next where it was not. */
struct search {
  uint64_t yes, not_yes;
  bool any;
};
struct hunted {
  struct verdict *verdict;
  struct search search[2];
};

static bool is_date(const struct hunted *hunted) { return hunted->verdict->claim->value->type.kind == TYPE_DATE; }

static uint64_t middle(const struct search *search) {
  uint64_t low = search->yes < search->not_yes ? search->yes : search->not_yes,
           high = low == search->yes ? search->not_yes : search->yes;
  return low + (high - low) / 2;
}

static int32_t date_at(uint64_t order) { return (int32_t)((int64_t)order + DATE_FIRST - 1); }

static const struct expr *condition_of(const struct hunted *hunted, enum side side) {
  const struct expr *value = hunted->verdict->claim->value;
  struct expr *limit = NEW(struct expr), *compare = NEW(struct expr);
  uint64_t at = middle(&hunted->search[side]);
  *limit = (struct expr){.kind = is_date(hunted) ? EXPR_date : EXPR_number,
                         .type = value->type,
                         .source = value->source,
                         .at = value->at,
                         .depth = 1};
  if (is_date(hunted))
    limit->date = date_at(at);
  else
    limit->number = number_at(at);
  *compare = (struct expr){.kind = EXPR_compare,
                           .type = {.kind = TYPE_TRUTH},
                           .source = value->source,
                           .at = value->at,
                           .depth = value->depth + 1};
  compare->args = NEW_ARRAY(const struct expr *, 2);
  compare->args[0] = value;
  compare->args[1] = limit;
  compare->n_args = 2;
  compare->comparison = side == AT_LEAST ? COMPARE_AT_LEAST : COMPARE_AT_MOST;
  return compare;
}

/* Both ends lie just outside of all that can be asked. */
static void begin(struct hunted *hunted) {
  uint64_t low = is_date(hunted) ? 1 : order_of(-DBL_MAX),
           high = is_date(hunted) ? DATE_LAST - DATE_FIRST + 1 : order_of(DBL_MAX);
  hunted->search[AT_LEAST] = (struct search){low - 1, high + 1, false};
  hunted->search[AT_MOST] = (struct search){high + 1, low - 1, false};
}

static bool goes_on(const struct search *search) {
  return middle(search) != search->yes && middle(search) != search->not_yes;
}

static void ask_once(const struct trial *trial, struct hunted *hunted, size_t n) {
  struct question *questions = NEW_ARRAY(struct question, 2 * n);
  for (size_t i = 0; i < 2 * n; i++)
    questions[i] =
        (struct question){NULL, condition_of(&hunted[i / 2], (enum side)(i % 2)), hunted[i / 2].verdict->patient};
  const enum outcome *answers = test_ask(trial, questions, 2 * n);
  for (size_t i = 0; i < 2 * n; i++) {
    struct search *search = &hunted[i / 2].search[i % 2];
    if (!goes_on(search)) continue;
    uint64_t at = middle(search);
    if (answers[i] == OUTCOME_YES) {
      search->yes = at;
      search->any = true;
    } else {
      search->not_yes = at;
    }
  }
}

/* ── in words ────────────────────────────────────────────────────────────────────────────────────────────────────── */

static const char *date_words(uint64_t at) {
  int year, month, day;
  date_to_civil(date_at(at), &year, &month, &day);
  return memory_print("%04d-%02d-%02d", year, month, day);
}

/* In so many digits that it reads back to the same double. */
static const char *number_words(uint64_t at, const struct unit *unit) {
  double number = number_at(at);
  const char *words = "";
  for (int digits = 15; digits <= 17; digits++) {
    words = memory_print("%.*g", digits, number);
    if (strtod(words, NULL) == number) break;
  }
  return unit ? memory_print("%s %s", words, unit->spellings[0]) : words;
}

static const char *value_words(const struct hunted *hunted) {
  const struct search *least = &hunted->search[AT_LEAST], *most = &hunted->search[AT_MOST];
  const struct unit *unit = hunted->verdict->claim->value->type.unit;
  if (!least->any && !most->any) return "unknown";
  if (is_date(hunted)) return date_words(least->yes);
  if (!most->any) return memory_print(">%s", number_words(least->yes, unit));
  if (!least->any) return memory_print("<%s", number_words(most->yes, unit));
  return number_words(least->yes, unit);
}

static const char *outcome_words(enum outcome outcome) {
  static const char *const words[] = {"outside", "no", "yes", "unknown"};
  return words[outcome];
}

void test_find_values(const struct trial *trial, struct verdict *verdicts, size_t n) {
  struct hunted *hunted = NEW_ARRAY(struct hunted, n + 1);
  size_t n_hunted = 0;
  for (size_t v = 0; v < n; v++) {
    const struct expr *value = verdicts[v].claim->value;
    if (verdict_holds(&verdicts[v])) continue;
    verdicts[v].got_words = outcome_words(verdicts[v].got);
    if (!value) continue;
    if (value->type.kind == TYPE_NUMBER || value->type.kind == TYPE_DATE)
      hunted[n_hunted++].verdict = &verdicts[v];
    else if (verdicts[v].got != OUTCOME_UNKNOWN)
      verdicts[v].got_words = "another word";
  }
  if (!n_hunted) return;
  for (size_t i = 0; i < n_hunted; i++) begin(&hunted[i]);
  for (int bit = 0; bit < 64; bit++) ask_once(trial, hunted, n_hunted);
  for (size_t i = 0; i < n_hunted; i++) hunted[i].verdict->got_words = value_words(&hunted[i]);
}
