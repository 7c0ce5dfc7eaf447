/* join.c: the later result, with the figures of the earlier one beside its own. */
#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include "runtime/followup/inner.h"
#include "runtime/image/words.h"
#include "runtime/memory/memory.h"
#include "runtime/result/names.h"
#include "runtime/result/result.h"

/* What is joined, and whether practices are under the same names in both. */
struct join {
  cJSON *before, *after;
  bool same_names, keeps_own;
  char *error;
};

static cJSON *member(const cJSON *object, const char *name) { return cJSON_GetObjectItemCaseSensitive(object, name); }
static const char *text_of(const cJSON *object, const char *name) {
  const char *text = cJSON_GetStringValue(member(object, name));
  return text ? text : "";
}
static double number_of(const cJSON *object, const char *name) {
  const cJSON *number = member(object, name);
  return cJSON_IsNumber(number) ? number->valuedouble : NAN;
}

/* The element of a list whose member `key` is this name, and its place; NULL where there is none. */
static cJSON *element(const cJSON *list, const char *key, const char *name, int *place) {
  cJSON *found;
  *place = 0;
  cJSON_ArrayForEach(found, list) {
    if (strcmp(text_of(found, key), name) == 0) return found;
    ++*place;
  }
  return NULL;
}

/* A member in the place of one that may be there. */
static void put(cJSON *object, const char *name, cJSON *value) {
  cJSON_DeleteItemFromObjectCaseSensitive(object, name);
  cJSON_AddItemToObject(object, name, value);
}

static void put_number(cJSON *object, const char *name, double number) {
  put(object, name, isnan(number) ? cJSON_CreateNull() : cJSON_CreateNumber(number));
}

/* ── figures ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* The figure of a practice that was not there: of nobody. */
static cJSON *figure_of_nobody(void) {
  static const char *const counts[] = {"population", "denominator", "numerator", "unknown"}, *const numbers[] = {
                                                                                                 "value", "low",
                                                                                                 "high"};
  cJSON *figure = cJSON_CreateObject();
  for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) cJSON_AddNumberToObject(figure, counts[i], 0);
  for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) cJSON_AddNullToObject(figure, numbers[i]);
  return figure;
}

static enum image_kind kind_of(const cJSON *indicator) {
  static const char *const kinds[] = {"share", "count", "mean", "median", "quartiles", "rate"};
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
    if (strcmp(text_of(indicator, "kind"), kinds[i]) == 0) return (enum image_kind)i;
  return KIND_COUNT;
}

/* What a change is made of: a figure that may not be seen has no value, and so no change. */
static struct result_figure figure_of(const cJSON *figure) {
  double n = number_of(figure, "numerator");
  return (struct result_figure){.numerator = isnan(n) ? 0 : (uint32_t)n,
                                .value = number_of(figure, "value"),
                                .low = number_of(figure, "low"),
                                .high = number_of(figure, "high")};
}

static cJSON *change_of(enum image_kind kind, const cJSON *before, const cJSON *after) {
  struct result_figure then = figure_of(before), now = figure_of(after);
  struct estimate change = result_change_of(kind, &then, &now);
  cJSON *object = cJSON_CreateObject();
  put_number(object, "change", change.value);
  put_number(object, "low", change.low);
  put_number(object, "high", change.high);
  return object;
}

/* The earlier figures of the cluster and of the later result's practices, in their order. */
static cJSON *earlier_figures(const struct join *join, const cJSON *figures, const cJSON *practices_before,
                              const cJSON *practices_after) {
  const cJSON *practice;
  cJSON *both = cJSON_CreateObject(), *list = cJSON_CreateArray();
  cJSON_AddItemToObject(both, "all", cJSON_Duplicate(member(figures, "all"), true));
  cJSON_ArrayForEach(practice, practices_after) {
    int place;
    bool there = join->same_names && element(practices_before, "practice", text_of(practice, "practice"), &place);
    cJSON_AddItemToArray(list, there ? cJSON_Duplicate(cJSON_GetArrayItem(member(figures, "practices"), place), true)
                                     : figure_of_nobody());
  }
  cJSON_AddItemToObject(both, "practices", list);
  return both;
}

