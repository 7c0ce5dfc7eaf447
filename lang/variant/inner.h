/* inner.h: what the files of this room share. */
#ifndef KLYNGE_VARIANT_INNER_H
#define KLYNGE_VARIANT_INNER_H
#include "lang/variant/variant.h"
#include "lang/variant/walk.h"

/* ── words.c: where in the text something is said ── */
enum language words_language(const struct source *source);
/* The place of a keyword, by its token's name, as a word between two offsets; false where it is not there. Comments and texts
 * in quotes are passed over. */
bool words_find(const struct source *source, size_t from, size_t to, const char *token, struct place *at);
/* The last sign of comparison or arithmetic before an offset. */
bool words_sign_before(const struct source *source, size_t from, size_t to, const char *signs, struct place *at);
/* The first number at or after an offset. */
bool words_number(const struct source *source, size_t from, size_t to, struct place *at);
const char *words_at(const struct source *source, struct place at);
/* A number as written, `steps` more in its last digit, and its value. */
const char *words_nudged(const char *written, int steps, double *value);

/* ── mutate.c, mutate_rows.c, mutate_data.c: which mutants there are ── */
void mutant_add(struct mutants *mutants, struct mutant mutant);
/* Adds one that is told as new words in the place of old. */
void mutant_becomes(struct mutants *mutants, struct mutant mutant, struct place at, const char *becomes);
/* Adds the two that are one step more and one less than a number that stands at the site. */
void mutant_nudges(struct mutants *mutants, struct mutant mutant);
bool mutate_expr(void *mutants, const struct expr *expr, bool is_limit);
void mutate_rows(void *mutants, const struct expr *expr, const struct rows *rows);
void mutate_limit(void *mutants, const struct limit *limit);
void mutate_stream(void *mutants, const struct stream *stream);
void mutate_set(void *mutants, const struct code_set *set);

/* ── apply_data.c ── */
bool is_site(const struct mutant *mutant, const struct source *source, struct place at);
/* The stream as the mutant has it; the very same where nothing of it changes. */
const struct stream *stream_mutated(const struct stream *stream, const struct mutant *mutant);
#endif
