/* phrases.c: random phrases: measures, cuts, event tests, and what is asked of their rows. */
#include "tests/agreement/maker.h"

static const char *const figures[] = {"latest", "earliest", "highest", "lowest", "mean of", "median of", "sum of"};

/* ── event tests ─────────────────────────────────────────────────────────────────────────────────────────────────── */

struct kind_of_events { const char *name; char set; /* the first letter of code sets that fit; 0: texts, 1: words */ };
static const struct kind_of_events kinds_of_events[] = {{"dx", 'i'}, {"drug", 'a'}, {"late_drug", 'a'}, {"stay", 'i'}, {"recent_stay", 'i'},
                                                        {"tested", 'n'}, {"kind", 0}, {"ward", 0}, {"place", 1}, {"drugs.code", 'a'}, {"notes.kind", 0}};

static void make_code(struct maker *maker, char set) {
  static const char *const texts[] = {"\"a\"", "\"b\"", "\"æ\"", "\"\"", "\"none\""}, *const places[] = {"home", "clinic", "\"home\""};
  if (set == 0) say(maker, "%s", CHANCE_OF(maker->chance, texts));
  else if (set == 1) say(maker, "%s", CHANCE_OF(maker->chance, places));
  else say(maker, "%c%u", set, any_of(maker, N_SETS));
}

bool make_event_test(struct maker *maker) {
  struct kind_of_events kind = CHANCE_OF(maker->chance, kinds_of_events);
  say(maker, "%s", kind.name);
  uint32_t how = any_of(maker, 5);
  if (how == 0) return false;
  if (how < 4) {
    say(maker, " = ");
    make_code(maker, kind.set);
    return true;
  }
  say(maker, " in (");
  for (uint32_t n = any_of(maker, 3); n; n--) {
    make_code(maker, kind.set);
    say(maker, ", ");
  }
  make_code(maker, kind.set);
  say(maker, ")");
  return true;
}

/* ── series ──────────────────────────────────────────────────────────────────────────────────────────────────────── */

int make_measure(struct maker *maker, int unit) {
  int fitting[N_MEASURES], n = 0;
  for (int i = 0; i < N_MEASURES; i++)
    if (unit < 0 || maker->unit_of[i] == unit) fitting[n++] = i;
  if (n == 0 || (unit <= 0 && any_of(maker, 6) == 0)) {
    say(maker, "drugs.days");          /* a plain number that no measure declares */
    return 0;
  }
  int measure = fitting[any_of(maker, (uint32_t)n)];
  say(maker, "m%d", measure);
  return maker->unit_of[measure];
}

int make_series(struct maker *maker, int unit, bool *cut) {
  *cut = any_of(maker, 2) == 0;
  if (*cut) say(maker, "%s %u ", any_of(maker, 2) ? "last" : "first", 1 + any_of(maker, 3));
  return make_measure(maker, unit);
}

void make_after(struct maker *maker, bool cut, int depth) {
  bool apart = cut && any_of(maker, 3), first = any_of(maker, 2) == 0;
  if (!first) make_windows(maker, depth);
  if (apart) {
    say(maker, " at least ");
    make_span(maker);
    say(maker, " apart");
  }
  if (first) make_windows(maker, depth);
}

/* ── what is asked ───────────────────────────────────────────────────────────────────────────────────────────────── */

static void make_count(struct maker *maker, int depth) {
  bool cut;
  say(maker, "(count of ");
  if (any_of(maker, 2)) {
    make_series(maker, -1, &cut);
    make_after(maker, cut, depth);
  } else {
    make_event_test(maker);
    make_windows(maker, depth);
  }
  say(maker, ")");
}

/* Something of rows in this unit; the caller has seen to it that a measure has it, or it is plain. */
void make_phrase_number(struct maker *maker, int unit, int depth) {
  bool cut = false;
  uint32_t how = any_of(maker, 8);
  if (unit == 0 && how < 3) {
    make_count(maker, depth);
  } else if (how == 3) {
    say(maker, "change in ");
    make_series(maker, unit, &cut);
    say(maker, " over ");
    make_span(maker);
    if (any_of(maker, 2)) make_after(maker, cut, depth);
  } else if (how == 4) {
    bool group = any_of(maker, 2);
    say(maker, group ? "(" : "");
    make_measure(maker, unit);
    say(maker, group ? ")" : "");
    make_windows(maker, depth);
  } else {
    say(maker, "%s ", CHANCE_OF(maker->chance, figures));
    make_series(maker, unit, &cut);
    make_after(maker, cut, depth);
  }
}

void make_phrase_date(struct maker *maker, int depth) {
  bool cut;
  say(maker, "(");
  switch (any_of(maker, 3)) {
  case 0:
    say(maker, "%s%s ", any_of(maker, 2) ? "date of " : "", any_of(maker, 2) ? "first" : "last");
    make_event_test(maker);
    make_windows(maker, depth);
    break;
  case 1:
    say(maker, "%s%s ", any_of(maker, 2) ? "date of " : "", any_of(maker, 2) ? "first" : "last");
    make_measure(maker, -1);
    make_windows(maker, depth);
    break;
  default:
    say(maker, "date of %s ", figures[any_of(maker, 4)]);
    make_series(maker, -1, &cut);
    make_after(maker, cut, depth);
    break;
  }
  say(maker, ")");
}

/* ── quantifiers over values ─────────────────────────────────────────────────────────────────────────────────────── */

static void make_quantifier(struct maker *maker) {
  static const char *const words[] = {"all of", "any of", "none of"};
  uint32_t how = any_of(maker, 6);
  if (how < 3) say(maker, "%s ", words[how]);
  else if (how == 3) say(maker, "at least %u of ", 1 + any_of(maker, 3));
  else say(maker, "%s %u of ", how == 4 ? "at most" : "exactly", any_of(maker, 3));
}

static void make_each(struct maker *maker, int depth) {
  static const char *const relations[] = {"<", "<=", ">", ">=", "=", "!=", "≤", "≥", "≠"};
  bool cut;
  make_quantifier(maker);
  int unit = make_series(maker, -1, &cut);
  make_after(maker, cut, depth);
  if (any_of(maker, 5) == 0) {
    say(maker, " between ");
    make_number(maker, unit, depth - 1);
    say(maker, " and ");
  } else {
    say(maker, " %s ", CHANCE_OF(maker->chance, relations));
  }
  make_number(maker, unit, depth - 1);
}

/* `count of m1 = 2` reads as it would be said, though the = could belong to the measure. */
static void make_count_equal(struct maker *maker, int depth) {
  say(maker, "count of ");
  make_measure(maker, -1);
  make_windows(maker, depth);
  if (any_of(maker, 2)) say(maker, " = %u", any_of(maker, 4));
  else say(maker, " in (%u, %u)", any_of(maker, 4), any_of(maker, 4));
}

void make_phrase_truth(struct maker *maker, int depth) {
  bool cut, before;
  switch (any_of(maker, 6)) {
  case 0:
    before = any_of(maker, 2);
    make_series(maker, -1, &cut);
    if (before) say(maker, " measured");
    make_after(maker, cut, depth);
    if (!before) say(maker, " measured");
    break;
  case 1: make_each(maker, depth); break;
  case 2: make_count_equal(maker, depth); break;
  default:
    make_event_test(maker);
    make_windows(maker, depth);
    break;
  }
}
