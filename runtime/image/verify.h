/* verify.h: the steps of image_open, in the order in which they are done. Each takes for granted what those before it
 * have checked, and returns NULL or the sentence that says what is wrong. */
#ifndef KLYNGE_IMAGE_VERIFY_H
#define KLYNGE_IMAGE_VERIFY_H
#include "runtime/image/image.h"

/* Tables and columns, code sets, conversions, streams, packs: all but the code (verify_data.c). */
const char *verify_data(const struct image *image);
/* Registers, instructions, and the registers that windows refer to (verify_code.c). */
const char *verify_code(const struct image *image);

/* Whether a text begins at this offset. */
bool verify_text(const struct image *image, uint32_t text);

/* The length of the letter that begins at `at`, or 0 if it is not UTF-8 or would do something to a terminal. Reads no
 * further than the first NUL, which is a letter of its own. */
unsigned verify_letter(const unsigned char *at);
#endif
