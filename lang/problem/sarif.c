/* sarif.c: problems as SARIF 2.1.0 (OASIS standard, "Static Analysis Results Interchange Format"), which editors and code
 * hosts show beside the lines. */
#include <string.h>
#include "lang/memory.h"
#include "lang/problem/json.h"
#include "lang/problem/order.h"

static const char *const sentences[N_PROBLEMS] = {
#define PROBLEM(id, severity, sentence) sentence,
#include "problems.def"
#undef PROBLEM
};

static const char *level_of(enum problem_id id) {
  static const char *const levels[] = {"error", "warning", "note"};
  return levels[problem_severity(id)];
}

/* A path as a URI (RFC 3986): what has a meaning there, and every byte that is not ASCII, as %XX. */
static void write_uri(FILE *out, const char *path) {
  fputs(path[0] == '/' ? "\"file://" : "\"", out);
  for (; *path; path++) {
    bool plain = (*path >= 'a' && *path <= 'z') || (*path >= 'A' && *path <= 'Z') || (*path >= '0' && *path <= '9');
    if (plain || strchr("/-._~", *path))
      putc(*path, out);
    else
      fprintf(out, "%%%02X", (unsigned char)*path);
  }
  putc('"', out);
}

static void write_rule(FILE *out, enum problem_id id) {
  fprintf(out, "          {\"id\": \"%s\", \"shortDescription\": {\"text\": ", problem_name(id));
  json_text(out, sentences[id]);
  fprintf(out,
          "},\n           \"help\": {\"text\": \"The section %s of docs/problems.md shows a wrong rule, the right one, "
          "and why.\"},\n           \"defaultConfiguration\": {\"level\": \"%s\"}}",
          problem_name(id), level_of(id));
}

static void write_region(FILE *out, const struct problem *problem) {
  struct span span = problem_span(problem);
  fprintf(out, "{\"startLine\": %zu, \"startColumn\": %zu, \"endLine\": %zu, \"endColumn\": %zu}", span.line,
          span.column, span.end_line, span.end_column);
}

/* What the hint says, where it is exactly what to put there instead. */
static void write_fix(FILE *out, const struct problem *problem) {
  fputs(",\n         \"fixes\": [{\"description\": {\"text\": ", out);
  json_text(out, problem->hint ? problem->hint : problem->message);
  fputs("}, \"artifactChanges\": [{\"artifactLocation\": {\"uri\": ", out);
  write_uri(out, problem->source->path);
  fputs("},\n           \"replacements\": [{\"deletedRegion\": ", out);
  write_region(out, problem);
  fputs(", \"insertedContent\": {\"text\": ", out);
  json_text(out, problem->mended);
  fputs("}}]}]}]", out);
}

/* Whoever shows results shows the message alone, so the hint goes with it. */
static void write_message(FILE *out, const struct problem *problem) {
  json_text(out, problem->hint ? memory_print("%s\n%s", problem->message, problem->hint) : problem->message);
}

static void write_result(FILE *out, const struct problem *problem) {
  fprintf(out, "        {\"ruleId\": \"%s\", \"ruleIndex\": %d, \"level\": \"%s\", \"message\": {\"text\": ",
          problem_name(problem->id), (int)problem->id, level_of(problem->id));
  write_message(out, problem);
  putc('}', out);
  if (problem->source) {
    fputs(",\n         \"locations\": [{\"physicalLocation\": {\"artifactLocation\": {\"uri\": ", out);
    write_uri(out, problem->source->path);
    fputs("}, \"region\": ", out);
    write_region(out, problem);
    fputs("}}]", out);
    if (problem->mended) write_fix(out, problem);
  }
  putc('}', out);
}

void problems_print_sarif(struct problems *problems, FILE *out, enum severity least, const char *language,
                          const char *version) {
  size_t n;
  const struct entry *entries = problems_in_order(problems, 0, least, &n);
  fprintf(out,
          "{\"$schema\": \"https://json.schemastore.org/sarif-2.1.0.json\",\n \"version\": \"2.1.0\",\n"
          " \"runs\": [\n    {\"tool\": {\"driver\": {\"name\": \"klynge\", \"version\": \"%s\",\n"
          "        \"rules\": [\n",
          version);
  for (int id = 0; id < N_PROBLEMS; id++) {
    if (id) fputs(",\n", out);
    write_rule(out, (enum problem_id)id);
  }
  fprintf(out, "]}},\n     \"columnKind\": \"unicodeCodePoints\", \"language\": \"%s\",\n     \"results\": [",
          language);
  for (size_t i = 0; i < n; i++) {
    fputs(i ? ",\n" : "\n", out);
    write_result(out, entries[i].problem);
  }
  fputs("]}]}\n", out);
}
