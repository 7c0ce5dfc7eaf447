/* readings.c: the two ways to ask for a share. Of 400 patients 100 have an eGFR below 30 and 60 of those get metformin:
 * 15 % of all, or 60 % of those with such an eGFR. Which one the indicator asks is seen best beside the other. */
#include "lang/explain/outline.h"

/* Both: two conditions in words, neither of which may be read apart. */
static const char *both(const char *a, const char *b) { return memory_print(_("%1$s, and %2$s"), a, b); }

/* What comes after the first condition of an `and`. */
static const struct expr *rest_of(const struct expr *expr) {
  struct expr *rest = NEW(struct expr);
  if (expr->n_args == 2) return expr->args[1];
  *rest = *expr;
  rest->args = expr->args + 1;
  rest->n_args--;
  return rest;
}

static const char *in_brackets(const struct expr *expr) {
  const struct expr *core = expr;
  while (core->kind == EXPR_not) core = core->args[0];
  const char *words = condition_words(expr, false);
  return core->kind == EXPR_or || core->kind == EXPR_how_many || core->kind == EXPR_choose ? memory_print("(%s)", words)
                                                                                           : words;
}

/* A condition of the numerator moves into the denominator. */
static void moved_out(struct part *part, const struct indicator *indicator) {
  const struct expr *where = indicator->numerator;
  const char *of = indicator->denominator ? in_brackets(indicator->denominator) : NULL;
  const char *moved = in_brackets(where->args[0]), *rest = in_brackets(rest_of(where));
  part_item(part, of ? memory_print(_("Here the share is of all for whom this holds: %s."),
                                    condition_words(indicator->denominator, false))
                     : _("Here the share is of all patients in the population."));
  part_item(
      part,
      memory_print(_("Another question: of those alone for whom this holds: %1$s. For how large a share of them does "
                     "this hold: %2$s?"),
                   of ? both(of, moved) : moved, rest));
  part_item(
      part,
      of ? _("For example: the share here is of 400 patients, what was moved holds for 100 of them, and all of it for "
             "60. Then it is 60 of 400 = 15 per cent here, and 60 of 100 = 60 per cent to the other question.")
         : _("For example: of 400 patients in the population what was moved holds for 100, and all of it for 60. "
             "Then it is 60 of 400 = 15 per cent here, and 60 of 100 = 60 per cent to the other question."));
}

/* The condition of the denominator moves into the numerator. */
static void moved_in(struct part *part, const struct indicator *indicator) {
  const char *of = in_brackets(indicator->denominator), *where = in_brackets(indicator->numerator);
  part_item(part, memory_print(_("Here the share is of those alone for whom this holds: %s."),
                               condition_words(indicator->denominator, false)));
  part_item(
      part,
      memory_print(_("Another question: for how large a share of all patients in the population does this hold: %s?"),
                   both(of, where)));
  part_item(
      part,
      _("For example: of 400 patients in the population 100 belong here, and 60 of them count. Then it is 60 of 100 = "
        "60 per cent here, and 60 of 400 = 15 per cent to the other question."));
}

struct part *readings_part(const struct indicator *indicator) {
  if (indicator->kind != KIND_SHARE) return NULL;
  struct part *part = part_make("readings", _("Two questions"), NULL);
  if (indicator->numerator->kind == EXPR_and)
    moved_out(part, indicator);
  else if (indicator->denominator)
    moved_in(part, indicator);
  else
    return NULL;
  return part;
}
