/* indicator.c: one indicator: what the figure is, of whom, how many, who is unknown, and what the meeting is told of it. */
#include <math.h>
#include <string.h>
#include "lang/explain/outline.h"

/* ── of whom ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

struct part *population_part(const struct program *program) {
  if (!program->population) return part_make("population", _("Population"), _("All patients in the data."));
  return outline_condition("population", _("Population"), _("Patients for whom %s"), program->population);
}

/* A sentence, and why it may be so of a patient: how many reasons there are, and each of them. False where there is none. */
static bool add_reasons(struct part *part, const char *sentence, const struct expr *expr, const struct expr *given) {
  size_t n;
  const char **reasons = unknown_reasons(expr, given, &n);
  const char *number = memory_print(Q_("There may be %d reason:", "There may be %d reasons:", n), (int)n);
  part->text = memory_print(_("%1$s %2$s"), sentence, number);
  for (size_t i = 0; i < n; i++) part_item(part, reasons[i]);
  return n > 0;
}

static void of_whom(struct section *section, const struct indicator *indicator) {
  const struct expr *of = indicator->denominator;
  const char *label = _("Of whom");
  if (!of) {
    section_add(section, part_make("of_whom", label, _("All patients in the population.")));
    return;
  }
  section_add(section, outline_condition("of_whom", label, _("Patients in the population for whom %s"), of));
  struct part *part = part_make("left_out", _("Left out"), NULL);
  if (add_reasons(part, _("Patients for whom it cannot be decided."), of, NULL)) section_add(section, part);
}

/* ── how many, or what value ─────────────────────────────────────────────────────────────────────────────────────── */

static const char *figure_words(const struct indicator *indicator) {
  switch (indicator->kind) {
  case KIND_COUNT: return _("How many patients.");
  case KIND_MEAN: return _("The mean of a number that each patient has.");
  case KIND_MEDIAN: return _("The median: half of the patients have a lower number, half a higher one.");
  case KIND_QUARTILES:
    return _("The quartiles: a quarter of the patients have a number below the first, half below the second, "
             "three quarters below the third.");
  case KIND_RATE: return memory_print(_("How often something happens, per %s patients."), number_words(indicator->per));
  default: return _("A share, in per cent.");
  }
}

static void how_many(struct section *section, const struct indicator *indicator) {
  const struct expr *value = indicator->value;
  if (indicator->kind == KIND_RATE) {
    const char *number = number_words(indicator->per);
    section_add(section,
                part_make("value", _("What is counted"),
                         capital(memory_print(_("%1$s, per %2$s patients."), value_words(value, NULL), number))));
  } else if (value) {
    struct part *part = section_add(section, outline_value("value", _("The number"), "%s.", value));
    part->text = capital(part->text);
  } else {
    section_add(section, outline_condition("how_many", _("How many"),
                                           indicator->kind == KIND_SHARE ? _("Those of them for whom %s")
                                                                         : _("Patients in the population for whom %s"),
                                           indicator->numerator));
  }
}

/* ── who is unknown ──────────────────────────────────────────────────────────────────────────────────────────────── */

/* Of `and` and `or`, a part may settle the outcome whatever the others are. */
static const char *settled_words(const struct expr *expr) {
  expr = outline_core(expr);
  if (expr->kind == EXPR_and)
    return _("Where one of the conditions does not hold the answer is no, even if another is unknown.");
  if (expr->kind == EXPR_or)
    return _("Where one of the conditions holds the answer is yes, even if another is unknown.");
  return NULL;
}

static const char *nobody_words(const struct indicator *indicator) {
  if (indicator->kind == KIND_RATE)
    return _("Nobody: it can be counted for all. What is not in the data has not happened.");
  return indicator->value ? _("Nobody: every patient has such a number.")
                          : _("Nobody: it can be decided for all. What is not in the data has not happened.");
}

static const char *unknown_words(const struct indicator *indicator) {
  if (indicator->value)
    return _(
        "Patients without such a number. They are not part of the figure, and how many they are is shown beside it.");
  return indicator->kind == KIND_COUNT ? _("Patients for whom it cannot be decided. They are not counted, and how many "
                                           "they are is shown beside the figure.")
                                       : _("Patients for whom it cannot be decided. They are still part of “of whom” "
                                           "but not of “how many”, and how many they "
                                           "are is shown beside the figure.");
}

static void unknown(struct section *section, const struct indicator *indicator) {
  const struct expr *asked = indicator->value ? indicator->value : indicator->numerator;
  struct part *part = section_add(section, part_make("unknown", _("Unknown"), NULL));
  const char *sentence = unknown_words(indicator), *settled = indicator->value ? NULL : settled_words(asked);
  if (indicator->missing_counts_as_no)
    sentence = memory_print(_("%1$s %2$s"), sentence, _("That they count as no is on purpose."));
  if (settled) sentence = memory_print(_("%1$s %2$s"), sentence, settled);
  if (!add_reasons(part, sentence, asked, indicator->denominator)) part->text = nobody_words(indicator);
}

