/* csv.c: the result for programs, as COMMAND.md lays it down: the same bytes in every language and locale. */
#include "runtime/result/result.h"
#include <string.h>

/* A field as RFC 4180 has it: in quotes where it would otherwise be taken for more than one, its own quotes doubled. */
static void write_field(const char *text, FILE *out) {
  if (!text[strcspn(text, ",\"\r\n")]) {
    fputs(text, out);
    return;
  }
  fputc('"', out);
  for (; *text; text++) {
    if (*text == '"')
      fputc('"', out);
    fputc(*text, out);
  }
  fputc('"', out);
}

/* `number` after a comma, or nothing where there is no value. */
static void write_number(double number, bool is_there, FILE *out) {
  char text[32];
  fputc(',', out);
  if (is_there) {
    result_number(number, text);
    fputs(text, out);
  }
}

static void write_row(const struct result *result, const struct image_indicator *indicator,
                      const struct result_cluster *cluster, const char *practice, const struct result_figure *figure,
                      FILE *out) {
  const struct image *image = result->image;
  char date[16];
  result_date(result->options.index, date);
  write_field(image_text(image, image->packs[indicator->pack].name), out);
  fputc(',', out);
  write_field(image_text(image, indicator->name), out);
  fputc(',', out);
  write_field(cluster->id, out);
  fputc(',', out);
  write_field(practice, out);
  fprintf(out, ",%s,%u,%u,%u,%u", date, figure->population, figure->denominator, figure->numerator, figure->unknown);
  bool is_there = figure->denominator > 0;
  write_number(figure->value, is_there, out);
  write_number(figure->low, is_there, out);
  write_number(figure->high, is_there, out);
  fputc('\n', out);
}

static void write_indicator(const struct result *result, uint32_t indicator, FILE *out) {
  for (uint32_t i = 0; i < result->n_clusters; i++) {
    const struct result_cluster *cluster = &result->clusters[i];
    const struct result_figure *row = &cluster->figures[(size_t)indicator * (cluster->n_practices + 1)];
    for (uint32_t j = 0; j <= cluster->n_practices; j++) {
      const char *practice = j < cluster->n_practices ? cluster->practices[j].label : "*";
      write_row(result, &result->image->indicators[indicator], cluster, practice, &row[j], out);
    }
  }
}

void result_write_csv(const struct result *result, FILE *out) {
  fputs("pack,indicator,cluster,practice,as_of,population,denominator,numerator,unknown,value,low,high\n", out);
  for (uint32_t i = 0; i < result->image->n_packs; i++) {
    const struct image_pack *pack = &result->image->packs[i];
    for (uint32_t j = 0; j < pack->n_indicators; j++)
      write_indicator(result, pack->first_indicator + j, out);
  }
}
