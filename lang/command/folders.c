/* folders.c: where that is which came with the program: the rules and the texts in Danish. */
#define _XOPEN_SOURCE 700
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "lang/command/command.h"
#include "lang/memory.h"

/* The places where a folder may be, in the order in which they are looked at. */
struct places {
  const char *variable; /* of the environment; what it says is believed */
  const char *installed;
  const char *moved; /* from the program's folder, where all that was installed has been moved together */
  const char *built; /* from the program's folder, where it has been built and not been installed */
  const char *holds; /* what stands in the right folder, and not in others of that name */
};

/* The folder that holds the program; NULL where the system does not tell. */
static const char *program_folder(void) {
  char program[4096];
  ssize_t length = readlink("/proc/self/exe", program, sizeof program);
  while (length > 0 && program[length - 1] != '/') length--;
  return length > 0 ? memory_copy(program, (size_t)length) : NULL;
}

static bool holds(const char *folder, const char *name) {
  return access(memory_print("%s/%s", folder, name), R_OK) == 0;
}

static const char *find(const struct places *places) {
  const char *said = getenv(places->variable), *from = program_folder();
  if (said && *said) return said;
  if (!from || holds(places->installed, places->holds)) return places->installed;
  const char *beside[] = {memory_print("%s%s", from, places->moved), memory_print("%s%s", from, places->built)};
  for (int i = 0; i < 2; i++) {
    if (!holds(beside[i], places->holds)) continue;
    char *real = realpath(beside[i], NULL); /* as people see it in a hint, without the `..` */
    if (!real) return beside[i];
    const char *found = memory_copy(real, strlen(real));
    free(real);
    return found;
  }
  return places->installed;
}

const char *rules_folder(void) {
  return find(&(struct places){"KLYNGE_RULES", KLYNGE_RULES_FOLDER, "../share/klynge/rules", "../rules", "lib"});
}

const char *texts_folder(void) {
  return find(
      &(struct places){"KLYNGE_LOCALE", KLYNGE_LOCALE_FOLDER, "../share/locale", "locale", "da/LC_MESSAGES/klynge.mo"});
}
