/* options.c: the words of a call, sorted out by one table. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include "lang/command/command.h"
#include "lang/memory.h"
#include "runtime/csv/csv.h"

struct option {
  const char *name, *argument, *help;
};
static const struct option options[] = {
#define OPTION(id, name, argument, help) {name, argument, help},
#include "options.def"
#undef OPTION
};

/* ── which options a verb has ────────────────────────────────────────────────────────────────────────────────────── */

static bool has_option(const struct verb *verb, int option) {
  if (option == OPTION_help || option == OPTION_language || option == OPTION_quiet) return true;
  return strstr(verb->options, memory_print(" %s ", options[option].name + 2)) != NULL;
}

bool option_is_of(const struct verb *verb, enum option_id option) { return has_option(verb, option); }
const char *option_name(enum option_id option) { return options[option].name; }
bool option_takes_value(enum option_id option) { return *options[option].argument != 0; }

/* The option that a word names, up to its `=`; -1 after a message. */
static int find_option(const struct call *call, const char *word) {
  size_t length = strcspn(word, "=");
  if (strcmp(word, "-o") == 0) word = "--output", length = strlen(word);
  if (strcmp(word, "-h") == 0) word = "--help", length = strlen(word);
  const char *names[N_OPTIONS];
  size_t n = 0;
  for (int i = 0; i < N_OPTIONS; i++) {
    if (!has_option(call->verb, i)) continue;
    if (strlen(options[i].name) == length && strncmp(options[i].name, word, length) == 0) return i;
    names[n++] = options[i].name;
  }
  const char *said = memory_copy(word, length), *near = problem_nearest(said, names, n);
  if (near)
    fail(call, EXIT_USE, "there is no option %s; did you mean %s?", said, near);
  else
    fail(call, EXIT_USE, "there is no option %s; see klynge %s --help", said, call->verb->name);
  return -1;
}

static void add_value(struct call *call, int option, const char *value) {
  call->values[option] = memory_grow(call->values[option], call->n_values[option] + 1, sizeof(const char *));
  call->values[option][call->n_values[option]++] = value;
}

static bool is_rule_file(const char *word) {
  size_t length = strlen(word);
  return length > 4 && strcmp(word + length - 4, ".kly") == 0;
}

/* `--cluster A B C001,C002`: words belong to the option until the next option or rule file. */
static int add_values(struct call *call, int option, int i, int argc, char **argv) {
  for (; i < argc && argv[i][0] != '-' && !is_rule_file(argv[i]); i++)
    for (const char *value = argv[i]; *value;) {
      size_t length = strcspn(value, ",");
      if (length) add_value(call, option, memory_copy(value, length));
      value += length + (value[length] == ',');
    }
  return i;
}

/* Whether a word can be an option's value. Another option is none, but a number below zero is a value, if a wrong one. */
static bool is_value(const char *word) {
  return word[0] && (word[0] != '-' || !word[1] || isdigit((unsigned char)word[1]));
}

/* Reads the option at argv[i]; gives where the next word is, or -1 after a message. */
static int read_option(struct call *call, int i, int argc, char **argv) {
  int option = find_option(call, argv[i]);
  if (option < 0) return -1;
  const char *argument = options[option].argument, *equals = strchr(argv[i], '=');
  bool many = *argument && argument[strlen(argument) - 1] == '+';
  if (!*argument && equals) {
    fail(call, EXIT_USE, "%s takes no value", options[option].name);
    return -1;
  }
  if (!*argument) {
    add_value(call, option, options[option].name);
    return i + 1;
  }
  size_t before = call->n_values[option];
  char *joined = equals ? (char *)equals + 1 : NULL;
  int next = equals ? i + 1 : i + 2;
  if (many && equals)
    add_values(call, option, 0, 1, &joined);
  else if (many)
    next = add_values(call, option, i + 1, argc, argv);
  else if (equals && *joined)
    add_value(call, option, joined);
  else if (!equals && i + 1 < argc && is_value(argv[i + 1]))
    add_value(call, option, argv[i + 1]);
  if (call->n_values[option] > before) return next;
  argument = _(argument);
  fail(call, EXIT_USE, "%s wants a value: %s %.*s", options[option].name, options[option].name,
       (int)strcspn(argument, "+"), argument);
  return -1;
}

