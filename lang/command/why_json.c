/* why_json.c: why a patient counts, for programs. docs/why.md says what the members mean; none is ever translated. */
#include <math.h>
#include "lang/command/why.h"
#include "runtime/image/json.h"
#include "lang/tree/tree.h"
#include "runtime/image/dates.h"
#include "runtime/result/result.h"

static void write_date(int32_t date, FILE *out) {
  char text[16];
  result_date(date, text);
  json_text(out, date == DATE_OPEN || !*text ? NULL : text);
}

static void write_number(double number, FILE *out) {
  char digits[32];
  if (isnan(number)) {
    fputs("null", out);
    return;
  }
  result_number(number, digits);
  fputs(digits, out);
}

static void write_answer(const struct run_answer *answer, FILE *out) {
  static const char *const signs[] = {"<", "", ">"};
  if (answer->kind == REGISTER_MASK) {
    fprintf(out, "\"outcome\": \"%s\"", !answer->known ? "unknown" : answer->truth ? "yes" : "no");
    return;
  }
  fputs("\"value\": ", out);
  if (!answer->known) fputs("null", out);
  else if (answer->kind == REGISTER_DATE) write_date(answer->date, out);
  else write_number(answer->number, out);
  if (answer->known && answer->sign) fprintf(out, ", \"sign\": \"%s\"", signs[answer->sign + 1]);
}

static void write_rows(const struct why *why, const struct why_node *node, FILE *out) {
  static const char *const reads[] = {"read", "other_unit", "implausible", "no_number"};
  int32_t low, high;
  bool known = why_window(why, node, &low, &high);
  const struct look_row *taken = known ? why_taken(node, low, high) : NULL;
  fputs(", \"from\": ", out);
  if (known && low != DATE_EVER) write_date(low, out);
  else fputs("null", out);
  fputs(", \"to\": ", out);
  if (known) write_date(high, out);
  else fputs("null", out);
  fputs(", \"rows\": [", out);
  for (size_t i = 0; i < node->n_rows; i++) {
    const struct look_row *row = &node->rows[i];
    fputs(i ? ", {\"date\": " : "{\"date\": ", out);
    write_date(row->date, out);
    fputs(", \"code\": ", out);
    json_text(out, row->code);
    fputs(", \"unit\": ", out);
    json_text(out, row->unit);
    fputs(", \"number\": ", out);
    write_number(row->number, out);
    fputs(", \"value\": ", out);
    write_number(row->value, out);
    fprintf(out, ", \"sign\": \"%s\", \"read\": \"%s\", \"counts\": %s, \"taken\": %s}", row->sign < 0 ? "<" : row->sign > 0 ? ">" : "",
            reads[row->read], known && why_counts(node, row, low, high) ? "true" : "false", row == taken ? "true" : "false");
  }
  fputs("]", out);
}

static void write_node(const struct why *why, const struct why_node *node, int depth, FILE *out) {
  if (!node) {
    fputs("null", out);
    return;
  }
  fputs("{\"words\": ", out);
  json_text(out, node->words);
  fputs(", \"title\": ", out);
  json_text(out, node->title);
  if (node->question != NO_QUESTION) fputs(", ", out), write_answer(&why->answers[node->question], out);
  if (node->rows) write_rows(why, node, out);
  fputs(", \"of\": [", out);
  for (size_t i = 0; i < node->n_children; i++) {
    fprintf(out, "%s\n%*s", i ? "," : "", 2 * depth + 2, "");
    write_node(why, node->children[i], depth + 1, out);
  }
  fputs("]}", out);
}

static void write_misses(const struct why *why, FILE *out) {
  static const char *const outcomes[] = {"outside", "no", "yes", "unknown"};
  bool any = false;
  fputs(",\n  \"misses\": [", out);
  for (size_t i = 0; i < why->n_misses; i++) {
    enum outcome would_be;
    if (!why_is_miss(why, &why->misses[i], &would_be)) continue;
    const struct expr *condition = why->misses[i].condition;
    fputs(any ? ",\n    {\"condition\": " : "\n    {\"condition\": ", out);
    json_text(out, why_words(condition));
    fprintf(out, ", \"if\": \"%s\", \"outcome\": \"%s\"}", why->misses[i].truth ? "yes" : "no", outcomes[would_be]);
    any = true;
  }
  fputs("]", out);
}

void why_tell_json(const struct why *why, const char *patient, FILE *out) {
  static const char *const outcomes[] = {"outside", "no", "yes", "unknown"};
  fputs("{\n  \"indicator\": ", out);
  json_text(out, why->indicator->name);
  fputs(",\n  \"patient\": ", out);
  json_text(out, patient);
  fputs(",\n  \"as_of\": ", out);
  write_date(why->index, out);
  fprintf(out, ",\n  \"outcome\": \"%s\",\n  \"population\": ", outcomes[why_outcome_now(why)]);
  write_node(why, why->population, 1, out);
  fputs(",\n  \"denominator\": ", out);
  write_node(why, why->denominator, 1, out);
  fputs(",\n  \"counted\": ", out);
  write_node(why, why->counted, 1, out);
  write_misses(why, out);
  fputs("\n}\n", out);
}
