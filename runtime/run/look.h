/* look.h: the rows of one patient that a stream knows of, those it does not read among them: for explanations. */
#ifndef KLYNGE_LOOK_H
#define KLYNGE_LOOK_H
#include "runtime/image/image.h"
#include "runtime/store/store.h"

enum look_read { LOOK_READ, LOOK_OTHER_UNIT, LOOK_IMPLAUSIBLE, LOOK_NO_NUMBER };
struct look_row {
  int32_t date, end;               /* end: of spans, else DATE_OPEN */
  const char *code, *unit;         /* as in the data; borrowed from the store */
  double number, value;            /* as in the data, and after conversion; NaN of events */
  int8_t sign;
  uint8_t read;                    /* enum look_read */
};
/* The patient's rows of a stream, up to the index date, by date and then value; freed with free(). */
struct look_row *look_rows(const struct image *image, const struct store *store, uint32_t stream, uint32_t patient, int32_t index, size_t *n);
/* Verifies what look_rows reads of a store from a file, which is more than a run does: rows of a unit that nobody reads as well. */
bool look_verify(const struct image *image, const struct store *store);
/* The number of the patient with this id in the store, or UINT32_MAX. */
uint32_t look_patient(const struct store *store, const char *id);
#endif
