/* json.c: problems as a JSON array, for programs. */
#include "lang/problem/json.h"
#include "lang/problem/order.h"

struct span problem_span(const struct problem *problem) {
  struct span span;
  size_t to = problem->at.to > problem->at.from ? problem->at.to : problem->at.from;
  source_position(problem->source, problem->at.from, &span.line, &span.column);
  source_position(problem->source, to, &span.end_line, &span.end_column);
  return span;
}

static void write_problem(const struct problem *problem, FILE *out) {
  static const char *const severities[] = {"error", "warning", "note"};
  fprintf(out, "  {\"id\": \"%s\", \"severity\": \"%s\",\n   \"file\": ", problem_name(problem->id),
          severities[problem_severity(problem->id)]);
  json_text(out, problem->source ? problem->source->path : NULL);
  if (problem->source) {
    struct span span = problem_span(problem);
    fprintf(out, ", \"line\": %zu, \"column\": %zu, \"end_line\": %zu, \"end_column\": %zu", span.line, span.column,
            span.end_line, span.end_column);
  } else {
    fputs(", \"line\": null, \"column\": null, \"end_line\": null, \"end_column\": null", out);
  }
  fputs(",\n   \"message\": ", out);
  json_text(out, problem->message);
  fputs(",\n   \"hint\": ", out);
  json_text(out, problem->hint);
  fputs(",\n   \"fix\": ", out);
  json_text(out, problem->mended);
  putc('}', out);
}

void problems_print_json(struct problems *problems, FILE *out, enum severity least) {
  size_t n;
  const struct entry *entries = problems_in_order(problems, 0, least, &n);
  putc('[', out);
  for (size_t i = 0; i < n; i++) {
    fputs(i ? ",\n" : "\n", out);
    write_problem(entries[i].problem, out);
  }
  fputs(n ? "\n]\n" : "]\n", out);
}
