/* wrong.h: a token that does not fit, and what is said of it. For the messages of lang/parse alone. */
#ifndef KLYNGE_PARSE_WRONG_H
#define KLYNGE_PARSE_WRONG_H
#include "lang/parse/reading.h"

struct wrong {
  const struct reading *reading;
  enum language language;
  struct place at;
  const char *token;                    /* its name; "the end" where a file or a declaration is not finished */
  const struct keyword *keyword;        /* NULL where it is none */
  const struct seen *before;            /* the token before it, and two before that */
  const char *const *expected;          /* the names of the tokens that would fit */
  int n;
};

/* What is said. Without a message it is said that the token does not fit. */
struct advice {
  const char *message, *hint;
  enum problem_id id;                   /* 0: syntax */
  const char *mended;                   /* what to put in the place of the token, or NULL */
};

/* syntax.c */
bool wrong_fits(const struct wrong *wrong, const char *token);
/* With which words the next line may begin, as a sentence. */
const char *wrong_lines(const struct wrong *wrong);

/* hints.c. NULL where there is none. */
const char *wrong_hint(const struct wrong *wrong);
/* `2,5`: a comma before decimals. Without a hint where it is none. */
struct advice wrong_decimal_comma(const struct wrong *wrong);

/* mistakes.c. The advice of the first row of mistakes.def that applies; without a hint where none does. */
struct advice mistake_advice(const struct wrong *wrong);
/* TEXT with keywords and words of the source in it, as mistakes.def tells. */
const char *mistake_say(const struct wrong *wrong, const char *text);
#endif
