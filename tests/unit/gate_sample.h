/* gate_sample.h: made-up clusters for the tests of the gate: patients by chance, of whom indicators are counted that hang together. */
#ifndef KLYNGE_GATE_SAMPLE_H
#define KLYNGE_GATE_SAMPLE_H
#include "runtime/gate/gate.h"
#include "tests/unit/gate_attack.h"

/* The sheets of a sample: of patients with a measurement that may be missing, high or not, on two dates. */
enum sample_sheet {
  SHEET_HIGH,           /* share of all; unknown where not measured; by age (four bands) and sex (two) */
  SHEET_HIGH_MEASURED,  /* share of those measured; by age */
  SHEET_NOT_HIGH,       /* its opposite */
  SHEET_NUMBER,         /* the measurement's mean, of all */
  SHEET_TREATED,        /* number of those treated, of all; nobody is unknown */
  SHEET_TREATED_HIGH,   /* share of those treated among the high */
  SHEET_VISITS,         /* a rate among all */
  SHEET_BEFORE,         /* SHEET_HIGH_MEASURED at the earlier date, and what became of them */
  N_SAMPLE_SHEETS
};

struct gate_sample {
  struct gate gate;
  struct gate_sheet sheets[N_SAMPLE_SHEETS];
  struct gate_moves moves[1];
};

/* Of so many practices; each has up to `most` patients, and some have few. Sparse: few are high. The same seed is the same sample. */
void gate_sample_open(struct gate_sample *sample, uint32_t seed, uint32_t n_practices, uint32_t most, uint32_t limit, bool sparse);
void gate_sample_close(struct gate_sample *sample);
/* Somebody who knows the rules, and that the sheets hang together. */
struct attack *gate_sample_attack(const struct gate_sample *sample);
#endif
