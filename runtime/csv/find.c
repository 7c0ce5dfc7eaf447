/* find.c: where fields and rows end. A window without a quote, which is nearly every one, is looked at 64 bytes at a
 * time: a comparison gives one bit for each byte, and only the set bits are visited. A window with a quote is gone
 * through byte by byte, for a quote means something only at the beginning of a field. */
#include <stdlib.h>
#include "runtime/cpu/cpu.h"
#include "runtime/csv/inner.h"

static struct found find_portable(const char *bytes, size_t length, char separator, struct marks marks) {
  struct found found = {0};
  unsigned char all = 0;
  for (size_t i = 0; i < length; i++) {
    char c = bytes[i];
    marks.all[found.n_marks] = (uint32_t)i;
    marks.lines[found.n_lines] = (uint32_t)found.n_marks;
    found.n_lines += c == '\n';
    found.n_marks += c == separator || c == '\n';
    found.quotes |= c == '"';
    found.nul |= c == '\0';
    found.odd |= (unsigned char)c <= '"' && c != separator && c != '\n';
    all |= (unsigned char)c;
  }
  found.high = all >= 0x80;
  return found;
}

#ifdef __x86_64__
#include <immintrin.h>

/* Two instructions of every x86-64 processor do what 16 comparisons would. (Measured on rows of lab values: 5 to 6 GB/s,
 * the portable one 0.5 GB/s.) */
static struct found find_sse2(const char *bytes, size_t length, char separator, struct marks marks) {
  const __m128i separators = _mm_set1_epi8(separator), line_ends = _mm_set1_epi8('\n'), quotes = _mm_set1_epi8('"');
  __m128i seen_quotes = _mm_setzero_si128(), seen_nul = _mm_setzero_si128(), seen_odd = _mm_setzero_si128(), all = _mm_setzero_si128();
  uint32_t *mark = marks.all, *line = marks.lines;
  for (size_t i = 0; i < length; i += 64) {
    uint64_t bits = 0;
    for (int part = 0; part < 4; part++) {
      __m128i chunk = _mm_loadu_si128((const __m128i *)(const void *)(bytes + i + 16 * part));
      __m128i hit = _mm_or_si128(_mm_cmpeq_epi8(chunk, separators), _mm_cmpeq_epi8(chunk, line_ends));
      bits |= (uint64_t)(unsigned)_mm_movemask_epi8(hit) << (16 * part);
      seen_quotes = _mm_or_si128(seen_quotes, _mm_cmpeq_epi8(chunk, quotes));
      seen_nul = _mm_or_si128(seen_nul, _mm_cmpeq_epi8(chunk, _mm_setzero_si128()));
      seen_odd = _mm_or_si128(seen_odd, _mm_andnot_si128(hit, _mm_cmpeq_epi8(_mm_min_epu8(chunk, quotes), chunk)));
      all = _mm_or_si128(all, chunk);
    }
    for (; bits != 0; bits &= bits - 1) {
      size_t at = i + (size_t)__builtin_ctzll(bits);
      *line = (uint32_t)(mark - marks.all);
      line += bytes[at] == '\n';
      *mark++ = (uint32_t)at;
    }
  }
  return (struct found){(size_t)(mark - marks.all), (size_t)(line - marks.lines), _mm_movemask_epi8(seen_quotes) != 0,
                        _mm_movemask_epi8(seen_nul) != 0, _mm_movemask_epi8(all) != 0, _mm_movemask_epi8(seen_odd) != 0};
}

#define AVX2 __attribute__((target("avx2,bmi,popcnt")))

/* Writes the places of all bits, the first one's being `first`. How many there are no processor foresees: up to twelve, of which a bit
 * that is not there is written as any, are written without asking, and then four at a time. */
