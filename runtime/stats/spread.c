/* spread.c: how much of the difference between practices is more than the chance of which patients they happen to have. */
#include "runtime/stats/stats.h"
#include <math.h>
#include <stdbool.h>
#include "runtime/stats/distribution.h"

#define LEAST_GROUPS 3
#define LEVEL        0.05
/* What the typical practice must have: of a share or a rate so many patients × p (1 − p), or events; of a mean so many
 * patients. With fewer, practices whose odds differ by a factor of 1.65 (half a logit), or whose means by a quarter of the
 * standard deviation of their patients, would differ by less than chance does. */
#define ENOUGH_EVENTS 4
#define ENOUGH_VALUES 16

/* What all practices have together, Σ n² for the size of the typical one, and Σ 1 / n for the variance of χ². */
struct whole {
  uint32_t groups;
  double n, yes, squares, inverses;
};

static struct whole add_up(const struct stats_part *parts, uint32_t n) {
  struct whole whole = {0};
  for (uint32_t i = 0; i < n; i++) {
    double size = parts[i].of;
    if (!parts[i].of) continue;
    whole.groups++;
    whole.n += size;
    whole.yes += parts[i].n;
    whole.squares += size * size;
    whole.inverses += 1 / size;
  }
  return whole;
}

/* n − Σ n² / n: by how much Σ n × (figure − all)² grows with the variance between practices. */
static double leverage(const struct whole *whole) { return whole->n - whole->squares / whole->n; }

/* The probability of a χ² like this or larger, if it is chance alone: a gamma variable of the same mean and variance. */
static double chance_of(double chi, double mean, double variance) {
  return variance > 0 ? chance_gamma_above(mean * mean / variance, chi * mean / variance) : 1;
}

/* Most of what is seen is chance as long as that is expected to be half of it. */
static enum stats_spread_class class_of(double seen, double expected, double chance, bool enough) {
  bool most_is_chance = expected >= seen / 2;
  if (chance < LEVEL) return most_is_chance ? SPREAD_SOME : SPREAD_MORE;
  return enough && most_is_chance ? SPREAD_CHANCE : SPREAD_TOO_FEW;
}

/* From χ² = Σ n (figure − all)² / each, `each` the variance of one patient, and what it is by chance: its mean, its variance. */
static struct stats_spread spread_of(const struct whole *whole, double chi, double each, double mean, double variance) {
  double chance = chance_of(chi, mean, variance), typical = leverage(whole) / (whole->groups - 1);
  return (struct stats_spread){
      .class = class_of(chi, mean, chance, typical * each >= ENOUGH_EVENTS),
      .between = fmax(0, (chi - mean) * each / leverage(whole)),
      .each = each,
      .chance = chance,
  };
}

static double chi_square(const struct stats_part *parts, uint32_t n, double all, double each) {
  double chi = 0;
  for (uint32_t i = 0; i < n; i++) {
    double size = parts[i].of, off = parts[i].n - size * all;
    if (parts[i].of) chi += off * off / (size * each);
  }
  return chi;
}

static const struct stats_spread unsaid = {SPREAD_UNSAID, NAN, NAN, NAN};

/* ── shares ──────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* What a margin of the table of practices and yes or no, all `n` patients in so many sums, gives to the variance of χ². */
struct margin {
  double degrees, unevenness;
};
static struct margin margin_of(double n, double sums, double inverses) {
  return (struct margin){(sums - 1) * (n - sums) / (n - 1), (n * inverses - sums * sums) / (n - 2)};
}

/* The mean and the variance that χ² has over all tables with the same sums, exactly. */
static void chance_of_shares(const struct whole *whole, double *mean, double *variance) {
  double n = whole->n, no = n - whole->yes;
  struct margin a = margin_of(n, whole->groups, whole->inverses), b = margin_of(n, 2, 1 / whole->yes + 1 / no);
  *mean = n / (n - 1) * (whole->groups - 1);
  *variance = 2 * n / (n - 3) * (a.degrees - a.unevenness) * (b.degrees - b.unevenness) +
              n * n / (n - 1) * a.unevenness * b.unevenness;
}

struct stats_spread stats_spread_shares(const struct stats_part *parts, uint32_t n) {
  struct whole whole = add_up(parts, n);
  double share = whole.yes / whole.n, each = share * (1 - share), mean, variance;
  if (whole.groups < LEAST_GROUPS || whole.n < 4 || !(each > 0)) return unsaid;
  chance_of_shares(&whole, &mean, &variance);
  return spread_of(&whole, chi_square(parts, n, share, each), each, mean, variance);
}

/* ── rates ───────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* By chance the events fall on practices as a multinomial has it, each practice's part that of its patients. */
struct stats_spread stats_spread_rates(const struct stats_part *parts, uint32_t n) {
  struct whole whole = add_up(parts, n);
  double rate = whole.yes / whole.n, groups = whole.groups, degrees = groups - 1;
  if (whole.groups < LEAST_GROUPS || !(rate > 0)) return unsaid;
  double variance = 2 * degrees + (whole.n * whole.inverses - groups * groups - 2 * degrees) / whole.yes;
  return spread_of(&whole, chi_square(parts, n, rate, rate), rate, degrees, variance);
}

/* ── means ───────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* The analysis of variance: Σ n (mean − all)² between practices, of so many degrees, and Σ (n − 1) variance within them. */
struct stats_spread stats_spread_means(const struct stats_sample *samples, uint32_t n) {
  struct whole whole = {0};
  double sum = 0, between = 0, within = 0;
  for (uint32_t i = 0; i < n; i++) {
    double size = samples[i].n;
    if (samples[i].n < 2) continue;
    whole.groups++;
    whole.n += size;
    whole.squares += size * size;
    sum += size * samples[i].mean;
    within += (size - 1) * samples[i].variance;
  }
  if (whole.groups < LEAST_GROUPS || !(within > 0)) return unsaid;
  for (uint32_t i = 0; i < n; i++)
    if (samples[i].n > 1)
      between += samples[i].n * (samples[i].mean - sum / whole.n) * (samples[i].mean - sum / whole.n);
  double degrees = whole.groups - 1, rest = whole.n - whole.groups, each = within / rest,
         ratio = between / degrees / each;
  double chance = chance_beta_below(rest / (rest + degrees * ratio), rest / 2, degrees / 2);
  bool enough = leverage(&whole) / degrees >= ENOUGH_VALUES;
  return (struct stats_spread){class_of(ratio, 1, chance, enough),
                               fmax(0, (between - degrees * each) / leverage(&whole)), each, chance};
}

/* ── one practice ────────────────────────────────────────────────────────────────────────────────────────────────── */

double stats_reliability(const struct stats_spread *spread, uint32_t n) {
  bool said = spread->class != SPREAD_UNSAID && spread->class != SPREAD_TOO_FEW;
  return said && n > 0 ? spread->between / (spread->between + spread->each / n) : NAN;
}
