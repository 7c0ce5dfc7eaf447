/* json.c: the whole result for programs, and for the meeting's documents, which are made of it: docs/result.md says what the
 * members mean. Names of members are never translated; texts for people are in the language of the run. */
#include <inttypes.h>
#include <math.h>
#include "runtime/image/json.h"
#include "runtime/image/words.h"
#include "runtime/result/table.h"

struct sheet { FILE *out; const struct result *result; const struct result_cluster *cluster; };

static const char *text_of(const struct sheet *sheet, uint32_t text) { return image_text(sheet->result->image, text); }

static void write_text(const struct sheet *sheet, const char *before, const char *text) {
  fputs(before, sheet->out);
  json_text(sheet->out, text);
}

static void write_number(const struct sheet *sheet, const char *before, double number) {
  char digits[32] = "null";
  if (!isnan(number)) result_number(number, digits);
  fprintf(sheet->out, "%s%s", before, digits);
}

static void write_date(const struct sheet *sheet, const char *before, int32_t date) {
  char text[16];
  result_date(date, text);
  write_text(sheet, before, *text && date != DATE_EVER ? text : NULL);
}

/* ── figures ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* A count, or that it is below the limit, or hidden because one that is could be worked back from it. */
static void write_count(const struct sheet *sheet, const char *before, uint64_t n, uint8_t state) {
  fputs(before, sheet->out);
  if (state == RESULT_SHOWN)
    fprintf(sheet->out, "%" PRIu64, n);
  else if (state == RESULT_SMALL)
    fprintf(sheet->out, "\"<%u\"", sheet->result->options.suppress);
  else
    fputs("\"hidden\"", sheet->out);
}

static void write_figure(const struct sheet *sheet, const char *before, const struct result_figure *figure) {
  fputs(before, sheet->out);
  write_count(sheet, "{\"population\": ", figure->population, figure->state[RESULT_POPULATION]);
  write_count(sheet, ", \"denominator\": ", figure->denominator, figure->state[RESULT_DENOMINATOR]);
  write_count(sheet, ", \"numerator\": ", figure->numerator, figure->state[RESULT_NUMERATOR]);
  write_count(sheet, ", \"unknown\": ", figure->unknown, figure->state[RESULT_UNKNOWN]);
  write_number(sheet, ", \"value\": ", figure->value);
  write_number(sheet, ", \"low\": ", figure->low);
  write_number(sheet, ", \"high\": ", figure->high);
  if (!isnan(figure->adjusted.value)) {
    write_number(sheet, ", \"adjusted\": ", figure->adjusted.value);
    write_number(sheet, ", \"adjusted_low\": ", figure->adjusted.low);
    write_number(sheet, ", \"adjusted_high\": ", figure->adjusted.high);
  }
  if (!isnan(figure->reliability)) write_number(sheet, ", \"reliability\": ", figure->reliability);
  putc('}', sheet->out);
}

/* The cluster's figure of a cell, and its practices'. */
static void write_figures(const struct sheet *sheet, const struct result_figure *figures) {
  uint32_t n = sheet->cluster->n_practices;
  write_figure(sheet, "\"all\": ", &figures[n]);
  fputs(",\n           \"practices\": [", sheet->out);
  for (uint32_t i = 0; i < n; i++) write_figure(sheet, i ? ",\n             " : "\n             ", &figures[i]);
  fputs("]", sheet->out);
}

static void write_bands(const struct sheet *sheet, const struct image_indicator *indicator) {
  const struct image *image = sheet->result->image;
  bool any = false;
  for (uint32_t c = indicator->first_cell; c < indicator->first_cell + indicator->n_cells; c++) {
    const struct image_cell *cell = &image->cells[c];
    if (cell->role != CELL_BY || !result_shows_cell(sheet->result, sheet->cluster, c)) continue;
    const char *stratum = text_of(sheet, cell->stratum), *title = text_of(sheet, cell->title), *band = text_of(sheet, cell->band);
    fputs(any ? ",\n          {" : ",\n         \"bands\": [\n          {", sheet->out);
    write_text(sheet, "\"stratum\": ", stratum);
    write_text(sheet, ", \"title\": ", title ? title : table_say_column(stratum));
    write_text(sheet, ", \"band\": ", band ? band : "unknown");
    write_text(sheet, ", \"band_title\": ", !band ? P_("a band", "unknown") : title ? band : table_say_column(band));
    fputs(",\n           ", sheet->out);
    write_figures(sheet, result_figures(sheet->result, sheet->cluster, c));
    putc('}', sheet->out);
    any = true;
  }
  if (any) putc(']', sheet->out);
}

