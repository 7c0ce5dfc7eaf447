/* name.c: what reports, measures and practices are called, where FHIR asks for URIs. */
#include <sodium.h>
#include <string.h>
#include "runtime/fhir/inner.h"

enum { UUID_BYTES = 16 };

static void add(crypto_generichash_state *state, const char *text) {
  crypto_generichash_update(state, (const unsigned char *)text, strlen(text) + 1);
}

void name_uuid(const struct subject *subject, char out[NAME_TEXT]) {
  const struct meeting *meeting = subject->meeting;
  unsigned char hash[UUID_BYTES];
  char digits[2 * UUID_BYTES + 1], index[16];
  crypto_generichash_state state;
  bool all = subject->practice == meeting->n_practices;
  snprintf(index, sizeof index, "%d", meeting->index);
  crypto_generichash_init(&state, NULL, 0, sizeof hash);
  const char *const parts[] = {meeting->data_hash,
                               meeting->rules_hash,
                               index,
                               meeting->pack,
                               subject->indicator->name,
                               meeting->cluster,
                               all ? "*" : meeting->practices[subject->practice].label};
  for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) add(&state, parts[i]);
  for (size_t i = 0; i < meeting->n_parameters; i++) add(&state, meeting->parameters[i].value);
  crypto_generichash_final(&state, hash, sizeof hash);
  hash[6] = (unsigned char)(0x80 | (hash[6] & 0x0f));
  hash[8] = (unsigned char)(0x80 | (hash[8] & 0x3f));
  sodium_bin2hex(digits, sizeof digits, hash, sizeof hash);
  snprintf(out, NAME_TEXT, "%.8s-%.4s-%.4s-%.4s-%.12s", digits, digits + 8, digits + 12, digits + 16, digits + 20);
}

static bool is_plain(char letter) {
  return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') || (letter >= '0' && letter <= '9') ||
         (letter && strchr("-._", letter));
}

void name_escaped(FILE *out, const char *text) {
  for (; *text; text++)
    if (is_plain(*text))
      putc(*text, out);
    else
      fprintf(out, "%%%02X", (unsigned char)*text);
}

void name_urn(FILE *out, const char *const *parts, size_t n) {
  fputs("urn:klynge", out);
  for (size_t i = 0; i < n; i++) {
    putc(':', out);
    name_escaped(out, parts[i]);
  }
}
