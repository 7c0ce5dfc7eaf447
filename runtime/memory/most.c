/* most.c: how much memory there is. A group of processes (a container, a service) may be held to less than the machine has. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include "runtime/memory/memory.h"

enum { PATH = 512 };

/* The number in a file; UINT64_MAX where there is no such file, or no number in it, which then says `max`. */
static uint64_t read_limit(const char *path) {
  uint64_t limit;
  FILE *file = fopen(path, "r");
  if (!file) return UINT64_MAX;
  if (fscanf(file, "%" SCNu64, &limit) != 1) limit = UINT64_MAX;
  fclose(file);
  return limit;
}

static uint64_t lesser(uint64_t a, uint64_t b) { return a < b ? a : b; }

/* A line of /proc/self/cgroup is number:controllers:group. The second version of groups has one line without controllers; of
 * the first, the line of `memory` counts. */
static uint64_t limit_of(char *line) {
  char path[PATH + 64], *controllers = strchr(line, ':'), *group = controllers ? strchr(controllers + 1, ':') : NULL;
  if (!group) return UINT64_MAX;
  *group++ = '\0';
  group[strcspn(group, "\n")] = '\0';
  if (!controllers[1]) snprintf(path, sizeof path, "/sys/fs/cgroup%s/memory.max", group);
  else if (strstr(controllers, "memory")) snprintf(path, sizeof path, "/sys/fs/cgroup/memory%s/memory.limit_in_bytes", group);
  else return UINT64_MAX;
  return read_limit(path);
}

/* Within a container the group may be called as it is outside, and what holds for it stands at the top. */
uint64_t memory_most(void) {
  long pages = sysconf(_SC_PHYS_PAGES), page = sysconf(_SC_PAGESIZE);
  uint64_t most = pages > 0 && page > 0 ? (uint64_t)pages * (uint64_t)page : 0;
  char line[PATH];
  most = lesser(most, read_limit("/sys/fs/cgroup/memory.max"));
  FILE *groups = fopen("/proc/self/cgroup", "r");
  while (groups && fgets(line, sizeof line, groups)) most = lesser(most, limit_of(line));
  if (groups) fclose(groups);
  return most;
}
