/* rules.c: a random rule file: fixed tables, random code sets, measures, parameters, definitions and indicators. */
#include <stdarg.h>
#include <stdlib.h>
#include "lang/memory.h"
#include "tests/agreement/maker.h"

const char *const unit_names[N_UNITS] = {"", " mg/g", " mmHg", " %", " g/L"};

void say(struct maker *maker, const char *format, ...) {
  va_list list;
  va_start(list, format);
  vfprintf(maker->out, format, list);
  va_end(list);
}

/* ── the world ───────────────────────────────────────────────────────────────────────────────────────────────────── */

/* Days around those that 16 bits count from 1970 or from 1900, and two that are too far from each other for them. */
static int32_t far_day(struct chance *chance) {
  static const struct day days[] = {{1603, 2, 28}, {1899, 12, 31}, {1969, 12, 31}, {1970, 1, 1},
                                    {2079, 6, 6},  {2079, 6, 7},   {2149, 6, 7},   {2423, 2, 28}};
  return date_of_day(CHANCE_OF(chance, days));
}

/* Two index dates, some days at the edges of the windows that hang on them, and some so many months from each other. */
struct world world_of_chance(struct chance *chance, struct edge edge) {
  static const struct day days[] = {{2024, 8, 31}, {2024, 2, 29}, {2024, 3, 1},  {2023, 2, 28}, {2023, 3, 1},
                                    {2024, 12, 31}, {2024, 3, 31}, {2025, 1, 1}, {2024, 5, 30}, {2025, 2, 28}};
  static const int months[] = {0, 0, 1, 3, 6, 12, 18, 24, 120};
  struct world world = {.n_dates = 0, .edge = edge};
  for (int i = 0; i < 2; i++) world.index[i] = edge.far_dates ? far_day(chance) : date_of_day(CHANCE_OF(chance, days));
  world.dates[world.n_dates++] = date_of_day((struct day){2020, 2, 29});
  uint32_t n = 4 + chance_below(chance, MOST_DATES - 4);
  while (world.n_dates < n) {
    int32_t from = chance_one_in(chance, 3) ? world.dates[chance_below(chance, world.n_dates)] : world.index[chance_below(chance, 2)];
    if (edge.far_dates && chance_one_in(chance, 3)) from = far_day(chance);
    int32_t date = date_before(from, (struct duration){CHANCE_OF(chance, months), DURATION_MONTHS});
    world.dates[world.n_dates++] = date - 1 + (int32_t)chance_below(chance, 3);
  }
  return world;
}

/* ── data ────────────────────────────────────────────────────────────────────────────────────────────────────────── */

static const char tables[] =
    "table patients (practice text, birth date, sex (female, male), from date, to date, weight number, note text, seen date)\n"
    "table diagnoses (date date, code code icpc)\n"
    "table labs (date date, code code npu, value number, unit unit)\n"
    "table trials (unit unit, value number, code code npu, date date)\n"
    "table drugs (date date, code code atc, days number)\n"
    "table notes (date date, kind text, place (home, clinic))\n"
    "table stays (from date, to date, code code icpc, ward text)\n"
    "unit mg/g also \"10^-3\"\nunit mmHg also \"mm Hg\"\nunit % also pct\n"
    "events dx = diagnoses.code\nevents tested = labs.code\nevents kind = notes.kind within lookback\nevents place = notes.place\n"
    "events stay = stays.code\nevents ward = stays.ward ever\n";

static const char *const icpc[] = {"T90", "T89", "K74..K76", "K7*", "T*", "K77", "T9"};
static const char *const atc[] = {"A10BA02", "A10BD02..A10BD03", "A10B*", "C10AA*", "C10*", "A10", "C10AA01..C10AA05"};
static const char *const npu[] = {"NPU1", "NPU2..NPU3", "NPU1*", "NPU10..NPU20", "NPU*", "NPU20", "NPU3"};

static const char *code_of(struct maker *maker, char system) {
  return system == 'i' ? CHANCE_OF(maker->chance, icpc) : system == 'a' ? CHANCE_OF(maker->chance, atc) : CHANCE_OF(maker->chance, npu);
}

/* Codes of one system. What is taken out never covers the whole: a prefix stands first where there is an `except`. */
static void make_codes(struct maker *maker, char system) {
  static const char *const wide[] = {"K7*", "C10*", "NPU1*"}, *const narrow[] = {"K75", "C10AA05", "NPU10"};
  int which = system == 'i' ? 0 : system == 'a' ? 1 : 2;
  bool except = any_of(maker, 3) == 0;
  if (except) say(maker, " %s", wide[which]);
  for (uint32_t n = except ? any_of(maker, 3) : 1 + any_of(maker, 3); n; n--) say(maker, " %s", code_of(maker, system));
  if (except) say(maker, " except %s", narrow[which]);
}

