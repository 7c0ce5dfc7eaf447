/* csv.c: the result for programs, as COMMAND.md lays it down: the same bytes in every language and locale. */
#include "runtime/result/result.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "runtime/memory/memory.h"

#define BEFORE_COLUMNS                                                                                                \
  ",compared_with,before_population,before_denominator,before_numerator,before_unknown,before_value,before_low,"       \
  "before_high,change,change_low,change_high,became_yes,became_no,stayed_yes,stayed_no,arrived,left"

enum { ROOM = 1 << 16, MOST_NUMBER = 32, MET_BITS = 11, N_MET = 1 << MET_BITS };

/* A figure with its interval, and the text that it gave. Counts of a practice are small, so most lines have the figure of an
 * earlier one, down to the last bit: it is looked up by that, and only what is new in its place is put into digits. */
struct met {
  double numbers[3];                   /* value, low, high */
  uint32_t length;                     /* 0: nobody has been here */
  char text[3 * MOST_NUMBER];
};

/* What is written, and which columns it has beside those of every run. Rows are gathered in `text`, since a stream takes its
 * time over every field, and go out a piece at a time. */
struct sheet {
  FILE *out;
  const struct result *result;
  bool has_bands, has_adjusted;
  char index[16], before[16];          /* the dates */
  char *text;                          /* [ROOM] */
  size_t length;
  struct met *met;                     /* [N_MET] */
};

static void flush(struct sheet *sheet) {
  fwrite(sheet->text, 1, sheet->length, sheet->out);
  sheet->length = 0;
}

static inline void write_bytes(struct sheet *sheet, const char *bytes, size_t length) {
  if (length > ROOM - sheet->length) flush(sheet);
  if (length > ROOM) {
    fwrite(bytes, 1, length, sheet->out);
    return;
  }
  memcpy(sheet->text + sheet->length, bytes, length);
  sheet->length += length;
}

static void write_sign(struct sheet *sheet, char sign) {
  if (sheet->length == ROOM) flush(sheet);
  sheet->text[sheet->length++] = sign;
}
static void write_text(struct sheet *sheet, const char *text) { write_bytes(sheet, text, strlen(text)); }

/* A field as RFC 4180 has it: in quotes where it would otherwise be taken for more than one, its own quotes doubled. */
static void write_field(struct sheet *sheet, const char *text) {
  size_t length = strcspn(text, ",\"\r\n");
  if (!text[length]) {
    write_bytes(sheet, text, length);
    return;
  }
  write_sign(sheet, '"');
  for (; *text; text++) {
    if (*text == '"') write_sign(sheet, '"');
    write_sign(sheet, *text);
  }
  write_sign(sheet, '"');
}

/* `number` after a comma, or nothing where there is none. */
static void write_number(struct sheet *sheet, double number) {
  if (ROOM - sheet->length <= MOST_NUMBER) flush(sheet);
  sheet->text[sheet->length++] = ',';
  if (!isnan(number)) sheet->length += (size_t)result_number(number, sheet->text + sheet->length);
}

static void write_whole(struct sheet *sheet, uint32_t n) {
  char digits[MOST_NUMBER];
  size_t first = sizeof digits;
  do digits[--first] = (char)('0' + n % 10);
  while (n /= 10);
  digits[--first] = ',';
  write_bytes(sheet, digits + first, sizeof digits - first);
}

/* A count after a comma, or that it is below the limit, or hidden because one that is could be worked back from it. */
static void write_count(struct sheet *sheet, uint32_t n, uint8_t state) {
  char few[MOST_NUMBER];
  if (state == RESULT_SHOWN) {
    write_whole(sheet, n);
  } else if (state == RESULT_SMALL) {
    snprintf(few, sizeof few, ",<%u", sheet->result->options.suppress);
    write_text(sheet, few);
  } else {
    write_text(sheet, ",hidden");
  }
}

static struct met *place_of(struct sheet *sheet, const double numbers[3]) {
  uint64_t bits[3];
  memcpy(bits, numbers, sizeof bits);
  uint64_t mixed = (bits[0] ^ bits[1] << 1 ^ bits[2] << 2) * UINT64_C(0x9e3779b97f4a7c15);
  return &sheet->met[mixed >> (64 - MET_BITS)];
}

/* A value and its interval, each after a comma. */
static void write_interval(struct sheet *sheet, double value, double low, double high) {
  const double numbers[3] = {value, low, high};
  struct met *met = place_of(sheet, numbers);
  if (met->length == 0 || memcmp(met->numbers, numbers, sizeof numbers) != 0) {
    memcpy(met->numbers, numbers, sizeof numbers);
    met->length = 0;
    for (int i = 0; i < 3; i++) {
      met->text[met->length++] = ',';
      if (!isnan(numbers[i])) met->length += (uint32_t)result_number(numbers[i], met->text + met->length);
    }
  }
  write_bytes(sheet, met->text, met->length);
}

static void write_figure(struct sheet *sheet, const struct result_figure *figure) {
  write_count(sheet, figure->population, figure->state[RESULT_POPULATION]);
  write_count(sheet, figure->denominator, figure->state[RESULT_DENOMINATOR]);
  write_count(sheet, figure->numerator, figure->state[RESULT_NUMERATOR]);
  write_count(sheet, figure->unknown, figure->state[RESULT_UNKNOWN]);
  write_interval(sheet, figure->value, figure->low, figure->high);
}

