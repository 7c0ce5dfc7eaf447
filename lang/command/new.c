/* new.c: `klynge new NAME`: a pack's folder, ready to edit. What is in it works at once, so that its author changes something
 * that works, one step after the other, and never begins with an empty page. */
#include <assert.h>
#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "lang/command/command.h"
#include "lang/command/output.h"
#include "lang/format/format.h"
#include "lang/memory.h"

/* ── what is written ─────────────────────────────────────────────────────────────────────────────────────────────── */

/* {NAME} and {TITLE} are put in. Keywords are English: they are turned to Danish as any rule file is. */
static const char rules_text[] =
    N_("# Who the pack is about, what is asked of them, and how we know that the rule is right. README.md says how to go on.\n"
       "pack {NAME} \"{TITLE}\"\n"
       "  version \"1\"\n"
       "  use \"lib/gp.kly\"\n"
       "  population listed and diagnosis = own_diagnosis\n"
       "\n"
       "# Who: the diagnoses that the pack is about. K86 is high blood pressure; write the codes of your topic.\n"
       "codes own_diagnosis \"High blood pressure\" = icpc K86\n"
       "  source \"ICPC-2\"\n"
       "\n"
       "# What: which share of them do we want to know?\n"
       "indicator seen \"Seen within 12 months\"\n"
       "  share where service within 12 months\n"
       "  better higher\n"
       "  reflect \"Who does not come, and why?\"\n"
       "\n"
       "# Made-up patients just inside and just outside, and what the rule is to make of each.\n"
       "test \"seen on the day 12 months ago counts, and so does today; the day before does not\"\n"
       "  as of 2024-06-01\n"
       "  patient inside born 1960-01-01, female\n"
       "    diagnosis K86 on 2020-01-01\n"
       "    service 0101 on 2023-06-01\n"
       "  patient today born 1960-01-01, female\n"
       "    diagnosis K86 on 2020-01-01\n"
       "    service 0101 on 2024-06-01\n"
       "  patient too_long_ago born 1960-01-01, female\n"
       "    diagnosis K86 on 2020-01-01\n"
       "    service 0101 on 2023-05-31\n"
       "  expect inside seen yes\n"
       "  expect today seen yes\n"
       "  expect too_long_ago seen no\n"
       "\n"
       "test \"who has another diagnosis is not in the pack, nor who is not listed on the day\"\n"
       "  as of 2024-06-01\n"
       "  patient other born 1960-01-01, male\n"
       "    diagnosis K85 on 2020-01-01\n"
       "  patient arrives born 1960-01-01, male, from 2024-06-01\n"
       "    diagnosis K86 on 2020-01-01\n"
       "  patient arrives_later born 1960-01-01, male, from 2024-06-02\n"
       "    diagnosis K86 on 2020-01-01\n"
       "  patient leaves born 1960-01-01, male, from 2010-01-01, to 2024-06-01\n"
       "    diagnosis K86 on 2020-01-01\n"
       "  patient leaves_later born 1960-01-01, male, from 2010-01-01, to 2024-06-02\n"
       "    diagnosis K86 on 2020-01-01\n"
       "  expect other seen outside\n"
       "  expect arrives seen no\n"
       "  expect arrives_later seen outside\n"
       "  expect leaves seen outside\n"
       "  expect leaves_later seen no\n");

static const char readme_text[] =
    N_("# {TITLE}\n"
       "\n"
       "A pack of rules for Klynge, made with `klynge new {NAME}`. It works as it stands. These five steps make it yours;\n"
       "give the commands in this folder.\n"
       "\n"
       "1. **Who?** In `{NAME}.kly`, write the codes of your topic after `icpc` in `own_diagnosis`, and give the set a title,\n"
       "   its source and the day on which you went through it: `source \"…\" reviewed 2024-03-01`.\n"
       "2. **What?** Write what you want to know as a sentence in `seen`, and give it a name and a title that fit. For\n"
       "   results, add `use \"lib/diabetes.kly\"` below the other `use`: then `share of systolic measured where systolic > 140`\n"
       "   is a rule. Is a word wrong, the program says what to write instead:\n"
       "\n"
       "       klynge check {NAME}.kly\n"
       "\n"
       "3. **Is it right?** Let each limit have a patient just inside and one just outside in a `test`, and say what the rule is\n"
       "   to make of them: yes, no, unknown (not measured) or outside (does not belong). The second line tells what no test\n"
       "   has shown yet.\n"
       "\n"
       "       klynge test {NAME}.kly\n"
       "       klynge test --coverage --mutate {NAME}.kly\n"
       "\n"
       "4. **Tidy up.** This lays the file out as others are; it changes nothing of what it says.\n"
       "\n"
       "       klynge fmt {NAME}.kly\n"
       "\n"
       "5. **What does it give?** Run it over your data; without any, `klynge synth -o data` makes some up.\n"
       "\n"
       "       klynge run {NAME}.kly --data data\n"
       "\n"
       "Then the next indicator, from step 2. `docs/tutorial.md` beside the program's source builds a whole pack in this way.\n");

