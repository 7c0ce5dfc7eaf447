/* main.c: rule text → tokens → tree → checked program → plan → image │ columns → vectors → counts → table. The verbs do
 * it; here the one that was asked for is found. */
#include <locale.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <sodium.h>
#include "config.h"
#include "lang/command/command.h"
#include "lang/memory.h"
#include "runtime/memory/memory.h"

const struct verb verbs[] = {
    {"run", "PACK… [--data DIR] [--as-of DATE]", "evaluate packs over a data set and print the cluster tables",
     " data as-of cluster practice set format identified key output threads strict ",
     "All packs are evaluated in one pass over the data. A folder stands for all rule files below it.\n"
     "Exit codes: 0 fine, 1 the rules have errors, 2 wrong use, 3 the data cannot be read, 4 the system failed.",
     verb_run},
    {"check", "FILE…", "compile rule files and print errors and warnings; nothing is run", " set ", NULL, verb_check},
    {"test", "FILE…", "run the tests in rule files by the very engine that runs the rules", " format ",
     "A folder stands for all rule files below it. Exit codes: 0 every claim holds, 1 one does not or the rules have "
     "errors.",
     verb_test},
    {"fmt", "FILE… [--check] [--stdout]", "rewrite rule files in the one canonical layout", " check stdout language ",
     "A folder stands for all rule files below it, - for standard input, which is printed. Comments keep their place.\n"
     "Exit codes: 0 fine, 1 a file has errors, or with --check is not in its layout.",
     verb_fmt},
    {"dump", "STAGE FILE…", "print what a stage of the compiler makes of rule files", " set ",
     "The stages: tokens, tree, types, plan, code.", verb_dump},
    {"synth", "--patients N --seed S -o DIR", "write a made-up data set with the shape of a real one",
     " patients seed practices clusters diabetes last-day years tidy danish output ",
     "The same options give the same bytes on every machine. Files that are there are never written over.", verb_synth},
};
const size_t n_verbs = sizeof verbs / sizeof *verbs;

static void print_help(FILE *out) {
  fputs("klynge: rules for clinical quality, run over a cluster's own data\n\n", out);
  for (size_t i = 0; i < n_verbs; i++) fprintf(out, "  klynge %-6s %s\n", verbs[i].name, verbs[i].summary);
  fputs("\nklynge VERB --help says more of each; `man klynge` all of it.\n", out);
}

static bool locale_is_danish(void) {
  static const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
  for (int i = 0; i < 3; i++) {
    const char *value = getenv(names[i]);
    if (value && *value) return strncmp(value, "da", 2) == 0;
  }
  return false;
}

static bool shows_colour(int fd) {
  const char *no_colour = getenv("NO_COLOR"), *term = getenv("TERM");
  return isatty(fd) && !(no_colour && *no_colour) && term && strcmp(term, "dumb") != 0;
}

static const struct verb *find_verb(const struct call *call, const char *name) {
  const char *names[sizeof verbs / sizeof *verbs];
  for (size_t i = 0; i < n_verbs; i++) {
    if (strcmp(verbs[i].name, name) == 0) return &verbs[i];
    names[i] = verbs[i].name;
  }
  const char *near = problem_nearest(name, names, n_verbs);
  fail(call, EXIT_USE, SAY(call, "there is no verb `%s`%s", "der er intet `%s`%s"), name,
       near ? memory_print(SAY(call, "; did you mean `%s`?", "; mente du `%s`?"), near)
            : SAY(call, "; see klynge --help", "; se klynge --help"));
  return NULL;
}

/* A result that could not be written whole is no result. Where the verb has told of a failure already, this is that one. */
static int finish(const struct call *call, int code) {
  if (code == EXIT_SYSTEM) return code;
  bool failed = ferror(stdout) != 0;
  if (fflush(stdout) != 0 || failed)
    return fail(call, EXIT_SYSTEM, SAY(call, "the output cannot be written", "uddata kan ikke skrives"));
  return code;
}

int main(int argc, char **argv) {
  struct call call = {0};
  memory_start(memory_exhausted);
  /* A file that may not grow is a write that fails, which is told and tidied up after as a full disk is. */
  signal(SIGXFSZ, SIG_IGN);
  setlocale(LC_CTYPE, "");
  setlocale(LC_MESSAGES, "");
  call.danish = locale_is_danish();
  call.colour_out = shows_colour(STDOUT_FILENO);
  call.colour_err = shows_colour(STDERR_FILENO);
  if (sodium_init() < 0) return fail(&call, EXIT_SYSTEM, "libsodium cannot start");
  if (argc < 2) {
    print_help(stderr);
    return EXIT_USE;
  }
  if (!strcmp(argv[1], "--help") || !strcmp(argv[1], "-h") || !strcmp(argv[1], "help")) {
    print_help(stdout);
    return finish(&call, EXIT_FINE);
  }
  if (!strcmp(argv[1], "--version")) {
    printf("klynge %s\n", PACKAGE_VERSION);
    return finish(&call, EXIT_FINE);
  }
  call.verb = find_verb(&call, argv[1]);
  if (!call.verb || !options_read(&call, argc - 2, argv + 2)) return EXIT_USE;
  if (option_value(&call, OPTION_help)) {
    options_help(call.verb, stdout);
    return finish(&call, EXIT_FINE);
  }
  return finish(&call, call.verb->run(&call));
}
