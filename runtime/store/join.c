/* join.c: rows that several threads have collected come together in one builder. They stay where they stand. */
#include <stdlib.h>
#include <string.h>
#include "runtime/memory/memory.h"
#include "runtime/store/inner.h"

struct store_builder *store_builder_aside(const struct store_builder *people) {
  struct store_builder *aside = store_builder_open();
  aside->n_patients = people->n_patients;
  return aside;
}

static uint32_t text_of(struct store_builder *builder, const struct store_builder *aside, uint32_t text) {
  const char *bytes = aside->texts.texts[text];
  return store_builder_text(builder, bytes, strlen(bytes));
}

static uint32_t table_of(struct store_builder *builder, const struct store_builder *aside, const struct table_rows *table) {
  uint32_t name = text_of(builder, aside, table->name), key = text_of(builder, aside, table->key);
  for (uint32_t t = 0; t < builder->n_tables; t++)
    if (builder->tables[t].name == name && builder->tables[t].key == key) return t;
  return store_builder_add_table(builder, name, key, table->n_values, table->spans);
}

static void join_table(struct store_builder *builder, struct store_builder *aside, struct table_rows *table) {
  uint32_t number = table_of(builder, aside, table);
  for (uint32_t s = 0; s < table->n_segments; s++) {
    struct segment_rows *more = &table->segments[s];
    uint32_t code = text_of(builder, aside, more->code), unit = text_of(builder, aside, more->unit);
    uint32_t segment = store_builder_segment(builder, number, code, unit);
    segment_rows_join(&builder->tables[number].segments[segment], more);
  }
  free(table->segments);
  free(table->slots);
}

void store_builder_join(struct store_builder *builder, struct store_builder *aside) {
  for (uint32_t t = 0; t < aside->n_tables; t++) join_table(builder, aside, &aside->tables[t]);
  aside->n_tables = 0;
  store_builder_drop(aside);
}
