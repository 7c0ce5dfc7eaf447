/* verify.c: image_open. First the frame is checked here, so that every section is an array inside the bytes and every
 * text can be printed; then what the sections hold (verify_data.c), then the code (verify_code.c). */
#include "runtime/image/verify.h"
#include <string.h>

static const size_t element_size[N_SECTIONS] = {
#define SECTION(name, type, sentence) [SECTION_##name] = sizeof(type),
#include "runtime/image/sections.def"
#undef SECTION
};

static const char *verify_header(const struct image_header *header, size_t length) {
  if (header->magic != IMAGE_MAGIC)
    return "this is not a Klynge image";
  if (header->version != IMAGE_VERSION)
    return "the image is of another version";
  if (header->length != length)
    return "the image is not as long as it says";
  if (header->unused != 0)
    return "the header's unused field is not 0";
  return NULL;
}

/* There is one right place for each section: right after the one before it. So none can overlap, and bytes that no
 * section owns are at most the seven before an alignment. */
static const char *verify_sections(const struct image_header *header) {
  uint64_t end = sizeof *header;
  for (int s = 0; s < N_SECTIONS; s++) {
    end = (end + 7) / 8 * 8;
    if (header->sections[s].offset != end)
      return "a section does not begin where the one before it ends";
    /* A count has 32 bits and an element is small, so this cannot overflow. */
    end += (uint64_t)header->sections[s].count * element_size[s];
    if (end > header->length)
      return "a section goes past the end of the image";
  }
  if ((end + 7) / 8 * 8 != header->length)
    return "there are bytes after the last section";
  return NULL;
}

unsigned verify_letter(const unsigned char *at) {
  if (at[0] == '\r')
    return at[1] == '\n';
  if (at[0] < 0x80)
    return at[0] == '\0' || at[0] == '\t' || at[0] == '\n' || (at[0] >= ' ' && at[0] != 0x7f);
  if (at[0] < 0xc2 || at[0] > 0xf4)
    return 0;
  unsigned length = at[0] < 0xe0 ? 2 : at[0] < 0xf0 ? 3 : 4;
  uint32_t letter = at[0] & (0x7fu >> length);
  for (unsigned i = 1; i < length; i++) {
    if ((at[i] & 0xc0) != 0x80)
      return 0;
    letter = letter << 6 | (at[i] & 0x3f);
  }
  /* Of the two-byte letters, those below A0 are control characters; else a letter has its shortest spelling. */
  static const uint32_t least[] = { 0, 0, 0xa0, 0x800, 0x10000 };
  bool surrogate = letter >= 0xd800 && letter <= 0xdfff;
  return letter < least[length] || letter > 0x10ffff || surrogate ? 0 : length;
}

static const char *verify_texts(const struct image *image) {
  if (image->n_texts > 0 && image->texts[image->n_texts - 1] != '\0')
    return "the last text is not ended";
  const unsigned char *texts = (const unsigned char *)image->texts;
  for (uint32_t i = 0, length; i < image->n_texts; i += length)
    if ((length = verify_letter(texts + i)) == 0)
      return "a text holds bytes that cannot be printed";
  return NULL;
}

bool verify_text(const struct image *image, uint32_t text) {
  return text < image->n_texts && (text == 0 || image->texts[text - 1] == '\0');
}

const char *image_text(const struct image *image, uint32_t text) {
  return text == IMAGE_NONE ? NULL : image->texts + text;
}

/* Sets the arrays of the view; what they hold has not been looked at. */
static void image_view(struct image *image, const char *bytes) {
  const struct image_header *header = (const struct image_header *)bytes;
  image->header = header;
  image->n_once = header->n_once;
#define SECTION(name, type, sentence) image->name = (const type *)(bytes + header->sections[SECTION_##name].offset);
#include "runtime/image/sections.def"
#undef SECTION
#define SECTION(name, type, sentence) image->n_##name = header->sections[SECTION_##name].count;
#include "runtime/image/sections.def"
#undef SECTION
}

const char *image_open(const void *bytes, size_t length, struct image *image) {
  memset(image, 0, sizeof *image);
  if (length < sizeof(struct image_header))
    return "the image is shorter than its header";
  if ((uintptr_t)bytes % 8 != 0)
    return "the image is not aligned to 8 bytes";
  const char *wrong = verify_header(bytes, length);
  if (!wrong)
    wrong = verify_sections(bytes);
  if (wrong)
    return wrong;
  image_view(image, bytes);
  wrong = verify_texts(image);
  if (!wrong)
    wrong = verify_data(image);
  if (!wrong)
    wrong = verify_code(image);
  return wrong;
}
