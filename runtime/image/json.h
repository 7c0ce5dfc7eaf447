/* json.h: writing texts in JSON. Both houses write JSON for programs, so this stands at the wall. */
#ifndef KLYNGE_JSON_H
#define KLYNGE_JSON_H
#include <stddef.h>
#include <stdio.h>

/* Writes a text in quotes: quotes, backslashes and control characters escaped, what is not UTF-8 as U+FFFD. NULL: null. */
void json_text(FILE *out, const char *text);
/* Writes n texts as an array on one line. */
void json_texts(FILE *out, const char *const *texts, size_t n);
#endif
