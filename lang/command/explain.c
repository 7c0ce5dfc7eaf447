/* explain.c: `klynge explain FILE [INDICATOR]`: the rules in plain words. */
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include "lang/command/command.h"
#include "lang/explain/explain.h"
#include "lang/memory.h"

enum { USUAL_WIDTH = 100 };

static int width_of_page(void) {
  struct winsize size;
  return isatty(STDOUT_FILENO) && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col ? size.ws_col
                                                                                              : USUAL_WIDTH;
}

/* The indicator of a name; NULL after a message. */
static const struct indicator *find_indicator(const struct call *call, const struct program *program,
                                              const char *name) {
  const char **names = NEW_ARRAY(const char *, program->n_indicators + 1);
  for (size_t i = 0; i < program->n_indicators; i++) {
    if (strcmp(program->indicators[i]->name, name) == 0) return program->indicators[i];
    names[i] = program->indicators[i]->name;
  }
  const char *near = problem_nearest(name, names, program->n_indicators);
  if (near)
    fail(call, EXIT_USE, "%s has no indicator `%s`; did you mean `%s`?", call->words[0], name, near);
  else
    fail(call, EXIT_USE, "%s has no indicator `%s`", call->words[0], name);
  return NULL;
}

enum layout { LAYOUT_TEXT, LAYOUT_HTML, LAYOUT_JSON, N_LAYOUTS };

static bool read_layout(const struct call *call, enum layout *layout) {
  static const char *const names[] = {"text", "html", "json"};
  const char *said = option_value(call, OPTION_format);
  for (int i = 0; said && i < N_LAYOUTS; i++)
    if (strcmp(names[i], said) == 0) *layout = (enum layout)i;
  if (!said || strcmp(names[*layout], said) == 0) return true;
  fail(call, EXIT_USE, "--format is text, html or json, not `%s`", said);
  return false;
}

static void print(const struct call *call, const struct explanation *explanation, enum layout layout) {
  switch (layout) {
  case LAYOUT_HTML: explanation_print_html(explanation, stdout); break;
  case LAYOUT_JSON: explanation_print_json(explanation, stdout); break;
  default: explanation_print_text(explanation, stdout, width_of_page(), call->colour_out); break;
  }
}

int verb_explain(struct call *call) {
  enum layout layout = LAYOUT_TEXT;
  int32_t as_of = DATE_UNKNOWN;
  if (call->n_words < 1 || call->n_words > 2)
    return fail(call, EXIT_USE, "which rules? klynge explain FILE [INDICATOR]");
  if (!read_layout(call, &layout) || !option_date(call, OPTION_as_of, &as_of)) return EXIT_USE;
  enum exit_code code;
  const struct program *program = rules_program(call, call->words[0], &code);
  if (!program) return code;
  const struct indicator *indicator = NULL;
  if (call->n_words == 2 && !(indicator = find_indicator(call, program, call->words[1]))) return EXIT_USE;
  print(call, explain(program, indicator, as_of), layout);
  return EXIT_FINE;
}
