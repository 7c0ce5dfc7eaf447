/* expr.c: building checked expressions, and the words for their types. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include "lang/check/checker.h"
#include "lang/memory.h"

/* Expressions are walked recursively by the plan; definitions in definitions may pile up to this height. */
enum { MOST_DEPTH = 5000 };

struct expr *expr_new(struct checker *checker, enum expr_kind kind, enum type_kind type, const struct node *node) {
  struct expr *expr = NEW(struct expr);
  expr->kind = kind;
  expr->type.kind = type;
  expr->source = checker->source;
  expr->at = node->at;
  expr->depth = 1;
  return expr;
}

static unsigned most(unsigned a, unsigned b) { return a > b ? a : b; }

struct expr *expr_with(struct checker *checker, enum expr_kind kind, enum type_kind type, const struct node *node,
                       int n, const struct expr *const args[]) {
  struct expr *expr = expr_new(checker, kind, type, node);
  expr->args = NEW_ARRAY(const struct expr *, n + 1);
  expr->n_args = (size_t)n;
  for (int i = 0; i < n; i++) {
    expr->args[i] = args[i];
    expr->depth = most(expr->depth, args[i]->depth + 1);
    if (args[i]->kind == EXPR_wrong) {
      expr->kind = EXPR_wrong;
      expr->type.kind = TYPE_WRONG;
    }
  }
  if (expr->depth > MOST_DEPTH) {
    wrong(checker, PROBLEM_nesting, node, "write some of them out where they are used",
          "definitions are built on each other more than %d deep here", MOST_DEPTH);
    return (struct expr *)expr_wrong(checker, node);
  }
  return expr;
}

const struct expr *expr_wrong(struct checker *checker, const struct node *node) {
  return expr_new(checker, EXPR_wrong, TYPE_WRONG, node);
}

const struct expr *expr_date(struct checker *checker, const struct node *node, int32_t date) {
  struct expr *expr = expr_new(checker, EXPR_date, TYPE_DATE, node);
  expr->date = date;
  return expr;
}

struct expr *expr_earlier(struct checker *checker, const struct node *node, const struct expr *date,
                          struct duration duration) {
  struct expr *expr = expr_with(checker, EXPR_earlier, TYPE_DATE, node, 1, &date);
  expr->duration = duration;
  return expr;
}

const char *type_words(struct type type) {
  switch (type.kind) {
  case TYPE_TRUTH: return _("a condition");
  case TYPE_NUMBER:
    return type.unit    ? memory_print(_("a number in %s"), type.unit->spellings[0])
           : type.plain ? _("a plain number")
                        : _("a number");
  case TYPE_DATE: return _("a date");
  case TYPE_DURATION: return _("a length of time");
  case TYPE_TEXT: return _("a word");
  case TYPE_WRONG: break;
  }
  return _("nothing");
}

enum language check_language(const struct checker *checker) {
  for (size_t i = 0; i < checker->n_files; i++)
    if (checker->files[i]->source == checker->source) return checker->files[i]->language;
  return checker->asked_file ? checker->asked_file->language : ENGLISH;
}

const char *check_say(const struct checker *checker, const char *format, ...) {
  va_list args;
  va_start(args, format);
  const char *said = memory_print_list(parse_say(format, check_language(checker)), args);
  va_end(args);
  return said;
}

void wrong(struct checker *checker, enum problem_id id, const struct node *node, const char *hint, const char *format,
           ...) {
  va_list args;
  va_start(args, format);
  enum language language = check_language(checker);
  problem_add_list(checker->problems, id, checker->source, node->at, hint ? parse_say(hint, language) : NULL,
                   parse_say(format, language), args);
  va_end(args);
}

/* Comments go, and every gap becomes one space; inside quotes all stays. */
const char *node_words(struct checker *checker, const struct node *node) {
  const char *text = checker->source->text;
  char *out = memory_bytes(node->at.to - node->at.from + 1);
  size_t n = 0;
  bool gap = false, quoted = false;
  for (size_t i = node->at.from; i < node->at.to; i++) {
    if (!quoted && text[i] == '#') {
      while (i < node->at.to && text[i] != '\n') i++;
      gap = true;
      continue;
    }
    if (!quoted && strchr(" \t\r\n", text[i])) {
      gap = true;
      continue;
    }
    if (text[i] == '"') quoted = !quoted;
    if (gap && n) out[n++] = ' ';
    gap = false;
    out[n++] = text[i];
  }
  out[n] = 0;
  return out;
}
