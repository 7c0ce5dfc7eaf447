/* read_material.c: what the rules say: indicators, the programme, and the explanation in plain words. */
#include <math.h>
#include <string.h>
#include "runtime/image/words.h"
#include "runtime/meeting/inner.h"

/* ── words of a list ─────────────────────────────────────────────────────────────────────────────────────────────── */

/* Which of the words a member is, from 0; after an error 0. Where it may be left out, null is 0. */
static int read_word(struct reader *reader, const cJSON *object, const char *name, const char *const *words, int n) {
  const char *text = read_text(reader, object, name);
  for (int i = 0; i < n; i++)
    if (strcmp(text, words[i]) == 0) return i;
  reader_fail(reader, name, _("one of its words"));
  return 0;
}

/* ── the explanation ─────────────────────────────────────────────────────────────────────────────────────────────── */

/* cJSON nests no deeper than its own limit, and so neither do these. */
static struct meeting_item *read_items(struct reader *reader, const cJSON *object, size_t *n) {
  const cJSON *list = read_list(reader, object, "items", n), *item;
  struct meeting_item *items = reader_take(reader, *n, sizeof *items), *next = items;
  cJSON_ArrayForEach(item, list) {
    next->label = read_text(reader, item, "label");
    next->text = read_text(reader, item, "text");
    next->items = read_items(reader, item, &next->n_items);
    next++;
  }
  return items;
}

static struct meeting_part *read_parts(struct reader *reader, const cJSON *object, size_t *n) {
  const cJSON *list = read_list(reader, object, "parts", n), *part;
  struct meeting_part *parts = reader_take(reader, *n, sizeof *parts), *next = parts;
  cJSON_ArrayForEach(part, list) {
    next->key = read_text(reader, part, "key");
    next->label = read_text(reader, part, "label");
    next->text = read_text(reader, part, "text");
    next->items = read_items(reader, part, &next->n_items);
    next++;
  }
  return parts;
}

static struct meeting_section *read_sections(struct reader *reader, const cJSON *object, size_t *n);

static void read_section(struct reader *reader, const cJSON *object, struct meeting_section *section) {
  section->key = read_text(reader, object, "key");
  section->name = read_text(reader, object, "name");
  section->title = read_text(reader, object, "title");
  section->parts = read_parts(reader, object, &section->n_parts);
  section->sections = read_sections(reader, object, &section->n_sections);
}

static struct meeting_section *read_sections(struct reader *reader, const cJSON *object, size_t *n) {
  const cJSON *list = read_list(reader, object, "sections", n), *section;
  struct meeting_section *sections = reader_take(reader, *n, sizeof *sections), *next = sections;
  cJSON_ArrayForEach(section, list) read_section(reader, section, next++);
  return sections;
}

static const struct meeting_section *find_section(const struct meeting_section *section, const char *key, const char *name) {
  if (strcmp(section->key, key) == 0 && strcmp(section->name, name) == 0) return section;
  for (size_t i = 0; i < section->n_sections; i++) {
    const struct meeting_section *found = find_section(&section->sections[i], key, name);
    if (found) return found;
  }
  return NULL;
}

const struct meeting_part *meeting_part(const struct meeting_section *section, const char *key) {
  for (size_t i = 0; section && i < section->n_parts; i++)
    if (strcmp(section->parts[i].key, key) == 0) return &section->parts[i];
  return NULL;
}

static void read_explained(struct reader *reader, const cJSON *explained, struct meeting *meeting) {
  struct meeting_section *whole = reader_take(reader, 1, sizeof *whole);
  read_section(reader, explained, whole);
  meeting->definitions = whole;
  for (size_t i = 0; i < meeting->n_indicators; i++)
    meeting->indicators[i].explained = find_section(whole, "indicator", meeting->indicators[i].name);
}

/* ── the programme ───────────────────────────────────────────────────────────────────────────────────────────────── */

size_t find_indicator(struct reader *reader, const struct meeting *meeting, const char *name) {
  for (size_t i = 0; i < meeting->n_indicators; i++)
    if (strcmp(meeting->indicators[i].name, name) == 0) return i;
  reader_fail(reader, "indicator", _("an indicator of the pack"));
  return meeting->n_indicators;
}

