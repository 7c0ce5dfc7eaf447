/* lint.h: checked program → warnings: what a rule may say, and hardly anybody means. Nothing here stops a rule from being
 * run. Each warning has an id (problems.def), a section in docs/problems.md, and can be silenced by its id. */
#ifndef KLYNGE_LINT_H
#define KLYNGE_LINT_H
#include <stdint.h>
#include "lang/check/program.h"

/* Warns of what a checked file says, with all it uses; each file's own lines are looked at once, however many packs use
 * it. `is_sound`: the file has no error; where it has one, a name may seem unused and minutes may be missing only because
 * of it, and neither is told. */
void lint(const struct program *program, struct rule_file *file, bool is_sound, struct problems *problems);

/* Warns of each code set that was last reviewed more than two years before the index date (days since 1970-01-01): of a
 * pack those that its rows are found by, of a library all of them. Each set is told once. */
void lint_reviewed(const struct program *program, int32_t index, struct problems *problems);
#endif
