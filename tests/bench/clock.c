/* clock.c: how long a command takes, and how much memory at its peak.
 *
 *   clock FILE COMMAND…
 *
 * Runs the command and writes to FILE: ms, from its start to its end, and peak_kb, the most memory that it had at one time
 * (pages of files that it has mapped are counted as well). Ends as the command ends. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#include "tests/bench/times.h"

static int write_figures(const char *path, double ms) {
  struct rusage usage;
  FILE *file = fopen(path, "w");
  getrusage(RUSAGE_CHILDREN, &usage);
  if (file && fprintf(file, "ms %.3f\npeak_kb %ld\n", ms, usage.ru_maxrss) > 0 && fclose(file) == 0) return 0;
  perror(path);
  return 1;
}

int main(int argc, char **argv) {
  int status;
  if (argc < 3) {
    fputs("use: clock FILE COMMAND…\n", stderr);
    return 2;
  }
  double began = times_now(CLOCK_MONOTONIC);
  pid_t child = fork();
  if (child == 0) {
    execvp(argv[2], argv + 2);
    perror(argv[2]);
    _exit(127);
  }
  if (child < 0 || waitpid(child, &status, 0) < 0) {
    perror("clock");
    return 1;
  }
  if (write_figures(argv[1], times_now(CLOCK_MONOTONIC) - began) != 0) return 1;
  return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}
