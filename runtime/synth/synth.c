/* synth.c: see synth.h. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "runtime/image/dates.h"
#include "runtime/image/words.h"
#include "runtime/memory/memory.h"
#include "runtime/synth/course.h"
#include "runtime/synth/habits.h"
#include "runtime/synth/sheet.h"
#include "runtime/synth/synth.h"

#define PATIENTS_OF_PRACTICE 60 /* with type 2 diabetes */
#define PRACTICES_OF_CLUSTER 12

struct synth_options synth_defaults(void) {
  return (struct synth_options){
    .patients = 1800, .seed = 1, .diabetes = 400, .last_day = date_from_civil(2024, 6, 30), .years = 3, .untidy = true};
}

/* What makes no sense in the options, or NULL. */
static const char *wrong_option(const struct synth_options *options) {
  if (!options->folder || !*options->folder) return _("made-up data need a folder to go to");
  if (options->patients < 1 || options->patients > SYNTH_MOST_PATIENTS)
    return _("the number of patients must be from 1 to 50,000,000");
  if (options->practices > SYNTH_MOST_PRACTICES || options->clusters > SYNTH_MOST_PRACTICES)
    return _("there can be at most 99,999 practices");
  if (options->practices > options->patients) return _("there can be no more practices than patients");
  if (options->clusters > (options->practices ? options->practices : options->patients))
    return _("there can be no more clusters than practices");
  if (options->diabetes > 1000) return _("the patients with diabetes are given as so many of 1,000");
  if (options->years < 1 || options->years > 20) return _("the years of history must be from 1 to 20");
  if (options->last_day < date_from_civil(1990, 1, 1) || options->last_day > date_from_civil(2100, 12, 31))
    return _("the last day must be in the years 1990 to 2100");
  return NULL;
}

static uint32_t choose_practices(const struct synth_options *options) {
  if (options->practices) return options->practices;
  uint64_t wanted = (options->patients * options->diabetes / 1000 + PATIENTS_OF_PRACTICE / 2) / PATIENTS_OF_PRACTICE;
  if (wanted < options->clusters) wanted = options->clusters;
  return wanted < 1 ? 1 : wanted > SYNTH_MOST_PRACTICES ? SYNTH_MOST_PRACTICES : (uint32_t)wanted;
}

static void write_practice(struct sheet *sheet, const struct habits *habits, uint32_t practice, uint32_t cluster) {
  char text[24];
  sheet_text(sheet, habits->id);
  snprintf(text, sizeof text, "C%03u", (unsigned)cluster + 1);
  sheet_text(sheet, text);
  snprintf(text, sizeof text, "Praksis %u", (unsigned)practice + 1);
  sheet_text(sheet, text);
  sheet_end(sheet);
}

static void write_all(const struct synth_options *options, const struct habits *habits, uint32_t practices,
                      struct sheets *sheets) {
  uint32_t clusters = options->clusters;
  if (clusters == 0) clusters = (practices + PRACTICES_OF_CLUSTER - 1) / PRACTICES_OF_CLUSTER;
  uint64_t size = 0, size_so_far = 0, patient = 0;
  for (uint32_t i = 0; i < practices; i++) size += (uint64_t)habits[i].size;
  for (uint32_t i = 0; i < practices && !sheets_failed(sheets); i++) {
    write_practice(&sheets->sheet[SHEET_PRACTICES], &habits[i], i, (uint32_t)((uint64_t)i * clusters / practices));
    size_so_far += (uint64_t)habits[i].size;
    for (uint64_t end = options->patients * size_so_far / size; patient < end; patient++) {
      if (patient % 1024 == 0 && options->progress) options->progress(options->context, patient, options->patients);
      if (patient % 1024 == 0 && sheets_failed(sheets)) return;
      course_write(options, &habits[i], patient, sheets);
    }
  }
  if (options->progress) options->progress(options->context, options->patients, options->patients);
}

char *synth(const struct synth_options *options, int *exit_code) {
  const char *wrong = wrong_option(options);
  if (wrong) {
    *exit_code = 2;
    return memory_text(wrong, strlen(wrong));
  }
  struct sheets sheets;
  char *error = sheets_open(&sheets, options->folder, options->danish_format, exit_code);
  if (error) return error;
  uint32_t practices = choose_practices(options);
  struct habits *habits = memory_take(practices, sizeof *habits);
  for (uint32_t i = 0; i < practices; i++) habits[i] = habits_draw(options->seed, i);
  write_all(options, habits, practices, &sheets);
  free(habits);
  *exit_code = 4;
  error = sheets_close(&sheets);
  if (!error) *exit_code = 0;
  return error;
}
