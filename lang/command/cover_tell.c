/* cover_tell.c: coverage for people: each indicator, and its conditions on their own lines of the rule. */
#include "lang/command/cover.h"
#include "lang/command/marks.h"
#include "lang/memory.h"

/* Which of the two answers a test has shown, in words. */
static const char *shown_words(const struct covered *covered) {
  if (covered->shown[1]) return covered->shown[0] ? _("yes and no") : _("only yes");
  if (covered->never_yes && covered->shown[0]) return _("no, as always: there is no code yet");
  return covered->shown[0] ? _("only no") : _("neither yes nor no");
}

static void tell_conditions(const struct call *call, const struct tested *tested, const struct coverage *coverage) {
  struct mark *marks = NEW_ARRAY(struct mark, coverage->n + 1);
  for (size_t i = 0; i < coverage->n; i++) {
    const struct covered *covered = &coverage->conditions[i];
    const struct expr *condition = covered->condition;
    marks[i] = (struct mark){condition->source, condition->at, shown_words(covered), covered_whole(covered)};
  }
  marks_tell(call, tested->file->source, marks, coverage->n, stdout);
}

static void tell_name(const struct call *call, const struct coverage *coverage, size_t width) {
  const char *begin = call->colour_out ? "\033[1m" : "", *end = call->colour_out ? "\033[0m" : "";
  const char *name = coverage->indicator ? coverage->indicator->name : _("population");
  const char *counts =
      memory_print(Q_("%zu of %zu condition decided both ways", "%zu of %zu conditions decided both ways", coverage->n),
                   coverage->n_shown, coverage->n);
  printf("%s%s%s%*s  %s\n", begin, name, end, (int)(width - marks_width(name)), "", counts);
}

void cover_tell(const struct call *call, const struct tested *tested, const struct coverage *all, size_t n) {
  size_t width = marks_width(_("population"));
  for (size_t i = 0; i < n; i++)
    if (all[i].indicator && marks_width(all[i].indicator->name) > width) width = marks_width(all[i].indicator->name);
  printf(_("\n%s: which conditions the tests decide\n"), tested->path);
  if (!call->quiet) puts(_("Below each condition stands which of its answers some test shows to decide the outcome."));
  for (size_t i = 0; i < n; i++) {
    if (!call->quiet) putchar('\n');
    tell_name(call, &all[i], width);
    if (!call->quiet) tell_conditions(call, tested, &all[i]);
  }
}
