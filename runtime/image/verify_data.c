/* verify_data.c: what the sections of an image refer to, table by table, stream by stream, pack by pack. */
#include "runtime/image/verify.h"
#include <math.h>
#include <string.h>

static bool in_range(uint32_t first, uint32_t n, uint32_t count) {
  return first <= count && n <= count - first;
}

static bool text_or_none(const struct image *image, uint32_t text) {
  return text == IMAGE_NONE || verify_text(image, text);
}

static bool is_name(const struct image *image, uint32_t text) {
  return verify_text(image, text) && image->texts[text] != '\0';
}

/* ── tables ──────────────────────────────────────────────────────────────────────────────────────────────────────── */

static const char *verify_columns(const struct image *image) {
  for (uint32_t c = 0; c < image->n_columns; c++) {
    const struct image_column *column = &image->columns[c];
    if (!is_name(image, column->name))
      return "a column has no name";
    if (column->type > COLUMN_LIST)
      return "a column is of no known type";
    if (!text_or_none(image, column->system))
      return "a column's code system is not a text";
    if (!in_range(column->first_choice, column->n_choices, image->n_choices))
      return "a column's choices are not in the choices";
  }
  for (uint32_t c = 0; c < image->n_choices; c++)
    if (!verify_text(image, image->choices[c]))
      return "a choice is not a text";
  return NULL;
}

/* Columns are found by their names, so a second one of the same name and another type would be read as the first. */
static bool has_twins(const struct image *image, const struct image_table *table) {
  const struct image_column *columns = image->columns + table->first_column;
  for (uint32_t a = 1; a < table->n_columns; a++)
    for (uint32_t b = 0; b < a; b++)
      if (strcmp(image->texts + columns[a].name, image->texts + columns[b].name) == 0)
        return true;
  return false;
}

/* Tables are found by their names too. */
static bool is_twin(const struct image *image, uint32_t table) {
  for (uint32_t t = 0; t < table; t++)
    if (strcmp(image->texts + image->tables[t].name, image->texts + image->tables[table].name) == 0)
      return true;
  return false;
}

static const char *verify_tables(const struct image *image) {
  for (uint32_t t = 0; t < image->n_tables; t++) {
    const struct image_table *table = &image->tables[t];
    if (!is_name(image, table->name))
      return "a table has no name";
    /* The name becomes a file's, which may not lead out of the data's folder. */
    if (image->texts[table->name] == '.' || strchr(image->texts + table->name, '/'))
      return "a table's name cannot be a file's";
    if (!in_range(table->first_column, table->n_columns, image->n_columns))
      return "a table's columns are not in the columns";
    if (has_twins(image, table))
      return "a table has two columns of one name";
    if (is_twin(image, t))
      return "two tables have one name";
  }
  return NULL;
}

static const char *verify_aliases(const struct image *image) {
  for (uint32_t a = 0; a < image->n_aliases; a++)
    if (!verify_text(image, image->aliases[a].label) || !verify_text(image, image->aliases[a].spelt))
      return "a spelling of a unit is not a text";
  return NULL;
}

/* ── code sets and conversions: postfix programs ─────────────────────────────────────────────────────────────────── */

static const char *verify_match_steps(const struct image *image) {
  for (uint32_t i = 0; i < image->n_match_steps; i++) {
    const struct image_match_step *step = &image->match_steps[i];
    if (step->op > MATCH_EXCEPT)
      return "a match step does nothing known";
    if (step->op <= MATCH_RANGE && !verify_text(image, step->a))
      return "a match step's code is not a text";
    if (step->op == MATCH_RANGE && !verify_text(image, step->b))
      return "the end of a range of codes is not a text";
    if (step->op == MATCH_RANGE && strlen(image->texts + step->a) != strlen(image->texts + step->b))
      return "the ends of a range of codes are not of the same length";
  }
  return NULL;
}

/* What a step does to the stack: how much it takes, then it puts one thing back. */
static const uint32_t match_takes[] = { [MATCH_OR] = 2, [MATCH_EXCEPT] = 2 };
static const uint32_t convert_takes[] = {
  [CONVERT_ADD] = 2, [CONVERT_SUBTRACT] = 2, [CONVERT_MULTIPLY] = 2, [CONVERT_DIVIDE] = 2, [CONVERT_NEGATE] = 1,
};

/* Follows one step. False where the stack is too short for it, or gets too deep. */
static bool stack_follow(uint32_t *depth, uint32_t takes) {
  if (*depth < takes)
    return false;
  *depth += 1 - takes;
  return *depth <= IMAGE_STACK;
}

static const char *verify_selectors(const struct image *image) {
  for (uint32_t s = 0; s < image->n_selectors; s++) {
    const struct image_selector *selector = &image->selectors[s];
    if (!in_range(selector->first_step, selector->n_steps, image->n_match_steps))
      return "a code set's steps are not in the match steps";
    uint32_t depth = 0;
    for (uint32_t i = 0; i < selector->n_steps; i++)
      if (!stack_follow(&depth, match_takes[image->match_steps[selector->first_step + i].op]))
        return "a code set's steps take more than there is, or pile up too much";
    if (selector->n_steps > 0 && depth != 1)
      return "a code set's steps do not end in one outcome";
  }
  return NULL;
}