/* A template with the pack's name and title in their places. */
static const char *fill(const char *text, const char *name, const char *title) {
  const char *filled = "";
  for (size_t n; *text; text += n) {
    n = strcspn(text, "{");
    if (n > 0)
      filled = memory_print("%s%.*s", filled, (int)n, text);
    else if (strncmp(text, "{NAME}", 6) == 0)
      n = 6, filled = memory_print("%s%s", filled, name);
    else if (strncmp(text, "{TITLE}", 7) == 0)
      n = 7, filled = memory_print("%s%s", filled, title);
    else
      n = 1, filled = memory_print("%s{", filled);
  }
  return filled;
}

/* The rules in the language of the call, laid out as fmt does. */
static const char *rules_of(const char *name, const char *title, enum language language) {
  const char *text = fill(_(rules_text), name, title);
  struct problems *problems = problems_open();
  text = format_source(source_of_text(name, text, strlen(text)), &language, problems);
  assert(text != NULL && problems->n_errors == 0);
  return text;
}

/* ── what the pack may be called ─────────────────────────────────────────────────────────────────────────────────── */

/* Whether `pack WORD` declares a pack of that very name in a language. */
static bool is_name_in(const char *word, enum language language) {
  struct problems *problems = problems_open();
  const char *text = memory_print("language %s %s %s", language == DANISH ? "da" : "en", parse_spelling("PACK", language), word);
  const struct node *file = parse_source(source_of_text("", text, strlen(text)), problems, &language);
  const struct node *declarations = file ? tree_find(file, NODE_declarations) : NULL;
  const struct node *pack = declarations ? declarations->first : NULL;
  return problems->n_errors == 0 && pack && pack->kind == NODE_pack && strcmp(tree_child(pack, 0)->text, word) == 0;
}

/* Whether it is one word that begins with a letter, as a name or a keyword does: no other token begins so. */
static bool is_word(const char *word) {
  struct problems *problems = problems_open();
  enum language language;
  size_t n;
  const struct token *tokens = parse_tokens(source_of_text("", word, strlen(word)), problems, &language, &n);
  return problems->n_errors == 0 && n > 0 && tokens[0].at.from == 0 && tokens[0].at.to == strlen(word) &&
         (isalpha((unsigned char)word[0]) || (word[0] & 0x80));
}

static bool name_is_good(const struct call *call, const char *name) {
  if (is_name_in(name, ENGLISH) && is_name_in(name, DANISH)) return true;
  if (is_word(name))
    fail(call, EXIT_USE, "`%s` is a word of the rule language, and no pack can be called so: choose another name", name);
  else
    fail(call, EXIT_USE,
         "`%s` is no name: a name begins with a letter and goes on with letters, digits and _, such as blood_pressure", name);
  return false;
}

/* A title stands in quotes on one line. Without one, the name is read as words. */
static const char *title_of(const struct call *call, const char *name) {
  const char *said = option_value(call, OPTION_title);
  char *title = memory_copy(said ? said : name, strlen(said ? said : name));
  for (char *c = title; !said && *c; c++)
    if (*c == '_') *c = ' ';
  const struct source *source = source_of_text("", title, strlen(title));
  if (source_bad_utf8(source) == source->length && !strpbrk(title, "\"\n\r\t")) return title;
  fail(call, EXIT_USE, "a title stands on one line and has no \" in it");
  return NULL;
}

/* ── the folder ──────────────────────────────────────────────────────────────────────────────────────────────────── */

static bool write_file(const char *path, const char *text) {
  struct output out;
  if (!output_open(&out, path)) return false;
  fputs(text, out.file);
  return output_close(&out);
}

/* The folder is complete or not there: it is filled beside its place and renamed. Renaming writes over no folder with
 * anything in it. False with errno set, and nothing of it left. */
static bool write_folder(const char *name, const char *rules, const char *readme) {
  const char *beside = memory_print("%s.%ld.part", name, (long)getpid());
  const char *paths[] = {memory_print("%s/%s.kly", beside, name), memory_print("%s/README.md", beside)};
  if (mkdir(beside, 0777) != 0) return false;
  if (write_file(paths[0], rules) && write_file(paths[1], readme) && rename(beside, name) == 0) return true;
  int error = errno;
  for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) unlink(paths[i]);
  rmdir(beside);
  errno = error;
  return false;
}

int verb_new(struct call *call) {
  struct stat there;
  if (call->n_words == 0) return fail(call, EXIT_USE, "what is the pack called? klynge new NAME");
  if (call->n_words > 1) return fail(call, EXIT_USE, "`%s` is too much: klynge new NAME", call->words[1]);
  const char *name = call->words[0];
  if (!name_is_good(call, name)) return EXIT_USE;
  const char *title = title_of(call, name);
  if (!title) return EXIT_USE;
  if (lstat(name, &there) == 0)
    return fail(call, EXIT_USE, "there is something called %s here already; nothing was written over", name);
  if (!write_folder(name, rules_of(name, title, call->danish ? DANISH : ENGLISH), fill(_(readme_text), name, title)))
    return fail(call, EXIT_SYSTEM, "the folder %s cannot be written: %s", name, strerror(errno));
  if (!call->quiet) printf(_("%s/%s.kly\n%s/README.md: what to do now, in five steps\n"), name, name, name);
  return EXIT_FINE;
}
