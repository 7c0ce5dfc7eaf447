/* main.c: rule text → tokens → tree → checked program → plan → image │ columns → vectors → counts → table. The verbs do
 * it; here the one that was asked for is found. */
#include <errno.h>
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
    {"run", N_("PACK… [--data DIR] [--as-of DATE]"), N_("evaluate packs over a data set and print the cluster tables"),
     " data as-of compare cluster practice all-clusters set vary allow format identified suppress key output lists threads strict ",
     N_("All packs are evaluated in one pass over the data. A folder stands for all rule files below it.\n"
        "Exit codes: 0 fine, 1 the rules have errors, 2 wrong use, 3 the data cannot be read, 4 the system failed."),
     verb_run},
    {"report", N_("RESULT.json|MEETING.kly|PACK… -o FOLDER"), N_("write the documents of a meeting"),
     " data as-of compare cluster practice all-clusters set allow identified suppress key output lists threads strict pptx xlsx html docx template check-template "
     "refresh ",
     N_("Of a result that klynge run --format json has kept, of a meeting that is ordered in a rule file, or of packs: the last "
        "two are evaluated over --data. All documents are written, or those that are named.\n"
        "Exit codes: 0 fine, 1 the rules have errors, 2 wrong use, 3 the data or the result cannot be read, 4 the system failed."),
     verb_report},
    {"check", N_("FILE…"), N_("compile rule files and print errors and warnings; nothing is run"),
     " set allow as-of format ",
     N_("A folder stands for all rule files below it. Exit codes: 0 no error, 1 an error, 2 wrong use."), verb_check},
    {"test", N_("FILE… [--coverage] [--mutate]"),
     N_("run the tests in rule files by the very engine that runs the rules"),
     " allow format coverage mutate complete ",
     N_("A folder stands for all rule files below it. Exit codes: 0 every claim holds, 1 one does not or the rules "
        "have "
        "errors; with --complete also 1 where a condition is not decided both ways or a change goes unnoticed."),
     verb_test},
    {"boundary", N_("FILE INDICATOR"), N_("write tests with patients just inside and outside every limit of a rule"),
     " all ",
     N_("What the tests of the file show already is left out. Each claim is what the rule says today; it counts once "
        "somebody has looked at it and taken its mark away."),
     verb_boundary},
    {"fmt", N_("FILE… [--check] [--stdout]"), N_("rewrite rule files in the one canonical layout"),
     " check stdout language ",
     N_("A folder stands for all rule files below it, - for standard input, which is printed. Comments keep their "
        "place.\n"
        "Exit codes: 0 fine, 1 a file has errors, or with --check is not in its layout."),
     verb_fmt},
    {"new", N_("NAME [--title TITLE]"), N_("make a new pack's folder, ready to edit"), " title ",
     N_("The folder NAME holds a pack of one indicator with its tests, which works as it stands, and a README of five "
        "steps. With --language da they are in Danish. Nothing that is there is written over."),
     verb_new},
    {"explain", N_("FILE [INDICATOR] [--as-of DATE]"), N_("say in plain words what a pack's indicators are"),
     " as-of format set allow ",
     N_("Without an indicator the whole pack; of a library its definitions, measures and code sets. With --as-of each "
        "window is told with its first and last day."),
     verb_explain},
    {"why", N_("FILE INDICATOR --data DIR --patient ID"), N_("tell why one patient counts in an indicator, or does not"),
     " data as-of set patient format threads allow ",
     N_("Each condition is told with its outcome, its value and the rows it was read from, and what alone would change the "
        "outcome. This verb names a patient.\n"
        "Exit codes: 0 fine, 1 the rules have errors, 2 wrong use, 3 the data cannot be read, 4 the system failed."),
     verb_why},
    {"diff", N_("OLD NEW [--data DIR]"), N_("tell what a revision of a pack changes, in the rules and for the patients"),
     " data as-of set format identified key threads strict allow ",
     N_("Without --data only the rules are compared: how they are laid out makes no difference. With it each indicator's "
        "patients are counted in both versions, and the conditions that moved them are named.\n"
        "Exit codes: 0 fine, 1 the rules have errors, 2 wrong use, 3 the data cannot be read, 4 the system failed."),
     verb_diff},
    {"compare", N_("BEFORE AFTER"), N_("tell what has changed from one kept result to another"), " format output ",
     N_("Both are results that were kept with klynge run PACK --format json. What is in both is compared; what is not, and where "
        "the rules differ, is told.\n"
        "Exit codes: 0 fine, 2 wrong use, 3 a result cannot be read, 4 the system failed."),
     verb_compare},
    {"import", N_("[FILE…] --data DIR -o STORE"),
     N_("read data once into a store file, which later runs map into memory"), " data output threads strict ",
     N_("Every code is kept, so that any rules can be run over the store: klynge run PACK --data STORE. Rule files are "
        "only "
        "named where they declare tables, or cut them by columns, that the library gp.kly does not.\n"
        "Exit codes: 0 fine, 1 the rules have errors, 2 wrong use, 3 the data cannot be read, 4 the system failed."),
     verb_import},
    {"synth", N_("--patients N --seed S -o DIR"), N_("write a made-up data set with the shape of a real one"),
     " patients seed practices clusters diabetes last-day years tidy danish output ",
     N_("The same options give the same bytes on every machine. Files that are there are never written over."),
     verb_synth},
    {"dump", N_("STAGE FILE…"), N_("print what a stage of the compiler makes of rule files"), " set ",
     N_("The stages: tokens, tree, types, plan, code."), verb_dump},
};
const size_t n_verbs = sizeof verbs / sizeof *verbs;

