/* reading.h: what the scanner, the grammar and the messages share while one source is read. For lang/parse alone, but for
 * keywords and the texts of leaves, which lang/format writes anew. */
#ifndef KLYNGE_PARSE_READING_H
#define KLYNGE_PARSE_READING_H
#include "lang/parse/groups.h"
#include "lang/parse/parse.h"

/* A token that has been read. */
struct seen {
  int token;
  struct place at;
};

struct reading {
  const struct source *source;
  struct problems *problems;
  enum language language;
  void *scanner;
  const char *scanned;                  /* its copy of the text, in which it sets marks */
  struct seen last[4];                  /* the newest tokens, newest first: for hints only */
  struct node *uses, *declarations;     /* all that has been read, also when the reading is given up */
  size_t n_wrong;                       /* problems so far */
  bool too_deep;                        /* said once */
};

/* keywords.c. One row of keywords.def for each. */
struct keyword {
  int token;
  const char *name;                     /* of the token */
  enum group group;
  const char *spelt[2];                 /* English, Danish */
};
/* The keyword spelt by these words, with one blank between them; NULL where there is none. */
const struct keyword *keyword_spelt(enum language language, const char *words, size_t length);
/* What may be spelt by a word or words: a keyword, or the first word of some. */
struct spelling {
  const char *key;                      /* NULL where nothing is spelt so */
  size_t length;
  uint64_t letters;                     /* some of its key's: see keywords.c */
  const struct keyword *keyword;        /* the first that is spelt so; NULL where none is */
  bool goes_on;                         /* a keyword of several words begins with it */
};
const struct spelling *keyword_look_up(enum language language, const char *words, size_t length);
/* The first keyword whose token has this name; NULL where there is none. */
const struct keyword *keyword_named(const char *name);

/* Its spelling: of two rows of one token the first (months) or, for one of a thing, the second (1 month). */
const char *keyword_spelling(const struct keyword *keyword, enum language language, bool one);
/* Columns that the longest of all spellings of its token takes. */
size_t keyword_width(const struct keyword *keyword);

/* words.c. How many bytes of blanks, line ends and comments stand there, and of ASCII letters, digits and _. */
size_t words_blank(const char *text);
size_t words_plain(const char *text);
/* Whether a day of the calendar stands there: 2024-03-01. */
enum { DAY_LETTERS = 10 };
bool words_is_day(const char *text);
/* The token of a word by itself: a keyword or a name. */
int words_token(struct reading *reading, struct place at, const struct spelling *spelling);
/* The token of as many of the one to four words at a place as are a keyword, or else of the first; the place becomes theirs. */
int words_longest(struct reading *reading, struct place *at);

/* leaf.c. The words of a place as a leaf holds them: a text without its quotes and the indentation of its lines. */
const char *leaf_text(const struct source *source, struct place at);
/* Whether year-month-day, as ten characters, is a day of the calendar. */
bool leaf_is_day(const char *date);

/* lexer.l */
void scan_begin(struct reading *reading);
void scan_end(struct reading *reading);

/* grammar.y. The name of a token in a message ("a name"), or its name in keywords.def. */
const char *token_name(int token);

/* parse.c */
void reading_problem(struct reading *reading, enum problem_id id, struct place at, const char *hint,
                     const char *format, ...) __attribute__((format(printf, 5, 6)));
/* Builders that know how deep a tree may be: what is deeper is told once and left out. */
struct node *reading_branch(struct reading *reading, enum node_kind kind, struct place at, int n,
                            struct node *const child[]);
struct node *reading_leaf(struct reading *reading, enum node_kind kind, struct place at);
void reading_too_deep(struct reading *reading, struct place at);
/* So much is wrong that reading on helps nobody. */
bool reading_is_hopeless(const struct reading *reading);

/* signs.c. A sign that the language does not have, and what to write for it. */
void foreign_sign(struct reading *reading, struct place at, const char *sign);

/* syntax.c. A token that does not fit: its name and the names of those that would have. */
void syntax_unexpected(struct reading *reading, struct place at, const char *token, const char *const expected[], int n);
#endif