static const char *verify_convert_steps(const struct image *image) {
  for (uint32_t i = 0; i < image->n_convert_steps; i++) {
    if (image->convert_steps[i].op > CONVERT_NEGATE)
      return "a convert step does nothing known";
    if (image->convert_steps[i].unused != 0)
      return "a convert step's unused field is not 0";
    if (isnan(image->convert_steps[i].number))
      return "a convert step's number is none";
  }
  return NULL;
}

static const char *verify_parts(const struct image *image) {
  for (uint32_t p = 0; p < image->n_parts; p++) {
    const struct image_part *part = &image->parts[p];
    if (part->selector != IMAGE_NONE && part->selector >= image->n_selectors)
      return "a part's code set is not in the selectors";
    if (!text_or_none(image, part->unit))
      return "a part's unit is not a text";
    if (!in_range(part->first_step, part->n_steps, image->n_convert_steps))
      return "a part's conversion is not in the convert steps";
    uint32_t depth = 0;
    for (uint32_t i = 0; i < part->n_steps; i++)
      if (!stack_follow(&depth, convert_takes[image->convert_steps[part->first_step + i].op]))
        return "a conversion's steps take more than there is, or pile up too much";
    if (part->n_steps > 0 && depth != 1)
      return "a conversion's steps do not end in one number";
    if (!(part->low <= part->high))
      return "a part's plausible values go from more to less";
  }
  return NULL;
}

/* ── streams ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

static bool has_date(const struct image *image, const struct image_table *table, const char *name) {
  for (uint32_t i = 0; i < table->n_columns; i++) {
    const struct image_column *column = &image->columns[table->first_column + i];
    if (column->type == COLUMN_DATE && strcmp(image->texts + column->name, name) == 0)
      return true;
  }
  return false;
}

static const char *verify_part_of_stream(const struct image *image, const struct image_stream *stream, const struct image_part *part) {
  if (part->table >= image->n_tables)
    return "a stream's table is not in the tables";
  const struct image_table *table = &image->tables[part->table];
  if (part->key < table->first_column || part->key - table->first_column >= table->n_columns)
    return "a stream's key is not a column of its table";
  uint32_t type = image->columns[part->key].type;
  if (type == COLUMN_NUMBER || type == COLUMN_DATE)
    return "a stream's key is not a column of texts";
  if (stream->kind == STREAM_SPANS && !(has_date(image, table, "from") && has_date(image, table, "to")))
    return "the table of a stream of spans has no dates from and to";
  if (!has_date(image, table, "date") && !has_date(image, table, "from"))
    return "the table of a stream has no date";
  if (stream->kind != STREAM_SERIES)
    return part->n_steps > 0            ? "a stream without values converts them"
           : part->value != IMAGE_NONE ? "a stream without values has a column of values"
                                       : NULL;
  if (part->value < table->first_column || part->value - table->first_column >= table->n_columns)
    return "a series' values are not a column of its table";
  return image->columns[part->value].type == COLUMN_NUMBER ? NULL : "a series' values are not numbers";
}

static const char *verify_stream(const struct image *image, const struct image_stream *stream) {
  if (!is_name(image, stream->name))
    return "a stream has no name";
  if (stream->kind > STREAM_SERIES)
    return "a stream is of no known kind";
  if (stream->ties > TIES_MEAN)
    return "a stream's ties are none known";
  if (stream->n_parts == 0 || !in_range(stream->first_part, stream->n_parts, image->n_parts))
    return "a stream's parts are not in the parts";
  const char *wrong = NULL;
  for (uint32_t i = 0; i < stream->n_parts && !wrong; i++)
    wrong = verify_part_of_stream(image, stream, &image->parts[stream->first_part + i]);
  return wrong;
}

static const char *verify_streams(const struct image *image) {
  const char *wrong = NULL;
  for (uint32_t s = 0; s < image->n_streams && !wrong; s++)
    wrong = verify_stream(image, &image->streams[s]);
  return wrong;
}

/* ── packs ───────────────────────────────────────────────────────────────────────────────────────────────────────── */

