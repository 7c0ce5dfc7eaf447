/* expressions.c: random numbers, dates and conditions, each in its unit and of its type. */
#include "tests/agreement/maker.h"

/* ── pieces ──────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* Uses a definition of this type, if there is one. */
static bool make_defined(struct maker *maker, enum type_kind kind, int unit) {
  int fitting[MOST_DEFINITIONS], n = 0;
  for (int i = 0; i < maker->n_made; i++)
    if (maker->made[i].kind == kind && (kind != TYPE_NUMBER || maker->made[i].unit == unit)) fitting[n++] = i;
  if (n) say(maker, "d%d", fitting[any_of(maker, (uint32_t)n)]);
  return n > 0;
}

/* Writes one thing of a type. */
static void make_any(struct maker *maker, enum type_kind kind, int unit, int depth) {
  if (kind == TYPE_NUMBER) make_number(maker, unit, depth);
  else if (kind == TYPE_DATE) make_date(maker, depth);
  else make_truth(maker, depth);
}

static void make_choose(struct maker *maker, enum type_kind kind, int unit, int depth) {
  say(maker, "(choose ");
  for (uint32_t n = 1 + any_of(maker, 3); n; n--) {
    make_any(maker, kind, unit, depth);
    say(maker, " when ");
    make_condition(maker, depth, true);
    say(maker, ", ");
  }
  make_any(maker, kind, unit, depth);
  say(maker, " otherwise)");
}

static void make_else(struct maker *maker, enum type_kind kind, int unit, int depth) {
  say(maker, "(");
  for (uint32_t n = 1 + any_of(maker, 2); n; n--) {
    make_any(maker, kind, unit, depth);
    say(maker, " else ");
  }
  make_any(maker, kind, unit, depth);
  say(maker, ")");
}

/* ── numbers ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

static const char *const literals[] = {"0", "1", "2", "2.5", "3", "5", "7", "7.4", "10", "30", "58", "90", "100", "365"};

void make_literal_number(struct maker *maker, int unit) {
  say(maker, "%s%s", CHANCE_OF(maker->chance, literals), unit && any_of(maker, 3) == 0 ? unit_names[unit] : "");
}

static bool has_measure(const struct maker *maker, int unit) {
  for (int i = 0; i < N_MEASURES; i++)
    if (maker->unit_of[i] == unit) return true;
  return unit == 0;
}

/* A number that is certainly in the unit: what is multiplied or divided by a plain number is in none if it says none. */
static void make_united(struct maker *maker, int unit, int depth) {
  uint32_t how = any_of(maker, 3);
  if (how == 0 && has_measure(maker, unit)) {
    make_phrase_number(maker, unit, depth);
    return;
  }
  if (how == 1) {
    say(maker, "(");
    make_number(maker, unit, depth - 1);
    say(maker, " - limit%d)", unit);
  } else {
    say(maker, "limit%d", unit);
  }
}

static void make_operation(struct maker *maker, int unit, int depth) {
  uint32_t how = any_of(maker, unit ? 5 : 6);
  say(maker, "(");
  if (how == 4) {
    say(maker, "-");
    make_number(maker, unit, depth);
  } else if (how == 5) {                             /* of one unit: the ratio is plain */
    int other = maker->unit_of[any_of(maker, N_MEASURES)];
    make_phrase_number(maker, other, depth);
    say(maker, " / ");
    make_phrase_number(maker, other, depth);
  } else if (how < 2) {
    make_number(maker, unit, depth);
    say(maker, how == 0 ? " + " : " - ");
    make_number(maker, unit, depth);
  } else if (how == 2 && any_of(maker, 2)) {
    make_number(maker, 0, depth);
    say(maker, " * ");
    make_united(maker, unit, depth);
  } else {
    make_united(maker, unit, depth);
    say(maker, how == 2 ? " * " : " / ");
    make_number(maker, 0, depth);
  }
  say(maker, ")");
}

static void make_since(struct maker *maker, int depth) {
  static const char *const units[] = {"days", "weeks", "months", "years"};
  if (any_of(maker, 4) == 0) {
    say(maker, "age");
    return;
  }
  say(maker, "(%s since ", CHANCE_OF(maker->chance, units));
  if (any_of(maker, 3)) {
    make_date(maker, depth);
  } else {
    say(maker, "%s dx = i%u", any_of(maker, 2) ? "first" : "last", any_of(maker, N_SETS));
    make_windows(maker, depth);
  }
  say(maker, ")");
}

void make_number(struct maker *maker, int unit, int depth) {
  uint32_t how = any_of(maker, 12);
  if (depth <= 0 || how < 2) how = any_of(maker, 2) || !has_measure(maker, unit) ? 0 : 3;
  if (how < 2) make_literal_number(maker, unit);
  else if (how == 2) say(maker, "limit%d", unit);
  else if (how < 6 && has_measure(maker, unit)) make_phrase_number(maker, unit, depth - 1);
  else if (how == 6 && unit == 0) make_since(maker, depth - 1);
  else if (how == 7 && unit == 0) say(maker, any_of(maker, 2) ? "weight" : "patients.weight");
  else if (how == 8 && make_defined(maker, TYPE_NUMBER, unit)) return;
  else if (how == 9) make_choose(maker, TYPE_NUMBER, unit, depth - 1);
  else if (how == 10) make_else(maker, TYPE_NUMBER, unit, depth - 1);
  else make_operation(maker, unit, depth - 1);
}

/* ── dates ───────────────────────────────────────────────────────────────────────────────────────────────────────── */

