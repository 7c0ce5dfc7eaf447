/* windows.h: which of two windows goes further back. */
#ifndef KLYNGE_LINT_WINDOWS_H
#define KLYNGE_LINT_WINDOWS_H
#include "lang/check/program.h"

enum windows { WINDOWS_SAME, WINDOWS_INSIDE, WINDOWS_AROUND, WINDOWS_OTHER };
/* How the rows of the first window lie to those of the second: the same, some of them, these and more, or one cannot tell.
 * Cuts are not looked at. */
enum windows windows_compare(const struct limit *a, size_t n_a, const struct limit *b, size_t n_b);
#endif
