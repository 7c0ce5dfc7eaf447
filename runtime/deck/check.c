/* check.c: what a template offers, told before anybody stands in front of a cluster with it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include "runtime/deck/contrast.h"
#include "runtime/image/words.h"
#include "runtime/memory/memory.h"

#define LEAST_OF_SHAPE 3.0

struct check {
  struct deck deck;
  FILE *out;
  size_t n_faults;
};

static const char *what_for(enum role role) {
  switch (role) {
  case ROLE_TITLE: return _("the first slide");
  case ROLE_SECTION: return _("the beginning of a block");
  case ROLE_CHART: return _("charts");
  case ROLE_TABLE: return _("tables");
  default: return _("texts");
  }
}

/* ── placeholders ────────────────────────────────────────────────────────────────────────────────────────────────── */

static void tell_place(struct check *check, const char *layout, const char *types, const char *name) {
  struct place place = layout_place(&check->deck, layout, types, 0, check->deck.page);
  if (place.is_placeholder)
    fprintf(check->out, _("  %s: a placeholder\n"), name);
  else
    fprintf(check->out, _("  %s: no placeholder, so it gets a place of its own\n"), name);
}

static void tell_places(struct check *check, enum role role, const char *layout) {
  tell_place(check, layout, "title ctrTitle", _("title"));
  if (role == ROLE_TITLE) tell_place(check, layout, "subTitle body", _("subtitle"));
  if (role == ROLE_SECTION) tell_place(check, layout, "body subTitle", _("text"));
  if (role == ROLE_CHART) tell_place(check, layout, "chart", _("chart"));
  if (role == ROLE_TABLE) tell_place(check, layout, "tbl", _("table"));
  if (role == ROLE_TEXT) tell_place(check, layout, "obj body", _("text"));
}

/* ── contrast ────────────────────────────────────────────────────────────────────────────────────────────────────── */

static void judge(struct check *check, struct colour one, struct colour paper, double least, const char *name) {
  double contrast = colour_contrast(one, paper);
  if (contrast >= least) return;
  fprintf(check->out, _("  %s: hard to see, contrast %.1f : 1 and not %.1f : 1\n"), name, contrast, least);
  check->n_faults++;
}

static void judge_layout(struct check *check, enum role role, const char *layout) {
  struct looks looks = looks_of(&check->deck, layout);
  struct colour paper, ink;
  if (!looks_paper(&looks, &paper)) {
    fprintf(check->out, "%s", _("  the paper is a picture or runs from colour to colour: look for yourself\n"));
    return;
  }
  struct box title = layout_title(&check->deck, layout).box;
  if (looks_shape(&looks, title))
    fprintf(check->out, "%s", _("  the title lies on a shape of the template: look for yourself\n"));
  else if (looks_letters(&looks, true, &ink))
    judge(check, ink, paper, LEAST_OF_TEXT, _("title"));
  if (role == ROLE_TEXT && looks_letters(&looks, false, &ink)) judge(check, ink, paper, LEAST_OF_TEXT, _("text"));
  if (role != ROLE_CHART) return;
  if (looks_named(&looks, "tx1", &ink)) judge(check, ink, paper, LEAST_OF_TEXT, _("letters and lines of charts"));
  if (looks_named(&looks, "accent1", &ink)) judge(check, ink, paper, LEAST_OF_SHAPE, _("bars where higher is better"));
  if (looks_named(&looks, "accent2", &ink)) judge(check, ink, paper, LEAST_OF_SHAPE, _("bars where lower is better"));
}

/* ── all ─────────────────────────────────────────────────────────────────────────────────────────────────────────── */

static void tell_layout(struct check *check, enum role role) {
  const char *layout = check->deck.layouts[role];
  xmlNode *root = part_root(package_find(check->deck.package, layout)), *slide = xml_find(root, "p:cSld");
  const char *name = slide ? xml_attribute(slide, "name") : "", *type = xml_attribute(root, "type");
  if (strcasecmp(name, layout_names[role]) == 0)
    fprintf(check->out, _("For %s: “%s”, by its name\n"), what_for(role), name);
  else
    fprintf(check->out, _("For %s: “%s”, by its type `%s` (a layout named `%s` would come first)\n"), what_for(role),
            name, *type ? type : "cust", layout_names[role]);
  tell_places(check, role, layout);
  judge_layout(check, role, layout);
}

bool deck_check_template(const char *template, FILE *out, size_t *n_faults, char **error) {
  struct check check = {.out = out};
  *error = NULL;
  struct package *package = package_open(template, error);
  if (!package) return false;
  bool is_well = deck_begin(&check.deck, package, error);
  for (enum role role = 0; is_well && role < N_ROLES; role++) tell_layout(&check, role);
  *n_faults = check.n_faults;
  deck_end(&check.deck);
  package_free(package);
  return is_well;
}
