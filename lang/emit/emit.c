/* emit.c: instructions as words: an opcode, then its operands, in the order of opcodes.def. */
#include "lang/emit/emit.h"
#include <string.h>
#include "lang/emit/emitter.h"
#include "lang/memory.h"

struct emitting {
  const struct plan *plan;
  struct image_writer *writer;
  const uint32_t *register_of;
  uint32_t patients; /* the first column of table patients */
};

static void word(struct emitting *emitting, uint32_t value) {
  image_writer_add(emitting->writer, SECTION_code, &value, sizeof value);
}

/* A plain operand of an instruction that comes from a node of the plan. */
static uint32_t plain_of_node(struct emitting *emitting, const struct plan_node *node, char letter) {
  switch (letter) {
  case 'c': return image_writer_add(emitting->writer, SECTION_constants, &node->constant, sizeof node->constant);
  case 'x': return image_writer_text(emitting->writer, node->text);
  case 'p': return emitting->patients + node->column;
  default: return (uint32_t)node->k;
  }
}

static void emit_step(struct emitting *emitting, const struct step *step) {
  uint32_t read = 0, plain = 0;
  word(emitting, step->op);
  for (const char *letter = opcodes[step->op].operands; *letter; letter++) {
    if (strchr("NDMT", *letter))
      word(emitting, emitting->register_of[step->written->number]);
    else if (strchr("ndmt", *letter))
      word(emitting, emitting->register_of[step->read[read++]->number]);
    else if (step->node)
      word(emitting, plain_of_node(emitting, step->node, *letter));
    else
      word(emitting, step->plain[plain++]);
  }
}

void *emit(const struct plan *plan, size_t *length) {
  struct emitting emitting = {.plan = plan, .writer = image_writer_open()};
  size_t n_once;
  struct steps steps = order(plan, &n_once);
  emit_data(plan, emitting.writer, &emitting.patients);
  emitting.register_of = assign_registers(plan, &steps, n_once, emitting.writer);
  uint32_t once_words = 0;
  for (size_t i = 0; i < steps.n; i++) {
    if (i == n_once) once_words = image_writer_count(emitting.writer, SECTION_code);
    emit_step(&emitting, &steps.all[i]);
  }
  if (n_once == steps.n) once_words = image_writer_count(emitting.writer, SECTION_code);
  emit_packs(plan, emitting.register_of, emitting.writer);
  return image_writer_close(emitting.writer, once_words, length);
}
