/* cut.c: a series cut to its last or first values. Each group of the cut stays inside the place its rows had in the
 * scan, so the cut needs no more room than the scan, no group is moved twice, and where rows need not be apart none moves. */
#include "runtime/image/dates.h"
#include "runtime/kernel/scan.h"
#include <string.h>

/* The last date on which a row may stand and still be `apart` from one of `date`; no row is early enough before the
 * first year. */
static int32_t date_apart(int32_t date, enum cut_unit unit, int32_t apart) {
  int32_t limit = unit == CUT_MONTHS ? date_months_back(date, apart) : date_days_back(date, apart);
  return limit == DATE_UNKNOWN ? INT32_MIN : limit;
}

static bool are_apart(int32_t earlier, int32_t later, enum cut_unit unit, int32_t apart) {
  return earlier <= date_apart(later, unit, apart);
}

/* Keeps rows from the last one back; they are written from the end of the group's place down. */
static struct group cut_last(const struct row *from, struct row *to, struct group group, uint32_t n, enum cut_unit unit,
                             int32_t apart) {
  uint32_t end = group.first + group.n, at = end;
  for (uint32_t i = end; i-- > group.first && end - at < n;)
    if (at == end || are_apart(from[i].date, to[at].date, unit, apart)) to[--at] = from[i];
  return (struct group){.first = at, .n = end - at, .patient = group.patient, .is_short = end - at < n};
}

static struct group cut_first(const struct row *from, struct row *to, struct group group, uint32_t n, enum cut_unit unit,
                              int32_t apart) {
  uint32_t at = group.first;
  for (uint32_t i = group.first; i < group.first + group.n && at - group.first < n; i++)
    if (at == group.first || are_apart(to[at - 1].date, from[i].date, unit, apart)) to[at++] = from[i];
  return (struct group){.first = group.first, .n = at - group.first, .patient = group.patient, .is_short = at - group.first < n};
}

/* Where rows need not be apart, those kept stand side by side: the group becomes smaller and no row moves. */
static struct group cut_side(struct group group, enum cut_end end, uint32_t n) {
  uint32_t kept = group.n < n ? group.n : n, first = group.first + (end == CUT_LAST ? group.n - kept : 0);
  return (struct group){.first = first, .n = kept, .patient = group.patient, .is_short = kept < n};
}

static void cut_groups(struct scanner *scanner, enum cut_end end, uint32_t n, enum cut_unit unit, int32_t apart) {
  struct rows *from = &scanner->scan, *to = &scanner->cut;
  rows_group(from);
  if (apart > 0) rows_make_room(to, from->n_rows);
  else to->row = from->row;
  memset(scanner->flags, 0, sizeof scanner->flags);
  for (uint32_t g = 0; g < from->n_groups; g++) {
    if (apart <= 0) to->group[g] = cut_side(from->group[g], end, n);
    else to->group[g] = (end == CUT_LAST ? cut_last : cut_first)(from->row, to->own, from->group[g], n, unit, apart);
    scanner->flags[to->group[g].patient] = !to->group[g].is_short;
  }
  to->recent = NULL;
  to->n_groups = from->n_groups;
  scanner->window.select->flags(scanner->flags, MASK_WORDS, to->known);
}

/* Of lanes the first n levels: they stay where they are. */
static void cut_levels(struct scanner *scanner, uint32_t n) {
  struct rows *to = &scanner->cut;
  to->recent = &scanner->recent;
  to->last = n;
  to->is_grouped = false;
  if (n <= scanner->recent.depth) scanner->window.select->known(scanner->recent.date + (n - 1) * LANES, MASK_WORDS, to->known);
  else memset(to->known, 0, sizeof to->known);
}

void scan_cut(struct scanner *scanner, enum cut_end end, uint32_t n, enum cut_unit unit, int32_t apart) {
  const struct rows *from = &scanner->scan;
  struct rows *to = &scanner->cut;
  if (from->recent && end == CUT_LAST && apart <= 0 && n > 0) cut_levels(scanner, n);
  else cut_groups(scanner, end, n, unit, apart);
  to->ties = from->ties;
  to->has_signs = from->has_signs;
  scanner->has_extreme[0] = scanner->has_extreme[1] = false;
  memcpy(to->seen, from->seen, sizeof to->seen);
  memcpy(to->unknown, from->unknown, sizeof to->unknown);
}
