/* write.c: a package as a file: the same parts are the same bytes. */
#include <stdlib.h>
#include <zip.h>
#include "runtime/image/dates.h"
#include "runtime/memory/memory.h"
#include "runtime/ooxml/inner.h"

/* The date as zip files say it, which no time zone moves: years are from 1980 to 2107. */
static zip_uint16_t date_of_entries(int32_t date) {
  int year, month, day;
  date_to_civil(date == DATE_UNKNOWN ? 0 : date, &year, &month, &day);
  if (year < 1980 || year > 2107) return 1 << 5 | 1;
  return (zip_uint16_t)((year - 1980) << 9 | month << 5 | day);
}

static bool add_part(zip_t *zip, struct part *part, zip_uint16_t date) {
  size_t length;
  const char *bytes = part_bytes(part, &length);
  zip_source_t *source = zip_source_buffer(zip, bytes, length, 0);
  zip_int64_t i = source ? zip_file_add(zip, part->name, source, ZIP_FL_ENC_UTF_8) : -1;
  if (i < 0) {
    zip_source_free(source);
    return false;
  }
  return zip_set_file_compression(zip, (zip_uint64_t)i, ZIP_CM_DEFLATE, 6) == 0 &&
         zip_file_set_dostime(zip, (zip_uint64_t)i, 0, date, 0) == 0;
}

/* The content types first, as Office writes them and some readers want them. */
static bool add_parts(zip_t *zip, struct package *package, int32_t date) {
  zip_uint16_t day = date_of_entries(date);
  struct part *types = package_find(package, TYPES_PART);
  bool is_well = add_part(zip, types, day);
  for (struct part *part = package->first; part && is_well; part = part->next)
    if (part != types) is_well = add_part(zip, part, day);
  return is_well;
}

/* The finished zip is in `source`; reads it out. NULL where that fails. */
static char *read_source(zip_source_t *source, size_t *length) {
  zip_stat_t whole;
  if (zip_source_stat(source, &whole) != 0 || zip_source_open(source) != 0) return NULL;
  char *bytes = memory_take(whole.size, 1);
  *length = whole.size;
  bool is_whole = zip_source_read(source, bytes, whole.size) == (zip_int64_t)whole.size;
  zip_source_close(source);
  if (is_whole) return bytes;
  free(bytes);
  return NULL;
}

bool package_save(struct package *package, const char *path, int32_t date, char **error) {
  zip_error_t wrong;
  zip_error_init(&wrong);
  zip_source_t *source = zip_source_buffer_create(NULL, 0, 0, &wrong);
  if (!source) memory_exhausted();
  zip_source_keep(source);
  zip_t *zip = zip_open_from_source(source, ZIP_TRUNCATE, &wrong);
  if (!zip) memory_exhausted();
  bool is_well = add_parts(zip, package, date) && zip_close(zip) == 0;
  if (!is_well) {
    *error = ooxml_sentence("%s", zip_strerror(zip));
    zip_discard(zip);
  }
  size_t length = 0;
  char *bytes = is_well ? read_source(source, &length) : NULL;
  if (is_well && !bytes) *error = ooxml_sentence("%s", zip_error_strerror(zip_source_error(source)));
  zip_source_free(source);
  bool is_saved = bytes && package_save_bytes(bytes, length, path, error);
  free(bytes);
  return is_saved;
}
