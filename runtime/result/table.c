/* table.c: the table for people: one for each pack in each cluster, complete in itself, so that it can be handed on. */
#include "runtime/result/table.h"
#include <math.h>
#include <string.h>
#include "runtime/image/words.h"

#define NAME_MOST   14
#define WIDTH_MOST  100
#define WIDTH_LEAST 72

const char *table_text(const struct table *table, uint32_t text) {
  const char *found = image_text(table->result->image, text);
  return found ? found : "";
}

const struct image_indicator *table_indicator(const struct table *table, uint32_t i) {
  return &table->result->image->indicators[table->pack->first_indicator + i];
}

const struct result_figure *table_figures(const struct table *table, uint32_t i) {
  return result_figures(table->result, table->cluster, table_indicator(table, i)->first_cell);
}

static uint32_t count_of(const struct result_figure *figure, enum result_count count) {
  const uint32_t counts[N_RESULT_COUNTS] = {figure->population, figure->denominator, figure->numerator, figure->unknown};
  return counts[count];
}

bool table_is_anybody(const struct result_figure *figure, enum result_count count) {
  return figure->state[count] != RESULT_SHOWN || count_of(figure, count) > 0;
}

void table_print_count(const struct table *table, const struct result_figure *figure, enum result_count count, char out[32]) {
  char limit[32];
  page_number(&table->page, table->result->options.suppress, limit);
  if (figure->state[count] == RESULT_SHOWN)
    page_number(&table->page, count_of(figure, count), out);
  else if (figure->state[count] == RESULT_SMALL)
    snprintf(out, 32, "<%.30s", limit);
  else
    strcpy(out, "*");
}

/* Of whom it is not seen how many they are, some are known where there is a figure. */
bool table_has_value(const struct result_figure *figure) {
  if (figure->state[RESULT_DENOMINATOR] != RESULT_SHOWN || figure->state[RESULT_NUMERATOR] != RESULT_SHOWN)
    return !isnan(figure->value);
  return figure->denominator > 0 && (figure->state[RESULT_UNKNOWN] != RESULT_SHOWN || figure->unknown < figure->denominator);
}

const struct result_figure *table_population(const struct table *table) {
  return table->pack->n_indicators ? &table_figures(table, 0)[table->cluster->n_practices] : NULL;
}

const char *table_word_for_all(const struct table *table) {
  if (table->cluster->outside)
    return _("together");
  return table->cluster->n_in_cluster == 1 ? P_("heading", "practice") : P_("heading", "cluster");
}

void table_write_value(struct table *table, const char *value) {
  size_t whole = strspn(value, "0123456789"), rest = whole + (value[whole] == '.');
  size_t end = rest + strspn(value + rest, "0123456789");
  if (!table->page.danish || whole == 0 || rest == whole || end == rest || (value[end] && value[end] != ' ')) {
    page_write(&table->page, value);
    return;
  }
  page_write_part(&table->page, value, whole);
  page_write(&table->page, ",");
  page_write(&table->page, value + rest);
}

uint32_t table_name_width(const struct table *table) {
  uint32_t width = 0;
  for (uint32_t i = 0; i < table->pack->n_indicators; i++) {
    const char *name = table_text(table, table_indicator(table, i)->name);
    uint32_t columns = page_columns(&table->page, name, strlen(name));
    width = columns > width ? columns : width;
  }
  return width < NAME_MOST ? width : NAME_MOST;
}

/* 20 practices, or 3 of 20 practices where only some are shown. */
static void write_practice_count(struct table *table) {
  const struct result_cluster *cluster = table->cluster;
  char shown[32], all[32], text[128];
  page_number(&table->page, cluster->n_practices, shown);
  page_number(&table->page, cluster->n_in_cluster, all);
  if (cluster->n_practices < cluster->n_in_cluster)
    snprintf(text, sizeof text, Q_("%s of %s practice", "%s of %s practices", cluster->n_in_cluster), shown, all);
  else
    snprintf(text, sizeof text, Q_("%s practice", "%s practices", cluster->n_in_cluster), all);
  page_write(&table->page, text);
  if (cluster->n_in_cluster == 1 && table->result->options.identified) {
    page_write(&table->page, " ");
    page_write(&table->page, cluster->practices[0].label);
  }
}

static void write_patient_count(struct table *table) {
  char n[32], text[64];
  const struct result_figure *all = table_population(table);
  table_print_count(table, all, RESULT_POPULATION, n);
  snprintf(text, sizeof text, Q_("%s patient", "%s patients", all->state[RESULT_POPULATION] == RESULT_SHOWN ? all->population : 2), n);
  page_write(&table->page, " · ");
  page_write(&table->page, text);
}

