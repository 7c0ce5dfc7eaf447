/* make.c: which clusters and practices are shown, and under which names. */
#include "runtime/result/result.h"
#include <stdlib.h>
#include <string.h>
#include "runtime/image/words.h"
#include "runtime/memory/memory.h"
#include "runtime/result/names.h"

#define CLUSTERS_TOLD 10

/* A practice on its way into the result: its number in the store and the label it gets. */
struct shown { uint32_t practice; char *label; };

static bool is_among(const char *id, const char *const *ids, uint32_t n) {
  for (uint32_t i = 0; i < n; i++)
    if (strcmp(id, ids[i]) == 0)
      return true;
  return n == 0;
}

static const char *practice_id(const struct store *store, uint32_t practice) {
  return store_text(store, store->practices[practice].id);
}
static const char *cluster_id(const struct store *store, uint32_t cluster) {
  return store_text(store, store->clusters[cluster].id);
}

/* ── what was asked for ──────────────────────────────────────────────────────────────────────────────────────────── */

static bool has_cluster(const struct store *store, const char *id) {
  for (uint32_t i = 0; i < store->n_clusters; i++)
    if (strcmp(cluster_id(store, i), id) == 0)
      return true;
  return false;
}

/* Whether one of the clusters asked for has the practice. */
static bool has_practice(const struct store *store, const struct result_options *options, const char *id) {
  for (uint32_t i = 0; i < store->n_practices; i++)
    if (strcmp(practice_id(store, i), id) == 0 &&
        is_among(cluster_id(store, store->practices[i].cluster), options->clusters, options->n_clusters))
      return true;
  return false;
}

/* Adds to a list of words, in new memory for the old. */
static char *extend(char *list, const char *word) {
  char *longer = list ? name_sentence("%s, %s", list, word) : name_sentence("%s", word);
  free(list);
  return longer;
}

/* That a cluster is not in the data, and which are, up to CLUSTERS_TOLD of them. */
static char *miss_cluster(const struct store *store, const char *id) {
  uint32_t n_named = 0, n_told = 0;
  for (uint32_t i = 0; i < store->n_clusters; i++)
    n_named += *cluster_id(store, i) != '\0';
  if (n_named == 0)
    return name_sentence(_("cluster %s is not in the data; practices.csv names no clusters"), id);
  char *list = NULL;
  for (uint32_t i = 0; i < store->n_clusters && n_told < CLUSTERS_TOLD; i++)
    if (*cluster_id(store, i))
      list = extend(list, cluster_id(store, i)), n_told++;
  char *text = n_told < n_named
    ? name_sentence(_("cluster %s is not in the data; there are %s and %u more"), id, list, n_named - n_told)
    : name_sentence(_("cluster %s is not in the data; there are %s"), id, list);
  free(list);
  return text;
}

/* That a practice is not in the data; who reads a letter in the table may well ask for it by that. */
static char *miss_practice(const struct result_options *options, const char *id) {
  bool is_letters = id[strspn(id, "ABCDEFGHIJKLMNOPQRSTUVWXYZ")] == '\0';
  if (is_letters)
    return name_sentence(_("practice %s is not in the data; --practice takes the practices' own ids, not the letters of the table"), id);
  return name_sentence(options->n_clusters > 0 ? _("practice %s is not in the clusters asked for") : _("practice %s is not in the data"), id);
}

/* A name that is not in the data is a mistake in the call: an empty table would look like an answer. NULL if all are. */
static char *find_missing_name(const struct store *store, const struct result_options *options) {
  for (uint32_t i = 0; i < options->n_clusters; i++)
    if (!has_cluster(store, options->clusters[i]))
      return miss_cluster(store, options->clusters[i]);
  for (uint32_t i = 0; i < options->n_practices; i++)
    if (!has_practice(store, options, options->practices[i]))
      return miss_practice(options, options->practices[i]);
  return NULL;
}

/* ── labels ──────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* Z comes before AA: shorter first. Own ids stand in the order of their bytes. */
static int compare_pseudonyms(const void *left, const void *right) {
  const struct shown *a = left, *b = right;
  size_t length_a = strlen(a->label), length_b = strlen(b->label);
  return length_a != length_b ? (length_a < length_b ? -1 : 1) : strcmp(a->label, b->label);
}
static int compare_ids(const void *left, const void *right) {
  const struct shown *a = left, *b = right;
  return strcmp(a->label, b->label);
}

