/* declare.c: what the files declare, by name. Nothing is checked here but that a name is declared once, and tables and
 * units, which need nothing else. */
#include <string.h>
#include "lang/check/checker.h"
#include "lang/memory.h"

/* Code systems that need no table to be spoken of. */
static const char *const common_systems[] = {"icpc", "icd10", "icd11", "atc", "npu", "loinc", "snomed", "ydelse"};

static void declared_twice(struct checker *checker, const struct node *name, const struct named *other) {
  size_t line = 0, column = 0;
  const char *where = "";
  if (other->node) {
    source_position(other->file->source, other->at.from, &line, &column);
    where = memory_print(_("it is declared at %s:%zu"), other->file->source->path, line);
  } else {
    where = N_("it is a column of table patients");
  }
  wrong(checker, PROBLEM_twice, name, where, "the name `%s` is declared twice", name->text);
}

static void add_name(struct checker *checker, struct scope *scope, const struct node *name, struct named *named) {
  const struct named *other = scope_add(scope, name->text, named);
  if (other) declared_twice(checker, name, other);
}

static struct named *name_thing(struct checker *checker, struct scope *scope, enum named_kind kind,
                                const struct node *node, struct rule_file *file) {
  const struct node *head = tree_child(node, 0), *name = head->kind == NODE_head ? tree_child(head, 0) : head;
  const struct node *also = tree_find(head, NODE_also), *title = tree_find(head, NODE_title);
  struct named *named = NEW(struct named);
  named->kind = kind;
  named->name = name->text;
  named->title = title;
  named->node = node;
  named->file = file;
  named->at = name->at;
  add_name(checker, scope, name, named);
  if (also) add_name(checker, scope, tree_child(also, 0), named);
  return named;
}

/* ── tables ──────────────────────────────────────────────────────────────────────────────────────────────────────── */

const struct column *column_named(const struct table *table, const char *name) {
  for (size_t i = 0; i < table->n_columns; i++)
    if (strcmp(table->columns[i]->name, name) == 0) return table->columns[i];
  return NULL;
}

static void know_system(struct checker *checker, const char *system) {
  for (size_t i = 0; i < checker->n_systems; i++)
    if (strcmp(checker->systems[i], system) == 0) return;
  checker->systems = memory_grow(checker->systems, checker->n_systems + 1, sizeof *checker->systems);
  checker->systems[checker->n_systems++] = system;
}

static struct column *column_of(struct checker *checker, const struct node *node) {
  const struct node *type = tree_child(node, 1);
  struct column *column = NEW(struct column);
  column->name = tree_child(node, 0)->text;
  column->node = node;
  switch (type->kind) {
  case NODE_type_number: column->type = COLUMN_NUMBER; break;
  case NODE_type_date: column->type = COLUMN_DATE; break;
  case NODE_type_unit: column->type = COLUMN_UNIT; break;
  case NODE_type_code:
    column->type = COLUMN_CODE;
    column->system = tree_child(type, 0)->text;
    know_system(checker, column->system);
    break;
  case NODE_type_list: {
    const struct node *names = tree_child(type, 0);
    column->type = COLUMN_LIST;
    column->choices = NEW_ARRAY(const char *, tree_count(names) + 1);
    for (const struct node *name = names->first; name; name = name->next)
      column->choices[column->n_choices++] = name->text;
    break;
  }
  default: column->type = COLUMN_TEXT; break;
  }
  return column;
}

static void declare_patient_columns(struct checker *checker, const struct table *table, struct rule_file *file) {
  for (size_t i = 0; i < table->n_columns; i++) {
    const struct node *node = table->columns[i]->node;
    struct named *named = NEW(struct named);
    named->kind = NAMED_COLUMN;
    named->name = table->columns[i]->name;
    named->file = file;
    named->at = node->at;
    named->state = NAMED_DONE;
    named->column = table->columns[i];
    const struct named *other = scope_add(&checker->values, named->name, named);
    if (other) declared_twice(checker, tree_child(node, 0), other);
  }
}

