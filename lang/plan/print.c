/* print.c: the graph for people: streams, then scans and nodes in the order in which they are worked out. */
#include <string.h>
#include "lang/memory.h"
#include "lang/plan/plan.h"

static void print_number(double number, FILE *out) {
  for (int digits = 15; digits <= 17; digits++) {
    char *text = memory_print("%.*g", digits, number);
    double back;
    if (sscanf(text, "%lf", &back) == 1 && (back == number || digits == 17)) {
      fputs(text, out);
      return;
    }
  }
}

static void print_node(const struct plan *plan, const struct plan_node *node, FILE *out) {
  fprintf(out, "  %%%-4u %c %s", node->number, node->uniform ? '=' : ' ', opcodes[node->op].name);
  for (uint32_t i = 0; i < node->n_args; i++) fprintf(out, " %%%u", node->args[i]->number);
  for (const char *letter = opcodes[node->op].operands; *letter; letter++) {
    if (*letter == 'k' && node->op == OP_date_is && node->k == DATE_EVER)
      fputs(" ever", out);
    else if (*letter == 'k')
      fprintf(out, " %d", node->k);
    if (*letter == 'c') putc(' ', out), print_number(node->constant, out);
    if (*letter == 'p')
      fprintf(out, " patients.%s", plan->tables[plan_table(plan, "patients")]->columns[node->column]->name);
    if (*letter == 'x') fprintf(out, " \"%s\"", node->text);
  }
  if (node->scan) fprintf(out, "  of scan %u", node->scan->number);
  if (node->cut.n) fprintf(out, " %s %d", opcodes[node->cut.op].name, node->cut.n);
  if (node->cut.n && node->cut.apart) fprintf(out, " apart %d", node->cut.apart);
  putc('\n', out);
}

static const char *day_words(const struct plan_node *day) {
  return day ? memory_print("%%%u", day->number) : "each patient's own";
}

static void print_indicator(const struct plan_indicator *indicator, FILE *out) {
  fprintf(out, "  %-8s denominator %%%u  %s %%%u\n", indicator->indicator->name, indicator->cells[0].denominator->number,
          indicator->indicator->value ? "value" : "numerator", indicator->counted->number);
  for (uint32_t i = 1; i < indicator->n_cells; i++) {
    const struct plan_cell *cell = &indicator->cells[i];
    fprintf(out, "    %s %s: %%%u\n", cell->role == CELL_BY ? cell->stratum : "adjust",
            cell->band ? cell->band : "unknown", cell->denominator->number);
  }
}

static void print_pack(const struct plan_pack *pack, FILE *out) {
  fprintf(out, "pack %s  population %%%u\n", pack->program->name, pack->population->number);
  for (size_t i = 0; i < pack->program->n_indicators; i++) print_indicator(&pack->indicators[i], out);
  for (uint32_t i = 0; i < pack->n_windows; i++)
    fprintf(out, "  window %s, %s: %s to %s\n", pack->windows[i].subject, pack->windows[i].title,
            day_words(pack->windows[i].low), day_words(pack->windows[i].high));
}

void plan_print(const struct plan *plan, FILE *out) {
  fputs("streams\n", out);
  for (uint32_t i = 0; i < plan->n_streams; i++) {
    fprintf(out, "  %u %s\n", i, plan->streams[i].stream->name);
    for (const char *line = strchr(plan->streams[i].key, '\n'); line; line = strchr(line + 1, '\n'))
      fprintf(out, "      %.*s\n", (int)strcspn(line + 1, "\n"), line + 1);
  }
  fputs("scans\n", out);
  for (uint32_t i = 0; i < plan->n_scans; i++) {
    const struct plan_scan *scan = plan->scans[i];
    fprintf(out, "  %u %s from %%%u to %%%u, %u asked\n", i, plan->streams[scan->stream].stream->name,
            scan->low->number, scan->high->number, scan->n_reducers);
  }
  fputs("nodes (= one value for all patients)\n", out);
  for (uint32_t i = 0; i < plan->n_nodes; i++) print_node(plan, plan->nodes[i], out);
  for (uint32_t i = 0; i < plan->n_packs; i++) print_pack(&plan->packs[i], out);
  for (uint32_t i = 0; i < plan->n_questions; i++) fprintf(out, "question %u %%%u\n", i, plan->questions[i].node->number);
}
