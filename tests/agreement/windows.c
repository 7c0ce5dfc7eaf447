/* windows.c: random windows, and the few lengths of time and dates they are made of. */
#include "tests/agreement/maker.h"

/* Shortest first. Lengths that are not of one base are told apart by the shortest and longest months there are. */
static const char *const spans[] = {"0 days", "1 day", "2 weeks", "30 days", "1 month", "31 days", "60 days", "3 months", "26 weeks",
                                    "6 months", "365 days", "12 months", "1 year", "18 months", "2 years", "24 months", "10 years"};
enum { N_SPANS = sizeof spans / sizeof *spans };

void make_span(struct maker *maker) {
  static const char *const names[] = {"lookback", "gap"};
  say(maker, "%s", any_of(maker, 6) == 0 ? CHANCE_OF(maker->chance, names) : CHANCE_OF(maker->chance, spans));
}

void make_literal_date(struct maker *maker) { say(maker, "%s", date_text(maker->world->dates[any_of(maker, maker->world->n_dates)])); }

static void make_between(struct maker *maker) {
  static const char *const units[] = {"days", "weeks", "months", "years"};
  uint32_t near = any_of(maker, N_SPANS), far = near + any_of(maker, N_SPANS - near);
  if (any_of(maker, 3)) {
    say(maker, " between %s and %s ago", spans[near], spans[far]);
    return;
  }
  near = any_of(maker, 13);
  say(maker, " between %u and %u %s ago", near, near + any_of(maker, 13), CHANCE_OF(maker->chance, units));
}

/* What a window hangs on: a day of the calendar, or one of the patient's own. */
static void make_border(struct maker *maker, int depth, bool simple) {
  uint32_t kind = any_of(maker, simple || depth <= 0 ? 4 : 9);
  if (kind == 0) {
    say(maker, "index");
  } else if (kind == 1) {
    say(maker, "(index %c ", any_of(maker, 3) ? '-' : '+');
    make_span(maker);
    say(maker, ")");
  } else if (kind < 4) {
    make_literal_date(maker);
  } else if (kind == 4) {
    say(maker, "patients.from");
  } else if (kind == 5) {
    say(maker, "%s dx = i%u", any_of(maker, 2) ? "first" : "last", any_of(maker, N_SETS));
  } else {
    say(maker, "(");
    make_date(maker, depth - 1);
    say(maker, ")");
  }
}

void make_window(struct maker *maker, int depth, bool simple) {
  static const char *const words[] = {"since", "before", "after"};
  switch (any_of(maker, 6)) {
  case 0:
  case 1:
    say(maker, " within ");
    make_span(maker);
    break;
  case 2: make_between(maker); break;
  case 3:
  case 4:
    say(maker, " %s ", CHANCE_OF(maker->chance, words));
    make_border(maker, depth, simple);
    break;
  default: say(maker, " ever"); break;
  }
}

void make_windows(struct maker *maker, int depth) {
  uint32_t n = any_of(maker, 8);
  for (uint32_t i = 0; i < (n < 3 ? 0 : n < 7 ? 1u : 2u); i++) make_window(maker, depth, false);
}
