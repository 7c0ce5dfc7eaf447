/* boundary_tell.c: the patients that are kept, as tests with titles in plain words, laid out as rule files are. */
#include <string.h>
#include "lang/command/boundary.h"
#include "lang/explain/explain.h"
#include "lang/format/format.h"
#include "lang/memory.h"
#include "lang/variant/walk.h"

/* ── titles ──────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* A title stands in quotes itself, on one line. */
static const char *unquoted(const char *text) {
  char *copy = memory_copy(text, strlen(text));
  size_t n = 0;
  for (const char *c = text; *c; c++)
    if (*c != '"') copy[n++] = *c == '\n' ? ' ' : *c;
  copy[n] = 0;
  return copy;
}

/* The rows whose window a change moves. */
struct finding {
  const struct mutant *mutant;
  const struct rows *rows;
};

static bool is_site(const struct mutant *mutant, const struct source *source, struct place at) {
  return mutant->source == source && mutant->site.from == at.from && mutant->site.to == at.to;
}

static void find_window(void *context, const struct expr *expr, const struct rows *rows) {
  struct finding *finding = context;
  (void)expr;
  for (size_t i = 0; i < rows->n_limits; i++) {
    const struct expr *low = rows->limits[i].low, *high = rows->limits[i].high;
    if ((low && is_site(finding->mutant, low->source, low->at)) ||
        (high && is_site(finding->mutant, high->source, high->at)))
      finding->rows = rows;
  }
}

static void find_measure(void *context, const struct expr *expr, const struct rows *rows) {
  struct finding *finding = context;
  (void)expr;
  if (rows->stream->source == finding->mutant->source && finding->mutant->site.from >= rows->stream->at.from &&
      finding->mutant->site.to <= rows->stream->at.to)
    finding->rows = rows;
}

static const struct rows *rows_of(const struct choosing *choosing, const struct mutant *mutant,
                                  void (*find)(void *, const struct expr *, const struct rows *)) {
  const struct expr *roots[] = {choosing->rule.population, choosing->rule.denominator, choosing->rule.asked};
  struct finding finding = {mutant, NULL};
  struct visitor visitor = {.context = &finding, .rows = find};
  walk(&visitor, roots, 3);
  return finding.rows;
}

static const char *stream_title(const struct stream *stream) {
  const struct stream *declared = stream->declared ? stream->declared : stream;
  return declared->title ? declared->title : declared->name;
}

static const char *title_of(const struct choosing *choosing, const struct target *target) {
  const char *name = choosing->indicator->name;
  const char *phrase = explain_phrase(target->condition ? target->condition : choosing->rule.asked);
  const struct rows *rows = NULL;
  switch (target->subject) {
  case SUBJECT_CLASS: return memory_print(_("%s: who is in which class"), choosing->stratum->name);
  case SUBJECT_CONDITION: return memory_print(_("%s: each condition on its own"), name);
  case SUBJECT_LIMIT: return unquoted(memory_print(_("%s, just on either side: %s"), name, phrase));
  case SUBJECT_CODES: return unquoted(memory_print(_("%s, each code: %s"), name, phrase));
  case SUBJECT_BOUND: return unquoted(memory_print(_("%s, no result, a bound, or two on one day: %s"), name, phrase));
  case SUBJECT_WINDOW:
    rows = rows_of(choosing, target->mutant, find_window);
    if (!rows) break;
    return unquoted(
        memory_print(_("%s, first and last day: %s %s"), name, stream_title(rows->stream), explain_window(rows)));
  default: rows = rows_of(choosing, target->mutant, find_measure); break;
  }
  return unquoted(memory_print(_("%s, what is read: %s"), name, rows ? stream_title(rows->stream) : phrase));
}

/* ── tests ───────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* Whether something of the rules is called so: `p`, then digits. */
static bool is_numbered(const char *name, const char *prefix) {
  size_t n = strlen(prefix);
  return strncmp(name, prefix, n) == 0 && name[n] && name[n + strspn(name + n, "0123456789")] == 0;
}