static inline AVX2 uint32_t *write_bits(uint32_t *to, uint64_t bits, size_t first) {
  size_t n = (size_t)__builtin_popcountll(bits), written = 0;
#define WRITE to[written++] = (uint32_t)(first + _tzcnt_u64(bits)), bits &= bits - 1
  WRITE, WRITE, WRITE, WRITE, WRITE, WRITE, WRITE, WRITE, WRITE, WRITE, WRITE, WRITE;
  while (written < n) WRITE, WRITE, WRITE, WRITE;
#undef WRITE
  return to + n;
}

/* Writes which of the marks are line ends, two at a time: each by how many marks there are before it. */
static inline AVX2 uint32_t *write_lines(uint32_t *to, uint64_t ends, uint64_t marks, size_t first) {
  size_t n = (size_t)__builtin_popcountll(ends), written = 0;
#define WRITE to[written++] = (uint32_t)(first + (size_t)__builtin_popcountll(marks & ((ends & (0 - ends)) - 1))), ends &= ends - 1
  do WRITE, WRITE; while (written < n);
#undef WRITE
  return to + n;
}

/* (Measured on 912 MB without AVX-512, in turn with SSE2: 515 to 470 ms with two threads.) */
static AVX2 struct found find_avx2(const char *bytes, size_t length, char separator, struct marks marks) {
  const __m256i separators = _mm256_set1_epi8(separator), line_ends = _mm256_set1_epi8('\n'), quotes = _mm256_set1_epi8('"');
  __m256i seen_quotes = _mm256_setzero_si256(), seen_nul = _mm256_setzero_si256(), seen_odd = _mm256_setzero_si256(), all = _mm256_setzero_si256();
  uint32_t *mark = marks.all, *line = marks.lines;
  for (size_t i = 0; i < length; i += 64) {
    uint64_t both = 0, ends = 0;
    for (int part = 0; part < 2; part++) {
      __m256i chunk = _mm256_loadu_si256((const __m256i *)(const void *)(bytes + i + 32 * part)), end = _mm256_cmpeq_epi8(chunk, line_ends);
      __m256i hit = _mm256_or_si256(_mm256_cmpeq_epi8(chunk, separators), end);
      both |= (uint64_t)(unsigned)_mm256_movemask_epi8(hit) << (32 * part);
      ends |= (uint64_t)(unsigned)_mm256_movemask_epi8(end) << (32 * part);
      seen_quotes = _mm256_or_si256(seen_quotes, _mm256_cmpeq_epi8(chunk, quotes));
      seen_nul = _mm256_or_si256(seen_nul, _mm256_cmpeq_epi8(chunk, _mm256_setzero_si256()));
      seen_odd = _mm256_or_si256(seen_odd, _mm256_andnot_si256(hit, _mm256_cmpeq_epi8(_mm256_min_epu8(chunk, quotes), chunk)));
      all = _mm256_or_si256(all, chunk);
    }
    line = write_lines(line, ends, both, (size_t)(mark - marks.all));
    mark = write_bits(mark, both, i);
  }
  return (struct found){(size_t)(mark - marks.all), (size_t)(line - marks.lines), _mm256_movemask_epi8(seen_quotes) != 0,
                        _mm256_movemask_epi8(seen_nul) != 0, _mm256_movemask_epi8(all) != 0, _mm256_movemask_epi8(seen_odd) != 0};
}

#define AVX512 __attribute__((target("avx512f,avx512bw,avx512vl,avx512vbmi2,bmi2,popcnt")))

/* Writes the places of the set bits, and up to 15 numbers of no meaning after them. */
static inline AVX512 uint32_t *write_places(uint32_t *to, uint64_t bits, __m512i places, size_t first) {
  __m512i packed = _mm512_maskz_compress_epi8(bits, places), base = _mm512_set1_epi32((int)first);
  size_t n = (size_t)_mm_popcnt_u64(bits);
  _mm512_storeu_si512(to, _mm512_add_epi32(_mm512_cvtepu8_epi32(_mm512_castsi512_si128(packed)), base));
  for (size_t i = 16; i < n; i += 16) {
    packed = _mm512_shuffle_i64x2(packed, packed, 0x39);
    _mm512_storeu_si512(to + i, _mm512_add_epi32(_mm512_cvtepu8_epi32(_mm512_castsi512_si128(packed)), base));
  }
  return to + n;
}

