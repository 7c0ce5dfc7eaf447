/* word_test.c: papers for Word say what the meeting says and no more: of a practice nothing that is another's, of a count nothing that is
 * hidden, and of minutes what adds up. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>
#include "runtime/ooxml/ooxml.h"
#include "runtime/word/word.h"

#define FIGURE(n, of, value) "{\"population\": 40, \"denominator\": " of ", \"numerator\": " n ", \"unknown\": 0, \"value\": " value ", \"low\": " value ", \"high\": " value "}"
#define INDICATOR(name, title) "{\"indicator\": \"" name "\", \"title\": \"" title "\", \"kind\": \"share\", \"better\": \"lower\"}"
#define FIGURES(name) "{\"indicator\": \"" name "\", \"all\": " FIGURE("30", "120", "0.25") ", \"practices\": [" FIGURE("\"<5\"", "\"hidden\"", "null") ", " \
  FIGURE("13", "41", "0.317") ", " FIGURE("3", "9", "0.333") "]}"
static const char RESULT[] =
  "{\"format\": \"klynge result\", \"version\": 1, \"language\": \"en\", \"program\": \"0.1.0\", \"data\": \"ab\", \"as_of\": \"2024-06-01\", \"suppress\": 5, \"identified\": true,"
  "\"packs\": [{\"pack\": \"p\", \"language\": \"da\", \"title\": \"A <b>pack</b> & \\\"more\\\"\", \"contact\": \"Who is asked\", \"rules\": \"cd\","
  "\"indicators\": [" INDICATOR("a", "</w:t><w:br/>") ", " INDICATOR("b", "B") ", " INDICATOR("c", "C") "],"
  "\"material\": {\"programme\": {\"title\": \"P\", \"duration\": 20, \"blocks\": ["
  "{\"block\": \"one\", \"title\": \"One\", \"minutes\": 10, \"presents\": [\"a\", \"b\", \"c\"], \"about\": [], \"reflect\": [\"Why?\"]},"
  "{\"block\": \"two\", \"title\": \"Two\", \"minutes\": 2, \"presents\": [\"a\", \"b\", \"c\"], \"about\": [], \"reflect\": [\"And why that?\"]}]}, \"indicators\": []},"
  "\"clusters\": [{\"cluster\": \"C1\", \"population\": 120, \"practices\": [{\"practice\": \"P1\", \"name\": \"The first <practice>\", \"population\": 40},"
  "{\"practice\": \"P2\", \"population\": 40}, {\"practice\": \"P3\", \"population\": 40}],"
  "\"figures\": [" FIGURES("a") ", " FIGURES("b") ", " FIGURES("c") "]}]}]}";

enum paper { NOTES, PLAN, PROGRAMME, LETTERS };    /* LETTERS + n: to practice n */

/* The document as a tree, and its text with a line for each paragraph and a bar after each cell. */
struct read { struct package *package; xmlNode *root; char text[20000]; };

static bool write_paper(const struct meeting *meeting, unsigned paper, const char *path, char **error) {
  static const char *const keys[] = {"title", "a", "block2"};
  struct deck_slides slides = {(char **)keys, 3};
  switch (paper) {
  case NOTES: return word_write_notes(meeting, path, error);
  case PLAN: return word_write_plan(meeting, path, error);
  case PROGRAMME: return word_write_programme(meeting, &slides, path, error);
  default: return word_write_letter(meeting, paper - LETTERS, path, error);
  }
}

static void read_text(struct read *read) {
  xmlNode **nodes;
  size_t n = xml_find_all(read->root, "//w:t|//w:p|//w:tc", &nodes), length = 0;
  for (size_t i = 0; i < n; i++) {
    bool is_text = strcmp((const char *)nodes[i]->name, "t") == 0;
    xmlChar *content = is_text ? xmlNodeGetContent(nodes[i]) : NULL;
    const char *piece = is_text ? (const char *)content : strcmp((const char *)nodes[i]->name, "tc") == 0 ? "|" : "\n";
    length += (size_t)snprintf(read->text + length, sizeof read->text - length, "%s", piece);
    xmlFree(content);
  }
  free(nodes);
}

static void read_paper(struct read *read, unsigned paper) {
  char *error, path[] = "/tmp/klynge-word-XXXXXX";
  struct meetings *meetings = meetings_read(RESULT, strlen(RESULT), &error);
  if (!meetings) fail_msg("%s", error);
  int made = mkstemp(path);
  assert_true(made >= 0);
  close(made);
  if (!write_paper(&meetings->all[0], paper, path, &error)) fail_msg("%s", error);
  assert_int_equal(package_audit(path, stdout), 0);
  *read = (struct read){.package = package_open(path, &error)};
  if (!read->package) fail_msg("%s", error);
  unlink(path);
  meetings_free(meetings);
  read->root = part_root(package_find(read->package, "word/document.xml"));
  read_text(read);
}

static bool says(const struct read *read, const char *text) { return strstr(read->text, text) != NULL; }

static void texts_are_nothing_but_text(void **state) {
  (void)state;
  for (unsigned paper = NOTES; paper <= LETTERS; paper++) {
    struct read read;
    read_paper(&read, paper);
    assert_true(says(&read, "</w:t><w:br/>"));
    assert_true(says(&read, "A <b>pack</b> & \"more\""));
    assert_null(xml_find(read.root, "//w:br"));
    package_free(read.package);
  }
}

