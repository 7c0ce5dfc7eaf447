/* image.h: the compiled rules, as one flat run of bytes. It is the wall between the two houses: `lang` writes an
 * image, `runtime` reads it, and neither knows anything else of the other.
 *
 * An image holds offsets and numbers only, no pointers, so that it can be written to a file, mapped and compared byte
 * by byte. It is a header, then one array for each line of sections.def, each aligned to 8 bytes. All references are
 * numbers: a `text` is an offset into the texts, everything else the number of an element in its section.
 *
 * The data's way: image_writer_* (write.c) builds the bytes; image_open (verify.c) checks every number in them before
 * anything is trusted and gives a view of typed arrays; image_print (show.c) writes them for people. */
#ifndef KLYNGE_IMAGE_H
#define KLYNGE_IMAGE_H
#include <math.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#define IMAGE_NONE  UINT32_MAX /* the number of nothing: no column, no text, no register */
#define IMAGE_MAGIC 0x31594c4bu /* "KLY1" */
#define IMAGE_VERSION 6u        /* of what the sections and opcodes mean; an image of another version is refused */
#define IMAGE_STACK 64          /* how deep the stack of a match or convert program may get */

/* ── what the sections hold ──────────────────────────────────────────────────────────────────────────────────────── */

enum image_column_type { COLUMN_TEXT, COLUMN_NUMBER, COLUMN_DATE, COLUMN_CODE, COLUMN_UNIT, COLUMN_LIST };

/* A table of the data set: the file `name`.csv. Its column `patient` is implied and not listed. */
struct image_table {
  uint32_t name;                      /* text */
  uint32_t first_column, n_columns;   /* in columns */
};

/* A column; the closed list of a COLUMN_LIST is in choices, the code system of a COLUMN_CODE is a text. */
struct image_column {
  uint32_t name;                      /* text */
  uint32_t type;                      /* enum image_column_type */
  uint32_t system;                    /* text, or IMAGE_NONE */
  uint32_t first_choice, n_choices;   /* in choices */
};

/* One spelling of a unit: a row whose unit is `spelt` is in the unit `label`. A label that has no row here is spelt
 * one way, as itself. */
struct image_alias { uint32_t label, spelt; /* texts */ };

/* Which codes belong: a small postfix program over one code. Each step pushes a truth value or joins the top two. */
enum image_match { MATCH_EXACT, MATCH_PREFIX, MATCH_RANGE, MATCH_OR, MATCH_EXCEPT };
struct image_match_step {
  uint32_t op;                        /* enum image_match; OR: a or b; EXCEPT: a and not b */
  uint32_t a, b;                      /* texts: EXACT a; PREFIX a; RANGE a to b, of the same length, compared as bytes */
};
struct image_selector { uint32_t first_step, n_steps; };  /* in match_steps; without a step no code belongs */

/* A conversion: a small postfix program over one value; the steps are done in double arithmetic in this very order. */
enum image_convert { CONVERT_VALUE, CONVERT_NUMBER, CONVERT_ADD, CONVERT_SUBTRACT, CONVERT_MULTIPLY, CONVERT_DIVIDE,
                     CONVERT_NEGATE };
struct image_convert_step { uint32_t op, unused; double number; };

/* One `from` of a measure, or the one test of an events stream: which segments of the table belong to the stream, and
 * how their values become the stream's. A segment belongs to the first part that takes its code and unit. */
struct image_part {
  uint32_t table;
  uint32_t key;                       /* the column whose text cuts the table into segments (in columns) */
  uint32_t value;                     /* the column of a series' values (in columns); IMAGE_NONE for events and spans */
  uint32_t selector;                  /* in selectors; IMAGE_NONE: every code, the empty one too */
  uint32_t unit;                      /* text: the unit a row must be in, after alias folding, or be empty; IMAGE_NONE: units are not looked at */
  uint32_t first_step, n_steps;       /* in convert_steps; n_steps 0: the value as it stands */
  uint32_t unused;                    /* 0 */
  double low, high;                   /* plausible after conversion, both included; -inf, inf where nothing is said */
};

enum image_stream_kind { STREAM_EVENTS, STREAM_SPANS, STREAM_SERIES };
enum image_ties { TIES_HIGHEST, TIES_LOWEST, TIES_MEAN };
struct image_stream {
  uint32_t name;                      /* text: how a person would call it, for reports */
  uint32_t kind;                      /* enum image_stream_kind */
  uint32_t ties;                      /* enum image_ties */
  uint32_t first_part, n_parts;       /* in parts */
};

