/* people.c: clusters, practices and patients get their numbers, in the order of their ids' bytes, whatever the order in
 * which they were added. The dictionary is sorted by then, so comparing two texts is comparing their numbers. */
#include <math.h>
#include <stdlib.h>
#include "runtime/memory/memory.h"
#include "runtime/store/inner.h"

/* ── which cluster each practice belongs to ──────────────────────────────────────────────────────────────────────── */

static int compare_said(const void *a, const void *b) {
  const struct practice_said *x = a, *y = b;
  if (x->id != y->id) return x->id < y->id ? -1 : 1;
  if (x->cluster != y->cluster) return x->cluster < y->cluster ? -1 : 1;
  return (x->name > y->name) - (x->name < y->name);
}

/* All practices that were said or have a patient, each once, in the order of their ids. Of a practice said twice
 * the cluster that comes first counts. */
static struct practice_said *gather_practices(const struct store_builder *builder, const uint32_t *text_now,
                                              uint32_t *n) {
  uint32_t n_said = builder->n_said;
  struct practice_said *all = memory_take((size_t)n_said + builder->n_patients, sizeof *all);
  for (uint32_t i = 0; i < n_said; i++) {
    const struct practice_said *said = &builder->said[i];
    all[i] = (struct practice_said){text_now[said->id], text_now[said->cluster], text_now[said->name]};
  }
  qsort(all, n_said, sizeof *all, compare_said);
  uint32_t n_all = 0;
  for (uint32_t i = 0; i < n_said; i++)
    if (n_all == 0 || all[n_all - 1].id != all[i].id) all[n_all++] = all[i];
  struct practice_said known = {0};
  uint32_t n_known = n_all, last = UINT32_MAX;
  for (uint32_t i = 0; i < builder->n_patients; i++) {
    known.id = text_now[builder->patient_practice[i]];
    if (known.id == last) continue;
    last = known.id;
    uint32_t low = 0, high = n_known;
    while (low < high) {
      uint32_t middle = low + (high - low) / 2;
      if (all[middle].id < known.id) low = middle + 1;
      else high = middle;
    }
    if (low == n_known || all[low].id != known.id) all[n_all++] = known;
  }
  if (n_all > n_known) {
    qsort(all, n_all, sizeof *all, compare_said);
    uint32_t n_once = 0;
    for (uint32_t i = 0; i < n_all; i++)
      if (n_once == 0 || all[n_once - 1].id != all[i].id) all[n_once++] = all[i];
    n_all = n_once;
  }
  *n = n_all;
  return all;
}

/* ── patients ────────────────────────────────────────────────────────────────────────────────────────────────────── */

struct placed { uint32_t cluster, practice, id, number; };

static int compare_placed(const void *a, const void *b) {
  const struct placed *x = a, *y = b;
  if (x->cluster != y->cluster) return x->cluster < y->cluster ? -1 : 1;
  if (x->practice != y->practice) return x->practice < y->practice ? -1 : 1;
  return (x->id > y->id) - (x->id < y->id);
}

static uint32_t cluster_of(const struct practice_said *practices, uint32_t n, uint32_t id) {
  uint32_t low = 0, high = n;
  while (low + 1 < high) {
    uint32_t middle = low + (high - low) / 2;
    if (practices[middle].id <= id) low = middle;
    else high = middle;
  }
  return practices[low].cluster;
}

static struct placed *place_patients(const struct store_builder *builder, const uint32_t *text_now,
                                     const struct practice_said *practices, uint32_t n_practices) {
  struct placed *placed = memory_take(builder->n_patients, sizeof *placed);
  bool sorted = true;
  uint32_t last = UINT32_MAX, cluster = 0; /* exports mostly come practice by practice */
  for (uint32_t i = 0; i < builder->n_patients; i++) {
    uint32_t practice = text_now[builder->patient_practice[i]];
    if (practice != last) cluster = cluster_of(practices, n_practices, practice);
    last = practice;
    placed[i] = (struct placed){cluster, practice, text_now[builder->patient_id[i]], i};
    if (i > 0 && compare_placed(&placed[i - 1], &placed[i]) > 0) sorted = false;
  }
  if (!sorted) qsort(placed, builder->n_patients, sizeof *placed, compare_placed);
  return placed;
}

/* ── the store's arrays ──────────────────────────────────────────────────────────────────────────────────────────── */

