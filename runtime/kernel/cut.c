/* cut.c: a series cut to its last or first values. Each group of the cut stays inside the place its rows had in the
 * scan, so the cut needs no more room than the scan and no group is moved twice. */
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
  return apart <= 0 || earlier <= date_apart(later, unit, apart);
}

/* Keeps rows from the last one back; they are written from the end of the group's place down. */
static struct group cut_last(const struct row *from, struct row *to, struct group group, uint32_t n, enum cut_unit unit,
                             int32_t apart) {
  uint32_t end = group.first + group.n, at = end;
  for (uint32_t i = end; i-- > group.first && end - at < n;)
    if (at == end || are_apart(from[i].date, to[at].date, unit, apart)) to[--at] = from[i];
  return (struct group){.first = at, .n = end - at, .n_all = end - at, .patient = group.patient, .is_short = end - at < n};
}

static struct group cut_first(const struct row *from, struct row *to, struct group group, uint32_t n, enum cut_unit unit,
                              int32_t apart) {
  uint32_t at = group.first;
  for (uint32_t i = group.first; i < group.first + group.n && at - group.first < n; i++)
    if (at == group.first || are_apart(to[at - 1].date, from[i].date, unit, apart)) to[at++] = from[i];
  return (struct group){.first = group.first, .n = at - group.first, .n_all = at - group.first,
                        .patient = group.patient, .is_short = at - group.first < n};
}

void scan_cut(struct scanner *scanner, enum cut_end end, uint32_t n, enum cut_unit unit, int32_t apart) {
  const struct rows *from = &scanner->scan;
  struct rows *to = &scanner->cut;
  rows_make_room(to, from->n_rows);
  to->n_rows = from->n_rows;
  for (uint32_t g = 0; g < from->n_groups; g++)
    to->group[g] = (end == CUT_LAST ? cut_last : cut_first)(from->row, to->row, from->group[g], n, unit, apart);
  to->n_groups = from->n_groups;
  to->ties = from->ties;
  memcpy(to->unknown, from->unknown, sizeof to->unknown);
}