/* ── what the meeting is told ────────────────────────────────────────────────────────────────────────────────────── */

/* The label of a class of numbers, as numbers are written in the language: "7.5–<11". */
static const char *label_words(const char *label) {
  char *copy = memory_copy(label, strlen(label));
  for (char *point = copy; (point = strchr(point, '.')); point++) *point = *decimal_sign();
  return copy;
}

static const char *classes_words(const struct stratum *stratum) {
  const char *text = NULL;
  for (size_t i = 0; i < stratum->n_bands; i++) {
    const struct band *band = &stratum->bands[i];
    const struct expr *is = band->condition;
    bool is_choice = !stratum->value && is->kind == EXPR_compare;
    const char *label = is_choice ? choice_words(is->args[0]->column, band->label) : label_words(band->label);
    if (band->is_edge && strcmp(label, "<0") == 0) continue;
    text = text ? memory_print("%s, %s", text, label) : label;
  }
  return text ? text : "";
}

static const char *stratum_words(const struct stratum *stratum) {
  if (!stratum->value) return column_words(stratum->bands[0].condition->args[0]->column);
  const char *value = value_words(stratum->value, NULL), *title = stratum->title ? stratum->title : stratum->name;
  return strcmp(title_words(title, title), value) == 0 ? title : memory_print(_("%1$s (%2$s)"), title, value);
}

static void groups(struct section *section, const char *key, const char *label, const char *text,
                   const struct stratum *const *strata, size_t n) {
  if (!n) return;
  struct part *part = section_add(section, part_make(key, label, text));
  for (size_t i = 0; i < n; i++)
    part_item(part, memory_print(_("%1$s: %2$s"), capital(stratum_words(strata[i])), classes_words(strata[i])));
}

static const char *aim_words(const struct indicator *indicator) {
  const struct unit *unit = indicator->value ? indicator->value->type.unit : NULL;
  const char *number = indicator->kind == KIND_SHARE ? memory_print(_("%s %%"), number_words(100 * indicator->aim))
                       : unit ? memory_print("%s %s", number_words(indicator->aim), unit->spellings[0])
                              : number_words(indicator->aim);
  return memory_print(indicator->better == BETTER_LOWER    ? _("At most %s.")
                      : indicator->better == BETTER_HIGHER ? _("At least %s.")
                                                           : "%s.",
                      number);
}

static void texts(struct section *section, const char *key, const char *label, const struct texts *texts) {
  if (!texts->n) return;
  if (texts->n == 1) {
    section_add(section, part_make(key, label, texts->all[0]));
    return;
  }
  struct part *part = section_add(section, part_make(key, label, NULL));
  for (size_t i = 0; i < texts->n; i++) part_item(part, texts->all[i]);
}

static void told(struct section *section, const struct indicator *indicator) {
  if (indicator->better)
    section_add(section, part_make("better", _("Better"),
                                  indicator->better == BETTER_LOWER ? _("A lower figure is better.")
                                                                    : _("A higher figure is better.")));
  if (!isnan(indicator->aim)) section_add(section, part_make("aim", _("Aim"), aim_words(indicator)));
  groups(section, "by", _("Groups"), _("The figure is also shown for each group:"), indicator->by, indicator->n_by);
  groups(section, "adjust", _("Adjusted"),
         _("Beside the figure stands what it would be if the practice's patients were spread over these groups as the "
           "cluster's are:"),
         indicator->adjust, indicator->n_adjust);
  texts(section, "known", _("Worth knowing"), &indicator->known);
  texts(section, "advice", _("Advice"), &indicator->advice);
  texts(section, "reflect", _("To reflect on"), &indicator->reflect);
  if (indicator->list)
    section_add(section,
                part_make("list", _("List"),
                         memory_print(_("The practice can have its own patients as a list: “%s”."), indicator->list)));
  if (indicator->replaces)
    section_add(section, part_make("replaces", _("Replaces"),
                                  memory_print(_("The indicator %s of an earlier version."), indicator->replaces)));
}

struct section *indicator_section(const struct indicator *indicator, const struct program *population, int32_t as_of) {
  struct used used = {0};
  const char *title = indicator->title && *indicator->title ? indicator->title : indicator->name;
  struct section *section = section_new("indicator", indicator->name, title);
  section_add(section, part_make("figure", _("The figure"), figure_words(indicator)));
  if (population) section_add(section, population_part(population));
  of_whom(section, indicator);
  how_many(section, indicator);
  unknown(section, indicator);
  if (population && population->population) used_by(&used, population->population);
  used_by_indicator(&used, indicator);
  section_add(section, period_part(&used, as_of));
  section_add(section, readings_part(indicator));
  told(section, indicator);
  return section;
}
