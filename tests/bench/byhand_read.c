/* byhand_read.c: the hand-written C reads the made-up files, of which it knows every column's place. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "runtime/image/dates.h"
#include "tests/bench/byhand.h"

enum { LINE = 256 };

void *hand_take(void *old, size_t n, size_t size) {
  void *memory = realloc(old, n * size + 64);
  if (memory) return memory;
  fputs("there is no memory left\n", stderr);
  exit(4);
}

/* ── rows by series ──────────────────────────────────────────────────────────────────────────────────────────────── */

struct row { uint32_t patient; int32_t date, end; float value; };
/* The rows of a series as they were read. */
static struct heap { size_t n, room; struct row *rows; } heaps[N_SERIES];

static void add(enum series series, struct row row) {
  struct heap *heap = &heaps[series];
  if (heap->n == heap->room) heap->rows = hand_take(heap->rows, heap->room = heap->room ? 2 * heap->room : 1024, sizeof row);
  heap->rows[heap->n++] = row;
}

static int compare_rows(const void *a, const void *b) {
  const struct row *x = a, *y = b;
  if (x->date != y->date) return x->date < y->date ? -1 : 1;
  return (x->value > y->value) - (x->value < y->value);
}

/* Sorts each patient's rows, which stand together, and takes them apart into columns. */
static void lay_out(struct column *column, struct heap *heap) {
  size_t n = column->n = heap->n;
  for (size_t from = 0, to; from < n; from = to) {
    for (to = from + 1; to < n && heap->rows[to].patient == heap->rows[from].patient;) to++;
    qsort(heap->rows + from, to - from, sizeof *heap->rows, compare_rows);
  }
  column->patient = hand_take(NULL, n, sizeof *column->patient);
  column->date = hand_take(NULL, n, sizeof *column->date);
  column->end = hand_take(NULL, n, sizeof *column->end);
  column->value = hand_take(NULL, n, sizeof *column->value);
  for (size_t i = 0; i < n; i++) {
    column->patient[i] = heap->rows[i].patient;
    column->date[i] = heap->rows[i].date;
    column->end[i] = heap->rows[i].end;
    column->value[i] = heap->rows[i].value;
  }
  free(heap->rows);
}

/* ── reading ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

int32_t hand_date(const char *text) {
  if (*text < '0') return INT32_MAX;
  int digit[10];
  for (int i = 0; i < 10; i++) digit[i] = text[i] - '0';
  return date_from_civil(digit[0] * 1000 + digit[1] * 100 + digit[2] * 10 + digit[3], digit[5] * 10 + digit[6], digit[8] * 10 + digit[9]);
}

static bool begins(const char *code, const char *with) { return strncmp(code, with, strlen(with)) == 0; }
static bool is_one_of(const char *code, const char *const *codes) {
  for (; *codes; codes++)
    if (strncmp(code, *codes, 7) == 0) return true;
  return false;
}

/* Reading in per cent becomes mmol/mol; what is not plausible is not read. */
static void add_result(struct row row, const char *code) {
  static const struct { char code[9]; enum series series; double low, high; } measures[] = {
      {"NPU27300", HBA1C, 15, 200}, {"NPU03835", HBA1C, 15, 200}, {"NPU01568", LDL, 0.1, 15},   {"DNK35308", LDL, 0.1, 15},
      {"DNK35131", EGFR, 1, 200},   {"DNK35302", EGFR, 1, 200},   {"NPU19661", ACR, 0, 10000}, {"DNK05472", SYSTOLIC, 50, 300}};
  for (size_t i = 0; i < sizeof measures / sizeof *measures; i++) {
    if (memcmp(code, measures[i].code, 8) != 0) continue;
    double value = strtod(code + 9, NULL);
    if (i == 1) value = (value - 2.15) * 10.929;
    row.value = (float)value;
    if (value >= measures[i].low && value <= measures[i].high) add(measures[i].series, row);
    return;
  }
}