static bool settings_are_sound(const struct call *call) {
  for (size_t i = 0; i < call->n_values[OPTION_set]; i++) {
    const char *text = call->values[OPTION_set][i], *equals = strchr(text, '=');
    if (equals && equals > text && equals[1]) continue;
    fail(call, EXIT_USE, "--set wants NAME=VALUE, not `%s`", text);
    return false;
  }
  return true;
}

bool options_read(struct call *call, int argc, char **argv) {
  bool only_words = false;
  call->words = NEW_ARRAY(const char *, argc + 1);
  for (int i = 0; i < argc;) {
    if (!only_words && strcmp(argv[i], "--") == 0) {
      only_words = true;
      i++;
    } else if (!only_words && argv[i][0] == '-' && argv[i][1]) {
      i = read_option(call, i, argc, argv);
      if (i < 0) return false;
    } else {
      call->words[call->n_words++] = argv[i++];
    }
  }
  const char *language = option_value(call, OPTION_language);
  if (language && strcmp(language, "da") != 0 && strcmp(language, "en") != 0) {
    fail(call, EXIT_USE, "--language is da or en, not `%s`", language);
    return false;
  }
  call->quiet = option_value(call, OPTION_quiet) != NULL;
  return settings_are_sound(call);
}

/* ── values ──────────────────────────────────────────────────────────────────────────────────────────────────────── */

const char *option_value(const struct call *call, enum option_id option) {
  size_t n = call->n_values[option];
  return n ? call->values[option][n - 1] : NULL;
}

bool option_number(const struct call *call, enum option_id option, uint64_t least, uint64_t most, uint64_t *number) {
  const char *value = option_value(call, option);
  if (!value) return true;
  char *end;
  unsigned long long n = strtoull(value, &end, 10);
  if (!isdigit((unsigned char)value[0]) || *end || strlen(value) > 18 || n < least || n > most) {
    fail(call, EXIT_USE, "%s is a whole number from %llu to %llu, not `%s`", options[option].name,
         (unsigned long long)least, (unsigned long long)most, value);
    return false;
  }
  *number = n;
  return true;
}

bool option_date(const struct call *call, enum option_id option, int32_t *date) {
  const char *value = option_value(call, option);
  if (!value) return true;
  if (strlen(value) == 10 && value[4] == '-' && csv_date(value, 10, date)) return true;
  fail(call, EXIT_USE, "%s is a date as 2024-06-01, not `%s`", options[option].name, value);
  return false;
}

/* ── help ────────────────────────────────────────────────────────────────────────────────────────────────────────── */

enum { OPTION_WIDTH = 22 };

void options_help(const struct verb *verb, FILE *out) {
  fprintf(out, "klynge %s %s\n\n", verb->name, _(verb->words));
  speak_wrapped(_(verb->summary), 0, out);
  fputc('\n', out);
  for (int i = 0; i < N_OPTIONS; i++) {
    if (!has_option(verb, i)) continue;
    const char *argument = *options[i].argument ? _(options[i].argument) : "";
    int length = (int)strcspn(argument, "+");
    bool many = argument[length] == '+';
    char *left = memory_print("%s%s%.*s%s", options[i].name, length ? " " : "", length, argument, many ? "…" : "");
    int width = speak_columns(left);
    fprintf(out, "  %s%*s  ", left, width < OPTION_WIDTH ? OPTION_WIDTH - width : 0, "");
    speak_wrapped(_(options[i].help), OPTION_WIDTH + 4, out);
  }
  if (!verb->about) return;
  fputc('\n', out);
  speak_wrapped(_(verb->about), 0, out);
}
