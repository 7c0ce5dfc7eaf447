/* documents.c: makes documents of a result's JSON, and looks through files of Office: what tests/documents/run.sh calls.
 *
 *     documents deck RESULT FILE [TEMPLATE]     documents audit FILE…
 *     documents refresh RESULT OLD FILE         documents check TEMPLATE
 *     documents notes|plan|programme RESULT FILE     documents letters RESULT PREFIX */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "runtime/deck/deck.h"
#include "runtime/image/words.h"
#include "runtime/memory/memory.h"
#include "runtime/ooxml/ooxml.h"
#include "runtime/word/word.h"

static int fail(const char *what, char *error) {
  fprintf(stderr, "%s: %s\n", what, error);
  free(error);
  return 1;
}

static char *read_file(const char *path, size_t *length) {
  FILE *file = fopen(path, "rb");
  char *bytes = NULL;
  size_t n = 0, room = 0, got;
  if (!file) return NULL;
  do {
    if (n == room) bytes = memory_resize(bytes, room = 2 * room + 65536, 1);
    got = fread(bytes + n, 1, room - n, file);
    n += got;
  } while (got > 0);
  fclose(file);
  *length = n;
  return bytes;
}

/* The first meeting of a result, with the program speaking its language. NULL after having said what is wrong. */
static struct meetings *read_meetings(const char *path) {
  size_t length = 0;
  char *error = NULL, *json = read_file(path, &length);
  struct meetings *meetings = json ? meetings_read(json, length, &error) : NULL;
  free(json);
  if (!meetings || !meetings->n) return fail(path, error), NULL;
  words_speak(meetings->all[0].danish, getenv("KLYNGE_LOCALE"));
  return meetings;
}

static int make_deck(const char *result, const char *path, const char *template) {
  char *error = NULL;
  struct meetings *meetings = read_meetings(result);
  if (!meetings) return 1;
  bool is_made = deck_write(&meetings->all[0], &(struct deck_options){.template = template}, path, &error);
  meetings_free(meetings);
  return is_made ? 0 : fail(path, error);
}

static bool write_programme(const struct meeting *meeting, const char *path, char **error) {
  struct deck_slides slides;
  if (!deck_list_slides(meeting, &(struct deck_options){.template = NULL}, NULL, &slides, error)) return false;
  bool is_written = word_write_programme(meeting, &slides, path, error);
  deck_free_slides(&slides);
  return is_written;
}

/* A letter to each practice, PREFIX-1.docx, PREFIX-2.docx … in the order of their labels. */
static int make_letters(const char *result, const char *prefix) {
  struct meetings *meetings = read_meetings(result);
  char *error = NULL;
  if (!meetings) return 1;
  const struct meeting *meeting = &meetings->all[0];
  bool is_made = true;
  for (size_t i = 0; i < meeting->n_practices && is_made; i++) {
    char path[4096];
    snprintf(path, sizeof path, "%s-%zu.docx", prefix, i + 1);
    is_made = word_write_letter(meeting, i, path, &error);
  }
  meetings_free(meetings);
  return is_made ? 0 : fail(prefix, error);
}

/* A document for Word, by what it is called here. Ends with 2 where there is none of this name. */
static int make_paper(const char *what, const char *result, const char *path) {
  static const struct {
    const char *name;
    bool (*write)(const struct meeting *meeting, const char *path, char **error);
  } papers[] = {{"notes", word_write_notes}, {"plan", word_write_plan}, {"programme", write_programme}};
  for (size_t i = 0; i < sizeof papers / sizeof *papers; i++) {
    char *error = NULL;
    if (strcmp(papers[i].name, what) != 0) continue;
    struct meetings *meetings = read_meetings(result);
    if (!meetings) return 1;
    bool is_made = papers[i].write(&meetings->all[0], path, &error);
    meetings_free(meetings);
    return is_made ? 0 : fail(path, error);
  }
  return 2;
}

static int refresh_deck(const char *result, const char *old, const char *path) {
  char *error = NULL;
  struct meetings *meetings = read_meetings(result);
  if (!meetings) return 1;
  bool is_made = deck_refresh(&meetings->all[0], old, path, stdout, &error);
  meetings_free(meetings);
  return is_made ? 0 : fail(old, error);
}

/* Ends with 1 where something would be hard to see. */
static int check_template(const char *template) {
  char *error = NULL;
  size_t n_faults = 0;
  if (!deck_check_template(template, stdout, &n_faults, &error)) return fail(template, error);
  return n_faults > 0;
}

int main(int n, char **words) {
  size_t n_findings = 0;
  if (n >= 4 && strcmp(words[1], "deck") == 0) return make_deck(words[2], words[3], n > 4 ? words[4] : NULL);
  if (n == 5 && strcmp(words[1], "refresh") == 0) return refresh_deck(words[2], words[3], words[4]);
  if (n == 3 && strcmp(words[1], "check") == 0) return check_template(words[2]);
  if (n == 4 && strcmp(words[1], "letters") == 0) return make_letters(words[2], words[3]);
  if (n == 4 && strcmp(words[1], "audit") != 0) return make_paper(words[1], words[2], words[3]);
  if (n < 3 || strcmp(words[1], "audit") != 0) return 2;
  for (int i = 2; i < n; i++) n_findings += package_audit(words[i], stdout);
  return n_findings > 0;
}
