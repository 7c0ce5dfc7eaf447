/* codes.h: what codes look like, for those who meet a word that may be one. */
#ifndef KLYNGE_LINT_CODES_H
#define KLYNGE_LINT_CODES_H
#include <stdbool.h>

/* What people call a code system whose codes are known by their looks ("ICPC-2" for icpc); NULL for another. */
const char *codes_called(const char *system);
/* Whether a word is written as a whole code of some system. */
bool codes_look_like(const char *word);
#endif
