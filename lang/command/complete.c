/* complete.c: `klynge --complete WORD…`: what the last word may become, a line each, for the shells' completions. Nothing is
 * said where a file belongs: shells know files better. */
#include <string.h>
#include "lang/command/command.h"
#include "lang/memory.h"

/* The formats of each verb that has some; tests/complete holds them to what the verbs say themselves. */
static const char *const formats[][2] = {{"run", "table csv json measure-report"},{"check", "text json sarif"},
                                         {"test", "text tap junit"},         {"explain", "text html json"},
                                         {"why", "text json"},               {"diff", "text json"},
                                         {"compare", "table csv json"}};

/* ── candidates ──────────────────────────────────────────────────────────────────────────────────────────────────── */

static void offer(const char *candidate, const char *begun) {
  if (strncmp(candidate, begun, strlen(begun)) == 0) puts(candidate);
}

/* Words with blanks around them. */
static void offer_words(const char *words, const char *begun) {
  while (*(words += strspn(words, " "))) {
    size_t length = strcspn(words, " ");
    offer(memory_copy(words, length), begun);
    words += length;
  }
}

static void offer_options(const struct verb *verb, const char *begun) {
  for (int i = 0; i < N_OPTIONS; i++)
    if (option_is_of(verb, (enum option_id)i)) offer(option_name((enum option_id)i), begun);
}

/* ── what a rule file declares ───────────────────────────────────────────────────────────────────────────────────── */

/* The first rule file among the words, checked; NULL where there is none. What is wrong with it is told when it is used. */
static const struct program *program_of(const char *const *words, size_t n) {
  for (size_t i = 0; i < n; i++) {
    size_t length = strlen(words[i]);
    if (length < 5 || strcmp(words[i] + length - 4, ".kly") != 0) continue;
    struct problems *aside = problems_open();
    return rules_check(rules_library(aside), words[i], NULL, 0, aside);
  }
  return NULL;
}

static void offer_indicators(const struct program *program, const char *begun) {
  for (size_t i = 0; program && i < program->n_indicators; i++) offer(program->indicators[i]->name, begun);
}

static void offer_parameters(const struct program *program, const char *begun) {
  for (size_t i = 0; program && i < program->n_parameters; i++)
    offer(memory_print("%s=", program->parameters[i]->name), begun);
}

/* ── the last word ───────────────────────────────────────────────────────────────────────────────────────────────── */

static bool takes_value(const char *word, enum option_id *option) {
  for (int i = 0; i < N_OPTIONS; i++)
    if (strcmp(option_name((enum option_id)i), word) == 0) {
      *option = (enum option_id)i;
      return option_takes_value((enum option_id)i);
    }
  return false;
}

static void offer_values(const struct verb *verb, enum option_id option, const struct program *program, const char *begun) {
  switch (option) {
  case OPTION_format:
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
      if (strcmp(formats[i][0], verb->name) == 0) offer_words(formats[i][1], begun);
    break;
  case OPTION_language: offer_words("da en", begun); break;
  case OPTION_set:
  case OPTION_vary: offer_parameters(program, begun); break;
  default: break;
  }
}

static bool wants_indicator(const struct verb *verb) {
  return strcmp(verb->name, "why") == 0 || strcmp(verb->name, "explain") == 0 || strcmp(verb->name, "boundary") == 0;
}

void complete(size_t n, const char *const *words) {
  const struct verb *verb = NULL;
  const char *begun = n ? words[n - 1] : "";
  enum option_id option;
  if (n < 2) {
    for (size_t i = 0; i < n_verbs; i++) offer(verbs[i].name, begun);
    return;
  }
  for (size_t i = 0; i < n_verbs; i++)
    if (strcmp(verbs[i].name, words[0]) == 0) verb = &verbs[i];
  if (!verb) return;
  if (takes_value(words[n - 2], &option))
    offer_values(verb, option, option == OPTION_set || option == OPTION_vary ? program_of(words, n - 1) : NULL, begun);
  else if (*begun == '-')
    offer_options(verb, begun);
  else if (strcmp(verb->name, "dump") == 0 && n == 2)
    offer_words("tokens tree types plan code", begun);
  else if (wants_indicator(verb))
    offer_indicators(program_of(words + 1, n - 2), begun);
}
