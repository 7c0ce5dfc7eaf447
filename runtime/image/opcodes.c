/* opcodes.c: what opcodes.def says, as a table. */
#include "runtime/image/image.h"
#include <string.h>

const struct opcode_row opcodes[N_OPCODES] = {
#define OPCODE(name, operands, sentence) [OP_##name] = { #name, operands, sentence },
#include "runtime/image/opcodes.def"
#undef OPCODE
};

enum image_register_kind opcode_register(char letter) {
  switch (letter) {
  case 'N': case 'n': return REGISTER_NUMBER;
  case 'D': case 'd': return REGISTER_DATE;
  case 'M': case 'm': return REGISTER_MASK;
  case 'T': case 't': return REGISTER_TALLY;
  default: return N_REGISTER_KINDS;
  }
}

/* The operand letters whose register may be uniform although what comes out is full. */
static const char *const uniform_letters[N_OPCODES] = {
  [OP_number_spread] = "n", [OP_date_spread] = "d", [OP_truth_spread] = "m",
  [OP_add] = "n", [OP_subtract] = "n", [OP_multiply] = "n", [OP_divide] = "n", [OP_negate] = "n",
  [OP_number_below] = "n", [OP_number_at_most] = "n", [OP_number_equal] = "n",
  [OP_date_below] = "d", [OP_date_at_most] = "d", [OP_date_equal] = "d",
  [OP_number_choose] = "n", [OP_date_choose] = "d", [OP_number_else] = "n", [OP_date_else] = "d",
  [OP_date_later] = "d", [OP_date_earlier] = "d",
  [OP_any_row] = "d", [OP_scan] = "d",
  [OP_rows_below] = "n", [OP_rows_at_most] = "n", [OP_rows_above] = "n", [OP_rows_at_least] = "n",
  [OP_rows_equal] = "n", [OP_rows_unequal] = "n", [OP_rows_between] = "n",
  [OP_rows_all] = "n", [OP_rows_some] = "n",
};

bool opcode_takes_uniform(enum opcode op, int operand) {
  if (operand < 0 || operand >= (int)strlen(opcodes[op].operands) || !uniform_letters[op])
    return false;
  return strchr(uniform_letters[op], opcodes[op].operands[operand]) != NULL;
}
