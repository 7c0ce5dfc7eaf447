/* fmt.c: `klynge fmt FILE…`: rule files in their one canonical layout, and in the other language. */
#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include "lang/command/command.h"
#include "lang/command/output.h"
#include "lang/format/format.h"

/* What the call asks for. */
struct wish {
  bool check, print;
  const enum language *turn_to; /* NULL: the files stay in their language */
};

/* A file keeps the rights it has. */
static bool write_file(const char *path, const char *text) {
  struct output out;
  struct stat old;
  bool known = stat(path, &old) == 0;
  if (!output_open(&out, path)) return false;
  if (known && out.place) fchmod(fileno(out.file), old.st_mode & 07777);
  fputs(text, out.file);
  return output_close(&out);
}

/* Formats one file. False when something could not be written; *changes where the file is not in its layout. */
static bool format_file(struct call *call, const struct wish *wish, const char *path, struct problems *problems,
                        bool *changes) {
  const char *error = NULL;
  const struct source *source = source_read(path, &error);
  if (!source) problem_add(problems, PROBLEM_file, NULL, (struct place){0, 0}, NULL, "%s", error);
  const char *text = source ? format_source(source, wish->turn_to, problems) : NULL;
  if (!text) return true;
  bool changed = strlen(text) != source->length || memcmp(text, source->text, source->length) != 0;
  *changes = *changes || changed;
  if (wish->print || (strcmp(path, "-") == 0 && !wish->check))
    fputs(text, stdout);
  else if (changed && !wish->check && !write_file(path, text)) {
    fail(call, EXIT_SYSTEM, "%s cannot be written: %s", path, strerror(errno));
    return false;
  }
  if (changed && !wish->print && strcmp(path, "-") != 0 && !call->quiet) puts(path);
  return true;
}

int verb_fmt(struct call *call) {
  size_t n;
  const char *said = option_value(call, OPTION_language);
  enum language language = said && strcmp(said, "da") == 0 ? DANISH : ENGLISH;
  struct wish wish = {.check = option_value(call, OPTION_check),
                      .print = option_value(call, OPTION_stdout),
                      .turn_to = said ? &language : NULL};
  bool changes = false;
  if (!call->n_words) return fail(call, EXIT_USE, "which rule files? klynge fmt FILE…");
  if (wish.check && wish.print) return fail(call, EXIT_USE, "--check or --stdout, not both");
  const char **files = rule_files(call, call->words, call->n_words, &n);
  if (!files) return EXIT_USE;
  struct problems *problems = problems_open();
  for (size_t i = 0; i < n; i++)
    if (!format_file(call, &wish, files[i], problems, &changes)) return EXIT_SYSTEM;
  problems_print(problems, stderr, call->colour_err, call->quiet ? SEVERITY_ERROR : SEVERITY_NOTE);
  return wish.check && changes ? EXIT_RULES : rules_code(problems);
}
