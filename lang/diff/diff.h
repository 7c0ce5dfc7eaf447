/* diff.h: two versions of a rule file → what they declare differently, in the author's words, and which indicators each
 * difference reaches. Declarations are compared as trees, those of all files that are used among them: layout, comments,
 * order and the language of the keywords make no difference. */
#ifndef KLYNGE_DIFF_H
#define KLYNGE_DIFF_H
#include "lang/load/load.h"

enum difference_kind {
  DIFFERENCE_ADDED,                /* only the new version has it */
  DIFFERENCE_REMOVED,              /* only the old one has it */
  DIFFERENCE_MEANING,              /* both have it, and what it says differs */
  DIFFERENCE_TEXTS,                /* of an indicator or the pack: only titles and texts for the meeting differ */
};

struct difference {
  enum difference_kind kind;
  enum node_kind declaration;      /* NODE_parameter, NODE_codes, NODE_indicator …; NODE_population of the pack */
  const char *name;                /* "" of the population */
  const char *was, *is;            /* as written, on one line; NULL where there is none */
  const char **dropped, **added;   /* of code sets: "icpc K75" */
  size_t n_dropped, n_added;
  const char **reaches;            /* the names of the new version's indicators that it is a part of; of what was removed, the old version's */
  size_t n_reaches;
};

struct version;                    /* the declarations of a file and all it uses, by name */
struct version *version_of(struct rule_file *file);
/* Compares; the differences stand in the order of the new version's declarations, then those that were removed. */
struct difference *diff_versions(const struct version *was, const struct version *is, size_t *n);
/* Whether what is written at a place of a version is made of the declaration with this name, directly or through others. */
bool version_reaches(const struct version *version, const struct source *source, struct place at, const char *name);
/* The name of the indicator of a version that says it replaces this one; NULL where none does. */
const char *version_replacement(const struct version *version, const char *indicator);
/* What stands at a place, on one line, without comments. */
const char *version_words(const struct source *source, struct place at);
#endif
