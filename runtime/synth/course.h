/* course.h: the years of one made-up patient, and the rows they leave behind. */
#ifndef KLYNGE_COURSE_H
#define KLYNGE_COURSE_H
#include "runtime/synth/habits.h"
#include "runtime/synth/sheet.h"
#include "runtime/synth/synth.h"

/* Writes all rows of the patient with this number (from 0) into the sheets. */
void course_write(const struct synth_options *options, const struct habits *habits, uint64_t number, struct sheets *sheets);
#endif