void make_date(struct maker *maker, int depth) {
  static const char *const columns[] = {"birth", "patients.from", "patients.to", "seen", "patients.seen"};
  uint32_t how = any_of(maker, depth > 0 ? 12 : 3);
  if (how == 0) say(maker, "index");
  else if (how == 1) make_literal_date(maker);
  else if (how == 2) say(maker, "%s", CHANCE_OF(maker->chance, columns));
  else if (how == 3) say(maker, "start");
  else if (how == 4 && make_defined(maker, TYPE_DATE, 0)) return;
  else if (how == 5) make_choose(maker, TYPE_DATE, 0, depth - 1);
  else if (how == 6) make_else(maker, TYPE_DATE, 0, depth - 1);
  else if (how < 9) {
    say(maker, "(");
    make_date(maker, depth - 1);
    say(maker, any_of(maker, 2) ? " - " : " + ");
    make_span(maker);
    say(maker, ")");
  } else make_phrase_date(maker, depth - 1);
}

/* ── conditions ──────────────────────────────────────────────────────────────────────────────────────────────────── */

/* A condition beside a condition. Not events alone, not even in parentheses: those are compared with codes. */
static void make_truths(struct maker *maker, int depth) {
  say(maker, "(not ");
  make_truth(maker, depth);
  say(maker, any_of(maker, 2) ? ") = (not " : ") != (not ");
  make_truth(maker, depth);
  say(maker, ")");
}

static void make_comparison(struct maker *maker, enum type_kind kind, int unit, int depth) {
  static const char *const relations[] = {"<", "<=", ">", ">=", "=", "!="};
  make_any(maker, kind, unit, depth);
  uint32_t how = any_of(maker, 8);
  if (how == 0) {               /* not two constants, which might be the wrong way round */
    say(maker, " between (");
    make_any(maker, kind, unit, depth);
    say(maker, kind == TYPE_DATE ? " - 0 days) and " : " + 0) and ");
    make_any(maker, kind, unit, depth);
  } else if (how == 1) {
    say(maker, " in (");
    make_any(maker, kind, unit, depth);
    say(maker, ", ");
    make_any(maker, kind, unit, depth);
    say(maker, ")");
  } else {
    say(maker, " %s ", CHANCE_OF(maker->chance, relations));
    make_any(maker, kind, unit, depth);
  }
}

static void make_word_test(struct maker *maker) {
  static const char *const tests[] = {"sex = female", "sex != male", "sex in (female, male)", "note = \"a\"", "note != word", "patients.note = word",
                                      "practice in (\"P1\", \"P2\")", "note = \"æ\"", "practice = \"P3\"", "note = \"nobody says this\""};
  say(maker, "%s", CHANCE_OF(maker->chance, tests));
}

static void make_is(struct maker *maker, int depth) {
  static const char *const is_known[] = {" is known", " is unknown"}, *const is_true[] = {" is true", " is false"};
  static const char *const words[] = {"sex", "note", "practice"};
  uint32_t how = any_of(maker, 5);
  if (how == 0) say(maker, "%s", CHANCE_OF(maker->chance, words));
  else if (how == 1) make_number(maker, (int)any_of(maker, N_UNITS), depth);
  else if (how == 2) make_date(maker, depth);
  else make_truth(maker, depth);
  say(maker, "%s", how == 4 ? CHANCE_OF(maker->chance, is_true) : CHANCE_OF(maker->chance, is_known));
}

static void make_junction(struct maker *maker, int depth) {
  const char *word = any_of(maker, 2) ? " and " : " or ";
  for (uint32_t n = 1 + any_of(maker, 3); n; n--) {
    say(maker, any_of(maker, 4) ? "" : "not ");
    make_condition(maker, depth, false);
    say(maker, "%s", word);
  }
  make_condition(maker, depth, false);
}

static void make_how_many(struct maker *maker, int depth) {
  static const char *const words[] = {"at least", "at most", "exactly"};
  uint32_t n = 2 + any_of(maker, 3), word = any_of(maker, 3), least = word == 0;
  say(maker, "%s %u of (", words[word], least + any_of(maker, n + 1 - least));
  make_condition(maker, depth, true);
  for (uint32_t i = 1; i < n; i++) {
    say(maker, ", ");
    make_condition(maker, depth, true);
  }
  say(maker, ")");
}

/* A condition as it stands inside of parentheses. */
static void make_inside(struct maker *maker, int depth, bool junction) {
  uint32_t how = any_of(maker, depth > 0 ? 14 + junction * 2 : 4);
  if (how == 0) make_word_test(maker);
  else if (how < 4) make_phrase_truth(maker, depth - 1);
  else if (how == 4) make_is(maker, depth - 1);
  else if (how == 5) make_how_many(maker, depth - 1);
  else if (how == 6) make_truths(maker, depth - 1);
  else if (how == 7) make_choose(maker, TYPE_TRUTH, 0, depth - 1);
  else if (how == 8) make_else(maker, TYPE_TRUTH, 0, depth - 1);
  else if (how == 9 && make_defined(maker, TYPE_TRUTH, 0)) return;
  else if (how < 11) make_comparison(maker, TYPE_DATE, 0, depth - 1);
  else if (how < 14) make_comparison(maker, TYPE_NUMBER, (int)any_of(maker, N_UNITS), depth - 1);
  else make_junction(maker, depth - 1);
}

void make_truth(struct maker *maker, int depth) {
  say(maker, "(");
  make_inside(maker, depth, true);
  say(maker, ")");
}

void make_condition(struct maker *maker, int depth, bool junction) {
  if (any_of(maker, 3) == 0) make_truth(maker, depth);
  else make_inside(maker, depth, junction);
}
