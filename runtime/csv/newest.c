/* newest.c: where a data set ends. One mistyped year makes a date that is newer than all others, and an index date taken from
 * it leaves every window empty; so the rows are counted by date, and the few that stand far behind the rest are known. */
#include "runtime/csv/inner.h"
#include "runtime/memory/memory.h"

struct newest *newest_open(void) {
  struct newest *newest = memory_take(1, sizeof *newest);
  for (int i = 0; i < NEWEST_BUCKETS; i++) newest->steps[i].date = INT32_MIN;
  return newest;
}

int32_t newest_of_all(const struct newest *newest) {
  for (int i = NEWEST_BUCKETS; i-- > 0;)
    if (newest->steps[i].rows) return newest->steps[i].date;
  return DATE_UNKNOWN;
}

int32_t newest_usual(const struct newest *newest) {
  uint64_t all = 0, later = 0;
  for (int i = 0; i < NEWEST_BUCKETS; i++) all += newest->steps[i].rows;
  for (int i = NEWEST_BUCKETS; i-- > 0;) {
    later += newest->steps[i].rows;
    if (newest->steps[i].rows && later > all / 1000) return newest->steps[i].date;
  }
  return DATE_UNKNOWN;
}
