/* windows.c: each window of a pack with what it limits, once, for people. A hash table, for a pack may have ten thousand. */
#include <string.h>
#include "lang/memory.h"
#include "lang/plan/graph.h"
#include "runtime/image/hash.h"

static size_t hash_of(const struct plan_window *window) {
  uint64_t hash = hash_on(hash_text(window->title, strlen(window->title)), hash_text(window->subject, strlen(window->subject)));
  hash = hash_on(hash, window->low ? window->low->number + 1 : 0);
  return (size_t)hash_on(hash, window->high ? window->high->number + 1 : 0);
}

static bool same(const struct plan_window *a, const struct plan_window *b) {
  return a->low == b->low && a->high == b->high && !strcmp(a->title, b->title) && !strcmp(a->subject, b->subject);
}

/* The slot of a window: of its number + 1, or 0 where it is new. */
static uint32_t *slot_of(const struct planner *planner, const struct plan_window *window) {
  size_t i = hash_of(window) & (planner->n_window_slots - 1);
  while (planner->window_slots[i] && !same(&planner->pack->windows[planner->window_slots[i] - 1], window))
    i = (i + 1) & (planner->n_window_slots - 1);
  return &planner->window_slots[i];
}

/* Twice the room, for the windows and for their slots. */
static void grow(struct planner *planner) {
  struct plan_pack *pack = planner->pack;
  planner->n_window_slots = planner->n_window_slots ? 2 * planner->n_window_slots : 32;
  planner->window_slots = NEW_ARRAY(uint32_t, planner->n_window_slots);
  pack->windows = memory_grow(pack->windows, planner->n_window_slots / 2, sizeof *pack->windows);
  for (uint32_t i = 0; i < pack->n_windows; i++) *slot_of(planner, &pack->windows[i]) = i + 1;
}

void windows_begin(struct planner *planner) {
  planner->window_slots = NULL;
  planner->n_window_slots = 0;
}

void windows_note(struct planner *planner, const struct rows *rows, struct plan_node *low, struct plan_node *high) {
  struct plan_pack *pack = planner->pack;
  struct plan_window window = {rows->window, rows->stream->name, low->uniform ? low : NULL,
                               high->uniform ? high : NULL};
  if (!window.title || !pack) return; /* a question's windows are nobody's */
  if (2 * ((size_t)pack->n_windows + 1) > planner->n_window_slots) grow(planner);
  uint32_t *slot = slot_of(planner, &window);
  if (*slot) return;
  pack->windows[pack->n_windows] = window;
  *slot = ++pack->n_windows;
}