static void write_change(const struct sheet *sheet, const char *before, const struct result_change *change) {
  const struct run_moved *patients = &change->patients;
  write_number(sheet, before, change->change);
  write_number(sheet, ", \"low\": ", change->low);
  write_number(sheet, ", \"high\": ", change->high);
  if (change->has_patients) {
    write_count(sheet, ", \"became_yes\": ", patients->became_yes, change->state[RESULT_BECAME_YES]);
    write_count(sheet, ", \"became_no\": ", patients->became_no, change->state[RESULT_BECAME_NO]);
    write_count(sheet, ", \"stayed_yes\": ", patients->stayed_yes, change->state[RESULT_STAYED_YES]);
    write_count(sheet, ", \"stayed_no\": ", patients->stayed_no, change->state[RESULT_STAYED_NO]);
    write_count(sheet, ", \"arrived\": ", patients->arrived, change->state[RESULT_ARRIVED]);
    write_count(sheet, ", \"left\": ", patients->left, change->state[RESULT_LEFT]);
  }
  putc('}', sheet->out);
}

/* The figures of the earlier date, and what became of them. */
static void write_before(const struct sheet *sheet, const struct image_indicator *indicator) {
  const struct result_change *changes =
      result_changes(sheet->cluster, (uint32_t)(indicator - sheet->result->image->indicators));
  uint32_t n = sheet->cluster->n_practices;
  fputs(",\n         \"before\": {", sheet->out);
  write_figures(sheet, result_figures_before(sheet->result, sheet->cluster, indicator->first_cell));
  write_change(sheet, "},\n         \"change\": {\"all\": {\"change\": ", &changes[n]);
  fputs(",\n           \"practices\": [", sheet->out);
  for (uint32_t i = 0; i < n; i++)
    write_change(sheet, i ? ",\n             {\"change\": " : "\n             {\"change\": ", &changes[i]);
  fputs("]}", sheet->out);
}

static void write_figures_of(const struct sheet *sheet, const struct image_indicator *indicator) {
  const char *spread = sheet->cluster->spread[indicator - sheet->result->image->indicators];
  write_text(sheet, "        {\"indicator\": ", text_of(sheet, indicator->name));
  write_text(sheet, ", \"spread\": ", *spread ? spread : NULL);
  fputs(",\n         ", sheet->out);
  write_figures(sheet, result_figures(sheet->result, sheet->cluster, indicator->first_cell));
  write_bands(sheet, indicator);
  if (sheet->cluster->before) write_before(sheet, indicator);
  putc('}', sheet->out);
}

/* ── a cluster ───────────────────────────────────────────────────────────────────────────────────────────────────── */

static void write_populations(const struct sheet *sheet, const struct result_figure *now, const struct result_figure *then,
                              uint32_t i) {
  write_count(sheet, ", \"population\": ", now[i].population, now[i].state[RESULT_POPULATION]);
  if (then) write_count(sheet, ", \"population_before\": ", then[i].population, then[i].state[RESULT_POPULATION]);
}

/* A pack has at least one indicator, and every figure says how many patients are in the pack's population. */
static void write_cluster(const struct sheet *sheet, const struct image_pack *pack) {
  const struct image *image = sheet->result->image;
  const struct result_cluster *cluster = sheet->cluster;
  uint32_t cell = image->indicators[pack->first_indicator].first_cell;
  const struct result_figure *first = result_figures(sheet->result, cluster, cell),
                             *then = cluster->before ? result_figures_before(sheet->result, cluster, cell) : NULL;
  write_text(sheet, "      {\"cluster\": ", cluster->id);
  write_populations(sheet, first, then, cluster->n_practices);
  fputs(",\n       \"practices\": [", sheet->out);
  for (uint32_t i = 0; i < cluster->n_practices; i++) {
    write_text(sheet, i ? ", {\"practice\": " : "{\"practice\": ", cluster->practices[i].label);
    if (*cluster->practices[i].name) write_text(sheet, ", \"name\": ", cluster->practices[i].name);
    write_populations(sheet, first, then, i);
    putc('}', sheet->out);
  }
  fputs("],\n       \"figures\": [\n", sheet->out);
  for (uint32_t i = 0; i < pack->n_indicators; i++) {
    write_figures_of(sheet, &image->indicators[pack->first_indicator + i]);
    fputs(i + 1 < pack->n_indicators ? ",\n" : "]}", sheet->out);
  }
}