static void print_help(FILE *out) {
  fprintf(out, "%s\n\n", _("klynge: rules for clinical quality, run over a cluster's own data"));
  for (size_t i = 0; i < n_verbs; i++) {
    int width = fprintf(out, "  klynge %-8s ", verbs[i].name);
    speak_wrapped(_(verbs[i].summary), width, out);
  }
  fprintf(out, "\n%s\n", _("klynge VERB --help says more of each; `man klynge` all of it."));
}

static bool shows_colour(int fd) {
  const char *no_colour = getenv("NO_COLOR"), *term = getenv("TERM");
  return isatty(fd) && !(no_colour && *no_colour) && term && strcmp(term, "dumb") != 0;
}

/* Messages are in the language that is asked for, even those about a call that is wrong before that word is reached. A
 * verb that names the option itself takes it to be about its files, not about its messages. */
static void choose_language(struct call *call, int argc, char **argv) {
  bool own = false;
  call->danish = words_are_danish();
  for (size_t i = 0; argc > 1 && i < n_verbs; i++)
    own = own || (strcmp(verbs[i].name, argv[1]) == 0 && strstr(verbs[i].options, " language "));
  for (int i = 1; i < argc && !own && strcmp(argv[i], "--") != 0; i++) {
    const char *language = strncmp(argv[i], "--language=", 11) == 0             ? argv[i] + 11
                           : i + 1 < argc && strcmp(argv[i], "--language") == 0 ? argv[i + 1]
                                                                                : "";
    if (strcmp(language, "da") == 0 || strcmp(language, "en") == 0) call->danish = strcmp(language, "da") == 0;
  }
  words_speak(call->danish, texts_folder());
}

static const struct verb *find_verb(const struct call *call, const char *name) {
  const char *names[sizeof verbs / sizeof *verbs];
  for (size_t i = 0; i < n_verbs; i++) {
    if (strcmp(verbs[i].name, name) == 0) return &verbs[i];
    names[i] = verbs[i].name;
  }
  const char *near = problem_nearest(name, names, n_verbs);
  if (near)
    fail(call, EXIT_USE, "there is no verb `%s`; did you mean `%s`?", name, near);
  else
    fail(call, EXIT_USE, "there is no verb `%s`; see klynge --help", name);
  return NULL;
}

/* A result that could not be written whole is no result. Where the verb has told of a failure already, this is that one. */
static int finish(const struct call *call, int code) {
  if (code == EXIT_SYSTEM) return code;
  bool failed = ferror(stdout) != 0;
  errno = 0;
  if (fflush(stdout) == 0 && !failed) return code;
  /* What could not be written is tried again by this, and fails for the same reason. */
  if (errno) return fail(call, EXIT_SYSTEM, "the output cannot be written: %s", strerror(errno));
  return fail(call, EXIT_SYSTEM, "the output cannot be written");
}

int main(int argc, char **argv) {
  struct call call = {0};
  memory_begin();
  memory_start(memory_exhausted);
  /* A file that may not grow is a write that fails, which is told and tidied up after as a full disk is. */
  signal(SIGXFSZ, SIG_IGN);
  setlocale(LC_CTYPE, "");
  choose_language(&call, argc, argv);
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
  if (!strcmp(argv[1], "--complete")) {
    complete((size_t)argc - 2, (const char *const *)argv + 2);
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
