/* nearest.c: which word was meant by one that is spelt wrongly. */
#include "lang/problem/problem.h"
#include <stdint.h>
#include <string.h>

/* Longer words are not compared: nobody means a word of that length by another. */
enum { LONGEST = 48 };

/* The letters of a word, large ones made small (ASCII and Latin-1); 0 where there are too many. */
static size_t letters_of(const char *word, uint32_t letters[LONGEST]) {
  size_t n = 0, length = strlen(word);
  for (size_t i = 0, step; i < length; i += step) {
    step = source_letter(word + i, length - i);
    if (!step) step = 1;
    if (n == LONGEST) return 0;
    uint32_t letter = (unsigned char)word[i];
    for (size_t j = 1; j < step; j++) letter = letter << 8 | (unsigned char)word[i + j];
    if (letter >= 'A' && letter <= 'Z') letter += 'a' - 'A';
    if (letter >= 0xC380 && letter <= 0xC39E && letter != 0xC397) letter += 0x20;
    letters[n++] = letter;
  }
  return n;
}

static unsigned least_of(unsigned a, unsigned b) { return a < b ? a : b; }

/* How many letters must be put in, left out, changed or swapped with their neighbour: the distance of Damerau and
 * Levenshtein in its simple form, where no letter is changed twice. Three rows of its table are held. */
static unsigned distance(const uint32_t *a, size_t n_a, const uint32_t *b, size_t n_b) {
  unsigned rows[3][LONGEST + 1];
  for (size_t j = 0; j <= n_b; j++) rows[0][j] = (unsigned)j;
  for (size_t i = 1; i <= n_a; i++) {
    unsigned *row = rows[i % 3], *above = rows[(i + 2) % 3], *above_that = rows[(i + 1) % 3];
    row[0] = (unsigned)i;
    for (size_t j = 1; j <= n_b; j++) {
      row[j] = least_of(above[j - 1] + (a[i - 1] != b[j - 1]), least_of(above[j], row[j - 1]) + 1);
      bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) row[j] = least_of(row[j], above_that[j - 2] + 1);
    }
  }
  return rows[n_a % 3][n_b];
}

bool problem_is_same(const char *word, const char *other) {
  uint32_t a[LONGEST], b[LONGEST];
  size_t n = letters_of(word, a);
  return n && n == letters_of(other, b) && memcmp(a, b, n * sizeof *a) == 0;
}

/* One letter may differ in a word of three to five letters, two in a longer one. Shorter words are near to everything. */
const char *problem_nearest(const char *word, const char *const *words, size_t n) {
  uint32_t wrong[LONGEST], right[LONGEST];
  size_t n_wrong = letters_of(word, wrong);
  if (n_wrong < 3) return NULL;
  unsigned least = n_wrong > 5 ? 3 : 2;
  const char *nearest = NULL;
  for (size_t i = 0; i < n; i++) {
    size_t n_right = letters_of(words[i], right);
    if (n_right == 0 || n_right > n_wrong + 2 || n_wrong > n_right + 2) continue;
    unsigned d = distance(wrong, n_wrong, right, n_right);
    if (d < least) {
      least = d;
      nearest = words[i];
    }
  }
  return nearest;
}
