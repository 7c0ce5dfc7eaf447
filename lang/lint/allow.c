/* allow.c: `# allow: ID because …` on a line of its own before what it is about, or at the end of a line. */
#include <string.h>
#include "lang/lint/inner.h"

struct reading {
  const struct lint *lint;
  const struct rule_file *file;
  const struct node *declaration; /* the first that may begin at or after the place that is looked at */
};

/* ── what it is about ────────────────────────────────────────────────────────────────────────────────────────────── */

/* The whole declaration, if one begins on the line; else the line. Comments are read from the top of the file down, and so
 * are its declarations. */
static struct place widened(struct reading *reading, struct place line) {
  while (reading->declaration && reading->declaration->at.from < line.from)
    reading->declaration = reading->declaration->next;
  const struct node *node = reading->declaration;
  if (!node || node->at.from >= line.to) return line;
  struct place last = source_line(reading->file->source, node->at.to);
  return (struct place){line.from, last.to > line.to ? last.to : line.to};
}

/* ── what it says ────────────────────────────────────────────────────────────────────────────────────────────────── */

static void allow_one(struct reading *reading, struct place at, struct place about) {
  struct problems *problems = reading->lint->problems;
  const struct source *source = reading->file->source;
  const char *name = memory_copy(source->text + at.from, at.to - at.from);
  enum problem_id id;
  if (!problem_find(name, &id)) {
    const char *near = problem_nearest_silent(name);
    problem_add(problems, PROBLEM_unknown_allow, source, at,
                near ? memory_print(_("did you mean `%s`?"), near)
                     : "write the word that stands in [ ] after the warning",
                "there is no warning called `%s`", name);
    if (near) problem_mend(problems, near);
  } else if (problem_severity(id) == SEVERITY_ERROR) {
    problem_add(problems, PROBLEM_unknown_allow, source, at, "mend what it tells of",
                "`%s` is an error, and errors cannot be allowed", name);
  } else {
    problem_allow(problems, id, source, at, about);
  }
}

static bool begins_reason(const char *text) {
  return strncmp(text, "because", strlen("because")) == 0 || strncmp(text, "fordi", strlen("fordi")) == 0;
}

/* Ids with commas between them, from `i` to the end of the comment. */
static void read_ids(struct reading *reading, size_t i, const struct source_comment *comment) {
  static const char *const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_";
  const struct source *source = reading->file->source;
  struct place about = widened(reading, comment->about);
  for (;;) {
    while (i < comment->at.to && strchr(" \t,", source->text[i])) i++;
    size_t from = i;
    while (i < comment->at.to && strchr(letters, source->text[i])) i++;
    if (i == from) break;
    allow_one(reading, (struct place){from, i}, about);
    while (i < comment->at.to && strchr(" \t\r", source->text[i])) i++;
    if (i < comment->at.to && source->text[i] == ',') continue;
    break;
  }
  struct place rest = {i, comment->at.to};
  if (i < comment->at.to && !begins_reason(source->text + i))
    lint_warn(reading->lint, PROBLEM_unknown_allow, source, rest,
              "write `because` before the reason, and a comma between two warnings: # allow: unused, shadow because …",
              "what is allowed is not clear from here on");
}

static void read_file(const struct lint *lint, const struct rule_file *file) {
  static const char *const words[] = {"allow:", "tillad:"};
  const struct source *source = file->source;
  struct reading reading = {lint, file, tree_find(file->tree, NODE_declarations)->first};
  if (!strstr(source->text, words[0]) && !strstr(source->text, words[1])) return; /* most files: nothing to read */
  size_t n;
  const struct source_comment *comments = source_comments(source, &n);
  for (size_t i = 0; i < n; i++) {
    size_t from = comment_begins(source, &comments[i], words, 2);
    if (from) read_ids(&reading, from, &comments[i]);
  }
}

void lint_allows(const struct lint *lint) {
  for (size_t i = 0; i < lint->n_files; i++) {
    if (lint->files[i]->linted || !lint->files[i]->tree) continue;
    lint->files[i]->linted = true;
    read_file(lint, lint->files[i]);
  }
}