static cJSON *changes_of(enum image_kind kind, const cJSON *before, const cJSON *after) {
  const cJSON *then = member(before, "practices")->child, *now;
  cJSON *both = cJSON_CreateObject(), *list = cJSON_CreateArray();
  cJSON_AddItemToObject(both, "all", change_of(kind, member(before, "all"), member(after, "all")));
  cJSON_ArrayForEach(now, member(after, "practices")) {
    cJSON_AddItemToArray(list, change_of(kind, then, now));
    then = then->next;
  }
  cJSON_AddItemToObject(both, "practices", list);
  return both;
}

/* ── clusters ────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* Who was in the pack's population then; a practice that was not there had nobody. */
static void join_populations(const struct join *join, const cJSON *before, cJSON *after, cJSON *pack) {
  const cJSON *then = member(before, "practices"), *now = member(after, "practices");
  const char *cluster = text_of(after, "cluster");
  cJSON *practice;
  int place;
  put(after, "population_before", cJSON_Duplicate(member(before, "population"), true));
  cJSON_ArrayForEach(practice, now) {
    const char *name = text_of(practice, "practice");
    const cJSON *earlier = join->same_names ? element(then, "practice", name, &place) : NULL;
    put(practice, "population_before",
        earlier ? cJSON_Duplicate(member(earlier, "population"), true) : cJSON_CreateNumber(0));
    if (join->same_names && !earlier)
      warn_add(pack, _("The practice %s of cluster %s is in the later result only."), name, cluster);
  }
  cJSON_ArrayForEach(practice, then) {
    const char *name = text_of(practice, "practice");
    if (join->same_names && !element(now, "practice", name, &place))
      warn_add(pack, _("The practice %s of cluster %s is in the earlier result only."), name, cluster);
  }
}

/* Whether an indicator of either pack is the same kind of figure, and so can be compared. */
static const cJSON *comparable(const cJSON *before, const cJSON *after, const char *name) {
  int place;
  const cJSON *then = element(member(before, "indicators"), "indicator", name, &place),
              *now = element(member(after, "indicators"), "indicator", name, &place);
  bool alike = then && now && strcmp(text_of(then, "kind"), text_of(now, "kind")) == 0 &&
               strcmp(text_of(then, "unit"), text_of(now, "unit")) == 0;
  return alike ? now : NULL;
}

static void join_cluster(const struct join *join, const cJSON *pack_before, cJSON *pack, const cJSON *before,
                         cJSON *after) {
  cJSON *figures;
  join_populations(join, before, after, pack);
  cJSON_ArrayForEach(figures, member(after, "figures")) {
    int place;
    const char *name = text_of(figures, "indicator");
    const cJSON *indicator = comparable(pack_before, pack, name),
                *then = element(member(before, "figures"), "indicator", name, &place);
    cJSON *earlier =
        indicator && then ? earlier_figures(join, then, member(before, "practices"), member(after, "practices")) : NULL;
    if (join->keeps_own) {
      if (earlier) put(figures, "published", earlier);
      continue;
    }
    cJSON_DeleteItemFromObjectCaseSensitive(figures, "before");
    cJSON_DeleteItemFromObjectCaseSensitive(figures, "change");
    if (!earlier) continue;
    put(figures, "before", earlier);
    put(figures, "change", changes_of(kind_of(indicator), earlier, figures));
  }
}

/* ── packs ───────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* Whether each element of one list is in the other; else that it is not stands in the error. */
static bool has_each(struct join *join, const cJSON *list, const cJSON *among, const char *key, bool is_earlier) {
  const cJSON *object;
  int place;
  cJSON_ArrayForEach(object, list) {
    const char *name = text_of(object, key);
    bool is_pack = strcmp(key, "pack") == 0;
    if (element(among, key, name, &place)) continue;
    if (is_pack)
      join->error = name_sentence(is_earlier ? _("the pack %s is in the earlier result only")
                                             : _("the pack %s is in the later result only"),
                                  name);
    else
      join->error = name_sentence(is_earlier ? _("the cluster %s is in the earlier result only")
                                             : _("the cluster %s is in the later result only"),
                                  name);
    return false;
  }
  return true;
}

