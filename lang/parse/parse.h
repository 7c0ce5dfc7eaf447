/* parse.h: rule text → tokens → tree. Nothing is looked up and no type is known here. */
#ifndef KLYNGE_PARSE_H
#define KLYNGE_PARSE_H
#include <stdbool.h>
#include <stdio.h>
#include "lang/source/source.h"
#include "lang/problem/problem.h"
#include "lang/tree/tree.h"

enum language { ENGLISH, DANISH };

/* Parses a source. The tree is a NODE_file (uses, then declarations); declarations that could not be read are left out.
 * Problems are added for all that is wrong; NULL only where nothing could be read at all (not UTF-8). */
struct node *parse_source(const struct source *source, struct problems *problems, enum language *language);

/* A token; its kind is one of grammar.h. */
struct token {
  int kind;
  struct place at;
};
/* All tokens of a source. Problems are added for what is none; without any token where nothing could be read at all. */
struct token *parse_tokens(const struct source *source, struct problems *problems, enum language *language, size_t *n);

/* Prints the tokens, one a line: line:column, the token's name, the words as written. */
void parse_print_tokens(const struct source *source, struct problems *problems, FILE *out);

/* The spelling of a keyword by its token's name ("WITHIN"), for messages. */
const char *parse_spelling(const char *token, enum language language);
/* A message with keywords in it, each written {WITHIN}: the sentence in the language of this call of the command, the
 * keywords in that of a rule file. Other words in { } are left alone. */
const char *parse_say(const char *text, enum language language);
#endif
