/* newest.c: where a data set ends. One mistyped year makes a date that is newer than all others, and an index date taken from
 * it leaves every window empty; so the rows are counted by date, and the few that stand far behind the rest are known. */
#include "runtime/csv/inner.h"

void newest_meet(struct newest *newest, int32_t date) {
  int32_t bucket = (date - NEWEST_FIRST) / NEWEST_DAYS;
  if (bucket < 0) bucket = 0;
  if (bucket >= NEWEST_BUCKETS) bucket = NEWEST_BUCKETS - 1;
  if (newest->rows[bucket]++ == 0 || date > newest->date[bucket]) newest->date[bucket] = date;
}

int32_t newest_of_all(const struct newest *newest) {
  for (int i = NEWEST_BUCKETS; i-- > 0;)
    if (newest->rows[i]) return newest->date[i];
  return DATE_UNKNOWN;
}

int32_t newest_usual(const struct newest *newest) {
  uint64_t all = 0, later = 0;
  for (int i = 0; i < NEWEST_BUCKETS; i++) all += newest->rows[i];
  for (int i = NEWEST_BUCKETS; i-- > 0;) {
    later += newest->rows[i];
    if (newest->rows[i] && later > all / 1000) return newest->date[i];
  }
  return DATE_UNKNOWN;
}
