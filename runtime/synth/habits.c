/* habits.c: see habits.h. The ranges are wide on purpose: a cluster in which all practices are alike teaches nothing. */
#include <stdio.h>
#include "runtime/synth/chance.h"
#include "runtime/synth/habits.h"

static int32_t within(int32_t low, int32_t value, int32_t high) {
  return value < low ? low : value > high ? high : value;
}

struct habits habits_draw(uint64_t seed, uint32_t practice) {
  struct chance chance = chance_open(seed, 1, practice);
  struct habits habits = {.egfr_code = "DNK35302", .review_code = "0120"};
  snprintf(habits.id, sizeof habits.id, "%06u", (900001 + practice) % 1000000);

  /* A practice that follows up closely tends to do so in everything. */
  int32_t close = chance_normal(&chance, 0, 80);
  habits.size = chance_between(&chance, 80, 170);
  habits.diabetes = chance_between(&chance, 850, 1150);
  habits.level = chance_normal(&chance, 0, 32);
  habits.pressure = chance_normal(&chance, 0, 30);
  habits.interval = chance_between(&chance, 100, 190);
  habits.attendance = within(500, chance_normal(&chance, 850 + close, 50), 990);
  habits.review = within(300, chance_normal(&chance, 740 + close, 130), 980);
  habits.urine = within(200, chance_normal(&chance, 720 + close, 150), 980);
  habits.plan = chance_between(&chance, 40, 500);
  habits.enrolment = within(350, chance_normal(&chance, 860 + close, 90), 990);
  habits.treat = within(100, chance_normal(&chance, 380 + close, 110), 900);
  habits.statin = chance_between(&chance, 350, 750);
  habits.ace_arb = chance_between(&chance, 350, 800);
  habits.newer = chance_between(&chance, 200, 750);
  habits.stop = chance_between(&chance, 300, 900);
  habits.per_cent = chance_of(&chance, 250) ? 200 : 10;
  habits.acr_in_mmol = chance_of(&chance, 200);
  if (chance_of(&chance, 400)) habits.egfr_code = "DNK35131";
  if (chance_of(&chance, 300)) habits.review_code = "0121";
  return habits;
}
