/* literal.c: values that stand for themselves, and parameters, which are such values with a name. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "lang/check/checker.h"
#include "lang/memory.h"
#include "lang/parse/parse.h"
#include "runtime/image/dates.h"

enum { MOST_YEARS = 1000 }; /* no window of a guideline is longer; it keeps all dates in the calendar's range */

/* Most numbers of rules and tests are whole; up to fifteen digits any way of reading them is exact. */
static double number_of(const char *text) {
  int64_t whole = 0;
  const char *digit = text;
  for (; *digit >= '0' && *digit <= '9' && digit < text + 15; digit++) whole = 10 * whole + *digit - '0';
  return *digit ? strtod(text, NULL) : (double)whole;
}

bool literal_number(struct checker *checker, const struct node *number, double *value) {
  *value = number_of(number->text);
  if (isfinite(*value)) return true;
  wrong(checker, PROBLEM_number, number, "no measure has such a value", "this number is too large");
  return false;
}

bool literal_whole(struct checker *checker, const struct node *number, double least, double most, int32_t *value) {
  double exact;
  if (!literal_number(checker, number, &exact)) return false;
  if (exact < least || exact > most || exact != floor(exact)) {
    wrong(checker, PROBLEM_number, number, "write how many", "a whole number from %.0f to %.0f is wanted here", least,
          most);
    return false;
  }
  *value = (int32_t)exact;
  return true;
}

static int two_digits(const char *text) { return 10 * (text[0] - '0') + text[1] - '0'; }

/* The scanner has seen to it that the day is one of the calendar, and written as 2024-03-01. */
int32_t literal_date(const char *text) {
  return date_from_civil(100 * two_digits(text) + two_digits(text + 2), two_digits(text + 5), two_digits(text + 8));
}

static double days_of(struct duration duration) {
  static const double days[] = {1, 7, 30.4375, 365.25};
  return duration.n * days[duration.unit];
}

bool literal_duration(struct checker *checker, const struct node *node, struct duration *duration) {
  static const char *const units[] = {"days", "weeks", "months", "years"};
  const struct node *number = tree_child(node, 0), *unit = tree_child(node, 1);
  double n;
  if (!literal_number(checker, number, &n)) return false;
  for (int i = 0; i < 4; i++)
    if (strcmp(unit->text, units[i]) == 0) duration->unit = (enum duration_unit)i;
  if (n > 366.0 * MOST_YEARS) {
    wrong(checker, PROBLEM_number, node, "write `{EVER}`, if no limit is meant", "this is longer than %d years",
          MOST_YEARS);
    return false;
  }
  if (n != floor(n)) {
    wrong(checker, PROBLEM_number, number,
          duration->unit == DURATION_YEARS ? N_("write it in months") : N_("write it in a smaller unit"),
          "a length of time is a whole number of days, weeks, months or years");
    return false;
  }
  duration->n = (int32_t)n;
  if (days_of(*duration) > MOST_YEARS * 366.0) {
    wrong(checker, PROBLEM_number, node, "write `{EVER}`, if no limit is meant", "this is longer than %d years",
          MOST_YEARS);
    return false;
  }
  return true;
}

static const struct expr *literal_of_number(struct checker *checker, const struct node *node) {
  struct expr *expr = expr_new(checker, EXPR_number, TYPE_NUMBER, node);
  const struct node *number = node->kind == NODE_quantity ? tree_child(node, 0) : node;
  if (!literal_number(checker, number, &expr->number)) return expr_wrong(checker, node);
  if (node->kind == NODE_quantity) {
    expr->type.unit = unit_of(checker, tree_child(node, 1));
    if (!expr->type.unit) return expr_wrong(checker, node);
  }
  return expr;
}

const struct expr *literal_value(struct checker *checker, const struct node *node) {
  struct expr *expr;
  switch (node->kind) {
  case NODE_number:
  case NODE_quantity: return literal_of_number(checker, node);
  case NODE_minus: {
    const struct expr *positive = literal_of_number(checker, tree_child(node, 0));
    if (positive->kind == EXPR_wrong) return positive;
    expr = expr_new(checker, EXPR_number, TYPE_NUMBER, node);
    expr->type = positive->type;
    expr->number = -positive->number;
    return expr;
  }
  case NODE_duration:
    expr = expr_new(checker, EXPR_duration, TYPE_DURATION, node);
    return literal_duration(checker, node, &expr->duration) ? expr : expr_wrong(checker, node);
  case NODE_date: return expr_date(checker, node, literal_date(node->text));
  default:
    expr = expr_new(checker, EXPR_text, TYPE_TEXT, node);
    expr->text = node->text;
    return expr;
  }
}

/* ── parameters ──────────────────────────────────────────────────────────────────────────────────────────────────── */

static const char *also_of(const struct named *named) {
  const struct node *also = tree_find(tree_child(named->node, 0), NODE_also);
  return also ? tree_child(also, 0)->text : NULL;
}

struct setting *setting_of(struct checker *checker, const struct named *named) {
  const char *other = also_of(named);
  struct setting *found = NULL; /* the last one said wins */
  for (size_t i = 0; i < checker->n_settings; i++)
    if (!strcmp(checker->settings[i].name, named->name) || (other && !strcmp(checker->settings[i].name, other))) {
      found = &checker->settings[i];
      found->used = true;
    }
  return found;
}

