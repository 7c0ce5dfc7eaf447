/* codes.c: codes that no record holds, because they are not written as codes of their system are. */
#include <ctype.h>
#include <string.h>
#include "lang/lint/codes.h"
#include "lang/lint/digits.h"
#include "lang/lint/inner.h"

struct shape {
  const char *system, *called, *pattern;
  bool (*check)(const char *code);
  const char *sentence;
};
static const struct shape shapes[] = {
#define SHAPE(system, called, pattern, check, sentence) {#system, N_(called), pattern, check, N_(sentence)},
#include "lang/lint/shapes.def"
#undef SHAPE
};
enum { N_SHAPES = sizeof shapes / sizeof *shapes };

static const struct shape *shape_of(const char *system) {
  for (int i = 0; i < N_SHAPES; i++)
    if (strcmp(shapes[i].system, system) == 0) return &shapes[i];
  return NULL;
}

/* ── patterns ────────────────────────────────────────────────────────────────────────────────────────────────────── */

static bool is_of(char class, char sign) {
  bool letter = sign >= 'A' && sign <= 'Z', digit = sign >= '0' && sign <= '9';
  switch (class) {
  case 'a': return letter;
  case 'd': return digit;
  case 'x': return letter || digit;
  case 'i': return sign && strchr("ABDFHKLNPRSTUWXYZ", sign);
  case 't': return sign && strchr("ABCDGHJLMNPRSV", sign);
  default: return sign == class;
  }
}

/* The sign that was meant where one of a class is wanted; 0 where none is near. */
static char meant(char class, char sign) {
  char large = sign >= 'a' && sign <= 'z' ? (char)(sign - 'a' + 'A') : sign;
  if (is_of(class, sign)) return sign;
  if (class == 'd') return large == 'O' ? '0' : large == 'I' || large == 'L' ? '1' : 0;
  if (sign == '0') large = 'O';
  return is_of(class, large) ? large : 0;
}

static const char *next_way(const char *pattern) {
  const char *bar = strchr(pattern, '|');
  return bar ? bar + 1 : NULL;
}

/* Whether a code is written in this way; a prefix may end anywhere but before its first sign. */
static bool is_written(const char *way, const char *code, bool prefix) {
  const char *sign = code;
  for (; *way && *way != '|'; way++) {
    if (!*sign && (*way == '?' || (prefix && sign > code))) return true;
    if (*way == '?') continue;
    if (!is_of(*way, *sign)) return false;
    sign++;
  }
  return !*sign;
}

static bool fits(const struct shape *shape, const char *code, bool prefix) {
  for (const char *way = shape->pattern; way; way = next_way(way))
    if (is_written(way, code, prefix)) return true;
  return false;
}

/* The code with capital letters, 0 for the letter O, and without blanks, points and hyphens; NULL where that is not how
 * this way goes. */
static const char *mended(const char *way, const char *code) {
  char *out = memory_bytes(strlen(code) + 1);
  size_t n = 0;
  for (; *way && *way != '|'; way++) {
    while (*code && strchr(" .-", *code) && !is_of(*way, *code)) code++;
    if (!*code) break;
    if (*way == '?') continue;
    char sign = meant(*way, *code++);
    if (!sign) return NULL;
    out[n++] = sign;
  }
  out[n] = 0;
  return *code ? NULL : out;
}

const char *codes_called(const char *system) { return shape_of(system) ? shape_of(system)->called : NULL; }

/* A group of ATC in one letter is a word like any other. */
bool codes_look_like(const char *word) {
  for (int i = 0; i < N_SHAPES; i++)
    if (strlen(word) > 2 && fits(&shapes[i], word, false)) return true;
  return false;
}

/* ── what is said ────────────────────────────────────────────────────────────────────────────────────────────────── */

/* A code that is looked at: one that stands for itself, a prefix, or an end of a range. */
struct code {
  const struct source *source;
  const struct code_match *match;
  const char *text;
};