/* Sets i0 … (icpc), a0 … (atc) and n0 … (npu); later ones may hold earlier ones, or codes of another system;
 * some hold no code yet. */
static void make_sets(struct maker *maker) {
  static const char systems[] = "ian", *const names[] = {"icpc", "atc", "npu"};
  for (int s = 0; s < 3; s++)
    for (uint32_t i = 0; i < N_SETS; i++) {
      if (s < 2 && any_of(maker, 8) == 0) {
        say(maker, "codes %c%u = none yet\n", systems[s], i);
        continue;
      }
      say(maker, "codes %c%u = %s", systems[s], i, names[s]);
      make_codes(maker, systems[s]);
      if (i && any_of(maker, 3) == 0) say(maker, ", %c%u", systems[s], any_of(maker, i));
      if (i && any_of(maker, 3) == 0) say(maker, ", %s%s except %c%u", names[s], s == 0 ? " T* K*" : s == 1 ? " A* C*" : " NPU*", systems[s], any_of(maker, i));
      if (s == 0 && any_of(maker, 4) == 0) say(maker, ", atc A10*");
      say(maker, "\n");
    }
}

static void make_from(struct maker *maker, int unit) {
  static const char *const formulas[] = {"value * 10", "(value - 2) * 10.5", "-value + 100", "value / 2 + 1", "10 / value", "value"};
  bool set = any_of(maker, 3) == 0, other = any_of(maker, 3) == 0;
  int data_unit = other ? 1 + (int)any_of(maker, N_UNITS - 1) : unit;
  say(maker, "  from %s", any_of(maker, 3) ? "labs" : "trials");
  if (set) say(maker, " n%u", any_of(maker, N_SETS));
  else make_codes(maker, 'n');
  if (other) say(maker, " in%s", unit_names[data_unit]);
  if (other || any_of(maker, 3) == 0) say(maker, " as %s", CHANCE_OF(maker->chance, formulas));
  say(maker, "\n");
}

static void make_measures(struct maker *maker) {
  static const char *const ties[] = {"highest", "lowest", "mean"};
  for (int i = 0; i < N_MEASURES; i++) {
    int unit = maker->unit_of[i] = (int)any_of(maker, N_UNITS);
    say(maker, "measure m%d%s%s\n", i, unit ? " in" : "", unit_names[unit]);
    for (uint32_t n = 1 + any_of(maker, 3); n; n--) make_from(maker, unit);
    if (any_of(maker, 2)) say(maker, "  plausible %u to %u%s\n", any_of(maker, 4), 58 + any_of(maker, 2) * 42, unit_names[unit]);
    if (any_of(maker, 2)) say(maker, "  ties %s\n", CHANCE_OF(maker->chance, ties));
    if (any_of(maker, 2)) {
      say(maker, " ");
      make_window(maker, 0, true);
      say(maker, "\n");
    }
  }
}

/* ── rules ───────────────────────────────────────────────────────────────────────────────────────────────────────── */

static void make_parameters(struct maker *maker) {
  for (int unit = 0; unit < N_UNITS; unit++) {
    say(maker, "parameter limit%d = %s", unit, any_of(maker, 8) ? "" : "-");
    make_literal_number(maker, 0);
    say(maker, "%s\n", unit_names[unit]);
  }
  say(maker, "parameter start = ");
  make_literal_date(maker);
  say(maker, "\nparameter lookback = %u months\nparameter gap = %u days\nparameter word = \"a\"\n", any_of(maker, 25), any_of(maker, 100));
}

static void make_events_with_windows(struct maker *maker) {
  say(maker, "events drug = drugs.code");
  make_window(maker, 0, true);
  say(maker, "\nevents late_drug = drugs.code%s\n", any_of(maker, 2) ? " after first dx = i0" : " since patients.from before seen");
  say(maker, "events recent_stay = stays.code");
  make_window(maker, 0, true);
  say(maker, "\n");
}

static void make_definitions(struct maker *maker) {
  int n = any_of(maker, 50) ? 8 : MOST_DEFINITIONS;
  for (int i = 0; i < n; i++) {
    struct made made = {(enum type_kind[]){TYPE_TRUTH, TYPE_NUMBER, TYPE_DATE}[any_of(maker, 3)], (int)any_of(maker, N_UNITS)};
    say(maker, "define d%d = ", i);
    if (made.kind == TYPE_TRUTH) make_condition(maker, 2, true);
    else if (made.kind == TYPE_DATE) make_date(maker, 2);
    else make_number(maker, made.unit, 2);
    say(maker, "\n");
    maker->made[maker->n_made++] = made;
  }
}

