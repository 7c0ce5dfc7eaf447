/* digits.h: check digits. The last digit of a LOINC or SNOMED CT code follows from the others, so that a slip of the pen
 * gives no code. */
#ifndef KLYNGE_LINT_DIGITS_H
#define KLYNGE_LINT_DIGITS_H
#include <stdbool.h>

/* Whether the digit after the hyphen is the sum of the digits before it, every second of them doubled from the right, taken
 * up to the next ten (Luhn's rule; LOINC users' guide, "LOINC code check digit"). */
bool digits_fit_loinc(const char *code);
/* Whether the last digit is Verhoeff's: each digit goes through a permutation by its place, and the results are
 * multiplied in the symmetry group of a pentagon; the product of all must be its unit (SNOMED CT release file
 * specification, "check-digit"). */
bool digits_fit_snomed(const char *code);
#endif