/* ── a pack ──────────────────────────────────────────────────────────────────────────────────────────────────────── */

static void write_indicator(const struct sheet *sheet, const struct image_indicator *indicator) {
  static const char *const kinds[] = {"share", "count", "mean", "median", "quartiles", "rate"};
  static const char *const better[] = {NULL, "lower", "higher"};
  write_text(sheet, "      {\"indicator\": ", text_of(sheet, indicator->name));
  write_text(sheet, ", \"title\": ", text_of(sheet, indicator->title));
  write_text(sheet, ", \"kind\": ", kinds[indicator->kind]);
  write_text(sheet, ", \"better\": ", better[indicator->better]);
  write_text(sheet, ",\n       \"unit\": ", text_of(sheet, indicator->unit));
  write_number(sheet, ", \"per\": ", indicator->kind == KIND_RATE ? indicator->per : NAN);
  write_number(sheet, ", \"aim\": ", indicator->aim);
  write_text(sheet, ",\n       \"of\": ", text_of(sheet, indicator->denominator));
  write_text(sheet, ", \"where\": ", text_of(sheet, indicator->numerator));
  write_text(sheet, ", \"list\": ", text_of(sheet, indicator->list));
  write_text(sheet, ", \"replaces\": ", text_of(sheet, indicator->replaces));
  putc('}', sheet->out);
}

static void write_parameters(const struct sheet *sheet, uint32_t pack) {
  const struct image *image = sheet->result->image;
  bool any = false;
  fputs(",\n     \"parameters\": [", sheet->out);
  for (uint32_t i = 0; i < image->n_parameters; i++) {
    const struct image_parameter *parameter = &image->parameters[i];
    if (parameter->pack != pack) continue;
    write_text(sheet, any ? ",\n       {\"parameter\": " : "\n       {\"parameter\": ", text_of(sheet, parameter->name));
    write_text(sheet, ", \"title\": ", text_of(sheet, parameter->title));
    write_text(sheet, ", \"value\": ", text_of(sheet, parameter->value));
    fprintf(sheet->out, ", \"set\": %s", parameter->usual != IMAGE_NONE ? "true" : "false");
    write_text(sheet, ", \"usual\": ", text_of(sheet, parameter->usual));
    putc('}', sheet->out);
    any = true;
  }
  putc(']', sheet->out);
}

/* A window without a first day begins with the data; one that is each patient's own has no day at all. */
static void write_windows(const struct sheet *sheet, const struct image_pack *pack) {
  const struct counts *counts = sheet->result->counts;
  fputs(",\n     \"windows\": [", sheet->out);
  for (uint32_t i = 0; i < pack->n_windows; i++) {
    uint32_t number = pack->first_window + i;
    const struct image_window *window = &sheet->result->image->windows[number];
    write_text(sheet, i ? ",\n       {\"window\": " : "\n       {\"window\": ", text_of(sheet, window->title));
    write_text(sheet, ", \"of\": ", text_of(sheet, window->subject));
    write_date(sheet, ", \"first\": ", counts->window_low[number]);
    write_date(sheet, ", \"last\": ", counts->window_high[number]);
    putc('}', sheet->out);
  }
  putc(']', sheet->out);
}