static void read_block(struct reader *reader, const cJSON *object, const struct meeting *meeting, struct meeting_block *block) {
  block->name = read_text(reader, object, "block");
  block->title = read_text(reader, object, "title");
  block->is_break = read_truth(reader, object, "break");
  block->minutes = read_whole(reader, object, "minutes");
  block->about = read_texts(reader, object, "about", &block->n_about);
  block->reflect = read_texts(reader, object, "reflect", &block->n_reflect);
  const char **names = read_texts(reader, object, "presents", &block->n_presents);
  block->presents = reader_take(reader, block->n_presents, sizeof *block->presents);
  for (size_t i = 0; i < block->n_presents; i++) block->presents[i] = find_indicator(reader, meeting, names[i]);
}

static void read_programme(struct reader *reader, const cJSON *programme, struct meeting *meeting) {
  const cJSON *list = read_list(reader, programme, "blocks", &meeting->n_blocks), *block;
  struct meeting_block *next = meeting->blocks = reader_take(reader, meeting->n_blocks, sizeof *meeting->blocks);
  meeting->programme = read_text(reader, programme, "title");
  meeting->duration = read_whole(reader, programme, "duration");
  cJSON_ArrayForEach(block, list) read_block(reader, block, meeting, next++);
}

/* ── indicators ──────────────────────────────────────────────────────────────────────────────────────────────────── */

static void read_indicator(struct reader *reader, const cJSON *object, struct meeting_indicator *indicator) {
  static const char *const kinds[] = {"share", "count", "mean", "median", "quartiles", "rate"};
  static const char *const better[] = {"", "lower", "higher"};
  indicator->name = read_text(reader, object, "indicator");
  indicator->title = read_text(reader, object, "title");
  indicator->kind = (enum meeting_kind)read_word(reader, object, "kind", kinds, 6);
  indicator->better = (enum meeting_better)read_word(reader, object, "better", better, 3);
  indicator->unit = read_text(reader, object, "unit");
  indicator->per = read_number(reader, object, "per");
  indicator->aim = read_number(reader, object, "aim");
  indicator->of = read_text(reader, object, "of");
  indicator->list = read_text(reader, object, "list");
  indicator->spread = "";
  if (!*indicator->name) reader_fail(reader, "indicator", _("a name"));
  if (!*indicator->title) indicator->title = read_text(reader, object, "where");
  if (indicator->kind == MEETING_RATE && !(indicator->per > 0)) reader_fail(reader, "per", _("more than 0"));
}

void read_indicators(struct reader *reader, const cJSON *pack, struct meeting *meeting) {
  const cJSON *list = read_list(reader, pack, "indicators", &meeting->n_indicators), *object;
  struct meeting_indicator *next = meeting->indicators =
      reader_take(reader, meeting->n_indicators, sizeof *meeting->indicators);
  cJSON_ArrayForEach(object, list) read_indicator(reader, object, next++);
}

static void read_words_of_indicator(struct reader *reader, const cJSON *object, struct meeting *meeting) {
  size_t number = find_indicator(reader, meeting, read_text(reader, object, "indicator"));
  if (number == meeting->n_indicators) return;
  struct meeting_indicator *indicator = &meeting->indicators[number];
  indicator->known = read_texts(reader, object, "known", &indicator->n_known);
  indicator->advice = read_texts(reader, object, "advice", &indicator->n_advice);
  indicator->reflect = read_texts(reader, object, "reflect", &indicator->n_reflect);
}

void read_material(struct reader *reader, const cJSON *material, struct meeting *meeting) {
  size_t n;
  const cJSON *list = read_list(reader, material, "indicators", &n), *object;
  const cJSON *programme = read_object(reader, material, "programme"), *explained = read_object(reader, material, "explained");
  cJSON_ArrayForEach(object, list) read_words_of_indicator(reader, object, meeting);
  if (programme) read_programme(reader, programme, meeting);
  if (explained) read_explained(reader, explained, meeting);
}
