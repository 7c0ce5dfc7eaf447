/* check.c: `klynge check FILE…`: what is wrong with rules, for people or for programs. */
#include <string.h>
#include "config.h"
#include "lang/command/order.h"
#include "lang/memory.h"
#include "runtime/image/dates.h"

enum check_format { CHECK_TEXT, CHECK_JSON, CHECK_SARIF };

static bool read_format(const struct call *call, enum check_format *format) {
  static const char *const names[] = {"text", "json", "sarif"};
  const char *said = option_value(call, OPTION_format);
  *format = CHECK_TEXT;
  for (int i = 0; said && i < 3; i++)
    if (strcmp(said, names[i]) == 0) {
      *format = (enum check_format)i;
      return true;
    }
  if (said) fail(call, EXIT_USE, "--format is text, json or sarif, not `%s`", said);
  return !said;
}

static void print_fine(const char *path, const struct program *program) {
  if (program->is_pack)
    printf(Q_("%s: pack %s, %zu indicator\n", "%s: pack %s, %zu indicators\n", program->n_indicators), path, program->name,
           program->n_indicators);
  else if (program->order)
    printf(_("%s: meeting %s\n"), path, program->order->name);
  else
    printf(_("%s: library\n"), path);
}

static void print_problems(const struct call *call, struct problems *problems, enum check_format format) {
  enum severity least = call->quiet ? SEVERITY_ERROR : SEVERITY_NOTE;
  if (format == CHECK_TEXT) problems_print(problems, stderr, call->colour_err, least);
  if (format == CHECK_JSON) problems_print_json(problems, stdout, least);
  if (format == CHECK_SARIF) problems_print_sarif(problems, stdout, least, call->danish ? "da" : "en", PACKAGE_VERSION);
}

/* The packs of a meeting, as it orders them: what is wrong with the order shows there. */
static void check_packs_of(struct library *library, struct order *order, struct problems *problems) {
  const char **files = order_packs(order, problems), **paths = NEW_ARRAY(const char *, order->packs.n + 1);
  size_t n;
  if (files)
    rules_packs(library, files, order->packs.n, order->settings, order->n_settings, order, problems, paths, &n);
}

int verb_check(struct call *call) {
  size_t n, n_settings;
  enum check_format format;
  int32_t as_of = DATE_UNKNOWN;
  if (!call->n_words) return fail(call, EXIT_USE, "which rule files? klynge check FILE…");
  if (!read_format(call, &format) || !option_date(call, OPTION_as_of, &as_of)) return EXIT_USE;
  const char **files = rule_files(call, call->words, call->n_words, &n);
  struct problems *problems = files ? rules_problems(call) : NULL;
  if (!problems) return EXIT_USE;
  struct setting *settings = rules_settings(call, &n_settings);
  struct library *library = rules_library(problems);
  for (size_t i = 0; i < n; i++) {
    size_t errors = problems->n_errors;
    const struct program *program = rules_check(library, files[i], settings, n_settings, problems);
    if (!program || problems->n_errors > errors) continue;
    if (program->order) check_packs_of(library, program->order, problems);
    if (problems->n_errors > errors) continue;
    if (as_of != DATE_UNKNOWN) lint_reviewed(program, as_of, problems);
    if (format == CHECK_TEXT && !call->quiet) print_fine(files[i], program);
  }
  if (!problems->n_errors && !n_settings) problems_tell_unused(problems);
  print_problems(call, problems, format);
  return rules_code(problems);
}