/* Bands g0, g1, … of a number in any unit, their limits rising. */
static void make_bands(struct maker *maker) {
  static const char *const limits[] = {"0", "1", "2.5", "3", "5", "7.4", "30", "58", "90", "365"};
  enum { N_LIMITS = sizeof limits / sizeof *limits };
  for (int i = 0; i < N_BANDS; i++) {
    int unit = (int)any_of(maker, N_UNITS);
    say(maker, "bands g%d = ", i);
    make_number(maker, unit, 2);
    say(maker, " by");
    uint32_t at = any_of(maker, N_LIMITS / 2), n = 1 + any_of(maker, 4);
    for (uint32_t k = 0; k < n && at < N_LIMITS; k++, at += 1 + any_of(maker, 3))
      say(maker, "%s %s%s", k ? "," : "", limits[at], any_of(maker, 4) == 0 ? unit_names[unit] : "");
    say(maker, "\n");
  }
}

/* One to three different strata. */
static void make_strata(struct maker *maker) {
  uint32_t n = 1 + any_of(maker, 3), first = any_of(maker, N_BANDS + 1);
  for (uint32_t i = 0; i < n; i++) {
    uint32_t stratum = (first + i) % (N_BANDS + 1);
    say(maker, i ? ", " : " ");
    if (stratum == N_BANDS) say(maker, "sex");
    else say(maker, "g%u", stratum);
  }
}

static void make_where(struct maker *maker) {
  say(maker, "where ");
  make_condition(maker, 4, true);
}

static void make_of(struct maker *maker) {
  if (any_of(maker, 3)) return;
  say(maker, "of ");
  make_condition(maker, 2, true);
  say(maker, " ");
}

/* A mean, a median or quartiles; of these a mean can be adjusted. */
static bool make_level(struct maker *maker) {
  static const char *const kinds[] = {"mean of", "mean of", "median of", "quartiles of"};
  uint32_t kind = any_of(maker, 4);
  say(maker, "%s ", kinds[kind]);
  make_number(maker, (int)any_of(maker, N_UNITS), 3);
  say(maker, " ");
  make_of(maker);
  return kind < 2;
}

static void make_rate(struct maker *maker) {
  say(maker, "rate of ");
  if (any_of(maker, 4)) make_event_test(maker);
  else {
    make_measure(maker, -1);
    say(maker, " measured");
  }
  make_windows(maker, 3);
  say(maker, " per %u patients ", any_of(maker, 2) ? 1000 : 1);
}

static void make_indicators(struct maker *maker) {
  uint32_t n = 1 + any_of(maker, 6);
  for (uint32_t i = 0; i < n; i++) {
    uint32_t how = any_of(maker, 8);
    bool can_adjust = how != 7; /* a count cannot */
    say(maker, "indicator r%u ", i);
    if (how < 3) {
      say(maker, "share ");
      make_of(maker);
      make_where(maker);
    } else if (how < 5)
      can_adjust = make_level(maker);
    else if (how < 7)
      make_rate(maker);
    else {
      say(maker, "count ");
      make_where(maker);
    }
    say(maker, any_of(maker, 2) ? " better lower" : "");
    if (any_of(maker, 3) == 0) {
      say(maker, " by");
      make_strata(maker);
    }
    if (can_adjust && any_of(maker, 4) == 0) {
      say(maker, " adjust by");
      make_strata(maker);
    }
    say(maker, "\n");
  }
}

const char *rules_of_chance(struct chance *chance, const struct world *world, const char *name) {
  char *text;
  size_t length;
  struct maker maker = {.out = open_memstream(&text, &length), .chance = chance, .world = world};
  if (!maker.out) return NULL;
  say(&maker, "%s", tables);
  make_sets(&maker);
  make_parameters(&maker);
  make_events_with_windows(&maker);
  make_measures(&maker);
  make_definitions(&maker);
  make_bands(&maker);
  say(&maker, "pack %s population birth is known", name);
  if (any_of(&maker, 2)) {
    say(&maker, " and ");
    make_condition(&maker, 2, false);
  }
  say(&maker, "\n");
  make_indicators(&maker);
  fclose(maker.out);
  const char *copy = memory_copy(text, length);
  free(text);
  return copy;
}