/* Every row of every table belongs to a patient, so that column is not declared: it is there. */
static void declare_table(struct checker *checker, const struct node *node, struct rule_file *file) {
  struct named *named = name_thing(checker, &checker->tables, NAMED_TABLE, node, file);
  const struct node *columns = tree_child(node, 1);
  struct table *table = NEW(struct table);
  table->name = named->name;
  table->columns = NEW_ARRAY(struct column *, tree_count(columns) + 1);
  for (const struct node *c = columns->first; c; c = c->next) {
    struct column *column = column_of(checker, c);
    if (column_named(table, column->name)) {
      wrong(checker, PROBLEM_twice, tree_child(c, 0), "leave one out, or give it another name",
            "table %s has two columns called `%s`", table->name, column->name);
      continue;
    }
    if (strcmp(column->name, "patient") == 0) {
      wrong(checker, PROBLEM_table, tree_child(c, 0), "leave it out",
            "every table has a column `patient`: it is not declared");
      continue;
    }
    column->number = (int)table->n_columns;
    table->columns[table->n_columns++] = column;
  }
  const struct column *date = column_named(table, "date"), *from = column_named(table, "from"),
                      *to = column_named(table, "to");
  bool is_patients = strcmp(table->name, "patients") == 0;
  table->spans = !is_patients && !date && from && to && from->type == COLUMN_DATE && to->type == COLUMN_DATE;
  if (!is_patients && !table->spans && (!date || date->type != COLUMN_DATE))
    wrong(checker, PROBLEM_table, node, "add `date {DATE_TYPE}`, or `from {DATE_TYPE}, to {DATE_TYPE}` for what lasts",
          "table %s has no date", table->name);
  if (named->table || scope_find(&checker->tables, named->name) != named) return; /* declared twice: told */
  named->table = table;
  table->number = (int)checker->program->n_tables;
  checker->program->tables =
      memory_grow(checker->program->tables, checker->program->n_tables + 1, sizeof(struct table *));
  checker->program->tables[checker->program->n_tables++] = table;
  if (is_patients) {
    checker->patients = table;
    declare_patient_columns(checker, table, file);
  }
}

struct table *table_of(struct checker *checker, const struct node *name) {
  const struct named *named = scope_find(&checker->tables, name->text);
  if (named) return named->table;
  const char *near = scope_nearest(&checker->tables, name->text, KIND(NAMED_TABLE));
  wrong(checker, PROBLEM_unknown_name, name,
        near ? check_say(checker, "did you mean `%s`?", near)
             : N_("declare it: {TABLE} NAME (date {DATE_TYPE}, code {CODE} SYSTEM)"),
        "there is no table called `%s`", name->text);
  return NULL;
}

/* ── units ───────────────────────────────────────────────────────────────────────────────────────────────────────── */

static void declare_unit(struct checker *checker, const struct node *node, struct rule_file *file) {
  struct unit *unit = NEW(struct unit);
  unit->spellings = NEW_ARRAY(const char *, tree_count(node) + 1);
  for (const struct node *child = node->first; child; child = child->next) {
    const struct node *leaf = child->kind == NODE_also ? tree_child(child, 0) : child;
    struct named *named = NEW(struct named);
    named->name = leaf->text;
    named->file = file;
    named->node = node;
    named->at = leaf->at;
    named->unit = unit;
    const struct named *other = scope_add(&checker->units, leaf->text, named);
    if (other)
      declared_twice(checker, leaf, other);
    else
      unit->spellings[unit->n_spellings++] = leaf->text;
  }
  if (!unit->n_spellings) return;
  checker->program->units = memory_grow(checker->program->units, checker->program->n_units + 1, sizeof(struct unit *));
  checker->program->units[checker->program->n_units++] = unit;
}

/* ── the rest ────────────────────────────────────────────────────────────────────────────────────────────────────── */

void declare_later(struct checker *checker, const struct node *node, const char *token) {
  if (checker->later[node->kind] || checker->source != checker->asked) return;
  checker->later[node->kind] = true;
  struct node word = *node; /* the first line says it; a whole declaration would be too much */
  const char *text = checker->source->text;
  word.at.to = word.at.from;
  while (word.at.to < node->at.to && text[word.at.to] != '\n') word.at.to++;
  wrong(checker, PROBLEM_not_yet, &word, NULL, "`%s` is read, but has no effect yet",
        parse_say(memory_print("{%s}", token), check_language(checker)));
}

static void declare_one(struct checker *checker, const struct node *node, struct rule_file *file) {
  switch (node->kind) {
  case NODE_table: declare_table(checker, node, file); break;
  case NODE_unit: declare_unit(checker, node, file); break;
  case NODE_events: name_thing(checker, &checker->values, NAMED_EVENTS, node, file); break;
  case NODE_codes: name_thing(checker, &checker->values, NAMED_CODES, node, file); break;
  case NODE_measure: name_thing(checker, &checker->values, NAMED_MEASURE, node, file); break;
  case NODE_parameter: name_thing(checker, &checker->values, NAMED_PARAMETER, node, file); break;
  case NODE_define: name_thing(checker, &checker->values, NAMED_DEFINITION, node, file); break;
  case NODE_bands: name_thing(checker, &checker->values, NAMED_BANDS, node, file); break;
  case NODE_indicator: name_thing(checker, &checker->indicators, NAMED_INDICATOR, node, file); break;
  default: break; /* packs, tests, programmes … are nobody's names */
  }
}

void declare_all(struct checker *checker, struct rule_file *const *files, size_t n_files) {
  for (size_t i = 0; i < sizeof common_systems / sizeof *common_systems; i++) know_system(checker, common_systems[i]);
  for (size_t i = 0; i < n_files; i++) {
    if (!files[i]->tree) continue;
    checker->source = files[i]->source;
    const struct node *all = tree_find(files[i]->tree, NODE_declarations);
    for (const struct node *node = all->first; node; node = node->next) declare_one(checker, node, files[i]);
  }
}