/* A patient is not called as anything that a claim could be about. */
static const char *prefix_of(const struct program *program) {
  static const char *const prefixes[] = {"p", "x", "someone"};
  for (int i = 0; i < 2; i++) {
    bool taken = false;
    for (size_t j = 0; j < program->n_definitions; j++)
      taken = taken || is_numbered(program->definitions[j]->name, prefixes[i]);
    for (size_t j = 0; j < program->n_indicators; j++)
      taken = taken || is_numbered(program->indicators[j]->name, prefixes[i]);
    for (size_t j = 0; j < program->n_parameters; j++)
      taken = taken || is_numbered(program->parameters[j]->name, prefixes[i]);
    for (size_t j = 0; j < program->n_streams; j++)
      taken = taken || is_numbered(program->streams[j]->name, prefixes[i]);
    if (!taken) return prefixes[i];
  }
  return prefixes[2];
}

static bool is_in(const struct person *const *people, size_t n, const struct person *person) {
  for (size_t i = 0; i < n; i++)
    if (people[i] == person) return true;
  return false;
}

/* Both sides of a limit, both ends of a window and all bounds are shown together, also where a patient stands in another test already;
 * of all else a patient is shown once. */
static bool belongs(const struct target *target, const struct kept *kept) {
  return kept->person &&
         (kept->for_it || target->subject == SUBJECT_LIMIT || target->subject == SUBJECT_WINDOW || target->bound);
}

/* A target of some rule, and whether it has been told. */
struct entry {
  const struct choosing *choosing;
  const struct target *target;
  const struct kept *kept;
  bool told;
};

static struct entry *entries_of(const struct choosing *all, size_t n, size_t *n_entries) {
  *n_entries = 0;
  for (size_t i = 0; i < n; i++) *n_entries += all[i].n_targets;
  struct entry *entries = NEW_ARRAY(struct entry, *n_entries + 1), *entry = entries;
  for (size_t i = 0; i < n; i++)
    for (size_t t = 0; t < all[i].n_targets; t++)
      *entry++ = (struct entry){&all[i], &all[i].targets[t], &all[i].kept[t], false};
  return entries;
}

/* The test of the patients that are kept for the targets with this title, from the first one on. */
static const char *test_of(const char *title, struct entry *first, const struct entry *end) {
  size_t n = 0;
  const struct person **people = NEW_ARRAY(const struct person *, (size_t)(end - first) + 1);
  const char **claims = NEW_ARRAY(const char *, (size_t)(end - first) + 1);
  for (struct entry *entry = first; entry < end; entry++) {
    if (entry->told || strcmp(title_of(entry->choosing, entry->target), title) != 0) continue;
    entry->told = true;
    if (!belongs(entry->target, entry->kept) || is_in(people, n, entry->kept->person)) continue;
    people[n] = entry->kept->person;
    claims[n++] = entry->kept->claim;
  }
  struct boundary_test test = {title,
                               first->choosing->index,
                               people,
                               claims,
                               n,
                               _("check: is this right?"),
                               prefix_of(first->choosing->program)};
  return boundary_text(&test);
}

/* A Danish text begins with the language, which the file it is put into has said already. */
static const char *laid_out(const char *text, enum language language) {
  struct problems *problems = problems_open();
  enum language danish = DANISH;
  const char *whole =
      format_source(source_of_text("boundary", text, strlen(text)), language == DANISH ? &danish : NULL, problems);
  if (!whole) return text;
  if (language != DANISH) return whole;
  whole += strcspn(whole, "\n");
  return whole + strspn(whole, "\n");
}

const char *boundary_tests(const struct choosing *all, size_t n, enum language language) {
  size_t n_entries;
  struct entry *entries = entries_of(all, n, &n_entries);
  const char *text = "";
  for (int subject = 0; subject < N_SUBJECTS; subject++)
    for (size_t i = 0; i < n_entries; i++) {
      struct entry *entry = &entries[i];
      if (entry->told || !belongs(entry->target, entry->kept) || (int)entry->target->subject != subject) continue;
      const char *title = title_of(entry->choosing, entry->target);
      text = memory_print("%s%s%s", text, *text ? "\n" : "", test_of(title, entry, entries + n_entries));
    }
  if (!*text) return text;
  const char *note = _(
      "# Look at each claim: is it what the rule should say? Mend the rule where it is not, then take the mark away.");
  return laid_out(memory_print("%s\n%s", note, text), language);
}
