/* warn.c: what is not the same in two results of a pack, so that nobody takes it for a change of the patients. */
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include "runtime/followup/inner.h"
#include "runtime/image/words.h"
#include "runtime/memory/memory.h"

void warn_add(cJSON *pack, const char *format, ...) {
  char *text = NULL;
  size_t length;
  va_list arguments;
  FILE *out = open_memstream(&text, &length);
  if (!out) memory_exhausted();
  va_start(arguments, format);
  vfprintf(out, format, arguments);
  va_end(arguments);
  if (fclose(out) != 0) memory_exhausted();
  cJSON *list = cJSON_GetObjectItemCaseSensitive(pack, "warnings");
  if (!list) list = cJSON_AddArrayToObject(pack, "warnings");
  cJSON_AddItemToArray(list, cJSON_CreateString(text));
  free(text);
}

static const cJSON *member(const cJSON *object, const char *name) {
  return cJSON_GetObjectItemCaseSensitive(object, name);
}
static const char *text_of(const cJSON *object, const char *name) {
  const char *text = cJSON_GetStringValue(member(object, name));
  return text ? text : "";
}

/* The element of a list whose member `key` is this name; NULL where there is none. */
static const cJSON *element(const cJSON *list, const char *key, const char *name) {
  const cJSON *found;
  cJSON_ArrayForEach(found, list) if (strcmp(text_of(found, key), name) == 0) return found;
  return NULL;
}

/* ── parameters ──────────────────────────────────────────────────────────────────────────────────────────────────── */

/* What people call it: its title, and its name where it has none. */
static const char *called(const cJSON *parameter) {
  const char *title = text_of(parameter, "title");
  return *title ? title : text_of(parameter, "parameter");
}

static void warn_of_parameters(const cJSON *before, cJSON *after) {
  const cJSON *then = member(before, "parameters"), *now = member(after, "parameters"), *parameter;
  cJSON_ArrayForEach(parameter, now) {
    const char *value = text_of(parameter, "value");
    const cJSON *earlier = element(then, "parameter", text_of(parameter, "parameter"));
    if (!earlier)
      warn_add(after, _("The parameter “%s” is new: %s."), called(parameter), value);
    else if (strcmp(text_of(earlier, "value"), value) != 0)
      warn_add(after, _("The parameter “%s” was %s then, and is %s now."), called(parameter), text_of(earlier, "value"), value);
  }
  cJSON_ArrayForEach(parameter, then) {
    if (!element(now, "parameter", text_of(parameter, "parameter")))
      warn_add(after, _("There is no parameter “%s” any more; it was %s."), called(parameter), text_of(parameter, "value"));
  }
}

/* ── what the explanation tells: code sets and measures ──────────────────────────────────────────────────────────── */

/* The sections of one kind that a pack's explanation has. */
static const cJSON *sections_of(const cJSON *pack, const char *kind) {
  const cJSON *all = member(member(member(pack, "material"), "explained"), "sections");
  return member(element(all, "key", kind), "sections");
}

/* Whether a part of both sections is the same; one that neither has is. */
static bool is_same_part(const cJSON *a, const cJSON *b, const char *key) {
  const cJSON *left = element(member(a, "parts"), "key", key), *right = element(member(b, "parts"), "key", key);
  return left && right ? cJSON_Compare(left, right, true) : left == right;
}

/* A code set counts the same codes; when somebody looked at it last does not matter. */
static void warn_of_sets(const cJSON *before, cJSON *after) {
  const cJSON *then = sections_of(before, "code_sets"), *now = sections_of(after, "code_sets"), *set;
  cJSON_ArrayForEach(set, now) {
    const char *name = text_of(set, "name");
    const cJSON *earlier = element(then, "name", name);
    if (!earlier)
      warn_add(after, _("The code set %s is new."), name);
    else if (!is_same_part(earlier, set, "codes"))
      warn_add(after, _("The code set %s has other codes than then."), name);
  }
  cJSON_ArrayForEach(set, then) {
    const char *name = text_of(set, "name");
    if (!element(now, "name", name)) warn_add(after, _("There is no code set %s any more."), name);
  }
}

/* When a measure is looked at is told with dates, which differ; where it is read from and what is plausible do not. */
static void warn_of_measures(const cJSON *before, cJSON *after) {
  const cJSON *then = sections_of(before, "measures"), *measure;
  cJSON_ArrayForEach(measure, sections_of(after, "measures")) {
    const char *name = text_of(measure, "name");
    const cJSON *earlier = element(then, "name", name);
    if (earlier && !(is_same_part(earlier, measure, "from") && is_same_part(earlier, measure, "plausible")))
      warn_add(after, _("The measure %s is not read as it was then."), name);
  }
}

/* ── indicators ──────────────────────────────────────────────────────────────────────────────────────────────────── */

static bool is_same_text(const cJSON *a, const cJSON *b, const char *name) {
  return strcmp(text_of(a, name), text_of(b, name)) == 0;
}

static void warn_of_indicators(const cJSON *before, cJSON *after) {
  const cJSON *then = member(before, "indicators"), *now = member(after, "indicators"), *indicator;
  cJSON_ArrayForEach(indicator, now) {
    const char *name = text_of(indicator, "indicator");
    const cJSON *earlier = element(then, "indicator", name);
    if (!earlier)
      warn_add(after, _("The indicator %s is new, and is not compared."), name);
    else if (!is_same_text(earlier, indicator, "kind") || !is_same_text(earlier, indicator, "unit"))
      warn_add(after, _("The indicator %s was a figure of another kind, and is not compared."), name);
    else if (!is_same_text(earlier, indicator, "of") || !is_same_text(earlier, indicator, "where"))
      warn_add(after, _("The indicator %s asks for something else than it did then."), name);
    /* A title may name a limit. The figures of both dates stand beside today's. */
    if (earlier && !is_same_text(earlier, indicator, "title"))
      warn_add(after, _("The indicator %s was called “%s” then."), name, text_of(earlier, "title"));
  }
  cJSON_ArrayForEach(indicator, then) {
    const char *name = text_of(indicator, "indicator");
    if (!element(now, "indicator", name)) warn_add(after, _("There is no indicator %s any more."), name);
  }
}

void warn_of_pack(const cJSON *before, cJSON *after, bool same_language) {
  const char *then = text_of(before, "rules"), *now = text_of(after, "rules");
  cJSON_DeleteItemFromObjectCaseSensitive(after, "warnings");
  if (strcmp(then, now) != 0) warn_add(after, _("The rules are not the same: %.12s then, %.12s now."), then, now);
  if (!is_same_text(before, after, "population")) warn_add(after, "%s", _("The population is not the same."));
  warn_of_parameters(before, after);
  if (same_language) {
    warn_of_sets(before, after);
    warn_of_measures(before, after);
  }
  warn_of_indicators(before, after);
}