/* Cluster C1 (unless all practices are one) · 20 practices · 1,184 patients
 * index date 2024-06-01 (the newest date in the data) */
static void write_subject(struct table *table) {
  struct page *page = &table->page;
  const struct result_cluster *cluster = table->cluster;
  if (cluster->outside)
    page_write(page, _("In no cluster"));
  else if (*cluster->id) {
    page_write(page, P_("before its name", "Cluster"));
    page_write(page, " ");
    page_write(page, cluster->id);
  }
  if (*cluster->id || cluster->outside)
    page_write(page, " · ");
  write_practice_count(table);
  if (table->pack->n_indicators > 0)
    write_patient_count(table);
  page_end_line(page);

  char date[16], text[128];
  result_date(table->result->options.index, date);
  const char *format = table->result->options.index_given ? _("index date %s (given with --as-of)")
                                                          : _("index date %s (the newest date in the data)");
  snprintf(text, sizeof text, format, date);
  page_write(page, text);
  page_end_line(page);
}

/* The parameters that this run has changed stand above the figures, each with the value it has in the rules. */
static void write_changes(struct table *table) {
  struct page *page = &table->page;
  const struct image *image = table->result->image;
  uint32_t pack = (uint32_t)(table->pack - image->packs), n = 0;
  for (uint32_t i = 0; i < image->n_parameters; i++) {
    const struct image_parameter *parameter = &image->parameters[i];
    if (parameter->pack != pack || parameter->usual == IMAGE_NONE)
      continue;
    if (n++ == 0) {
      page_style(page, STYLE_BOLD);
      page_write(page, _("Changed with --set:"));
    } else
      page_write(page, ",");
    page_write(page, " ");
    page_write(page, table_text(table, parameter->name));
    page_write(page, " = ");
    table_write_value(table, table_text(table, parameter->value));
    page_write(page, " (");
    page_write(page, _("usually"));
    page_write(page, " ");
    table_write_value(table, table_text(table, parameter->usual));
    page_write(page, ")");
  }
  if (n > 0) {
    page_style(page, STYLE_PLAIN);
    page_end_line(page);
  }
}

static void write_head(struct table *table) {
  struct page *page = &table->page;
  const struct image_pack *pack = table->pack;
  const char *title = table_text(table, pack->title != IMAGE_NONE ? pack->title : pack->name);
  page_style(page, STYLE_BOLD);
  page_write_wrapped(page, title);
  page_style(page, STYLE_PLAIN);
  page_end_line(page);
  page_rule(page, "━");
  page_write(page, table_text(table, pack->name));
  if (pack->version != IMAGE_NONE) {
    page_write(page, " ");
    page_write(page, _("version"));
    page_write(page, " ");
    page_write(page, table_text(table, pack->version));
  }
  page_write(page, " · ");
  write_subject(table);
  write_changes(table);
  page_style(page, STYLE_DIM);
  page_write(page, _("Population:"));
  page_write(page, " ");
  page_write_wrapped(page, table_text(table, pack->population));
  page_style(page, STYLE_PLAIN);
  page_end_line(page);
}

static void write_table(struct table *table) {
  struct page *page = &table->page;
  write_head(table);
  page_end_line(page);
  if (!table_population(table) || !table_is_anybody(table_population(table), RESULT_POPULATION)) {
    page_write(page, table->pack->n_indicators ? _("No patient is in the population.")
                                               : _("The pack has no indicators."));
    page_end_line(page);
  } else {
    table_write_rows(table);
    table_write_chance(table);
    if (table->cluster->n_in_cluster > 1) {
      page_end_line(page);
      table_write_practices(table);
    }
  }
  page_end_line(page);
  table_write_foot(table);
}

void result_write_table(const struct result *result, FILE *out) {
  const struct result_options *options = &result->options;
  struct table table = {.result = result, .page = {.out = out, .danish = options->danish, .ascii = options->ascii,
                                                   .colour = options->colour, .width = options->width}};
  if (table.page.width == 0 || table.page.width > WIDTH_MOST)
    table.page.width = WIDTH_MOST;
  else if (table.page.width < WIDTH_LEAST)
    table.page.width = WIDTH_LEAST;
  if (result->n_clusters == 0) {
    page_write(&table.page, _("There are no patients in the data."));
    page_end_line(&table.page);
  }
  for (uint32_t i = 0; i < result->n_clusters; i++)
    for (uint32_t j = 0; j < result->image->n_packs; j++) {
      if (i + j > 0)
        fputs("\n\n", out);
      table.cluster = &result->clusters[i];
      table.pack = &result->image->packs[j];
      write_table(&table);
    }
}