enum image_register_kind { REGISTER_NUMBER, REGISTER_DATE, REGISTER_MASK, REGISTER_TALLY, N_REGISTER_KINDS };
/* A uniform register holds one value for all patients. */
struct image_register { uint32_t kind, uniform; };

/* A window, for people: its first and last day stand in two uniform registers, once the part of the code that is run once
 * has been run; a day that is each patient's own stands in none. */
struct image_window {
  uint32_t title;                     /* text, as in the rule: "within 18 months" */
  uint32_t subject;                   /* text: what it limits, "hba1c" */
  uint32_t low, high;                 /* uniform date registers, or IMAGE_NONE */
};

struct image_pack {
  uint32_t name, title, version, about, guideline, contact;  /* texts; IMAGE_NONE where not said */
  uint32_t language;                  /* text: what the pack's own texts are written in, "da" or "en"; IMAGE_NONE where not said */
  uint32_t population;                /* text: the condition as written */
  uint32_t first_indicator, n_indicators;
  uint32_t first_window, n_windows;
  uint32_t rules_hash;                /* text: a hash of the rule files the pack is made of */
};

enum image_better { BETTER_NOTHING, BETTER_LOWER, BETTER_HIGHER };
/* What an indicator's figure is. A share and a count have a condition as numerator, all others a value for each patient. */
enum image_kind { KIND_SHARE, KIND_COUNT, KIND_MEAN, KIND_MEDIAN, KIND_QUARTILES, KIND_RATE };
/* Whether each patient's number is gathered. */
static inline bool image_has_values(uint32_t kind) { return kind == KIND_MEAN || kind == KIND_MEDIAN || kind == KIND_QUARTILES; }
struct image_indicator {
  uint32_t pack;
  uint32_t name, title;               /* texts; title IMAGE_NONE where not said */
  uint32_t denominator, numerator;    /* texts: the two as written; denominator IMAGE_NONE: the population */
  uint32_t better;                    /* enum image_better */
  uint32_t kind;                      /* enum image_kind */
  uint32_t unit;                      /* text: of the value of a mean, median or quartiles; IMAGE_NONE where it has none */
  uint32_t list;                      /* text: the title of the list of its patients, or IMAGE_NONE */
  uint32_t replaces;                  /* text: the name of the indicator it replaces, or IMAGE_NONE */
  uint32_t missing_counts_as_no;      /* 1 where the author says so */
  uint32_t first_cell, n_cells;       /* in cells; the first is the whole, then those of `by`, then those of `adjust by` */
  double per;                         /* of a rate: so many patients */
  double aim;                         /* as the figure is written in CSV: a share as a fraction; NaN where there is none */
};

/* What is counted of an indicator: the whole of it, the patients of one band of `by`, or those of one combination of
 * the bands of `adjust by`. Every patient of the denominator is in one cell of each stratum: what is in no band is in the
 * band IMAGE_NONE, the unknown. */
enum image_cell_role { CELL_WHOLE, CELL_BY, CELL_ADJUST };
struct image_cell {
  uint32_t indicator;
  uint32_t role;                      /* enum image_cell_role */
  uint32_t stratum, title;            /* texts of `by`: name, and title or IMAGE_NONE; of `adjust by` no name, and the titles of all; else IMAGE_NONE */
  uint32_t band;                      /* text; IMAGE_NONE: the whole, or unknown */
  uint32_t is_edge;                   /* 1 for a band below the first limit and for the unknown, which are shown only where somebody is in them */
};

/* What is asked of each patient besides the indicators, for tests and explanations: the kind of the answer's register. */
struct image_question { uint32_t kind; /* enum image_register_kind, no tally */ };

/* A parameter with the value it has in this image, for people: texts but for pack. `usual` is the value that the rules have, where
 * a setting has changed it; else IMAGE_NONE. */
struct image_parameter { uint32_t pack, name, title, value, usual; };

/* ── the view ────────────────────────────────────────────────────────────────────────────────────────────────────── */

enum image_section {
#define SECTION(name, type, sentence) SECTION_##name,
#include "sections.def"
#undef SECTION
  N_SECTIONS
};

