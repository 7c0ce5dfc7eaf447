/* parse.c: reads one source from end to end, and builds the nodes the grammar asks for. */
#include "lang/parse/parse.h"
#include "lang/parse/reading.h"
#include "lang/parse/grammar.h"
#include "lang/memory.h"
#include <stdarg.h>
#include <string.h>

/* No rule that people write is nested a tenth as deep; whoever walks a tree may recurse this far without fear. */
enum { DEEPEST = 1000 };
/* After so many problems a file is no rule file at all. */
enum { MOST_PROBLEMS = 1000 };

void reading_problem(struct reading *reading, enum problem_id id, struct place at, const char *hint,
                     const char *format, ...) {
  va_list list;
  va_start(list, format);
  problem_add_list(reading->problems, id, reading->source, at, hint, format, list);
  va_end(list);
  reading->n_wrong++;
}

bool reading_is_hopeless(const struct reading *reading) { return reading->n_wrong >= MOST_PROBLEMS; }

void reading_too_deep(struct reading *reading, struct place at) {
  if (reading->too_deep) return;
  reading->too_deep = true;
  reading_problem(reading, PROBLEM_nesting, at, parse_say("name the inner parts with `{DEFINE}`", reading->language),
                  "this is nested too deeply to be read");
}

struct node *reading_branch(struct reading *reading, enum node_kind kind, struct place at, int n,
                            struct node *const child[]) {
  struct node *branch = tree_branch(kind, at, n, child);
  if (branch->depth <= DEEPEST) return branch;
  reading_too_deep(reading, at);
  return tree_branch(NODE_wrong, at, 0, NULL);
}

struct node *reading_leaf(struct reading *reading, enum node_kind kind, struct place at) {
  return tree_leaf(kind, at, leaf_text(reading->source, at));
}

/* A file that is not text is told so once, and not read. */
static bool is_text(const struct source *source, struct problems *problems) {
  const char *nul = memchr(source->text, 0, source->length);
  size_t bad = source_bad_utf8(source);
  size_t at_nul = nul ? (size_t)(nul - source->text) : source->length;
  if (bad < source->length && bad < at_nul) {
    problem_add(problems, PROBLEM_not_utf8, source, (struct place){ bad, bad + 1 }, "save the file as UTF-8",
                "byte %d is not UTF-8", (unsigned char)source->text[bad]);
    return false;
  }
  if (nul) {
    problem_add(problems, PROBLEM_character, source, (struct place){ at_nul, at_nul + 1 },
                "save the file as plain text, UTF-8", "a NUL byte stands here: this is not a text");
  }
  return !nul;
}

struct node *parse_source(const struct source *source, struct problems *problems, enum language *language) {
  *language = ENGLISH;
  if (!is_text(source, problems)) return NULL;
  struct reading reading = { .source = source, .problems = problems };
  struct place nowhere = { 0, 0 };
  reading.uses = tree_branch(NODE_uses, nowhere, 0, NULL);
  reading.declarations = tree_branch(NODE_declarations, nowhere, 0, NULL);
  scan_begin(&reading);
  kly_parse(&reading);
  scan_end(&reading);
  *language = reading.language;
  struct node *const parts[] = { reading.uses, reading.declarations };
  return tree_branch(NODE_file, (struct place){ 0, source->length }, 2, parts);
}

/* A place on the way through a source: lines and columns are counted on, for a file may be one long line. */
struct position {
  size_t offset, line, column;
};

static void walk_to(struct position *here, const struct source *source, size_t offset) {
  for (; here->offset < offset; here->offset++) {
    char byte = source->text[here->offset];
    if (byte == '\n') here->line++;
    here->column = byte == '\n' ? 1 : here->column + ((byte & 0xC0) != 0x80);
  }
}

static void print_words(const char *words, size_t length, FILE *out) {
  for (size_t i = 0; i < length; i++) {
    if (words[i] == '\n') fputs("\\n", out);
    else putc(words[i], out);
  }
}

struct token *parse_tokens(const struct source *source, struct problems *problems, enum language *language, size_t *n) {
  struct token *tokens = NULL;
  size_t room = 0;
  *n = 0;
  *language = ENGLISH;
  if (!is_text(source, problems)) return NULL;
  struct reading reading = { .source = source, .problems = problems };
  KLY_STYPE value;
  KLY_LTYPE at;
  scan_begin(&reading);
  for (int kind; (kind = kly_lex(&value, &at, &reading)) > 0;) {
    if (*n == room) tokens = memory_grow(tokens, room = 2 * room + 64, sizeof *tokens);
    tokens[(*n)++] = (struct token){ kind, at };
  }
  scan_end(&reading);
  *language = reading.language;
  return tokens;
}

void parse_print_tokens(const struct source *source, struct problems *problems, FILE *out) {
  struct position here = { source->lines[0], 1, 1 };
  enum language language;
  size_t n;
  const struct token *tokens = parse_tokens(source, problems, &language, &n);
  for (size_t i = 0; i < n; i++) {
    struct place at = tokens[i].at;
    walk_to(&here, source, at.from);
    fprintf(out, "%zu:%zu\t%s\t", here.line, here.column, token_name(tokens[i].kind));
    print_words(source->text + at.from, at.to - at.from, out);
    putc('\n', out);
  }
}
