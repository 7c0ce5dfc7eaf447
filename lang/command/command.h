/* command.h: what the verbs of the command `klynge` share: their options, and how they speak to people. */
#ifndef KLYNGE_COMMAND_H
#define KLYNGE_COMMAND_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include "lang/check/check.h"
#include "lang/lint/lint.h"
#include "lang/plan/plan.h"
#include "lang/problem/problem.h"
#include "runtime/image/words.h"

enum exit_code { EXIT_FINE, EXIT_RULES, EXIT_USE, EXIT_DATA, EXIT_SYSTEM };

enum option_id {
#define OPTION(id, name, argument, help) OPTION_##id,
#include "options.def"
#undef OPTION
  N_OPTIONS
};

/* A call of the command, its words sorted out. */
struct call {
  const struct verb *verb;
  const char **words;                /* what is no option: packs, files, a stage */
  size_t n_words;
  const char **values[N_OPTIONS];    /* what was said of each option, in order; of one without an argument its name */
  size_t n_values[N_OPTIONS];
  bool danish;                       /* the language of what people read */
  bool quiet;
  struct problems *problems;         /* of rules_plan: what was said of the rules, for what comes later */
  bool colour_out, colour_err;       /* a terminal that shows colours */
};

struct verb {
  const char *name, *words, *summary;
  const char *options;               /* the names of its options, with spaces around each */
  const char *about;                 /* what `--help` says below the options */
  int (*run)(struct call *call);
};
extern const struct verb verbs[];
extern const size_t n_verbs;

/* ── options.c ── */
/* Sorts out the words after the verb. False after a message about a wrong one. */
bool options_read(struct call *call, int argc, char **argv);
/* The last value of an option; NULL where it was not said. */
const char *option_value(const struct call *call, enum option_id option);
/* A whole number from least to most; false after a message. Nothing said leaves *number as it is. */
bool option_number(const struct call *call, enum option_id option, uint64_t least, uint64_t most, uint64_t *number);
/* A date as 2024-03-01, in days since 1970-01-01; false after a message. */
bool option_date(const struct call *call, enum option_id option, int32_t *date);
void options_help(const struct verb *verb, FILE *out);
/* Whether a verb has an option; the option as it is written; whether a value follows it. */
bool option_is_of(const struct verb *verb, enum option_id option);
const char *option_name(enum option_id option);
bool option_takes_value(enum option_id option);

/* ── complete.c ── */
/* Prints what the last of the words after `klynge` may become. */
void complete(size_t n, const char *const *words);

/* ── speak.c ── */
/* "klynge run: message" on standard error; gives the code. The format is translated here; what is put into it is not. */
int fail(const struct call *call, enum exit_code code, const char *format, ...) __attribute__((format(printf, 3, 4)));
/* How many letters a text of UTF-8 has. */
int speak_columns(const char *text);
/* Writes a text and a line end, in lines of at most 100 columns; the first begins at `column`, where the page stands, and so
 * do those after it. Line breaks in the text stay. */
void speak_wrapped(const char *text, int column, FILE *out);
/* Progress of work that takes more than a second, on a terminal. Hand these to a room as its callback and context. */
struct progress { const struct call *call; const char *what; double began; int shown; };
struct progress progress_of(const struct call *call, const char *what);
void progress_show(void *progress, uint64_t done, uint64_t all);
void progress_clear(struct progress *progress);

/* ── folders.c ── */
/* The folder of rules that came with the program: as KLYNGE_RULES says; as it was installed; beside a program that was
 * moved with all it came with, or that has been built in its checkout and not been installed. */
const char *rules_folder(void);
/* The folder of texts in other languages, found in the same way: KLYNGE_LOCALE says where else it is. */
const char *texts_folder(void);

/* ── rules.c ── */
/* The rule files that the words name: a folder stands for all .kly files below it. NULL after a message, about a file that
 * is not there as well. */
const char **rule_files(struct call *call, const char *const *words, size_t n_words, size_t *n);
/* Loads and checks one file; NULL where it cannot be read or parsed. */
struct program *rules_check(struct library *library, const char *path, struct setting *settings, size_t n_settings, struct problems *problems);
struct library *rules_library(struct problems *problems);
/* The packs that the words of the call name: libraries that stand in a folder beside packs are not meant. NULL after a message. */
const char **rule_packs(struct call *call, size_t *n);
/* Where what is wrong with the rules is collected; what --allow names is never told. NULL after a message. */
struct problems *rules_problems(const struct call *call);
/* Prints what is wrong, and has not been printed, on standard error: errors and warnings, with --quiet errors alone. */
void rules_print(const struct call *call, struct problems *problems);
/* `--set` as settings. */
struct setting *rules_settings(const struct call *call, size_t *n);
/* EXIT_RULES where a rule has an error; EXIT_USE where what is wrong was said with --set; else EXIT_FINE. */
enum exit_code rules_code(const struct problems *problems);
/* Loads and checks one file, a pack or a library, under the settings; prints problems; NULL and the code where something is
 * wrong. */
struct program *rules_program(struct call *call, const char *path, enum exit_code *code);
/* Loads and checks packs, each as the settings and an order (or NULL) have it: how many in *n, the file of each in paths, which
 * has room for all. Problems are added. */
const struct program **rules_packs(struct library *library, const char *const *files, size_t n_files,
                                   struct setting *settings, size_t n_settings, struct order *order,
                                   struct problems *problems, const char **paths, size_t *n);
/* Whether no pack is among these twice; false after a message. */
bool rules_packs_differ(const struct call *call, const struct program *const *programs, const char *const *paths, size_t n);
/* As rules_plan, for packs that have been found, with what is set of them, changed as a meeting orders them (or NULL). The
 * problems are the call's. */
struct plan *rules_plan_set(struct call *call, struct library *library, const char *const *files, size_t n_files,
                            struct setting *settings, size_t n_settings, struct order *order, enum exit_code *code);
/* Loads, checks and plans all packs; prints problems, and keeps them in the call; NULL and the code where something is wrong. */
struct plan *rules_plan(struct call *call, const char *const *files, size_t n_files, enum exit_code *code);

/* ── data.c ── */
struct image;
struct store;
struct data_report;
/* The data that --data names (default: this folder): a folder of CSV files, read as the image wants it, or a store file, which
 * `threads` verify. Tells warnings. NULL after a message (EXIT_DATA); the report is always filled and is the caller's. */
struct store *data_open(struct call *call, const struct image *image, uint32_t threads, struct data_report *report);
/* A folder, with every code. */
struct store *data_read_all(struct call *call, const struct image *image, uint32_t threads, struct data_report *report);
/* How many threads --threads asks for, by default as many as there are processors; false after a message. */
bool data_threads(const struct call *call, uint32_t *threads);

/* ── one file per verb ── */
int verb_why(struct call *call);
int verb_diff(struct call *call);
int verb_compare(struct call *call);
int verb_import(struct call *call);
int verb_run(struct call *call);
int verb_report(struct call *call);
int verb_check(struct call *call);
int verb_test(struct call *call);
int verb_boundary(struct call *call);
int verb_fmt(struct call *call);
int verb_explain(struct call *call);
int verb_dump(struct call *call);
int verb_synth(struct call *call);
int verb_new(struct call *call);
#endif
