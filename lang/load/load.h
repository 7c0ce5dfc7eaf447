/* load.h: from the name of a rule file to the trees of all that it uses. A file is read and parsed once per call of the
 * command, however many packs use it. */
#ifndef KLYNGE_LOAD_H
#define KLYNGE_LOAD_H
#include <stdbool.h>
#include <stddef.h>
#include "lang/parse/parse.h"
#include "lang/problem/problem.h"
#include "lang/source/source.h"
#include "lang/tree/tree.h"

/* A rule file, parsed. */
struct rule_file {
  const struct source *source;
  const struct node *tree;          /* NULL where nothing could be read */
  enum language language;
  unsigned char hash[16];           /* of its contents */
  const char *real_path;            /* to know a file again that is reached in two ways */
  struct rule_file **uses;          /* in the order of the `use` clauses */
  size_t n_uses;
  enum { FILE_UNTOUCHED, FILE_BUSY, FILE_DONE } state;
  bool reached;                     /* for load_closure alone */
  bool linted;                      /* for lang/lint alone: its comments have been read */
  struct library *library;
};

/* All files read so far. */
struct library;
/* `rules_folder` is where `use` looks when the file is not beside the one that uses it; may be NULL. */
struct library *library_open(const char *rules_folder, struct problems *problems);

/* Reads and parses a file and all it uses; problems are added for what cannot be read, for circles and for packs that
 * are used. NULL only where the file itself cannot be read. */
struct rule_file *library_load(struct library *library, const char *path);

/* The file and all it uses, each once: a file stands after those it uses. */
struct rule_file **load_closure(struct rule_file *file, size_t *n);

/* All rule files (.kly) below a folder, in the order of their names; NULL with *n 0 where there are none. */
const char **load_files_below(const char *folder, size_t *n);
/* The same of those that stand in the folder itself. */
const char **load_files_in(const char *folder, size_t *n);
bool load_is_folder(const char *path);

/* The library that came with the program, as `use` names it ("lib/diabetes.kly"), in which a name is declared; NULL where
 * none does, or where the file uses it already. For hints: reads files. */
const char *load_declares(const struct rule_file *file, const char *name);

/* A hash over the contents of these files, as 32 hex digits. */
const char *load_hash(struct rule_file *const *files, size_t n);
#endif
