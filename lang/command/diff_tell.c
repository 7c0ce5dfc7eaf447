/* diff_tell.c: what a revision changes, for people: first what the rules say differently, then what becomes of the patients. */
#include <string.h>
#include "lang/command/diff.h"
#include "lang/memory.h"

enum { INDENT = 4 };

/* ── rules ───────────────────────────────────────────────────────────────────────────────────────────────────────── */

static const char *declaration_words(enum node_kind kind) {
  switch (kind) {
  case NODE_parameter: return _("parameter");
  case NODE_codes: return _("code set");
  case NODE_measure: return _("measure");
  case NODE_events: return _("events");
  case NODE_define: return _("definition");
  case NODE_bands: return _("bands");
  case NODE_table: return _("table");
  case NODE_unit: return _("unit");
  case NODE_population: return _("population");
  default: return _("indicator");
  }
}

static const char *list_words(const char *const *words, size_t n) {
  const char *list = "";
  for (size_t i = 0; i < n; i++) list = memory_print("%s%s%s", list, i ? ", " : "", words[i]);
  return list;
}

static void tell_line(const char *before, const char *words) {
  printf("%*s%s", INDENT, "", before);
  speak_wrapped(words, INDENT + speak_columns(before), stdout);
}

static void tell_words(const struct difference *difference) {
  bool is_set = difference->declaration == NODE_codes && (difference->n_dropped || difference->n_added);
  if (difference->kind == DIFFERENCE_TEXTS) {
    tell_line("", _("only its texts differ"));
  } else if (is_set) {
    if (difference->n_dropped) tell_line("− ", list_words(difference->dropped, difference->n_dropped));
    if (difference->n_added) tell_line("+ ", list_words(difference->added, difference->n_added));
  } else {
    if (difference->was) tell_line("− ", difference->was);
    if (difference->is) tell_line("+ ", difference->is);
  }
}

static void tell_difference(const struct revision *revision, const struct difference *difference) {
  const char *kind = declaration_words(difference->declaration);
  bool all = difference->n_reaches && difference->n_reaches == revision->is->n_indicators;
  printf("  %s%s%s", kind, *difference->name ? " " : "", difference->name);
  if (difference->kind == DIFFERENCE_ADDED) printf(", %s", P_("declaration", "new"));
  if (difference->kind == DIFFERENCE_REMOVED) printf(", %s", P_("declaration", "gone"));
  putchar('\n');
  tell_words(difference);
  if (difference->kind == DIFFERENCE_TEXTS || difference->declaration == NODE_indicator) return;
  if (all)
    tell_line("", _("reaches every indicator"));
  else if (difference->n_reaches)
    tell_line("", memory_print(_("reaches %s"), list_words(difference->reaches, difference->n_reaches)));
  else
    tell_line("", _("reaches no indicator"));
}

/* ── patients ────────────────────────────────────────────────────────────────────────────────────────────────────── */

static const char *label_of(const struct revision *revision, uint32_t practice) {
  const char *id = store_text(revision->store, revision->store->practices[practice].id);
  for (uint32_t c = 0; c < revision->result->n_clusters; c++) {
    const struct result_cluster *cluster = &revision->result->clusters[c];
    for (uint32_t i = 0; i < cluster->n_practices; i++)
      if (strcmp(cluster->practices[i].id, id) == 0) return cluster->practices[i].label;
  }
  return "?";
}

/* A text in a column of so many letters: printf counts bytes. */
static void put_column(const char *text, int width) { printf("%s%*s", text, width > speak_columns(text) ? width - speak_columns(text) : 0, ""); }

static void tell_counts(const struct pair *pair) {
  const struct moved *moved = &pair->all;
  printf("%*s", INDENT, "");
  put_column(pair->is->value ? P_("how many numbers are", "known") : _("numerator"), 12);
  printf(" %7u → %-7u", moved->was.numerator, moved->is.numerator);
  printf(_("%u in, %u out\n"), moved->into_numerator, moved->out_of_numerator);
  printf("%*s", INDENT, "");
  put_column(_("denominator"), 12);
  printf(" %7u → %-7u", moved->was.denominator, moved->is.denominator);
  printf(_("%u in, %u out\n"), moved->into_denominator, moved->out_of_denominator);
  if (!moved->was.unknown && !moved->is.unknown) return;
  printf("%*s", INDENT, "");
  put_column(P_("how many are", "unknown"), 12);
  printf(" %7u → %u\n", moved->was.unknown, moved->is.unknown);
}

