/* check.h: trees → checked program. Names are resolved, types and units found and compared, windows moved to the rows
 * they limit. A problem never stops the checker: what is wrong becomes EXPR_wrong, which says nothing more. */
#ifndef KLYNGE_CHECK_H
#define KLYNGE_CHECK_H
#include "lang/check/program.h"

/* `--set name=value`, as the user wrote it; or `set name = value` of a test, whose literal was checked with the test, or of a
 * meeting, which has a place. */
struct setting {
  const char *option;              /* by which it was said, where it was said in the call */
  const char *name, *value;
  bool used;
  const struct node *literal;
  const struct source *source;     /* NULL but for a meeting's */
  struct place at;
};

/* Checks a file with all it uses. Settings are applied to the parameters they name and marked as used. The program is
 * whole where problems->n_errors did not grow. */
struct program *check(struct rule_file *file, struct setting *settings, size_t n_settings, struct problems *problems);

/* Changes a checked pack as a meeting orders it: indicators are left out, and the programme is the meeting's own where it has
 * one. Names of `without` that the pack has are marked as used. Problems are added. */
void check_order(struct program *program, const struct order *order, struct problems *problems);

/* As check, under the settings that these tests of the file share (at least one, in the file's order); of its tests these
 * alone are checked, and stand in the program in the same order. */
struct program *check_for_tests(struct rule_file *file, const struct test *const *tests, size_t n_tests, struct problems *problems);
#endif