struct image_header {
  uint32_t magic, version;
  uint64_t length;                    /* of the whole image, in bytes */
  uint32_t n_once;                    /* the words of the code that are run once, before the first block */
  uint32_t unused;
  struct { uint32_t offset, count; } sections[N_SECTIONS];
};

/* An image that has been verified. It borrows the bytes it was opened on. Each section is an array and its length. */
struct image {
  const struct image_header *header;
#define SECTION(name, type, sentence) const type *name; uint32_t n_##name;
#include "sections.def"
#undef SECTION
  uint32_t n_once;
};

/* Opens `bytes` (8-byte aligned, borrowed for as long as the image lives) after checking all of it: magic, version,
 * sections inside the bytes, every reference in range, texts ended and UTF-8 safe to print, the stacks of match and
 * convert programs, every instruction's operands of the kinds opcodes.def says, registers written before they are
 * read, uniform registers written once and only in the part that is run once, reducers after a scan that fits them.
 * Returns NULL when all is well, else a sentence that says what is wrong (static). */
const char *image_open(const void *bytes, size_t length, struct image *image);

/* The text at an offset; NULL for IMAGE_NONE. */
const char *image_text(const struct image *image, uint32_t text);

/* Whether the selector takes a code, which is borrowed and need not end in a NUL. IMAGE_NONE takes every code. */
bool image_selects(const struct image *image, uint32_t selector, const char *code, size_t length);
/* The label of a unit as data spell it: that of the first alias with this spelling, else the spelling itself (borrowed). */
const char *image_fold_unit(const struct image *image, const char *spelt);

/* Whether the code reads a column of table patients. */
bool image_reads_column(const struct image *image, uint32_t column);
/* The first part of a stream that takes the rows of a table with this text in column `key` and this unit; NULL where none
 * does. *takes_code says whether one takes the code at least. */
const struct image_part *image_find_part(const struct image *image, const struct image_stream *stream, uint32_t table,
                                         uint32_t key, const char *code, const char *unit, bool *takes_code);
/* Which of its table's number columns, from 0, a part of a series reads. */
uint32_t image_nth_number(const struct image *image, const struct image_part *part);
/* A value after a conversion of n steps; none leave it as it stands. */
double image_convert(const struct image_convert_step *steps, uint32_t n, double value);
/* Whether a value, after its part's conversion, is one that the part reads. */
static inline bool image_is_plausible(double value, double low, double high) {
  return isfinite(value) && low <= value && value <= high;
}

/* Writes the image for people, stable and complete: the tables and streams used, then the code, one instruction a line. */
void image_print(const struct image *image, FILE *out);

/* ── instructions ────────────────────────────────────────────────────────────────────────────────────────────────── */

enum opcode {
#define OPCODE(name, operands, sentence) OP_##name,
#include "opcodes.def"
#undef OPCODE
  N_OPCODES
};
struct opcode_row { const char *name, *operands, *sentence; };
extern const struct opcode_row opcodes[N_OPCODES];

/* The kind of register that an operand letter (N n D d M m T t) stands for; N_REGISTER_KINDS for other letters. */
enum image_register_kind opcode_register(char letter);

/* Whether a uniform register may be read where a full vector could be: all instructions take uniform operands when
 * their result is uniform too. Of the ones with a full result, comparisons of numbers and dates, arithmetic, else,
 * choose, date_later, date_earlier, any_row, scan and the rows_ comparisons take uniform numbers and dates as well;
 * masks and tallies must be full (truth_spread). */
bool opcode_takes_uniform(enum opcode op, int operand);

/* ── writing ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* Builds an image section by section, in memory of its own (malloc). Texts are kept once. */
struct image_writer;
struct image_writer *image_writer_open(void);
/* Adds one element (copied) and returns its number. The size must be the section's element size. */
uint32_t image_writer_add(struct image_writer *writer, enum image_section section, const void *element, size_t size);
/* How many elements a section has so far. */
uint32_t image_writer_count(const struct image_writer *writer, enum image_section section);
/* Adds a text and returns its offset; NULL gives IMAGE_NONE, an equal text the offset it already has. */
uint32_t image_writer_text(struct image_writer *writer, const char *text);
/* Closes the writer and gives the finished bytes, which the caller frees with free(). */
void *image_writer_close(struct image_writer *writer, uint32_t n_once, size_t *length);
#endif
