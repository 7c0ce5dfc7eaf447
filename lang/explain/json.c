/* json.c: an explanation for programs: the same sections and parts, with keys that never change. */
#include "lang/explain/outline.h"
#include "runtime/image/dates.h"
#include "runtime/image/json.h"

/* A member; nothing where there is none. */
static void write_member(const char *key, const char *text, bool *first, FILE *out) {
  if (!text) return;
  fprintf(out, "%s\"%s\": ", *first ? "" : ", ", key);
  json_text(out, text);
  *first = false;
}

static void write_part(const struct part *part, int depth, FILE *out) {
  bool first = true;
  fprintf(out, "%*s{", depth, "");
  write_member("key", part->key, &first, out);
  write_member("label", part->label, &first, out);
  write_member("text", part->text, &first, out);
  if (part->n_parts) {
    fprintf(out, "%s\"items\": [\n", first ? "" : ", ");
    for (size_t i = 0; i < part->n_parts; i++) {
      write_part(part->parts[i], depth + 2, out);
      fputs(i + 1 < part->n_parts ? ",\n" : "]", out);
    }
  }
  putc('}', out);
}

static void write_sections(struct section *const *sections, size_t n, int depth, FILE *out) {
  fputs("\"sections\": [", out);
  for (size_t i = 0; i < n; i++) {
    const struct section *section = sections[i];
    bool first = true;
    fprintf(out, "%s\n%*s{", i ? "," : "", depth, "");
    write_member("key", section->key, &first, out);
    write_member("name", section->name, &first, out);
    write_member("title", section->title, &first, out);
    fputs(", \"parts\": [", out);
    for (size_t j = 0; j < section->n_parts; j++) {
      fputs(j ? ",\n" : "\n", out);
      write_part(section->parts[j], depth + 2, out);
    }
    fputs("], ", out);
    write_sections(section->sections, section->n_sections, depth + 2, out);
    putc('}', out);
  }
  putc(']', out);
}

static const char *day_of(int32_t date) {
  int year, month, day;
  date_to_civil(date, &year, &month, &day);
  return memory_print("%04d-%02d-%02d", year, month, day);
}

void explanation_print_json(const struct explanation *explanation, FILE *out) {
  bool first = true;
  putc('{', out);
  write_member("language", explanation->language, &first, out);
  write_member("title", explanation->title, &first, out);
  write_member("pack", explanation->name, &first, out);
  if (explanation->as_of != DATE_UNKNOWN) write_member("as_of", day_of(explanation->as_of), &first, out);
  fputs(",\n", out);
  write_sections(explanation->sections, explanation->n_sections, 2, out);
  fputs("}\n", out);
}
