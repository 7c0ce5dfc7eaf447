/* test_junit.c: what came of tests as JUnit's XML, which build servers read: a suite for each file, a case for each test, a
 * failure for each claim that does not hold, with what was expected and what was found. */
#include <string.h>
#include "lang/command/test.h"

/* A text inside an attribute or an element. A line break in an attribute would be read as a space, and the control characters
 * of ASCII have no place in XML. */
static void tell_escaped(const char *text) {
  for (; *text; text++) {
    switch (*text) {
    case '&': fputs("&amp;", stdout); break;
    case '<': fputs("&lt;", stdout); break;
    case '>': fputs("&gt;", stdout); break;
    case '"': fputs("&quot;", stdout); break;
    case '\n': fputs("&#10;", stdout); break;
    case '\t': fputs("&#9;", stdout); break;
    case '\r': fputs("&#13;", stdout); break;
    default:
      if ((unsigned char)*text >= ' ' && *text != 0x7F) putchar(*text);
      break;
    }
  }
}

static void tell_attribute(const char *name, const char *value) {
  printf(" %s=\"", name);
  tell_escaped(value);
  putchar('"');
}

static void tell_failure(const struct verdict *verdict) {
  size_t line, column;
  source_position(verdict->test->source, verdict->claim->at.from, &line, &column);
  fputs("      <failure type=\"claim\"", stdout);
  tell_attribute("message", test_failure_words(verdict));
  putchar('>');
  tell_escaped(verdict->test->source->path);
  printf(":%zu:%zu</failure>\n", line, column);
}

static void tell_case(const struct tested *tested, size_t t) {
  const struct test *test = tested->program->tests[t];
  size_t line, column;
  source_position(test->source, test->at.from, &line, &column);
  fputs("    <testcase", stdout);
  tell_attribute("name", test->title);
  tell_attribute("classname", tested->path);
  tell_attribute("file", tested->path);
  printf(" line=\"%zu\" assertions=\"%zu\"", line, test->n_claims);
  if (test_holds(tested, t)) {
    puts("/>");
    return;
  }
  puts(">");
  for (size_t i = 0; i < test->n_claims; i++)
    if (!verdict_holds(&tested->verdicts[t][i])) tell_failure(&tested->verdicts[t][i]);
  puts("    </testcase>");
}

/* How many tests a file has, and in how many of them a claim does not hold. */
static void count(const struct tested *tested, size_t *tests, size_t *failures) {
  for (size_t t = 0; !tested->is_broken && t < tested->program->n_tests; t++) {
    (*tests)++;
    *failures += !test_holds(tested, t);
  }
}

static void tell_suite(const struct tested *tested) {
  size_t tests = 0, failures = 0;
  count(tested, &tests, &failures);
  fputs("  <testsuite", stdout);
  tell_attribute("name", tested->path);
  printf(" tests=\"%zu\" failures=\"%zu\" errors=\"%d\" skipped=\"0\">\n", tests + tested->is_broken, failures,
         tested->is_broken);
  if (tested->is_broken) {
    fputs("    <testcase name=\"the rules have errors\"", stdout);
    tell_attribute("classname", tested->path);
    puts(">\n      <error type=\"rules\" message=\"the rules have errors, no test was run\"/>\n    </testcase>");
  }
  for (size_t t = 0; t < tests; t++) tell_case(tested, t);
  puts("  </testsuite>");
}

void test_tell_junit(struct tested *const *all, size_t n) {
  size_t tests = 0, failures = 0, broken = 0;
  for (size_t i = 0; i < n; i++) {
    count(all[i], &tests, &failures);
    broken += all[i]->is_broken;
  }
  printf("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites tests=\"%zu\" failures=\"%zu\" errors=\"%zu\">\n",
         tests + broken, failures, broken);
  for (size_t i = 0; i < n; i++) tell_suite(all[i]);
  puts("</testsuites>");
}
