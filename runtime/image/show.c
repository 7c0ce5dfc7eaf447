/* show.c: an image as plain text, for those who work on the compiler and for tests that compare.
 *
 * Nothing is printed that changes without the rules' meaning changing: no offsets, and not the hash of the rule files. */
#include "runtime/image/image.h"
#include "runtime/image/dates.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ── words, numbers, dates ───────────────────────────────────────────────────────────────────────────────────────── */

static bool is_plain(const char *text) {
  for (const char *at = text; *at; at++)
    if ((unsigned char)*at <= ' ' || strchr("\"\\,;()", *at))
      return false;
  return *text != '\0';
}

/* A text as it is if it is one word, else in quotation marks and on one line. Returns how many bytes were written. */
static int print_text(const struct image *image, uint32_t number, FILE *out) {
  const char *text = image_text(image, number);
  if (!text)
    return fprintf(out, "-");
  if (is_plain(text))
    return fprintf(out, "%s", text);
  int length = fprintf(out, "\"");
  for (; *text; text++) {
    const char *escape = *text == '\n' ? "\\n" : *text == '\r' ? "\\r" : *text == '\t' ? "\\t"
                       : *text == '"' ? "\\\"" : *text == '\\' ? "\\\\" : NULL;
    length += escape ? fprintf(out, "%s", escape) : fprintf(out, "%c", *text);
  }
  return length + fprintf(out, "\"");
}

/* In digits that read back to the same double; 15 are enough for what a person has written. */
static void print_number(double number, FILE *out) {
  char digits[32];
  for (int n = 15; n <= 17; n++) {
    snprintf(digits, sizeof digits, "%.*g", n, number);
    if (strtod(digits, NULL) == number)
      break;
  }
  fputs(digits, out);
}

static void print_date(int32_t date, FILE *out) {
  int year, month, day;
  if (date == DATE_UNKNOWN || date == DATE_EVER) {
    fputs(date == DATE_UNKNOWN ? "unknown" : "ever", out);
    return;
  }
  date_to_civil(date, &year, &month, &day);
  fprintf(out, "%04d-%02d-%02d", year, month, day);
}

/* ── what is read ────────────────────────────────────────────────────────────────────────────────────────────────── */

static void print_column(const struct image *image, const struct image_column *column, FILE *out) {
  static const char *const types[] = { "text", "number", "date", "code ", "unit", "(" };
  print_text(image, column->name, out);
  fprintf(out, " %s", types[column->type]);
  if (column->type == COLUMN_CODE)
    print_text(image, column->system, out);
  for (uint32_t i = 0; i < column->n_choices; i++) {
    fputs(i > 0 ? ", " : "", out);
    print_text(image, image->choices[column->first_choice + i], out);
  }
  fputs(column->type == COLUMN_LIST ? ")" : "", out);
}

static void print_table(const struct image *image, const struct image_table *table, FILE *out) {
  fputs("table ", out);
  print_text(image, table->name, out);
  fputs(" (", out);
  for (uint32_t i = 0; i < table->n_columns; i++) {
    fputs(i > 0 ? ", " : "", out);
    print_column(image, &image->columns[table->first_column + i], out);
  }
  fputs(")\n", out);
}

static void print_match_step(const struct image *image, const struct image_match_step *step, FILE *out) {
  if (step->op == MATCH_OR || step->op == MATCH_EXCEPT) {
    fputs(step->op == MATCH_OR ? "or" : "except", out);
    return;
  }
  print_text(image, step->a, out);
  fputs(step->op == MATCH_PREFIX ? "*" : step->op == MATCH_RANGE ? ".." : "", out);
  if (step->op == MATCH_RANGE)
    print_text(image, step->b, out);
}

static void print_convert_step(const struct image_convert_step *step, FILE *out) {
  static const char *const signs[] = { "value", "", "+", "-", "*", "/", "negate" };
  if (step->op == CONVERT_NUMBER)
    print_number(step->number, out);
  else
    fputs(signs[step->op], out);
}