static void setting_wrong(struct checker *checker, const struct setting *setting, const char *hint,
                          const char *wanted) {
  if (setting->source)
    problem_add(checker->problems, PROBLEM_setting, setting->source, setting->at, hint, "%s takes %s", setting->name, wanted);
  else
    problem_add(checker->problems, PROBLEM_setting, NULL, (struct place){0, 0}, hint, "%s %s=%s: %s takes %s",
                setting->option, setting->name, setting->value, setting->name, wanted);
}

/* The value that is set, in the type and place of the one that is declared. */
static const struct expr *setting_with(const struct expr *value, const struct expr *declared) {
  struct expr *set = NEW(struct expr);
  *set = *value;
  set->type = declared->type;
  set->source = declared->source;
  set->at = declared->at;
  return set;
}

/* What a setting says, a number and its unit apart: on a line of commands 53mmol/mol is written without a blank. Not so of codes
 * and texts, whose letters and digits belong together. */
static const char *value_words(const struct setting *setting, const struct expr *declared) {
  size_t n = strspn(setting->value, "-.0123456789");
  bool has_unit = declared->type.kind == TYPE_NUMBER || declared->type.kind == TYPE_DURATION;
  if (!has_unit || n == 0 || !setting->value[n] || setting->value[n] == ' ') return setting->value;
  return memory_print("%.*s %s", (int)n, setting->value, setting->value + n);
}

/* A setting is read as the declaration it changes would be: by the parser, in the language of the parameter's file. That
 * of a test has been read with the test. */
/* The value as it was said; NULL where it is none. */
static const struct expr *value_said(struct checker *checker, const struct setting *setting, const struct named *named,
                                     const struct expr *declared) {
  const struct source *was = checker->source;
  if (setting->literal) {
    if (setting->source) checker->source = setting->source;
    const struct expr *literal = literal_value(checker, setting->literal);
    checker->source = was;
    return literal;
  }
  const char *text =
      memory_print("%s\nparameter x = %s", named->file->language == DANISH ? "language da" : "", value_words(setting, declared));
  struct problems *aside = problems_open(), *here = checker->problems;
  enum language language;
  const struct node *tree = parse_source(source_of_text("--set", text, strlen(text)), aside, &language);
  const struct node *parameter = tree ? tree_child(tree_find(tree, NODE_declarations), 0) : NULL;
  const struct expr *value = NULL;
  checker->problems = aside;
  bool whole = parameter && parameter->kind == NODE_parameter && !parameter->next && parameter->at.to == strlen(text);
  if (!aside->n_errors && whole) value = literal_value(checker, tree_child(parameter, 1));
  checker->problems = here;
  checker->source = was;
  return aside->n_errors ? NULL : value;
}

static const struct expr *value_of_setting(struct checker *checker, const struct setting *setting,
                                           const struct named *named, const struct expr *declared) {
  const struct expr *value = value_said(checker, setting, named, declared);
  if (setting->literal && !setting->source) return setting_with(value, declared);
  if (value && value->kind == EXPR_wrong) return declared;
  const char *wanted = declared->type.kind == TYPE_DURATION ? check_say(checker, "a length of time such as 12 {MONTHS}")
                                                            : type_words(declared->type);
  if (!value || value->type.kind != declared->type.kind) {
    const char *comma = strchr(setting->value, ',');
    const char *hint =
        comma ? check_say(checker, "a decimal is written with a point: %.*s.%s", (int)(comma - setting->value),
                          setting->value, comma + 1)
              : check_say(checker, "it is %s in the rules", node_words(checker, tree_child(named->node, 1)));
    setting_wrong(checker, setting, hint, wanted);
    return declared;
  }
  if (value->type.unit && value->type.unit != declared->type.unit) {
    setting_wrong(checker, setting, N_("leave the unit out, or write the parameter's own"), wanted);
    return declared;
  }
  return setting_with(value, declared);
}

struct parameter *parameter_of(struct checker *checker, struct named *named) {
  if (named->state == NAMED_DONE) return named->parameter;
  const struct source *was = checker->source;
  named->state = NAMED_DONE;
  checker->source = named->file->source;
  const struct node *value = tree_child(named->node, 1);
  struct parameter *parameter = NEW(struct parameter);
  parameter->name = named->name;
  parameter->also = also_of(named);
  parameter->value = literal_value(checker, value);
  parameter->text = node_words(checker, value);
  const struct setting *setting = setting_of(checker, named);
  if (setting && parameter->value->kind != EXPR_wrong) {
    const char *usual = parameter->text, *said = value_words(setting, parameter->value);
    parameter->value = value_of_setting(checker, setting, named, parameter->value);
    bool has_unit = parameter->value->type.unit && said[strcspn(said, " %/")] == 0;
    parameter->text = has_unit ? memory_print("%s %s", said, parameter->value->type.unit->spellings[0]) : said;
    if (strcmp(parameter->text, usual) != 0) parameter->usual = usual;
  }
  named->parameter = parameter; /* which its own title may name */
  parameter->title = text_of(checker, named->title);
  checker->source = was;
  return parameter;
}
