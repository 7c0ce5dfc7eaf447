/* compare.c: `klynge compare BEFORE AFTER`: the follow-up of two kept results; and the table of `klynge run --compare`. */
#include "lang/command/compare.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include "lang/command/output.h"
#include "runtime/followup/followup.h"
#include "runtime/memory/memory.h"

enum { A_READ = 1 << 16 };

/* ── reading ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* All of a file; NULL after a message. */
static char *read_result(const struct call *call, const char *path) {
  char *text = NULL, buffer[A_READ];
  size_t length, n;
  FILE *in = fopen(path, "rb"), *out = in ? open_memstream(&text, &length) : NULL;
  if (!in) {
    fail(call, EXIT_DATA, "%s cannot be read: %s", path, strerror(errno));
    return NULL;
  }
  if (!out) memory_exhausted();
  while ((n = fread(buffer, 1, sizeof buffer, in)) > 0) fwrite(buffer, 1, n, out);
  bool failed = ferror(in);
  if (failed) fail(call, EXIT_DATA, "%s cannot be read: %s", path, strerror(errno));
  fclose(in);
  if (fclose(out) != 0) memory_exhausted();
  if (!failed) return text;
  free(text);
  return NULL;
}

/* The two results as one; NULL with the code after a message. */
static char *join(const struct call *call, enum exit_code *code) {
  char *error = NULL, *joined = NULL, *texts[2] = {NULL, NULL};
  bool read = true;
  for (int i = 0; i < 2 && read; i++) {
    texts[i] = read_result(call, call->words[i]);
    struct meetings *meetings = texts[i] ? meetings_read(texts[i], strlen(texts[i]), &error) : NULL;
    if (texts[i] && !meetings) fail(call, EXIT_DATA, "%s: %s", call->words[i], error);
    read = meetings != NULL;
    meetings_free(meetings);
  }
  *code = EXIT_DATA;
  if (read) joined = followup_join(texts[0], texts[1], &error);
  if (read && !joined) {
    *code = EXIT_USE;
    fail(call, EXIT_USE, "%s", error);
  }
  free(error);
  free(texts[0]);
  free(texts[1]);
  return joined;
}

/* ── writing ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

void compare_write_table(const struct call *call, const struct meetings *meetings, FILE *out) {
  const struct outlet outlet = outlet_of(call);
  const struct followup_page page = {call->danish, outlet.ascii, outlet.colour, outlet.width};
  followup_write_table(meetings, &page, out);
}

/* What differs is told in the table; beside what programs read it is told here. */
static void tell_warnings(const struct call *call, const struct meetings *meetings) {
  const char *told = NULL;
  for (size_t i = 0; i < meetings->n && !call->quiet; i++) {
    const struct meeting *meeting = &meetings->all[i];
    if (told && strcmp(told, meeting->pack) == 0) continue;
    told = meeting->pack;
    for (size_t j = 0; j < meeting->n_warnings; j++)
      fprintf(stderr, _("klynge compare: warning: %s: %s\n"), meeting->pack, meeting->warnings[j]);
  }
}

static int write_joined(const struct call *call, const char *json, const char *format) {
  struct output output;
  char *error;
  const char *path = outlet_file(call);
  struct meetings *meetings = meetings_read(json, strlen(json), &error);
  if (!meetings) {
    fail(call, EXIT_DATA, "%s", error);
    free(error);
    return EXIT_DATA;
  }
  if (!output_open(&output, path)) return fail(call, EXIT_SYSTEM, "%s cannot be written: %s", path, strerror(errno));
  if (!format || strcmp(format, "table") == 0)
    compare_write_table(call, meetings, output.file);
  else if (strcmp(format, "csv") == 0)
    followup_write_csv(meetings, output.file);
  else
    fprintf(output.file, "%s\n", json);
  if (format && strcmp(format, "table") != 0) tell_warnings(call, meetings);
  meetings_free(meetings);
  if (output_close(&output)) return EXIT_FINE;
  if (!path) return fail(call, EXIT_SYSTEM, "the output cannot be written: %s", strerror(errno));
  return fail(call, EXIT_SYSTEM, "%s cannot be written: %s", path, strerror(errno));
}

int verb_compare(struct call *call) {
  const char *format = option_value(call, OPTION_format);
  enum exit_code code;
  if (call->n_words != 2) return fail(call, EXIT_USE, "which two results? klynge compare BEFORE AFTER");
  if (format && strcmp(format, "table") != 0 && strcmp(format, "csv") != 0 && strcmp(format, "json") != 0)
    return fail(call, EXIT_USE, "--format is table, csv or json, not `%s`", format);
  if (!outlet_takes_text(call)) return EXIT_USE;
  char *json = join(call, &code);
  if (!json) return code;
  code = (enum exit_code)write_joined(call, json, format);
  free(json);
  return code;
}