/* 64 bytes are one comparison, and the set bits become places without a loop over them, whose end no processor foresees.
 * (Measured on 912 MB: 4 % of the time from CSV to tables.) */
static AVX512 struct found find_avx512(const char *bytes, size_t length, char separator, struct marks marks) {
  const __m512i separators = _mm512_set1_epi8(separator), line_ends = _mm512_set1_epi8('\n'), quotes = _mm512_set1_epi8('"');
  uint64_t seen_quotes = 0, seen_nul = 0, seen_high = 0, seen_odd = 0;
  uint32_t *mark = marks.all, *line = marks.lines;
  unsigned char up[64];
  for (int i = 0; i < 64; i++) up[i] = (unsigned char)i;
  const __m512i places = _mm512_loadu_si512(up);
  for (size_t i = 0; i < length; i += 64) {
    __m512i chunk = _mm512_loadu_si512(bytes + i);
    uint64_t ends = _mm512_cmpeq_epi8_mask(chunk, line_ends), both = ends | _mm512_cmpeq_epi8_mask(chunk, separators);
    seen_quotes |= _mm512_cmpeq_epi8_mask(chunk, quotes);
    seen_nul |= _mm512_testn_epi8_mask(chunk, chunk);
    seen_high |= _mm512_movepi8_mask(chunk);
    seen_odd |= _mm512_cmple_epu8_mask(chunk, quotes) & ~both;
    /* Of the marks, which are line ends. */
    line = write_places(line, _pext_u64(ends, both), places, (size_t)(mark - marks.all));
    mark = write_places(mark, both, places, i);
  }
  return (struct found){(size_t)(mark - marks.all), (size_t)(line - marks.lines), seen_quotes != 0, seen_nul != 0, seen_high != 0, seen_odd != 0};
}

find_marks *find_variant(size_t number) {
  static find_marks *const variants[] = {find_portable, find_sse2, find_avx2, find_avx512};
  return number <= (size_t)cpu_best() + 1 ? variants[number] : NULL;
}
#else
find_marks *find_variant(size_t number) { return number == 0 ? find_portable : NULL; }
#endif

/* What every processor of its kind has is never gone without: the portable one is ten times slower. */
find_marks *find_chosen(void) {
  size_t best = (size_t)cpu_chosen() + 1;
  while (!find_variant(best)) best--;
  return find_variant(best);
}

/* Goes from a quote at `at` to behind its closing one, a doubled quote being none. */
static size_t skip_quoted(const char *bytes, size_t length, size_t at) {
  for (at++; at < length; at++) {
    if (bytes[at] != '"') continue;
    if (at + 1 == length || bytes[at + 1] != '"') return at + 1;
    at++;
  }
  return length + 1;
}

struct found find_quoted(const char *bytes, size_t length, char separator, struct marks marks, size_t *open) {
  struct found found = {.quotes = true, .odd = true};
  size_t at = 0;
  *open = length;
  while (at < length) {
    while (at < length && (bytes[at] == ' ' || (bytes[at] == '\t' && separator != '\t'))) at++;
    if (at < length && bytes[at] == '"') {
      size_t quote = at;
      at = skip_quoted(bytes, length, at);
      if (at > length) {
        *open = quote;
        break;
      }
    }
    while (at < length && bytes[at] != separator && bytes[at] != '\n') at++;
    if (at < length && bytes[at] == '\n') marks.lines[found.n_lines++] = (uint32_t)found.n_marks;
    if (at < length) marks.all[found.n_marks++] = (uint32_t)at;
    at++;
  }
  return found;
}