static void write_pack(const struct sheet *sheet, uint32_t number, const char *material) {
  const struct image *image = sheet->result->image;
  const struct image_pack *pack = &image->packs[number];
  write_text(sheet, "    {\"pack\": ", text_of(sheet, pack->name));
  write_text(sheet, ", \"title\": ", text_of(sheet, pack->title));
  write_text(sheet, ", \"version\": ", text_of(sheet, pack->version));
  write_text(sheet, ", \"language\": ", text_of(sheet, pack->language));
  write_text(sheet, ",\n     \"about\": ", text_of(sheet, pack->about));
  write_text(sheet, ",\n     \"guideline\": ", text_of(sheet, pack->guideline));
  write_text(sheet, ", \"contact\": ", text_of(sheet, pack->contact));
  write_text(sheet, ",\n     \"population\": ", text_of(sheet, pack->population));
  write_text(sheet, ",\n     \"rules\": ", text_of(sheet, pack->rules_hash));
  write_parameters(sheet, number);
  write_windows(sheet, pack);
  fputs(",\n     \"indicators\": [\n", sheet->out);
  for (uint32_t i = 0; i < pack->n_indicators; i++) {
    write_indicator(sheet, &image->indicators[pack->first_indicator + i]);
    fputs(i + 1 < pack->n_indicators ? ",\n" : "]", sheet->out);
  }
  fprintf(sheet->out, ",\n     \"material\": %s", material ? material : "null");
  fputs(",\n     \"clusters\": [\n", sheet->out);
  for (uint32_t c = 0; c < sheet->result->n_clusters; c++) {
    struct sheet of_cluster = {sheet->out, sheet->result, &sheet->result->clusters[c]};
    write_cluster(&of_cluster, pack);
    fputs(c + 1 < sheet->result->n_clusters ? ",\n" : "]}", sheet->out);
  }
}

/* ── the data ────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* Rows that were not read are somebody's; nothing is summed of them, so that none is given back by another. */
static uint8_t state_of_rows(const struct sheet *sheet, uint64_t rows) {
  return rows > 0 && rows < sheet->result->options.suppress ? RESULT_SMALL : RESULT_SHOWN;
}

static void write_file(const struct sheet *sheet, const struct file_report *file, bool *any) {
  write_text(sheet, *any ? ",\n    {\"file\": " : "\n    {\"file\": ", file->name);
  fprintf(sheet->out, ", \"missing\": %s, \"rows\": %" PRIu64 ", \"unread\": [", file->missing ? "true" : "false", file->rows);
  bool any_reason = false;
  for (int i = 0; i < N_UNREAD; i++) {
    if (!unread_reasons[i].stops || !file->unread[i]) continue;
    write_text(sheet, any_reason ? ", {\"reason\": " : "{\"reason\": ", _(unread_reasons[i].sentence));
    write_count(sheet, ", \"rows\": ", file->unread[i], state_of_rows(sheet, file->unread[i]));
    putc('}', sheet->out);
    any_reason = true;
  }
  fputs("]}", sheet->out);
  *any = true;
}

static void write_data(const struct sheet *sheet) {
  const struct data_report *report = sheet->result->report;
  bool any = false;
  fputs(",\n  \"files\": [", sheet->out);
  for (uint32_t i = 0; report && i < report->n_files; i++) write_file(sheet, &report->files[i], &any);
  putc(']', sheet->out);
}

void result_write_json(const struct result *result, const struct result_words *words, FILE *out) {
  const struct result_options *options = &result->options;
  struct sheet sheet = {out, result, NULL};
  fprintf(out, "{\"format\": \"klynge result\", \"version\": %d, \"language\": \"%s\"", RESULT_JSON_VERSION,
          options->danish ? "da" : "en");
  write_text(&sheet, ", \"program\": ", options->program_version);
  fprintf(out, ",\n  \"data\": \"%016" PRIx64 "%016" PRIx64 "\"", result->data_hash[0], result->data_hash[1]);
  write_date(&sheet, ", \"as_of\": ", options->index);
  if (result->before != DATE_UNKNOWN) write_date(&sheet, ", \"compared_with\": ", result->before);
  fprintf(out, ", \"identified\": %s", options->identified ? "true" : "false");
  write_text(&sheet, ", \"letters\": ", *result->letters ? result->letters : NULL);
  if (words->meeting) fprintf(out, ",\n  \"meeting\": %s", words->meeting);
  if (options->suppress) fprintf(out, ", \"suppress\": %u", options->suppress);
  write_data(&sheet);
  fputs(",\n  \"packs\": [\n", out);
  for (uint32_t i = 0; i < result->image->n_packs; i++) {
    write_pack(&sheet, i, words->material ? words->material[i] : NULL);
    fputs(i + 1 < result->image->n_packs ? ",\n" : "", out);
  }
  fputs("]}\n", out);
}