static bool is_same_set(struct join *join, const cJSON *before, const cJSON *after, const char *list, const char *key) {
  return has_each(join, member(before, list), member(after, list), key, true) &&
         has_each(join, member(after, list), member(before, list), key, false);
}

static void join_packs(struct join *join) {
  bool same_language = strcmp(text_of(join->before, "language"), text_of(join->after, "language")) == 0;
  cJSON *pack, *cluster;
  int place;
  if (!is_same_set(join, join->before, join->after, "packs", "pack")) return;
  cJSON_ArrayForEach(pack, member(join->after, "packs")) {
    const cJSON *before = element(member(join->before, "packs"), "pack", text_of(pack, "pack"), &place);
    if (!is_same_set(join, before, pack, "clusters", "cluster")) return;
    warn_of_pack(before, pack, same_language);
    if (!join->same_names)
      warn_add(pack, "%s",
               _("The practices have other letters in the two results, so only clusters are compared: --key FILE keeps "
                 "the letters."));
    cJSON_ArrayForEach(cluster, member(pack, "clusters"))
        join_cluster(join, before, pack,
                     element(member(before, "clusters"), "cluster", text_of(cluster, "cluster"), &place), cluster);
  }
}

/* Results that hide different counts would, side by side, show what one of them hides. */
static bool can_join(struct join *join) {
  const char *then = text_of(join->before, "as_of"), *now = text_of(join->after, "as_of");
  double hides_then = number_of(join->before, "suppress"), hides_now = number_of(join->after, "suppress");
  if (strcmp(then, now) == 0)
    join->error = name_sentence(_("both results are as of %s: a comparison takes two index dates; klynge diff tells what other rules "
                                  "change on one"),
                                now);
  else if (strcmp(then, now) > 0)
    join->error = name_sentence(_("the earlier result stands first: %s is not before %s"), then, now);
  else if (!(hides_then == hides_now || (isnan(hides_then) && isnan(hides_now))))
    join->error =
        name_sentence("%s", _("the two results do not hide the same counts: make both with the same --suppress"));
  return !join->error;
}

/* Practices are under their own ids in both, or under letters of the same key. */
static bool has_same_names(const struct join *join) {
  bool ids_then = cJSON_IsTrue(member(join->before, "identified")),
       ids_now = cJSON_IsTrue(member(join->after, "identified"));
  const char *then = text_of(join->before, "letters"), *now = text_of(join->after, "letters");
  return ids_then == ids_now && (ids_now || (*now && strcmp(then, now) == 0));
}

/* Numbers as the result wrote them, in digits that read back to the same double; cJSON would take 15. */
static void keep_digits(cJSON *object) {
  char text[32];
  for (cJSON *item = object->child; item; item = item->next) {
    keep_digits(item);
    if (!cJSON_IsNumber(item)) continue;
    item->valuestring = memory_text(text, (size_t)result_number(item->valuedouble, text));
    item->type = cJSON_Raw;
  }
}

char *followup_join(const char *before, const char *after, char **error) {
  const char *const texts[] = {before, after};
  struct join join = {0};
  char *joined = NULL;
  *error = NULL;
  for (int i = 0; i < 2 && !*error; i++) meetings_free(meetings_read(texts[i], strlen(texts[i]), error));
  if (*error) return NULL;
  join.before = cJSON_Parse(before);
  join.after = cJSON_Parse(after);
  if (can_join(&join)) {
    join.same_names = has_same_names(&join);
    join.keeps_own = strcmp(text_of(join.after, "compared_with"), text_of(join.before, "as_of")) == 0;
    join_packs(&join);
    put(join.after, "compared_with", cJSON_CreateString(text_of(join.before, "as_of")));
  }
  *error = join.error;
  if (!join.error) {
    keep_digits(join.after);
    joined = cJSON_Print(join.after);
    if (!joined) memory_exhausted();
  }
  cJSON_Delete(join.before);
  cJSON_Delete(join.after);
  return joined;
}
