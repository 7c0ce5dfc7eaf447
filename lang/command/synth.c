/* synth.c: `klynge synth --patients N --seed S -o DIR`. */
#include <stdlib.h>
#include "lang/command/command.h"
#include "runtime/synth/synth.h"

static bool read_options(const struct call *call, struct synth_options *options) {
  uint64_t practices = options->practices, clusters = options->clusters, diabetes = options->diabetes,
           years = options->years;
  if (!option_number(call, OPTION_patients, 1, SYNTH_MOST_PATIENTS, &options->patients) ||
      !option_number(call, OPTION_seed, 0, UINT64_MAX, &options->seed) ||
      !option_number(call, OPTION_practices, 1, SYNTH_MOST_PRACTICES, &practices) ||
      !option_number(call, OPTION_clusters, 1, SYNTH_MOST_PRACTICES, &clusters) ||
      !option_number(call, OPTION_diabetes, 0, 1000, &diabetes) || !option_number(call, OPTION_years, 1, 20, &years) ||
      !option_date(call, OPTION_last_day, &options->last_day))
    return false;
  options->practices = (uint32_t)practices;
  options->clusters = (uint32_t)clusters;
  options->diabetes = (uint32_t)diabetes;
  options->years = (uint32_t)years;
  options->untidy = !option_value(call, OPTION_tidy);
  options->danish_format = option_value(call, OPTION_danish) != NULL;
  options->folder = option_value(call, OPTION_output);
  return true;
}

int verb_synth(struct call *call) {
  struct synth_options options = synth_defaults();
  int code = EXIT_FINE;
  if (call->n_words) return fail(call, EXIT_USE, "`%s` is too much: klynge synth -o DIR", call->words[0]);
  if (!read_options(call, &options)) return EXIT_USE;
  if (!options.folder) return fail(call, EXIT_USE, "where to? klynge synth -o DIR");
  struct progress progress = progress_of(call, _("writing patients"));
  options.progress = progress_show;
  options.context = &progress;
  char *error = synth(&options, &code);
  progress_clear(&progress);
  if (error) {
    fail(call, (enum exit_code)code, "%s", error);
    free(error);
  }
  return code;
}
