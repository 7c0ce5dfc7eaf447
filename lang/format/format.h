/* format.h: a rule file in its one canonical layout, which is described in docs/language.md. People should see at once what
 * was changed in a rule, and not who indented it; and a file must read the same in Danish and English. */
#ifndef KLYNGE_FORMAT_H
#define KLYNGE_FORMAT_H
#include "lang/parse/parse.h"
#include "lang/problem/problem.h"
#include "lang/source/source.h"

/* The canonical text of a rule file, ended by a NUL, with its keywords in the language `*turn_to`, or where that is NULL in
 * their own. It has the same tree and the same comments, and formatted again it is the same text. NULL where the file has
 * errors, or where a name in it would be a keyword of the other language; problems are added that say so. */
const char *format_source(const struct source *source, const enum language *turn_to, struct problems *problems);
#endif