/* One part on a line; the programs as they stand, in postfix order. */
static void print_part(const struct image *image, const struct image_part *part, FILE *out) {
  fputs("    of ", out);
  print_text(image, image->tables[part->table].name, out);
  fputs(" by ", out);
  print_text(image, image->columns[part->key].name, out);
  if (part->value != IMAGE_NONE) {
    fputs(", values in ", out);
    print_text(image, image->columns[part->value].name, out);
  }
  fputs(":", out);
  if (part->selector == IMAGE_NONE)
    fputs(" any code", out);
  else if (image->selectors[part->selector].n_steps == 0)
    fputs(" no code", out);
  for (uint32_t i = 0; part->selector != IMAGE_NONE && i < image->selectors[part->selector].n_steps; i++) {
    fputc(' ', out);
    print_match_step(image, &image->match_steps[image->selectors[part->selector].first_step + i], out);
  }
  if (part->unit != IMAGE_NONE) {
    fputs("; unit ", out);
    print_text(image, part->unit, out);
  }
  for (uint32_t i = 0; i < part->n_steps; i++) {
    fputs(i == 0 ? "; as " : " ", out);
    print_convert_step(&image->convert_steps[part->first_step + i], out);
  }
  if (part->low > -INFINITY || part->high < INFINITY) {
    fputs("; plausible ", out);
    print_number(part->low, out);
    fputs(" to ", out);
    print_number(part->high, out);
  }
  fputc('\n', out);
}

static void print_stream(const struct image *image, uint32_t number, FILE *out) {
  static const char *const kinds[] = { "events", "spans", "series" };
  static const char *const ties[] = { "highest", "lowest", "mean" };
  const struct image_stream *stream = &image->streams[number];
  fprintf(out, "\nstream s%u: ", number);
  print_text(image, stream->name, out);
  fprintf(out, "\n    %s", kinds[stream->kind]);
  if (stream->kind == STREAM_SERIES) fprintf(out, ", ties %s", ties[stream->ties]);
  fputc('\n', out);
  for (uint32_t i = 0; i < stream->n_parts; i++)
    print_part(image, &image->parts[stream->first_part + i], out);
}

/* ── what is told to people ──────────────────────────────────────────────────────────────────────────────────────── */

static void print_indicator(const struct image *image, const struct image_indicator *indicator, FILE *out) {
  static const char *const better[] = { "", "; lower is better", "; higher is better" };
  static const char *const kinds[] = { "share", "count", "mean", "median", "quartiles", "rate" };
  fputs("    indicator ", out);
  print_text(image, indicator->name, out);
  fprintf(out, ": %s of ", kinds[indicator->kind]);
  print_text(image, indicator->kind == KIND_SHARE ? indicator->denominator : indicator->numerator, out);
  fputs(indicator->kind == KIND_SHARE ? " where " : " of ", out);
  print_text(image, indicator->kind == KIND_SHARE ? indicator->numerator : indicator->denominator, out);
  if (indicator->kind == KIND_RATE)
    fputs(" per ", out), print_number(indicator->per, out);
  fputs(better[indicator->better], out);
  if (!isnan(indicator->aim))
    fputs("; aim ", out), print_number(indicator->aim, out);
  fputc('\n', out);
}

static void print_day(uint32_t day, FILE *out) {
  if (day == IMAGE_NONE)
    fputs("each patient's own", out);
  else
    fprintf(out, "D%u", day);
}

static void print_window(const struct image *image, const struct image_window *window, FILE *out) {
  fputs("    window ", out);
  print_text(image, window->subject, out);
  fputc(' ', out);
  print_text(image, window->title, out);
  fputs(": ", out);
  print_day(window->low, out);
  fputs(" to ", out);
  print_day(window->high, out);
  fputc('\n', out);
}

static void print_pack(const struct image *image, uint32_t number, FILE *out) {
  const struct image_pack *pack = &image->packs[number];
  fputs("\npack ", out);
  print_text(image, pack->name, out);
  fputs(": ", out);
  print_text(image, pack->population, out);
  fputc('\n', out);
  for (uint32_t i = 0; i < image->n_parameters; i++) {
    if (image->parameters[i].pack != number)
      continue;
    fputs("    parameter ", out);
    print_text(image, image->parameters[i].name, out);
    fputs(" = ", out);
    print_text(image, image->parameters[i].value, out);
    if (image->parameters[i].usual != IMAGE_NONE) {
      fputs(" (set, usually ", out);
      print_text(image, image->parameters[i].usual, out);
      putc(')', out);
    }
    putc('\n', out);
  }
  for (uint32_t i = 0; i < pack->n_windows; i++)
    print_window(image, &image->windows[pack->first_window + i], out);
  for (uint32_t i = 0; i < pack->n_indicators; i++)
    print_indicator(image, &image->indicators[pack->first_indicator + i], out);
}

