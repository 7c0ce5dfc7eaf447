/* outlet.h: where the result of a call goes, and what can be shown there. */
#ifndef KLYNGE_OUTLET_H
#define KLYNGE_OUTLET_H
#include "lang/command/command.h"

/* The file that the result goes to; NULL for standard output. */
const char *outlet_file(const struct call *call);
/* Whether what the call writes, a text, can go there; false after a word about a file that is named as a document is. */
bool outlet_takes_text(const struct call *call);
/* What a table may have: columns, colours, and letters that are not ASCII. */
struct outlet {
  uint32_t width;
  bool colour, ascii;
};
struct outlet outlet_of(const struct call *call);
#endif