static const char *changed_words(const struct difference *difference) {
  if (difference->declaration == NODE_codes && (difference->n_dropped || difference->n_added))
    return memory_print("%s%s%s%s%s", difference->n_dropped ? "− " : "", list_words(difference->dropped, difference->n_dropped),
                        difference->n_dropped && difference->n_added ? ", " : "", difference->n_added ? "+ " : "",
                        list_words(difference->added, difference->n_added));
  if (difference->was && difference->is) return memory_print("%s → %s", difference->was, difference->is);
  return difference->is ? difference->is : difference->was;
}

const char *diff_reason_words(const struct revision *revision, const struct reason *reason) {
  if (!reason->condition) return _("several conditions together");
  const struct expr *condition = reason->condition;
  const char *words = version_words(condition->source, condition->at), *changed = "";
  if (reason->is_old) return memory_print(_("%s, which is no more"), words);
  for (size_t i = 0; i < revision->n_differences; i++) {
    const struct difference *difference = &revision->differences[i];
    bool small = difference->declaration == NODE_parameter || difference->declaration == NODE_codes;
    if (!small || difference->kind != DIFFERENCE_MEANING ||
        !version_reaches(revision->new, condition->source, condition->at, difference->name))
      continue;
    changed = memory_print("%s%s%s: %s", changed, *changed ? "; " : "", difference->name, changed_words(difference));
  }
  return *changed ? memory_print("%s (%s)", words, changed) : words;
}

static void tell_reasons(const struct revision *revision, const struct pair *pair) {
  for (size_t i = 0; i < pair->n_reasons; i++) {
    const struct reason *reason = &pair->reasons[i];
    const char *words = diff_reason_words(revision, reason);
    tell_line("", memory_print(Q_("%u patient by %s", "%u patients by %s", reason->n), reason->n, words));
  }
}

/* The practices in which somebody moves, in the order of their labels. */
static void tell_practices(const struct revision *revision, const struct pair *pair) {
  const struct store *store = revision->store;
  const char *list = "";
  if (store->n_practices < 2) return;
  for (uint32_t c = 0; c < revision->result->n_clusters; c++) {
    const struct result_cluster *cluster = &revision->result->clusters[c];
    for (uint32_t i = 0; i < cluster->n_practices; i++)
      for (uint32_t p = 0; p < store->n_practices; p++) {
        const struct moved *moved = &pair->practices[p];
        if (!moved->n || strcmp(store_text(store, store->practices[p].id), cluster->practices[i].id) != 0) continue;
        const char *of = revision->result->n_clusters > 1 ? memory_print("%s ", cluster->id) : "";
        list = memory_print("%s%s%s%s\u00a0%u/%u→%u/%u", list, *list ? ", " : "", of, label_of(revision, p), moved->was.numerator,
                            moved->was.denominator, moved->is.numerator, moved->is.denominator);
      }
  }
  if (*list) tell_line("", memory_print(_("practices, old → new: %s"), list));
}

static void tell_pair(const struct revision *revision, const struct pair *pair) {
  const struct indicator *is = pair->is;
  const char *name = is->name;
  if (strcmp(name, pair->was->name) != 0) name = memory_print(_("%s in place of %s"), name, pair->was->name);
  printf("  %s", name);
  if (is->title) printf("  %s", is->title);
  putchar('\n');
  tell_counts(pair);
  tell_reasons(revision, pair);
  tell_practices(revision, pair);
}

static void tell_patients(const struct revision *revision) {
  const char *still = "";
  char date[16];
  result_date(revision->index, date);
  putchar('\n');
  printf(_("What becomes of the patients, index date %s\n"), date);
  for (size_t i = 0; i < revision->n_pairs; i++) {
    const struct pair *pair = &revision->pairs[i];
    if (pair->all.n) tell_pair(revision, pair);
    else still = memory_print("%s%s%s", still, *still ? ", " : "", pair->is->name);
  }
  if (*still) {
    printf("  ");
    speak_wrapped(memory_print(_("In these nobody moves: %s"), still), 2, stdout);
  }
}

/* ── all of it ───────────────────────────────────────────────────────────────────────────────────────────────────── */

static void tell_version(const struct program *program) {
  printf("%s", program->name ? program->name : _("library"));
  if (program->version) printf(" %s", program->version);
}

void diff_tell(const struct revision *revision) {
  tell_version(revision->was);
  fputs(" → ", stdout);
  tell_version(revision->is);
  fputs("\n\n", stdout);
  puts(revision->n_differences ? _("What the rules say differently") : _("The rules say the same."));
  for (size_t i = 0; i < revision->n_differences; i++) tell_difference(revision, &revision->differences[i]);
  if (revision->store) tell_patients(revision);
}