static const char *verify_indicators(const struct image *image) {
  for (uint32_t i = 0; i < image->n_indicators; i++) {
    const struct image_indicator *indicator = &image->indicators[i];
    if (!is_name(image, indicator->name))
      return "an indicator has no name";
    if (!text_or_none(image, indicator->title) || !text_or_none(image, indicator->denominator) ||
        !verify_text(image, indicator->numerator))
      return "what is said of an indicator is not a text";
    if (!text_or_none(image, indicator->unit) || !text_or_none(image, indicator->list) ||
        !text_or_none(image, indicator->replaces))
      return "what is said of an indicator is not a text";
    if (indicator->better > BETTER_HIGHER)
      return "an indicator is better in no known way";
    if (indicator->kind > KIND_RATE)
      return "an indicator is of no known kind";
    if (indicator->kind == KIND_RATE && !(indicator->per > 0 && isfinite(indicator->per)))
      return "a rate is per no number of patients";
    if (isinf(indicator->aim))
      return "an aim has no end";
    if (indicator->missing_counts_as_no > 1)
      return "missing counts as no, or not";
    if (indicator->n_cells == 0 || !in_range(indicator->first_cell, indicator->n_cells, image->n_cells))
      return "an indicator's cells are not in the cells";
  }
  return NULL;
}

/* The whole stands first, then the cells of `by`, then those of `adjust by`; each belongs to the indicator it names. */
static const char *verify_cell(const struct image *image, uint32_t number) {
  const struct image_cell *cell = &image->cells[number];
  if (cell->indicator >= image->n_indicators)
    return "a cell's indicator is not in the indicators";
  const struct image_indicator *indicator = &image->indicators[cell->indicator];
  if (number < indicator->first_cell || number - indicator->first_cell >= indicator->n_cells)
    return "a cell belongs to another indicator";
  if (cell->role > CELL_ADJUST || (cell->role == CELL_WHOLE) != (number == indicator->first_cell) ||
      (number > indicator->first_cell && cell->role < image->cells[number - 1].role))
    return "the cells of an indicator are not in their order";
  if ((cell->role == CELL_BY) != (cell->stratum != IMAGE_NONE) || !text_or_none(image, cell->stratum) ||
      !text_or_none(image, cell->title) || !text_or_none(image, cell->band))
    return "what is said of a cell is not a text";
  return cell->is_edge > 1 ? "a cell is at the edge, or not" : NULL;
}

static const char *verify_cells(const struct image *image) {
  const char *wrong = NULL;
  for (uint32_t c = 0; c < image->n_cells && !wrong; c++)
    wrong = verify_cell(image, c);
  return wrong;
}

static const char *verify_questions(const struct image *image) {
  for (uint32_t q = 0; q < image->n_questions; q++)
    if (image->questions[q].kind > REGISTER_MASK)
      return "a question is of no known kind";
  return NULL;
}

/* Every indicator belongs to the pack it names and to no other: its number stands in that pack's range, and the
 * ranges are as long together as there are indicators. */
static const char *verify_packs(const struct image *image) {
  uint64_t n_indicators = 0;
  for (uint32_t p = 0; p < image->n_packs; p++) {
    const struct image_pack *pack = &image->packs[p];
    if (!is_name(image, pack->name))
      return "a pack has no name";
    if (!text_or_none(image, pack->title) || !text_or_none(image, pack->version) || !text_or_none(image, pack->about) ||
        !text_or_none(image, pack->guideline) || !text_or_none(image, pack->contact) ||
        !text_or_none(image, pack->language) || !verify_text(image, pack->population) || !verify_text(image, pack->rules_hash))
      return "what is said of a pack is not a text";
    if (!in_range(pack->first_indicator, pack->n_indicators, image->n_indicators))
      return "a pack's indicators are not in the indicators";
    for (uint32_t i = 0; i < pack->n_indicators; i++)
      if (image->indicators[pack->first_indicator + i].pack != p)
        return "an indicator belongs to another pack";
    n_indicators += pack->n_indicators;
    if (!in_range(pack->first_window, pack->n_windows, image->n_windows))
      return "a pack's windows are not in the windows";
  }
  return n_indicators == image->n_indicators ? NULL : "an indicator belongs to no pack";
}

static const char *verify_windows(const struct image *image) {
  for (uint32_t w = 0; w < image->n_windows; w++)
    if (!verify_text(image, image->windows[w].title) || !verify_text(image, image->windows[w].subject))
      return "what is said of a window is not a text";
  return NULL;
}

static const char *verify_parameters(const struct image *image) {
  for (uint32_t i = 0; i < image->n_parameters; i++) {
    const struct image_parameter *parameter = &image->parameters[i];
    if (parameter->pack >= image->n_packs)
      return "a parameter's pack is not in the packs";
    if (!is_name(image, parameter->name))
      return "a parameter has no name";
    if (!text_or_none(image, parameter->title) || !text_or_none(image, parameter->usual) || !verify_text(image, parameter->value))
      return "what is said of a parameter is not a text";
  }
  return NULL;
}

const char *verify_data(const struct image *image) {
  static const char *(*const steps[])(const struct image *) = {
    verify_columns, verify_tables, verify_aliases, verify_match_steps, verify_selectors, verify_convert_steps,
    verify_parts, verify_streams, verify_indicators, verify_cells, verify_questions, verify_packs,
    verify_windows, verify_parameters,
  };
  const char *wrong = NULL;
  for (size_t i = 0; i < sizeof steps / sizeof *steps && !wrong; i++)
    wrong = steps[i](image);
  return wrong;
}