/* Of the drugs that `generate` writes. */
static void add_drug(struct row row, const char *code) {
  static const char *const metformin[] = {"A10BA02", "A10BD07", "A10BD20", "A10BD25", NULL}, *const glp1[] = {"A10AE56", NULL},
                          *const sglt2[] = {"A10BD19", "A10BD20", "A10BD25", NULL}, *const statin[] = {"A10BH51", NULL}, *const ras[] = {"C10BX15", NULL};
  bool lipids = begins(code, "C10AA") || begins(code, "C10BA") || begins(code, "C10BX");
  if ((lipids && !begins(code, "C10BA10")) || is_one_of(code, statin)) add(STATIN, row);
  if ((begins(code, "C09") && code[3] >= 'A' && code[3] <= 'D') || is_one_of(code, ras)) add(ACE_ARB, row);
  if (is_one_of(code, metformin)) add(METFORMIN, row);
  if (begins(code, "A10BJ") || is_one_of(code, glp1)) add(GLP1, row);
  if (begins(code, "A10BK") || is_one_of(code, sglt2)) add(SGLT2, row);
}

static void add_diagnosis(struct row row, const char *code) {
  if (begins(code, "T90")) add(DIABETES, row);
  if (begins(code, "K74") || begins(code, "K75") || begins(code, "K76")) add(HEART, row);
}
static void add_service(struct row row, const char *code) {
  if (begins(code, "0120") || begins(code, "0121")) add(REVIEW, row);
}
static void add_plan(struct row row, const char *code) {
  (void)code;
  add(PLAN, row);
}
static void add_enrolment(struct row row, const char *end) {
  row.end = hand_date(end);
  add(ENROLMENT, row);
}

/* A file whose header has been read. */
static FILE *open_file(const char *folder, const char *name) {
  char path[4096], line[LINE];
  snprintf(path, sizeof path, "%s/%s.csv", folder, name);
  FILE *file = fopen(path, "r");
  if (file && fgets(line, sizeof line, file)) return file;
  perror(path);
  exit(1);
}

/* Calls `each` with every row of a file: its patient and date, and what stands after them. */
static void read_file(const char *folder, const char *name, void (*each)(struct row row, const char *rest)) {
  char line[LINE];
  FILE *file = open_file(folder, name);
  while (fgets(line, sizeof line, file))
    each((struct row){.patient = (uint32_t)strtoul(line + 1, NULL, 10), .date = hand_date(line + 10)}, line + 21);
  fclose(file);
}

/* Practices stand together in the file of patients. */
static void read_patients(struct hand *hand, const char *folder) {
  char line[LINE];
  FILE *file = open_file(folder, "patients");
  for (size_t room = 0; fgets(line, sizeof line, file); hand->n_patients++) {
    uint32_t n = hand->n_practices;
    if (hand->n_patients == room) hand->patients = hand_take(hand->patients, room = room ? 2 * room : 1024, sizeof *hand->patients);
    if (n == 0 || memcmp(hand->practices[n - 1].id, line + 10, 6) != 0) {
      hand->practices = hand_take(hand->practices, n + 1, sizeof *hand->practices);
      hand->practices[n] = (struct practice){{0}};
      memcpy(hand->practices[n].id, line + 10, 6);
      hand->n_practices++;
    }
    const char *from = strchr(line + 28, ',') + 1;
    hand->patients[hand->n_patients] = (struct patient){hand->n_practices - 1, hand_date(from), hand_date(strchr(from, ',') + 1)};
  }
  fclose(file);
}

size_t hand_read(struct hand *hand, const char *folder) {
  size_t n = 0;
  read_patients(hand, folder);
  read_file(folder, "labs", add_result);
  read_file(folder, "prescriptions", add_drug);
  read_file(folder, "diagnoses", add_diagnosis);
  read_file(folder, "services", add_service);
  read_file(folder, "plans", add_plan);
  read_file(folder, "enrolments", add_enrolment);
  for (int series = 0; series < N_SERIES; series++) {
    lay_out(&hand->columns[series], &heaps[series]);
    n += hand->columns[series].n;
  }
  return n;
}