static bool is_prefix(const struct code *code) { return code->match->kind == MATCHES_PREFIX; }

/* The right code as it would stand in the file. */
static const char *written(const struct code *code, const char *right) {
  bool quoted = code->source->text[code->match->at.from] == '"';
  return memory_print(quoted ? "\"%s\"%s" : "%s%s", right, is_prefix(code) ? "*" : "");
}

/* The code that was meant, or NULL. */
static const char *right_code(const struct shape *shape, const struct code *code) {
  for (const char *way = shape->pattern; way; way = next_way(way)) {
    const char *right = mended(way, code->text);
    bool sound = right && fits(shape, right, is_prefix(code));
    if (sound && (is_prefix(code) || !shape->check || shape->check(right))) return written(code, right);
  }
  return NULL;
}

static const char *hint_without(const struct shape *shape, const struct code *code) {
  for (int i = 0; i < N_SHAPES; i++)
    if (strlen(code->text) > 2 && isalpha((unsigned char)code->text[0]) &&
        fits(&shapes[i], code->text, is_prefix(code)))
      return memory_print(_("it is written as a code of %s: write `%s` before it, in a part of its own after a comma"),
                          _(shapes[i].called), shapes[i].system);
  return shape->sentence;
}

static void check_code(const struct lint *lint, const char *system, struct code code) {
  const struct shape *shape = shape_of(system);
  if (!shape) return;
  if (fits(shape, code.text, is_prefix(&code))) {
    if (!is_prefix(&code) && shape->check && !shape->check(code.text))
      lint_warn(lint, PROBLEM_code_shape, code.source, code.match->at,
                "look it up again: a digit is wrong, or two have changed places",
                "`%s` is no code of %s: its last digit does not fit the others", code.text, _(shape->called));
    return;
  }
  const char *right = right_code(shape, &code);
  lint_warn(lint, PROBLEM_code_shape, code.source, code.match->at,
            right ? memory_print(_("write: %s"), right) : hint_without(shape, &code),
            is_prefix(&code) ? N_("`%s*` is not how codes of %s begin") : N_("`%s` is not written as codes of %s are"),
            code.text, _(shape->called));
  if (right && code.match->kind != MATCHES_RANGE) problem_mend(lint->problems, right);
}

/* Data hold single drugs. A group without its star is found in no record. */
static void check_group(const struct lint *lint, const struct source *source, const struct code_match *match) {
  enum { DRUG = 7 };
  if (match->kind != MATCHES_ONE || strlen(match->a) >= DRUG || !fits(shape_of("atc"), match->a, false)) return;
  lint_warn(lint, PROBLEM_group_code, source, match->at, memory_print(_("write: %s*"), match->a),
            "`%s` is a group of drugs, and records hold single drugs", match->a);
  problem_mend(lint->problems, memory_print("%s*", match->a));
}

static void check_matches(const struct lint *lint, const struct code_set *set, const char *system,
                          const struct code_match *matches, size_t n) {
  for (size_t i = 0; i < n; i++) {
    const struct code_match *match = &matches[i];
    if (match->kind == MATCHES_SET) continue;
    check_code(lint, system, (struct code){set->source, match, match->a});
    if (match->kind == MATCHES_RANGE) check_code(lint, system, (struct code){set->source, match, match->b});
    if (strcmp(system, "atc") == 0) check_group(lint, set->source, match);
  }
}

void lint_codes(const struct lint *lint) {
  for (size_t i = 0; i < lint->program->n_sets; i++) {
    const struct code_set *set = lint->program->sets[i];
    for (size_t j = 0; j < set->n_parts; j++) {
      const struct code_part *part = &set->parts[j];
      if (!part->system) continue;
      check_matches(lint, set, part->system, part->matches, part->n_matches);
      check_matches(lint, set, part->system, part->excepts, part->n_excepts);
    }
  }
}
