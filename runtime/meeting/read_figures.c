/* read_figures.c: the figures of one pack in one cluster. */
#include <math.h>
#include <string.h>
#include "runtime/image/words.h"
#include "runtime/meeting/inner.h"

static struct meeting_figure read_figure(struct reader *reader, const cJSON *figure) {
  return (struct meeting_figure){.population = read_count(reader, figure, "population"),
                                 .denominator = read_count(reader, figure, "denominator"),
                                 .numerator = read_count(reader, figure, "numerator"),
                                 .unknown = read_count(reader, figure, "unknown"),
                                 .value = read_number(reader, figure, "value"),
                                 .low = read_number(reader, figure, "low"),
                                 .high = read_number(reader, figure, "high"),
                                 .adjusted = read_number(reader, figure, "adjusted"),
                                 .adjusted_low = read_number(reader, figure, "adjusted_low"),
                                 .adjusted_high = read_number(reader, figure, "adjusted_high"),
                                 .reliability = read_number(reader, figure, "reliability")};
}

static struct meeting_change read_change(struct reader *reader, const cJSON *change) {
  struct meeting_change out = {.change = read_number(reader, change, "change"),
                               .low = read_number(reader, change, "low"),
                               .high = read_number(reader, change, "high")};
  out.has_patients = cJSON_HasObjectItem(change, "became_yes");
  if (!out.has_patients) return out;
  out.became_yes = read_count(reader, change, "became_yes");
  out.became_no = read_count(reader, change, "became_no");
  out.stayed_yes = read_count(reader, change, "stayed_yes");
  out.stayed_no = read_count(reader, change, "stayed_no");
  out.arrived = read_count(reader, change, "arrived");
  out.left = read_count(reader, change, "left");
  return out;
}

/* What stands under "practices": as many objects as there are practices. */
static const cJSON *list_of_practices(struct reader *reader, const cJSON *object, const struct meeting *meeting) {
  size_t n;
  const cJSON *list = read_list(reader, object, "practices", &n);
  if (n == meeting->n_practices) return list;
  reader_fail(reader, "practices", _("as many figures as there are practices"));
  return NULL;
}

static void read_figures(struct reader *reader, const cJSON *object, const struct meeting *meeting,
                         struct meeting_figure *all, struct meeting_figure **practices) {
  const cJSON *list = list_of_practices(reader, object, meeting), *figure;
  struct meeting_figure *next = *practices = reader_take(reader, meeting->n_practices, sizeof **practices);
  *all = read_figure(reader, read_object(reader, object, "all"));
  cJSON_ArrayForEach(figure, list) *next++ = read_figure(reader, figure);
}

static void read_changes(struct reader *reader, const cJSON *object, const struct meeting *meeting,
                         struct meeting_indicator *indicator) {
  const cJSON *list = list_of_practices(reader, object, meeting), *change;
  struct meeting_change *next = indicator->practices_change =
      reader_take(reader, meeting->n_practices, sizeof *indicator->practices_change);
  indicator->all_change = read_change(reader, read_object(reader, object, "all"));
  cJSON_ArrayForEach(change, list) *next++ = read_change(reader, change);
}

static void read_bands(struct reader *reader, const cJSON *figures, const struct meeting *meeting,
                       struct meeting_indicator *indicator) {
  const cJSON *list = read_list(reader, figures, "bands", &indicator->n_bands), *band;
  struct meeting_band *next = indicator->bands = reader_take(reader, indicator->n_bands, sizeof *indicator->bands);
  cJSON_ArrayForEach(band, list) {
    next->stratum = read_text(reader, band, "title");
    next->band = read_text(reader, band, "band_title");
    read_figures(reader, band, meeting, &next->all, &next->practices);
    next++;
  }
}

static void read_indicator(struct reader *reader, const cJSON *figures, const struct meeting *meeting,
                           struct meeting_indicator *indicator) {
  const cJSON *before = read_object(reader, figures, "before"), *change = read_object(reader, figures, "change"),
              *published = read_object(reader, figures, "published");
  if (strcmp(read_text(reader, figures, "indicator"), indicator->name) != 0)
    reader_fail(reader, "indicator", _("the indicators of the pack in their order"));
  read_figures(reader, figures, meeting, &indicator->all, &indicator->practices);
  read_bands(reader, figures, meeting, indicator);
  if (before) read_figures(reader, before, meeting, &indicator->all_before, &indicator->practices_before);
  if (change) read_changes(reader, change, meeting, indicator);
  if (published) read_figures(reader, published, meeting, &indicator->all_published, &indicator->practices_published);
  if (!before != !change) reader_fail(reader, "before", _("there where `change` is"));
  indicator->spread = read_text(reader, figures, "spread");
  indicator->funnel_centre = indicator->kind == MEETING_SHARE ? indicator->all.value : NAN;
}

static void read_practices(struct reader *reader, const cJSON *cluster, struct meeting *meeting) {
  const cJSON *list = read_list(reader, cluster, "practices", &meeting->n_practices), *practice;
  struct meeting_practice *next = meeting->practices =
      reader_take(reader, meeting->n_practices, sizeof *meeting->practices);
  cJSON_ArrayForEach(practice, list) {
    next->label = read_text(reader, practice, "practice");
    next->name = read_text(reader, practice, "name");
    next->population = read_count(reader, practice, "population");
    if (cJSON_HasObjectItem(practice, "population_before"))
      next->population_before = read_count(reader, practice, "population_before");
    if (!cJSON_HasObjectItem(practice, "practice")) reader_fail(reader, "practice", _("a name"));
    /* Patients whose practice is not in the data, where practices go by their own ids. */
    if (!*next->label) next->label = "–";
    next++;
  }
}

void read_cluster(struct reader *reader, const cJSON *cluster, struct meeting *meeting) {
  size_t n;
  const cJSON *list = read_list(reader, cluster, "figures", &n), *figures;
  struct meeting_indicator *of_pack = meeting->indicators, *next;
  meeting->cluster = read_text(reader, cluster, "cluster");
  meeting->population = read_count(reader, cluster, "population");
  if (cJSON_HasObjectItem(cluster, "population_before"))
    meeting->population_before = read_count(reader, cluster, "population_before");
  read_practices(reader, cluster, meeting);
  if (n != meeting->n_indicators) {
    reader_fail(reader, "figures", _("as many as there are indicators"));
    return;
  }
  /* Clusters of one pack share what its indicators are, and have figures of their own. */
  next = meeting->indicators = reader_take(reader, n, sizeof *next);
  if (n) memcpy(next, of_pack, n * sizeof *next);
  cJSON_ArrayForEach(figures, list) read_indicator(reader, figures, meeting, next++);
}
