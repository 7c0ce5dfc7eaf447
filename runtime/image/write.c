/* write.c: the bytes of an image, grown section by section.
 *
 * The same calls give the same bytes: sections stand in the order of sections.def, and the gaps between them are zero. */
#include "runtime/image/image.h"
#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include "runtime/image/hash.h"
#include "runtime/memory/memory.h"

static const size_t element_size[N_SECTIONS] = {
#define SECTION(name, type, sentence) [SECTION_##name] = sizeof(type),
#include "runtime/image/sections.def"
#undef SECTION
};

enum { LEAST_ROOM = 1024 }; /* bytes, so that a small section is not moved many times before it is of some size */
struct section { char *bytes; size_t length, room; };

struct image_writer {
  struct section sections[N_SECTIONS];
  /* Offsets of the texts that are already there, found by their hash; IMAGE_NONE where a place is free. The size is a
   * power of two, and at most half of the places are taken. */
  uint32_t *places;
  uint32_t n_places, n_texts;
};

struct image_writer *image_writer_open(void) {
  struct image_writer *writer = memory_take(1, sizeof *writer);
  writer->n_places = 64;
  writer->places = memory_resize(NULL, writer->n_places, sizeof *writer->places);
  memset(writer->places, 0xff, writer->n_places * sizeof *writer->places);
  return writer;
}

static void section_append(struct section *section, const void *bytes, size_t length) {
  /* Offsets are 32 bits wide, so an image that outgrows them is one that does not fit. */
  if (length > INT32_MAX - section->length)
    memory_exhausted();
  if (section->length + length > section->room) {
    section->room = section->room ? 2 * section->room + length : LEAST_ROOM + length;
    section->bytes = memory_resize(section->bytes, section->room, 1);
  }
  memcpy(section->bytes + section->length, bytes, length);
  section->length += length;
}

uint32_t image_writer_count(const struct image_writer *writer, enum image_section section) {
  return (uint32_t)(writer->sections[section].length / element_size[section]);
}

uint32_t image_writer_add(struct image_writer *writer, enum image_section section, const void *element, size_t size) {
  assert(section != SECTION_texts && size == element_size[section]);
  uint32_t number = image_writer_count(writer, section);
  section_append(&writer->sections[section], element, size);
  return number;
}

/* ── texts, each once ────────────────────────────────────────────────────────────────────────────────────────────── */

/* The place of the text, or the free one where it belongs. */
static uint32_t *text_place(const struct image_writer *writer, const char *text) {
  const char *texts = writer->sections[SECTION_texts].bytes;
  uint32_t last = writer->n_places - 1;
  for (uint32_t i = (uint32_t)hash_text(text, strlen(text)) & last;; i = (i + 1) & last)
    if (writer->places[i] == IMAGE_NONE || strcmp(texts + writer->places[i], text) == 0)
      return &writer->places[i];
}

static void text_places_double(struct image_writer *writer) {
  uint32_t *old = writer->places, n_old = writer->n_places;
  writer->n_places = 2 * n_old;
  writer->places = memory_resize(NULL, writer->n_places, sizeof *writer->places);
  memset(writer->places, 0xff, writer->n_places * sizeof *writer->places);
  for (uint32_t i = 0; i < n_old; i++)
    if (old[i] != IMAGE_NONE)
      *text_place(writer, writer->sections[SECTION_texts].bytes + old[i]) = old[i];
  free(old);
}

uint32_t image_writer_text(struct image_writer *writer, const char *text) {
  if (!text)
    return IMAGE_NONE;
  uint32_t *place = text_place(writer, text);
  if (*place != IMAGE_NONE)
    return *place;
  uint32_t offset = image_writer_count(writer, SECTION_texts);
  section_append(&writer->sections[SECTION_texts], text, strlen(text) + 1);
  *place = offset;
  if (2 * ++writer->n_texts > writer->n_places)
    text_places_double(writer);
  return offset;
}

/* ── closing ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

static size_t aligned(size_t offset) {
  return (offset + 7) / 8 * 8;
}

void *image_writer_close(struct image_writer *writer, uint32_t n_once, size_t *length) {
  struct image_header header = { .magic = IMAGE_MAGIC, .version = IMAGE_VERSION, .n_once = n_once };
  size_t end = aligned(sizeof header);
  for (int s = 0; s < N_SECTIONS; s++) {
    header.sections[s].offset = (uint32_t)end;
    header.sections[s].count = image_writer_count(writer, s);
    end = aligned(end + writer->sections[s].length);
    if (end > UINT32_MAX)
      memory_exhausted();
  }
  header.length = end;
  char *bytes = memory_take(end, 1);
  memcpy(bytes, &header, sizeof header);
  for (int s = 0; s < N_SECTIONS; s++) {
    if (writer->sections[s].length > 0)
      memcpy(bytes + header.sections[s].offset, writer->sections[s].bytes, writer->sections[s].length);
    free(writer->sections[s].bytes);
  }
  free(writer->places);
  free(writer);
  *length = end;
  return bytes;
}
