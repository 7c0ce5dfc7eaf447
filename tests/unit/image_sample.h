/* image_sample.h: an image that has something in every section, for the tests of images. */
#ifndef KLYNGE_IMAGE_SAMPLE_H
#define KLYNGE_IMAGE_SAMPLE_H
#include "runtime/image/image.h"
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

enum { PRACTICE, BIRTH, SEX, WEIGHT, LAB_DATE, LAB_CODE, LAB_VALUE, LAB_UNIT, DX_DATE, DX_CODE, FEE_FROM, FEE_TO,
       FEE_CODE };
enum { PATIENTS, LABS, DIAGNOSES, ENROLMENTS };
enum { HBA1C, DIABETES, ENROLLED };
/* The registers: those named ALL_ are uniform. */
enum { ALL_INDEX, ALL_START, ALL_LIMIT, ALL_TRUE, LIMIT, VALUE, DAY, LISTED, RAISED, TALLY, ALL_TALLY, N_REGISTERS };

#define END 0xeeeeeeeeu /* after the last word of a list of code words */
#define CODE(...) ((const uint32_t[]){ __VA_ARGS__, END })

/* What every code below begins with, so that the window's registers are written. */
#define WINDOW_CODE OP_date_index, ALL_INDEX, OP_months_back, ALL_START, ALL_INDEX, 18

#define ADD(section, type, ...) image_writer_add(writer, SECTION_##section, &(type){ __VA_ARGS__ }, sizeof(type))
#define T(text) image_writer_text(writer, text)
#define MANY 1000000u /* beyond every section */

/* Adds everything but code and constants. */
void image_sample_add(struct image_writer *writer);
/* The bytes are refused, with this sentence. */
void image_sample_refused(const void *bytes, size_t length, const char *sentence);
/* The image, and the image with this code in the place of its own; freed by the caller. */
void *image_sample(size_t *length);
void *image_sample_with(const uint32_t *once, const uint32_t *block, size_t *length);
#endif
