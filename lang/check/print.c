/* print.c: the checked program for people: every definition, parameter and indicator, its types and its rows spelt out. */
#include "lang/check/program.h"
#include "runtime/image/dates.h"

static const char *const figures[] = {"latest", "earliest", "highest", "lowest", "mean", "median", "sum"};
static const char *const comparisons[] = {"<", "<=", ">", ">=", "=", "!=", "between"};
static const char *const quantifiers[] = {"all", "any", "none", "at least", "at most", "exactly"};
static const char *const values[] = {[KIND_MEAN] = "mean of", [KIND_MEDIAN] = "median of",
                                     [KIND_QUARTILES] = "quartiles of", [KIND_RATE] = "rate of"};
static const char *const durations[] = {"days", "weeks", "months", "years"};
static const char *const kinds[] = {
#define EXPR(kind, sentence) #kind,
#include "exprs.def"
#undef EXPR
};

static void print_type(struct type type, FILE *out) {
  static const char *const names[] = {"wrong", "truth", "number", "date", "duration", "text"};
  fputs(names[type.kind], out);
  if (type.unit) fprintf(out, " in %s", type.unit->spellings[0]);
}

static void print_expr(const struct expr *expr, int depth, FILE *out);

static void print_rows(const struct rows *rows, int depth, FILE *out) {
  static const char *const streams[] = {"events", "spans", "series"};
  fprintf(out, " of %s %s", streams[rows->stream->kind], rows->stream->name);
  if (rows->cut) fprintf(out, ", %s %d", rows->cut == CUT_FIRST ? "first" : "last", rows->n);
  if (rows->apart.n) fprintf(out, " at least %d %s apart", rows->apart.n, durations[rows->apart.unit]);
  putc('\n', out);
  for (size_t i = 0; i < rows->n_limits; i++) {
    if (rows->limits[i].low) fprintf(out, "%*sfrom\n", 2 * depth, ""), print_expr(rows->limits[i].low, depth + 1, out);
    if (rows->limits[i].high) fprintf(out, "%*sto\n", 2 * depth, ""), print_expr(rows->limits[i].high, depth + 1, out);
  }
}

static void print_date(int32_t date, FILE *out) {
  int year, month, day;
  date_to_civil(date, &year, &month, &day);
  fprintf(out, " %04d-%02d-%02d", year, month, day);
}

static void print_details(const struct expr *expr, FILE *out) {
  switch (expr->kind) {
  case EXPR_number: fprintf(out, " %.15g", expr->number); break;
  case EXPR_date: print_date(expr->date, out); break;
  case EXPR_text: fprintf(out, " \"%s\"", expr->text); break;
  case EXPR_column: fprintf(out, " patients.%s", expr->column->name); break;
  case EXPR_defined: fprintf(out, " %s", expr->definition->name); break;
  case EXPR_compare: fprintf(out, " %s", comparisons[expr->comparison]); break;
  case EXPR_figure:
  case EXPR_row_date: fprintf(out, " %s", figures[expr->figure]); break;
  case EXPR_how_many: fprintf(out, " %s %.0f", quantifiers[expr->quantifier], expr->number); break;
  case EXPR_each:
    fprintf(out, " %s", quantifiers[expr->quantifier]);
    if (expr->quantifier >= EACH_AT_LEAST) fprintf(out, " %.0f", expr->number);
    fprintf(out, " %s", comparisons[expr->comparison]);
    break;
  case EXPR_duration:
  case EXPR_change:
  case EXPR_earlier: fprintf(out, " %d %s", expr->duration.n, durations[expr->duration.unit]); break;
  case EXPR_since: fprintf(out, " in %s", durations[expr->duration.unit]); break;
  default: break;
  }
}

static void print_expr(const struct expr *expr, int depth, FILE *out) {
  fprintf(out, "%*s%s", 2 * depth, "", kinds[expr->kind]);
  print_details(expr, out);
  fputs(" : ", out);
  print_type(expr->type, out);
  if (expr->rows)
    print_rows(expr->rows, depth + 1, out);
  else
    putc('\n', out);
  for (size_t i = 0; expr->kind != EXPR_defined && i < expr->n_args; i++) print_expr(expr->args[i], depth + 1, out);
}

static void print_strata(const char *words, const struct stratum *const *strata, size_t n, FILE *out) {
  for (size_t i = 0; i < n; i++) {
    fprintf(out, "  %s %s:", words, strata[i]->name);
    for (size_t j = 0; j < strata[i]->n_bands; j++) fprintf(out, "%s %s", j ? "," : "", strata[i]->bands[j].label);
    putc('\n', out);
  }
}

void program_print(const struct program *program, FILE *out) {
  fprintf(out, "%s %s\n", program->is_pack ? "pack" : "library", program->is_pack ? program->name : "");
  for (size_t i = 0; i < program->n_parameters; i++) {
    fprintf(out, "parameter %s\n", program->parameters[i]->name);
    print_expr(program->parameters[i]->value, 1, out);
  }
  for (size_t i = 0; i < program->n_definitions; i++) {
    fprintf(out, "define %s\n", program->definitions[i]->name);
    print_expr(program->definitions[i]->value, 1, out);
  }
  if (program->population) {
    fputs("population\n", out);
    print_expr(program->population, 1, out);
  }
  for (size_t i = 0; i < program->n_indicators; i++) {
    const struct indicator *indicator = program->indicators[i];
    fprintf(out, "indicator %s\n", indicator->name);
    if (indicator->denominator) fputs("  of\n", out), print_expr(indicator->denominator, 2, out);
    fprintf(out, "  %s\n", indicator->value ? values[indicator->kind] : "where");
    print_expr(indicator->value ? indicator->value : indicator->numerator, 2, out);
    print_strata("by", indicator->by, indicator->n_by, out);
    print_strata("adjust by", indicator->adjust, indicator->n_adjust, out);
  }
}