/* ── code ────────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* The registers of one sort, in lines of at most sixteen; a register is named by its kind and its number. */
static void print_registers(const struct image *image, uint32_t uniform, FILE *out) {
  uint32_t n = 0;
  for (uint32_t r = 0; r < image->n_registers; r++)
    if (image->registers[r].uniform == uniform) {
      fputs(n > 0 && n % 16 == 0 ? "\n   " : "", out);
      fprintf(out, " %c%u", "NDMT"[image->registers[r].kind], r);
      n++;
    }
  fputs(n == 0 ? " none\n" : "\n", out);
}

/* Returns how many bytes were written. */
static int print_operand(const struct image *image, char letter, uint32_t word, FILE *out) {
  if (letter == 'k')
    return fprintf(out, "%d", (int)(int32_t)word);
  if (letter == 'x')
    return print_text(image, word, out);
  enum image_register_kind kind = opcode_register(letter);
  return fprintf(out, "%c%u", kind == N_REGISTER_KINDS ? letter : "NDMT"[kind], word);
}

/* What an operand stands for, where its number alone says little. False where there is nothing to say. */
static bool has_comment(enum opcode op, char letter) {
  return op == OP_date_is ? letter == 'k' : strchr("kxu", letter) == NULL && opcode_register(letter) == N_REGISTER_KINDS;
}

/* Pack and indicator, and of a cell that is not the whole its stratum and band. */
static void print_cell(const struct image *image, const struct image_cell *cell, FILE *out) {
  const struct image_indicator *indicator = &image->indicators[cell->indicator];
  print_text(image, image->packs[indicator->pack].name, out);
  fputc(' ', out);
  print_text(image, indicator->name, out);
  if (cell->role == CELL_WHOLE) return;
  fputc(' ', out);
  if (cell->role == CELL_BY) print_text(image, cell->stratum, out);
  else fputs("adjust", out);
  fputc(' ', out);
  if (cell->band == IMAGE_NONE) fputs("unknown", out);
  else print_text(image, cell->band, out);
}

static void print_comment(const struct image *image, char letter, uint32_t word, FILE *out) {
  switch (letter) {
  case 'k': print_date((int32_t)word, out); break;
  case 'c': print_number(image->constants[word], out); break;
  case 's': print_text(image, image->streams[word].name, out); break;
  case 'p': print_text(image, image->columns[word].name, out); break;
  case 'q': print_text(image, image->packs[word].name, out); break;
  case 'e': print_cell(image, &image->cells[word], out); break;
  }
}

/* Prints the instruction at a word of the code; returns how many words it has. */
static uint32_t print_instruction(const struct image *image, uint32_t at, FILE *out) {
  enum opcode op = image->code[at];
  const char *letters = opcodes[op].operands;
  const uint32_t *words = image->code + at + 1;
  fprintf(out, *opcodes[op].operands ? "%8u  %-18s" : "%8u  %s", at, opcodes[op].name);
  int width = 0, n;
  for (n = 0; letters[n]; n++)
    width += fprintf(out, "  ") + print_operand(image, letters[n], words[n], out);
  for (int i = 0; i < n; i++)
    if (has_comment(op, letters[i])) {
      fprintf(out, "%*s; ", width < 26 ? 26 - width : 1, "");
      print_comment(image, letters[i], words[i], out);
    }
  fputc('\n', out);
  return 1 + (uint32_t)n;
}

static void print_code(const struct image *image, uint32_t from, uint32_t to, FILE *out) {
  while (from < to)
    from += print_instruction(image, from, out);
}

void image_print(const struct image *image, FILE *out) {
  for (uint32_t t = 0; t < image->n_tables; t++)
    print_table(image, &image->tables[t], out);
  for (uint32_t a = 0; a < image->n_aliases; a++) {
    fputs("unit ", out);
    print_text(image, image->aliases[a].label, out);
    fputs(" also ", out);
    print_text(image, image->aliases[a].spelt, out);
    fputc('\n', out);
  }
  for (uint32_t s = 0; s < image->n_streams; s++)
    print_stream(image, s, out);
  for (uint32_t p = 0; p < image->n_packs; p++)
    print_pack(image, p, out);
  fputs("\nregisters\n    uniform:", out);
  print_registers(image, 1, out);
  fputs("    full:", out);
  print_registers(image, 0, out);
  fputs("\nonce:\n", out);
  print_code(image, 0, image->n_once, out);
  fputs("\neach block:\n", out);
  print_code(image, image->n_once, image->n_code, out);
}