static void a_letter_is_of_one_practice(void **state) {
  struct read read;
  (void)state;
  read_paper(&read, LETTERS + 1);
  assert_true(says(&read, "Practice P2") && says(&read, "31.7%") && says(&read, "13 of 41"));
  assert_true(says(&read, "25.0%") && says(&read, "Contact: Who is asked"));
  assert_false(says(&read, "33.3%") || says(&read, "3 of 9") || says(&read, "P3") || says(&read, "The first"));
  package_free(read.package);
}

static void a_name_that_the_result_has_heads_its_letter(void **state) {
  struct read read;
  (void)state;
  read_paper(&read, LETTERS);
  assert_true(says(&read, "The first <practice>"));
  assert_false(says(&read, "Practice P1"));
  package_free(read.package);
}

static void what_is_hidden_stays_so_and_is_explained(void **state) {
  struct read read;
  (void)state;
  read_paper(&read, LETTERS);
  assert_true(says(&read, "<5 of hidden"));
  assert_true(says(&read, "<5 is a number from 1 to 4"));
  package_free(read.package);
}

/* Ten minutes: three for the question, and two, two and three for the figures. Of two minutes none is left for it. */
static void minutes_add_up(void **state) {
  struct read read;
  (void)state;
  read_paper(&read, PROGRAMME);
  assert_true(says(&read, "|\n0:00–0:10|\n10|\n|\nOne|"));
  assert_true(says(&read, "|\n0:00–0:02|\n2|\n2|\n</w:t><w:br/>|"));
  assert_true(says(&read, "|\n0:02–0:04|\n2|\n|\nB|"));
  assert_true(says(&read, "|\n0:04–0:07|\n3|\n|\nC|"));
  assert_true(says(&read, "|\n0:07–0:10|\n3|\n|\nTalk about it|\nWhy?"));
  assert_true(says(&read, "|\n0:10–0:12|\n2|\n3|\nTwo|"));
  assert_true(says(&read, "|\n0:12–0:12|\n0|\n|\nTalk about it|\nAnd why that?"));
  assert_true(says(&read, "Together the parts take 12 minutes, but the meeting is to last 20."));
  package_free(read.package);
}

static void notes_tell_each_figure_once(void **state) {
  struct read read;
  (void)state;
  read_paper(&read, NOTES);
  const char *first = strstr(read.text, "The cluster: 25.0%, 30 of 120 · ↓ lower is better\n");
  size_t n = 0;
  for (const char *at = first; at; at = strstr(at + 1, "The cluster: 25.0%")) n++;
  assert_int_equal(n, 3);
  assert_true(says(&read, "One (10 min)") && says(&read, "Why?") && says(&read, "What do you take home?"));
  package_free(read.package);
}

static void the_plan_leaves_room(void **state) {
  struct read read;
  xmlNode **cells;
  (void)state;
  read_paper(&read, PLAN);
  assert_int_equal(xml_find_all(read.root, "//w:tbl[1]//w:tr[position()>1]/w:tc[not(.//w:t)]", &cells), 6 * 5);
  free(cells);
  assert_true(says(&read, "Next meeting") && says(&read, "Contact: Who is asked"));
  package_free(read.package);
}

/* Of three of nine the counts are told, and a share of them is not. */
static void a_letter_tells_few_by_their_counts(void **state) {
  struct read read;
  (void)state;
  read_paper(&read, LETTERS + 2);
  assert_true(says(&read, "3 of 9") && says(&read, "Of fewer than ten patients only the counts are told"));
  assert_false(says(&read, "33.3%") || says(&read, "33–33%"));
  package_free(read.package);
  read_paper(&read, LETTERS + 1);
  assert_false(says(&read, "Of fewer than ten patients"));
  package_free(read.package);
}

/* Who has a paper read aloud hears the pack's Danish as Danish. */
static void texts_of_the_pack_are_marked_with_its_language(void **state) {
  (void)state;
  for (unsigned paper = NOTES; paper <= LETTERS; paper++) {
    struct read read;
    read_paper(&read, paper);
    const xmlNode *title = xml_find(read.root, "//w:r[w:rPr/w:lang/@w:val='da-DK']/w:t[.='A <b>pack</b> & \"more\"']");
    assert_non_null(title);
    assert_non_null(xml_find(read.root, "//w:r[w:rPr/w:lang/@w:val='da-DK']/w:t[.='</w:t><w:br/>']"));
    assert_null(xml_find(read.root, "//w:r[w:rPr/w:lang]/w:t[contains(., 'figures of') or contains(., 'min)')]"));
    package_free(read.package);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(texts_are_nothing_but_text),
    cmocka_unit_test(a_letter_is_of_one_practice),
    cmocka_unit_test(a_name_that_the_result_has_heads_its_letter),
    cmocka_unit_test(what_is_hidden_stays_so_and_is_explained),
    cmocka_unit_test(a_letter_tells_few_by_their_counts),
    cmocka_unit_test(texts_of_the_pack_are_marked_with_its_language),
    cmocka_unit_test(minutes_add_up),
    cmocka_unit_test(notes_tell_each_figure_once),
    cmocka_unit_test(the_plan_leaves_room),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