static int compare_clusters(const void *a, const void *b) {
  const struct practice_said *x = a, *y = b;
  if (x->cluster != y->cluster) return x->cluster < y->cluster ? -1 : 1;
  return (x->id > y->id) - (x->id < y->id);
}

/* Lays out clusters and practices. A practice without patients stays where its cluster has others that have some, so
 * that it is seen to be missing; a cluster without a patient is of no use to anyone. */
static void lay_out(struct store_owner *owner, struct practice_said *said, uint32_t n_said,
                    const struct placed *placed, uint32_t n_patients) {
  struct store *store = &owner->store;
  struct store_practice *practices = memory_take(n_said, sizeof *practices);
  struct store_cluster *clusters = memory_take(n_said, sizeof *clusters);
  store_own(owner, practices);
  store_own(owner, clusters);
  qsort(said, n_said, sizeof *said, compare_clusters);
  uint32_t patient = 0;
  for (uint32_t i = 0; i < n_said;) {
    struct store_cluster *cluster = &clusters[store->n_clusters];
    *cluster = (struct store_cluster){said[i].cluster, store->n_practices, 0};
    uint32_t before = patient;
    for (; i < n_said && said[i].cluster == cluster->id; i++) {
      struct store_practice *practice = &practices[cluster->first_practice + cluster->n_practices++];
      *practice = (struct store_practice){said[i].id, said[i].name, store->n_clusters, patient, 0};
      while (patient < n_patients && placed[patient].cluster == cluster->id &&
             placed[patient].practice == practice->id)
        patient++;
      practice->n_patients = patient - practice->first_patient;
    }
    if (patient == before) continue;
    store->n_practices += cluster->n_practices;
    store->n_clusters++;
  }
  store->practices = practices;
  store->clusters = clusters;
}

static void fill_column(struct store_owner *owner, struct store_column *column, char kind,
                        const struct store_builder *builder, uint32_t number, const struct placed *placed,
                        const uint32_t *text_now) {
  uint32_t n = builder->n_patients;
  const union store_cell *cells = n == 0 ? NULL : builder->cells + number; /* without patients there are no cells */
  size_t width = kind == 'n' ? sizeof(double) : sizeof(uint32_t);
  void *values = memory_take_vector(n, width);
  store_own(owner, values);
  if (kind == 'n') {
    double *numbers = values;
    column->number = numbers;
    for (uint32_t i = 0; i < n; i++) numbers[i] = cells[(size_t)placed[i].number * builder->n_columns].number;
  } else if (kind == 'd') {
    int32_t *dates = values;
    column->date = dates;
    for (uint32_t i = 0; i < n; i++) dates[i] = cells[(size_t)placed[i].number * builder->n_columns].date;
  } else {
    uint32_t *texts = values;
    column->text = texts;
    for (uint32_t i = 0; i < n; i++) texts[i] = text_now[cells[(size_t)placed[i].number * builder->n_columns].text];
  }
}

uint32_t *store_number_people(struct store_owner *owner, struct store_builder *builder, const uint32_t *text_now) {
  struct store *store = &owner->store;
  uint32_t n = builder->n_patients, n_practices;
  struct practice_said *practices = gather_practices(builder, text_now, &n_practices);
  struct placed *placed = place_patients(builder, text_now, practices, n_practices);
  lay_out(owner, practices, n_practices, placed, n);
  free(practices);

  uint32_t *patient_now = memory_take(n, sizeof *patient_now);
  uint32_t *ids = memory_take_vector(n, sizeof *ids);
  store_own(owner, ids);
  for (uint32_t i = 0; i < n; i++) {
    patient_now[placed[i].number] = i;
    ids[i] = placed[i].id;
  }
  store->n_patients = n;
  store->n_blocks = (n + BLOCK_PATIENTS - 1) / BLOCK_PATIENTS;
  store->patient_ids = ids;

  struct store_column *columns = memory_take(builder->n_columns, sizeof *columns);
  store_own(owner, columns);
  store->n_columns = builder->n_columns;
  store->columns = columns;
  for (uint32_t i = 0; i < builder->n_columns; i++) {
    columns[i].name = text_now[builder->column_names[i]];
    fill_column(owner, &columns[i], builder->column_kinds[i], builder, i, placed, text_now);
  }
  free(placed);
  return patient_now;
}
