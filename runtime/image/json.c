/* json.c: texts as JSON has them. */
#include "runtime/image/json.h"
#include <string.h>
#include "runtime/image/verify.h"

void json_text(FILE *out, const char *text) {
  if (!text) {
    fputs("null", out);
    return;
  }
  putc('"', out);
  for (size_t room = strlen(text), length; room; text += length, room -= length) {
    length = (unsigned char)*text < 0x80 ? 1 : verify_letter((const unsigned char *)text);
    if (*text == '"' || *text == '\\')
      fprintf(out, "\\%c", *text);
    else if ((unsigned char)*text < ' ')
      fprintf(out, "\\u%04x", (unsigned)*text);
    else if (length)
      fwrite(text, 1, length, out);
    else
      fputs("\xEF\xBF\xBD", out);
    if (!length) length = 1;
  }
  putc('"', out);
}

void json_texts(FILE *out, const char *const *texts, size_t n) {
  putc('[', out);
  for (size_t i = 0; i < n; i++) {
    if (i) fputs(", ", out);
    json_text(out, texts[i]);
  }
  putc(']', out);
}
