/* shrink.c: of a difference that was found, the fewest rows and the shortest condition that still show it. */
#include <string.h>
#include "lang/check/check.h"
#include "lang/memory.h"
#include "runtime/run/run.h"
#include "tests/agreement/agreement.h"

static const char *const outcomes[] = {"outside", "no", "yes", "unknown"};

/* What both say of one patient and the last indicator. */
struct both { int engine, slow; };

static struct both ask_both(const struct program *program, const struct patient *patient, int32_t index, const char *folder) {
  struct people people = {NEW(struct patient), 1};
  struct chance chance = {1};
  people.all[0] = *patient;
  people_write(&people, program, folder, &chance, NULL);
  const struct packs alone = {{program}, 1};
  struct answers answers;
  bool answered = engine_answers(&alone, folder, index, engine_threads(index), &people, &answers);
  struct asked asked = {program, patient, index};
  size_t last = program->n_indicators - 1;
  return (struct both){answered ? answers.outcomes[last] : -1, evaluate_outcome(&asked, program->indicators[last])};
}

static bool differ(struct both both) { return both.engine != both.slow; }

/* ── conditions ──────────────────────────────────────────────────────────────────────────────────────────────────── */

/* The shortest condition so far; `rules` is the text of the declarations and the pack without its indicators. */
struct search { const char *rules; const struct patient *patient; int32_t index; const char *folder; const char *shortest; };

static struct program *program_of_condition(const struct search *search, const char *condition) {
  return program_of_text(memory_print("%s\nindicator smaller share where %s\n", search->rules, condition), search->folder);
}

static void search_below(struct search *search, const struct expr *expr) {
  size_t length = expr->at.to - expr->at.from;
  bool number = expr->type.kind == TYPE_NUMBER;
  if ((number || expr->type.kind == TYPE_TRUTH) && expr->source && (!search->shortest || length + 2 < strlen(search->shortest))) {
    const char *condition = memory_print(number ? "((%s) is known)" : "(%s)", memory_copy(expr->source->text + expr->at.from, length));
    const struct program *program = program_of_condition(search, condition);
    if (program && differ(ask_both(program, search->patient, search->index, search->folder))) search->shortest = condition;
  }
  if (expr->definition) search_below(search, expr->definition->value);
  for (size_t i = 0; i < expr->n_args; i++) search_below(search, expr->args[i]);
  for (size_t i = 0; expr->rows && i < expr->rows->n_limits; i++) {
    if (expr->rows->limits[i].low) search_below(search, expr->rows->limits[i].low);
    if (expr->rows->limits[i].high) search_below(search, expr->rows->limits[i].high);
  }
}

/* ── rows ────────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* Leaves out every row, and empties every cell, that the difference does not need. */
static void leave_out(const struct program *program, struct patient *patient, int32_t index, const char *folder) {
  for (size_t t = 0; t < program->n_tables; t++) {
    struct lines *lines = &patient->tables[t];
    bool rows_may_go = strcmp(program->tables[t]->name, "patients") != 0;
    for (size_t i = lines->n; rows_may_go && i-- > 0;) {
      struct lines all = *lines;
      *lines = (struct lines){NEW_ARRAY(struct line, all.n), 0};
      for (size_t j = 0; j < all.n; j++)
        if (j != i) lines->all[lines->n++] = all.all[j];
      if (!differ(ask_both(program, patient, index, folder))) *lines = all;
    }
  }
}

/* ── the report ──────────────────────────────────────────────────────────────────────────────────────────────────── */

static void print_patient(const struct program *program, const struct patient *patient) {
  for (size_t t = 0; t < program->n_tables; t++)
    for (size_t i = 0; i < patient->tables[t].n; i++) {
      fprintf(stderr, "#   %s:", program->tables[t]->name);
      for (size_t c = 0; c < program->tables[t]->n_columns; c++)
        fprintf(stderr, " %s=%s", program->tables[t]->columns[c]->name, patient->tables[t].all[i].cells[c]);
      fputs("\n", stderr);
    }
}

static void print_lines(const char *text) {
  while (*text) {
    size_t length = strcspn(text, "\n");
    fprintf(stderr, "#   %.*s\n", (int)length, text);
    text += length + (text[length] == '\n');
  }
}

void difference_print(const struct program *program, const char *rules, const struct indicator *indicator,
                      const struct patient *patient, int32_t index, const char *folder) {
  const char *end = strstr(rules, "\nindicator ");
  struct patient smaller = *patient;
  struct search search = {memory_copy(rules, (size_t)(end - rules)), patient, index, folder, NULL};
  if (indicator->denominator) search_below(&search, indicator->denominator);
  search_below(&search, indicator->value ? indicator->value : indicator->numerator);
  fprintf(stderr, "# index date %s, indicator %s; the rules:\n", date_text(index), indicator->name);
  if (search.shortest) {
    program = program_of_condition(&search, search.shortest);
    leave_out(program, &smaller, index, folder);
    struct both both = ask_both(program, &smaller, index, folder);
    print_lines(search.rules);
    fprintf(stderr, "# the condition: %s\n# engine: %s, slow: %s\n", search.shortest, both.engine < 0 ? "refused" : outcomes[both.engine],
            outcomes[both.slow]);
  } else {
    print_lines(rules);
  }
  fputs("# the patient:\n", stderr);
  print_patient(program, &smaller);
}
