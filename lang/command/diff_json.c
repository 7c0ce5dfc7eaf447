/* diff_json.c: what a revision changes, for programs. docs/diff.md says what the members mean; none is ever translated. */
#include "lang/command/diff.h"
#include "runtime/image/json.h"
#include <string.h>

static void write_names(const char *member, const char *const *names, size_t n) {
  printf(", \"%s\": [", member);
  for (size_t i = 0; i < n; i++) {
    if (i) fputs(", ", stdout);
    json_text(stdout, names[i]);
  }
  putchar(']');
}

static void write_text(const char *before, const char *text) {
  fputs(before, stdout);
  json_text(stdout, text);
}

static void write_difference(const struct difference *difference) {
  static const char *const kinds[] = {"added", "removed", "meaning", "texts"};
  printf("    {\"change\": \"%s\", \"declaration\": \"%s\"", kinds[difference->kind], tree_kind_name(difference->declaration));
  write_text(", \"name\": ", difference->name);
  write_text(", \"was\": ", difference->was);
  write_text(", \"is\": ", difference->is);
  write_names("dropped", difference->dropped, difference->n_dropped);
  write_names("added", difference->added, difference->n_added);
  write_names("reaches", difference->reaches, difference->n_reaches);
  putchar('}');
}

static void write_sides(const char *member, const struct sides *sides) {
  printf("\"%s\": {\"denominator\": %u, \"numerator\": %u, \"unknown\": %u}", member, sides->denominator, sides->numerator,
         sides->unknown);
}

static void write_moved(const struct moved *moved) {
  write_sides("was", &moved->was);
  fputs(", ", stdout);
  write_sides("is", &moved->is);
  printf(", \"into_denominator\": %u, \"out_of_denominator\": %u, \"into_numerator\": %u, \"out_of_numerator\": %u, \"moved\": %u",
         moved->into_denominator, moved->out_of_denominator, moved->into_numerator, moved->out_of_numerator, moved->n);
}

static void write_practices(const struct revision *revision, const struct pair *pair) {
  const struct store *store = revision->store;
  bool any = false;
  fputs(",\n     \"practices\": [", stdout);
  for (uint32_t c = 0; c < revision->result->n_clusters; c++) {
    const struct result_cluster *cluster = &revision->result->clusters[c];
    for (uint32_t i = 0; i < cluster->n_practices; i++)
      for (uint32_t p = 0; p < store->n_practices; p++) {
        if (strcmp(store_text(store, store->practices[p].id), cluster->practices[i].id) != 0) continue;
        write_text(any ? ",\n      {\"cluster\": " : "\n      {\"cluster\": ", cluster->id);
        write_text(", \"practice\": ", cluster->practices[i].label);
        fputs(", ", stdout);
        write_moved(&pair->practices[p]);
        putchar('}');
        any = true;
      }
  }
  putchar(']');
}

static void write_reasons(const struct pair *pair) {
  fputs(",\n     \"reasons\": [", stdout);
  for (size_t i = 0; i < pair->n_reasons; i++) {
    const struct reason *reason = &pair->reasons[i];
    const char *words = reason->condition ? version_words(reason->condition->source, reason->condition->at) : NULL;
    write_text(i ? ", {\"condition\": " : "{\"condition\": ", words);
    printf(", \"gone\": %s, \"patients\": %u}", reason->is_old ? "true" : "false", reason->n);
  }
  putchar(']');
}

static void write_pair(const struct revision *revision, const struct pair *pair) {
  write_text("    {\"indicator\": ", pair->is->name);
  write_text(", \"was_indicator\": ", pair->was->name);
  fputs(",\n     ", stdout);
  write_moved(&pair->all);
  write_reasons(pair);
  write_practices(revision, pair);
  putchar('}');
}

static void write_data(const struct revision *revision) {
  char date[16];
  result_date(revision->index, date);
  printf(",\n  \"as_of\": \"%s\",\n  \"indicators\": [\n", date);
  for (size_t i = 0; i < revision->n_pairs; i++) {
    write_pair(revision, &revision->pairs[i]);
    puts(i + 1 < revision->n_pairs ? "," : "");
  }
  fputs("  ]", stdout);
}

void diff_tell_json(const struct revision *revision) {
  write_text("{\n  \"old\": ", revision->was->version);
  write_text(",\n  \"new\": ", revision->is->version);
  write_text(",\n  \"pack\": ", revision->is->name);
  fputs(",\n  \"differences\": [\n", stdout);
  for (size_t i = 0; i < revision->n_differences; i++) {
    write_difference(&revision->differences[i]);
    puts(i + 1 < revision->n_differences ? "," : "");
  }
  fputs("  ]", stdout);
  if (revision->store) write_data(revision);
  puts("\n}");
}