/* Labels all practices of a cluster, shown or not: a letter may not depend on what is shown. Without key: their ids. */
static struct shown *label_practices(const struct store *store, const struct store_cluster *cluster, struct name_key *key) {
  uint32_t n = cluster->n_practices;
  struct shown *shown = memory_take(n, sizeof *shown);
  const char **ids = memory_take(n, sizeof *ids);
  uint32_t *numbers = memory_take(n, sizeof *numbers);
  for (uint32_t i = 0; i < n; i++) {
    shown[i].practice = cluster->first_practice + i;
    ids[i] = practice_id(store, shown[i].practice);
  }
  if (key)
    name_draw(key, store_text(store, cluster->id), ids, n, numbers);
  for (uint32_t i = 0; i < n; i++) {
    char letters[8];
    if (key)
      name_letters(numbers[i], letters);
    const char *label = key ? letters : ids[i];
    shown[i].label = memory_text(label, strlen(label));
  }
  free(ids);
  free(numbers);
  qsort(shown, n, sizeof *shown, key ? compare_pseudonyms : compare_ids);
  return shown;
}

/* ── clusters ────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* Fills in a cluster with those of its practices that are to be shown. */
static void make_cluster(const struct store *store, const struct result_options *options, struct name_key *key,
                         const struct store_cluster *from, struct result_cluster *cluster) {
  struct shown *shown = label_practices(store, from, key);
  cluster->id = store_text(store, from->id);
  cluster->outside = *cluster->id == '\0' && store->n_clusters > 1;
  cluster->first_practice = from->first_practice;
  cluster->n_in_cluster = from->n_practices;
  cluster->practices = memory_take(from->n_practices, sizeof *cluster->practices);
  for (uint32_t i = 0; i < from->n_practices; i++) {
    const char *id = practice_id(store, shown[i].practice);
    if (is_among(id, options->practices, options->n_practices))
      cluster->practices[cluster->n_practices++] =
        (struct result_practice){.id = id, .label = shown[i].label, .number = shown[i].practice,
                                 .name = key ? "" : store_text(store, store->practices[shown[i].practice].name)};
    else
      free(shown[i].label);
  }
  free(shown);
}

/* Whether a cluster was asked for, and one of its practices was. */
static bool is_shown(const struct store *store, const struct result_options *options, const struct store_cluster *cluster) {
  if (!is_among(store_text(store, cluster->id), options->clusters, options->n_clusters))
    return false;
  for (uint32_t i = 0; i < cluster->n_practices; i++)
    if (is_among(practice_id(store, cluster->first_practice + i), options->practices, options->n_practices))
      return true;
  return false;
}

struct result *result_make(const struct image *image, const struct store *store, const struct counts *counts,
                           const struct data_report *report, const struct result_options *options, char **error,
                           int *exit_code) {
  *error = find_missing_name(store, options);
  *exit_code = 2;
  if (*error)
    return NULL;

  struct name_key names = {.given = NULL}, *key = options->identified ? NULL : &names;
  const char *key_file = key ? options->key_file : NULL;
  if (key_file && !name_key_read(key_file, key, error, exit_code))
    return NULL;
  if (key && !key_file)
    name_key_from_data(store->hash, key);

  struct result *result = memory_take(1, sizeof *result);
  *result = (struct result){.image = image, .counts = counts, .report = report, .options = *options,
                            .before = options->before ? options->before->index : DATE_UNKNOWN};
  name_data(store->hash, result->data_hash);
  if (key)
    name_key_print(key, result->letters);
  result->clusters = memory_take(store->n_clusters, sizeof *result->clusters);
  for (int outside = 0; outside < 2; outside++)
    for (uint32_t i = 0; i < store->n_clusters; i++)
      if (outside == (*cluster_id(store, i) == '\0') && is_shown(store, options, &store->clusters[i]))
        make_cluster(store, options, key, &store->clusters[i], &result->clusters[result->n_clusters++]);
  result_fill_figures(result);
  result_fill_before(result);
  result_suppress(result);
  result_fill_changes(result);
  result_fill_spread(result);
  result->options.before = NULL;

  /* Letters that nobody could find again must not be shown. */
  if (key_file && !name_key_write(key_file, key, error, exit_code)) {
    result_free(result);
    result = NULL;
  }
  name_key_close(&names);
  return result;
}

void result_free(struct result *result) {
  if (!result)
    return;
  for (uint32_t i = 0; i < result->n_clusters; i++) {
    struct result_cluster *cluster = &result->clusters[i];
    for (uint32_t j = 0; j < cluster->n_practices; j++)
      free((char *)cluster->practices[j].label);
    free(cluster->practices);
    free(cluster->figures);
    free(cluster->before);
    free(cluster->changes);
    free(cluster->spread);
  }
  free(result->clusters);
  free(result->row_of_cell);
  free(result);
}
