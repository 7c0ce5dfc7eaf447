/* csv.c: the result for programs, as COMMAND.md lays it down: the same bytes in every language and locale. */
#include "runtime/result/result.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

#define BEFORE_COLUMNS                                                                                                \
  ",compared_with,before_population,before_denominator,before_numerator,before_unknown,before_value,before_low,"       \
  "before_high,change,change_low,change_high,became_yes,became_no,stayed_yes,stayed_no,arrived,left"

/* What is written, and which columns it has beside those of every run. */
struct sheet { FILE *out; const struct result *result; bool has_bands, has_adjusted; char index[16]; };

/* The stream is the sheet's alone while it is written, so its lock is taken once and not for each character. */
static void write_sign(const struct sheet *sheet, char sign) { putc_unlocked(sign, sheet->out); }
static void write_text(const struct sheet *sheet, const char *text) {
  while (*text) write_sign(sheet, *text++);
}

/* A field as RFC 4180 has it: in quotes where it would otherwise be taken for more than one, its own quotes doubled. */
static void write_field(const struct sheet *sheet, const char *text) {
  if (!text[strcspn(text, ",\"\r\n")]) {
    write_text(sheet, text);
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
static void write_number(const struct sheet *sheet, double number) {
  char text[32];
  write_sign(sheet, ',');
  if (!isnan(number)) {
    result_number(number, text);
    write_text(sheet, text);
  }
}

/* A count after a comma, or that it is below the limit, or hidden because one that is could be worked back from it. */
static void write_count(const struct sheet *sheet, uint32_t n, uint8_t state) {
  if (state == RESULT_SHOWN)
    write_number(sheet, n);
  else if (state == RESULT_SMALL)
    fprintf(sheet->out, ",<%u", sheet->result->options.suppress);
  else
    write_text(sheet, ",hidden");
}

static void write_figure(const struct sheet *sheet, const struct result_figure *figure) {
  write_count(sheet, figure->population, figure->state[RESULT_POPULATION]);
  write_count(sheet, figure->denominator, figure->state[RESULT_DENOMINATOR]);
  write_count(sheet, figure->numerator, figure->state[RESULT_NUMERATOR]);
  write_count(sheet, figure->unknown, figure->state[RESULT_UNKNOWN]);
  write_number(sheet, figure->value);
  write_number(sheet, figure->low);
  write_number(sheet, figure->high);
}

/* What changed in a whole, and what became of its patients; of a band, and of a kind of figure without patients, neither. */
static void write_change(const struct sheet *sheet, const struct result_change *change) {
  const struct run_moved *patients = &change->patients;
  const uint32_t counts[N_RESULT_MOVES] = {patients->became_yes, patients->became_no, patients->stayed_yes,
                                           patients->stayed_no, patients->arrived, patients->left};
  write_number(sheet, change->change);
  write_number(sheet, change->low);
  write_number(sheet, change->high);
  for (int i = 0; i < N_RESULT_MOVES; i++)
    if (change->has_patients)
      write_count(sheet, counts[i], change->state[i]);
    else
      write_sign(sheet, ',');
}

static void write_before(const struct sheet *sheet, const struct result_cluster *cluster, uint32_t i, uint32_t number) {
  const struct image_cell *cell = &sheet->result->image->cells[number];
  const struct result_change none = {NAN, NAN, NAN, .has_patients = false};
  char date[16];
  result_date(sheet->result->before, date);
  fprintf(sheet->out, ",%s", date);
  write_figure(sheet, &result_figures_before(sheet->result, cluster, number)[i]);
  write_change(sheet, cell->role == CELL_WHOLE ? &result_changes(cluster, cell->indicator)[i] : &none);
}

/* Stratum and band; of the whole neither. The unknown is called so in every language. */
static void write_band(const struct sheet *sheet, const struct image_cell *cell) {
  const struct image *image = sheet->result->image;
  write_sign(sheet, ',');
  if (cell->role == CELL_BY)
    write_field(sheet, image_text(image, cell->stratum));
  write_sign(sheet, ',');
  if (cell->role == CELL_BY)
    write_field(sheet, cell->band == IMAGE_NONE ? "unknown" : image_text(image, cell->band));
}

/* What one cell gives in a cluster's i-th practice, or in the whole cluster. */
static void write_row(const struct sheet *sheet, const struct result_cluster *cluster, uint32_t i, uint32_t number) {
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

static void write_indicator(const struct sheet *sheet, const struct image_indicator *indicator) {
  uint32_t first = indicator->first_cell, end = first + indicator->n_cells;
  for (uint32_t i = 0; i < sheet->result->n_clusters; i++) {
    const struct result_cluster *cluster = &sheet->result->clusters[i];
    for (uint32_t j = 0; j <= cluster->n_practices; j++)
      for (uint32_t cell = first; cell < end; cell++)
        if (result_shows_cell(sheet->result, cluster, cell))
          write_row(sheet, cluster, j, cell);
  }
}

void result_write_csv(const struct result *result, FILE *out) {
  const struct image *image = result->image;
  struct sheet sheet = {.out = out, .result = result};
  result_date(result->options.index, sheet.index);
  for (uint32_t i = 0; i < image->n_cells; i++) {
    sheet.has_bands |= image->cells[i].role == CELL_BY;
    sheet.has_adjusted |= image->cells[i].role == CELL_ADJUST;
  }
  flockfile(out);
  fprintf(out, "pack,indicator,cluster,practice,as_of,population,denominator,numerator,unknown,value,low,high%s%s%s%s\n",
          sheet.has_bands ? ",stratum,band" : "", sheet.has_adjusted ? ",adjusted" : "",
          result->before != DATE_UNKNOWN ? BEFORE_COLUMNS : "", result->options.settings ? ",setting" : "");
  for (uint32_t i = 0; i < image->n_packs; i++) {
    const struct image_pack *pack = &image->packs[i];
    for (uint32_t j = 0; j < pack->n_indicators; j++)
      write_indicator(&sheet, &image->indicators[pack->first_indicator + j]);
  }
  funlockfile(out);
}
