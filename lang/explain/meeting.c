/* meeting.c: what a pack brings to a meeting beside its figures, as one JSON object: docs/result.md, "material". */
#include "lang/explain/explain.h"
#include "runtime/image/json.h"

static void write_text(const char *before, const char *text, FILE *out) {
  fputs(before, out);
  json_text(out, text);
}
static void write_texts(const char *before, const struct texts *texts, FILE *out) {
  fputs(before, out);
  json_texts(out, texts->all, texts->n);
}

static void write_block(const struct programme_block *block, FILE *out) {
  const char *const about[] = {block->about};
  write_text("        {\"block\": ", block->is_break ? NULL : block->name, out);
  write_text(", \"title\": ", block->title, out);
  fprintf(out, ", \"break\": %s, \"minutes\": %d, \"presents\": [", block->is_break ? "true" : "false", block->minutes);
  for (size_t i = 0; i < block->n_presents; i++) write_text(i ? ", " : "", block->presents[i]->name, out);
  fputs("],\n         \"about\": ", out);
  json_texts(out, about, block->about != NULL);
  write_texts(", \"reflect\": ", &block->reflect, out);
  putc('}', out);
}

static void write_programme(const struct programme *programme, FILE *out) {
  if (!programme) {
    fputs("null", out);
    return;
  }
  write_text("{\"title\": ", programme->title, out);
  fprintf(out, ", \"duration\": %d, \"blocks\": [\n", programme->duration);
  for (size_t i = 0; i < programme->n_blocks; i++) {
    write_block(&programme->blocks[i], out);
    fputs(i + 1 < programme->n_blocks ? ",\n" : "", out);
  }
  fputs("]}", out);
}

void explain_for_meeting(const struct program *program, int32_t as_of, FILE *out) {
  fputs("{\"programme\": ", out);
  write_programme(program->programme, out);
  fputs(",\n      \"indicators\": [\n", out);
  for (size_t i = 0; i < program->n_indicators; i++) {
    const struct indicator *indicator = program->indicators[i];
    write_text("        {\"indicator\": ", indicator->name, out);
    write_texts(", \"known\": ", &indicator->known, out);
    write_texts(",\n         \"advice\": ", &indicator->advice, out);
    write_texts(",\n         \"reflect\": ", &indicator->reflect, out);
    fputs(i + 1 < program->n_indicators ? "},\n" : "}", out);
  }
  fputs("],\n      \"explained\": ", out);
  explanation_print_json(explain(program, NULL, as_of), out);
  fputs("      }", out);
}