/* What changed in a whole, and what became of its patients; of a band, and of a kind of figure without patients, neither. */
static void write_change(struct sheet *sheet, const struct result_change *change) {
  const struct run_moved *patients = &change->patients;
  const uint32_t counts[N_RESULT_MOVES] = {patients->became_yes, patients->became_no, patients->stayed_yes,
                                           patients->stayed_no, patients->arrived, patients->left};
  write_interval(sheet, change->change, change->low, change->high);
  for (int i = 0; i < N_RESULT_MOVES; i++)
    if (change->has_patients)
      write_count(sheet, counts[i], change->state[i]);
    else
      write_sign(sheet, ',');
}

static void write_before(struct sheet *sheet, const struct result_cluster *cluster, uint32_t i, uint32_t number) {
  const struct image_cell *cell = &sheet->result->image->cells[number];
  const struct result_change none = {NAN, NAN, NAN, .has_patients = false};
  write_sign(sheet, ',');
  write_text(sheet, sheet->before);
  write_figure(sheet, &result_figures_before(sheet->result, cluster, number)[i]);
  write_change(sheet, cell->role == CELL_WHOLE ? &result_changes(cluster, cell->indicator)[i] : &none);
}

/* Stratum and band; of the whole neither. The unknown is called so in every language. */
static void write_band(struct sheet *sheet, const struct image_cell *cell) {
  const struct image *image = sheet->result->image;
  write_sign(sheet, ',');
  if (cell->role == CELL_BY)
    write_field(sheet, image_text(image, cell->stratum));
  write_sign(sheet, ',');
  if (cell->role == CELL_BY)
    write_field(sheet, cell->band == IMAGE_NONE ? "unknown" : image_text(image, cell->band));
}

/* What one cell gives in a cluster's i-th practice, or in the whole cluster. */
static void write_row(struct sheet *sheet, const struct result_cluster *cluster, uint32_t i, uint32_t number) {
  const struct image *image = sheet->result->image;
  const struct image_cell *cell = &image->cells[number];
  const struct image_indicator *indicator = &image->indicators[cell->indicator];
  const struct result_figure *figure = &result_figures(sheet->result, cluster, number)[i];
  write_field(sheet, image_text(image, image->packs[indicator->pack].name));
  write_sign(sheet, ',');
  write_field(sheet, image_text(image, indicator->name));
  write_sign(sheet, ',');
  write_field(sheet, cluster->id);
  write_sign(sheet, ',');
  write_field(sheet, i < cluster->n_practices ? cluster->practices[i].label : "*");
  write_sign(sheet, ',');
  write_text(sheet, sheet->index);
  write_figure(sheet, figure);
  if (sheet->has_bands)
    write_band(sheet, cell);
  if (sheet->has_adjusted)
    write_number(sheet, figure->adjusted.value);
  if (cluster->before)
    write_before(sheet, cluster, i, number);
  if (sheet->result->options.settings) {
    write_sign(sheet, ',');
    write_field(sheet, sheet->result->options.settings[indicator->pack]);
  }
  write_sign(sheet, '\n');
}

static void write_indicator(struct sheet *sheet, const struct image_indicator *indicator) {
  uint32_t first = indicator->first_cell, end = first + indicator->n_cells;
  for (uint32_t i = 0; i < sheet->result->n_clusters; i++) {
    const struct result_cluster *cluster = &sheet->result->clusters[i];
    for (uint32_t j = 0; j <= cluster->n_practices; j++)
      for (uint32_t cell = first; cell < end; cell++)
        if (result_shows_cell(sheet->result, cluster, cell))
          write_row(sheet, cluster, j, cell);
  }
}

static void write_header(struct sheet *sheet) {
  write_text(sheet, "pack,indicator,cluster,practice,as_of,population,denominator,numerator,unknown,value,low,high");
  if (sheet->has_bands) write_text(sheet, ",stratum,band");
  if (sheet->has_adjusted) write_text(sheet, ",adjusted");
  if (sheet->result->before != DATE_UNKNOWN) write_text(sheet, BEFORE_COLUMNS);
  if (sheet->result->options.settings) write_text(sheet, ",setting");
  write_sign(sheet, '\n');
}

void result_write_csv(const struct result *result, FILE *out) {
  const struct image *image = result->image;
  struct sheet sheet = {.out = out, .result = result, .text = memory_take(ROOM, 1), .met = memory_take(N_MET, sizeof *sheet.met)};
  result_date(result->options.index, sheet.index);
  result_date(result->before, sheet.before);
  for (uint32_t i = 0; i < image->n_cells; i++) {
    sheet.has_bands |= image->cells[i].role == CELL_BY;
    sheet.has_adjusted |= image->cells[i].role == CELL_ADJUST;
  }
  write_header(&sheet);
  for (uint32_t i = 0; i < image->n_packs; i++) {
    const struct image_pack *pack = &image->packs[i];
    for (uint32_t j = 0; j < pack->n_indicators; j++)
      write_indicator(&sheet, &image->indicators[pack->first_indicator + j]);
  }
  flush(&sheet);
  free(sheet.text);
  free(sheet.met);
}
