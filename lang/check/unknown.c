/* unknown.c: names that nothing declares. One that is misspelt where it is declared is unknown wherever it is used: that is
 * one mistake, told at its first use with how often it comes again. */
#include "lang/check/checker.h"
#include "lang/memory.h"

/* A name that has been told, and its problem. */
struct unknown {
  const char *name;
  size_t problem, more;
};

bool unknown_again(struct checker *checker, const struct node *name) {
  const struct named *told = scope_find(&checker->unknown_names, name->text);
  if (told) told->unknown->more++;
  return told != NULL;
}

void unknown_told(struct checker *checker, const struct node *name) {
  struct named *named = NEW(struct named);
  named->unknown = NEW(struct unknown);
  *named->unknown = (struct unknown){.name = name->text, .problem = checker->problems->newest};
  scope_add(&checker->unknown_names, name->text, named);
}

void unknown_count(struct checker *checker) {
  for (const struct named *named = checker->unknown_names.first; named; named = named->next) {
    struct problem *problem = &checker->problems->all[named->unknown->problem];
    size_t more = named->unknown->more;
    if (!more || problem->is_counted) continue; /* of a file that two packs use it has been counted */
    problem->is_counted = true;
    problem->hint = memory_print(Q_("%s (`%s` stands in %zu more place)", "%s (`%s` stands in %zu more places)", more),
                                 problem->hint, named->unknown->name, more);
  }
}
