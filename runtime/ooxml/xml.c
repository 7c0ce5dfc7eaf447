/* xml.c: XML as text, piece by piece. */
#include <assert.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include "runtime/memory/memory.h"
#include "runtime/ooxml/ooxml.h"

#define NOT_A_CHARACTER "\xEF\xBF\xBD"

static void put_bytes(struct xml *xml, const char *bytes, size_t length) {
  if (xml->length + length + 1 > xml->room) {
    xml->room = 2 * (xml->length + length + 1);
    xml->text = memory_resize(xml->text, xml->room, 1);
  }
  memcpy(xml->text + xml->length, bytes, length);
  xml->length += length;
  xml->text[xml->length] = '\0';
}

void xml_put_raw(struct xml *xml, const char *text) { put_bytes(xml, text, strlen(text)); }

/* How many bytes the character takes that begins here; 0 where the bytes are no UTF-8 or XML has no such character. */
static size_t character_length(const unsigned char *text) {
  static const unsigned least[] = {0, 0, 0x80, 0x800, 0x10000};
  unsigned first = text[0], n = first < 0x80 ? 1 : first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  unsigned value = n == 1 ? first : first & (0xFFu >> (n + 1));
  if (first >= 0xF8 || (first >= 0x80 && first < 0xC0)) return 0;
  for (unsigned i = 1; i < n; i++) {
    if ((text[i] & 0xC0) != 0x80) return 0;
    value = value << 6 | (text[i] & 0x3Fu);
  }
  bool is_control = value < 0x20 && value != '\t' && value != '\n' && value != '\r';
  bool is_surrogate = value >= 0xD800 && value < 0xE000;
  return is_control || is_surrogate || value == 0xFFFE || value == 0xFFFF || value > 0x10FFFF || value < least[n] ? 0
                                                                                                                  : n;
}

static void put_escaped(struct xml *xml, const char *text) {
  while (*text) {
    size_t n = character_length((const unsigned char *)text);
    switch (*text) {
    case '&': xml_put_raw(xml, "&amp;"); break;
    case '<': xml_put_raw(xml, "&lt;"); break;
    case '>': xml_put_raw(xml, "&gt;"); break;
    case '"': xml_put_raw(xml, "&quot;"); break;
    case '\'': xml_put_raw(xml, "&apos;"); break;
    default:
      if (n == 0) xml_put_raw(xml, NOT_A_CHARACTER);
      put_bytes(xml, text, n);
    }
    text += n ? n : 1;
  }
}

static void put_number(struct xml *xml, double number) {
  char digits[64];
  snprintf(digits, sizeof digits, "%.15g", number);
  if (strtod(digits, NULL) != number) snprintf(digits, sizeof digits, "%.17g", number);
  xml_put_raw(xml, digits);
}

static void put_whole(struct xml *xml, long long number) {
  char digits[32];
  snprintf(digits, sizeof digits, "%lld", number);
  xml_put_raw(xml, digits);
}

void xml_put(struct xml *xml, const char *format, ...) {
  va_list list;
  va_start(list, format);
  for (const char *percent; (percent = strchr(format, '%')); format = percent + 1) {
    put_bytes(xml, format, (size_t)(percent - format));
    switch (*++percent) {
    case 's': put_escaped(xml, va_arg(list, const char *)); break;
    case 'd': put_whole(xml, va_arg(list, int)); break;
    case 'u': put_whole(xml, va_arg(list, unsigned)); break;
    case 'z':
      put_whole(xml, (long long)va_arg(list, size_t));
      percent++;
      break;
    case 'l':
      put_whole(xml, va_arg(list, long long));
      percent += 2;
      break;
    case 'g': put_number(xml, va_arg(list, double)); break;
    default: assert(*percent == '%'); xml_put_raw(xml, "%");
    }
  }
  xml_put_raw(xml, format);
  va_end(list);
}
