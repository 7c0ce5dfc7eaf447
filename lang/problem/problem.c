/* problem.c: collects problems. Adding one is cheap however many there are, for a wrong file may have thousands. */
#include "lang/problem/problem.h"
#include "lang/memory.h"
#include <stdarg.h>
#include <stdint.h>
#include <string.h>
#include "runtime/image/words.h"

/* No name that people write is longer; one that is longer would bury the message. */
enum { LONGEST_NAME = 60 };

static const char *const names[N_PROBLEMS] = {
#define PROBLEM(id, severity, sentence) #id,
#include "problems.def"
#undef PROBLEM
};
static const enum severity severities[N_PROBLEMS] = {
#define PROBLEM(id, severity, sentence) SEVERITY_##severity,
#include "problems.def"
#undef PROBLEM
};

const char *problem_name(enum problem_id id) { return names[id]; }
enum severity problem_severity(enum problem_id id) { return severities[id]; }

struct problems *problems_open(void) { return NEW(struct problems); }

/* The end of the name that begins at `from` when only the first LONGEST_NAME letters are taken. */
static const char *after_letters(const char *from, const char *to) {
  for (int letters = 0; from < to; from++) {
    if ((*from & 0xC0) != 0x80 && ++letters > LONGEST_NAME) return from;
  }
  return to;
}

/* The text with everything long between ` and ` cut. */
static const char *with_names_cut(const char *text) {
  size_t length = strlen(text), used = 0;
  if (length <= LONGEST_NAME) return memory_copy(text, length);
  /* "…" takes three bytes, in the place of one letter or more of sixty-one. */
  char *cut = memory_bytes(length + length / 16 + 4);
  for (const char *open, *close; (open = strchr(text, '`')) && (close = strchr(open + 1, '`')); text = close + 1) {
    const char *end = after_letters(open + 1, close);
    memcpy(cut + used, text, (size_t)(end - text));
    used += (size_t)(end - text);
    if (end < close) {
      memcpy(cut + used, "…", strlen("…"));
      used += strlen("…");
    }
    cut[used++] = '`';
  }
  strcpy(cut + used, text);
  return cut;
}

static size_t hash_of(const struct problem *problem) {
  uint64_t hash = 1469598103934665603u;                       /* FNV-1a */
  for (const char *s = problem->message; *s; s++) hash = (hash ^ (unsigned char)*s) * 1099511628211u;
  return (size_t)((hash ^ problem->at.from ^ (uint64_t)problem->id << 32) * 1099511628211u >> 7);
}

static bool same(const struct problem *a, const struct problem *b) {
  return a->id == b->id && a->source == b->source && a->at.from == b->at.from && a->at.to == b->at.to &&
         strcmp(a->message, b->message) == 0;
}

/* The slot of a problem: one that holds its equal, or the empty one where it belongs. */
static size_t *slot_of(struct problems *problems, const struct problem *problem) {
  size_t i = hash_of(problem) & (problems->seen_room - 1);
  while (problems->seen[i] && !same(&problems->all[problems->seen[i] - 1], problem)) {
    i = (i + 1) & (problems->seen_room - 1);
  }
  return &problems->seen[i];
}

static void make_room(struct problems *problems) {
  if (problems->n < problems->room) return;
  problems->room = problems->room ? 2 * problems->room : 16;
  problems->all = memory_grow(problems->all, problems->room, sizeof *problems->all);
  problems->seen_room = 2 * problems->room;
  problems->seen = NEW_ARRAY(size_t, problems->seen_room);
  for (size_t i = 0; i < problems->n; i++) *slot_of(problems, &problems->all[i]) = i + 1;
}

/* "did you mean `x`?" of a word is what to write in its place; NULL where a hint says something else. */
static const char *meant(const struct problem *problem) {
  const char *said = _("did you mean `%s`?"), *middle = strstr(said, "%s"), *hint = problem->hint;
  const char *text = problem->source ? problem->source->text : NULL;
  size_t length = hint ? strlen(hint) : 0, before = middle ? (size_t)(middle - said) : 0, after = strlen(said) - before - 2;
  if (!text || !middle || length <= before + after || strncmp(hint, said, before) != 0 ||
      strcmp(hint + length - after, middle + 2) != 0 || memchr(hint + before, '`', length - before - after))
    return NULL;
  for (size_t i = problem->at.from; i < problem->at.to; i++)
    if (strchr(" \t\r\n\"(),", text[i])) return NULL;
  return memory_copy(hint + before, length - before - after);
}

void problem_add(struct problems *problems, enum problem_id id, const struct source *source, struct place at,
                 const char *hint, const char *format, ...) {
  va_list list;
  va_start(list, format);
  problem_add_list(problems, id, source, at, hint, format, list);
  va_end(list);
}

void problem_add_list(struct problems *problems, enum problem_id id, const struct source *source, struct place at,
                      const char *hint, const char *format, va_list list) {
  struct problem problem = { .id = id, .source = source, .at = at };
  problem.message = with_names_cut(memory_print_list(_(format), list));
  if (hint && *hint) problem.hint = with_names_cut(_(hint));
  problem.mended = meant(&problem);
  make_room(problems);
  size_t *slot = slot_of(problems, &problem);
  if (!*slot) {
    problems->all[problems->n] = problem;
    *slot = ++problems->n;
    problems->n_errors += severities[id] == SEVERITY_ERROR;
    problems->n_warnings += severities[id] == SEVERITY_WARNING;
  }
  problems->newest = *slot - 1;
}

void problem_mend(struct problems *problems, const char *words) { problems->all[problems->newest].mended = words; }
