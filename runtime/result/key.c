/* key.c: the file of a key, which must be handed from one year's follow-up to the next unharmed:
 *
 *     klynge key 1
 *     8f3a…                                     the secret, 64 hex digits
 *     51c0… 77ab… A                             a cluster's tag, a practice's tag (32 hex digits each), its letters
 *     51c0… 0e92… B
 *
 * Anything else in it means that it is damaged, and then it is neither used nor written over: a key that is made anew in
 * silence would give every practice another letter. */
#include "runtime/result/names.h"
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "runtime/image/words.h"
#include "runtime/memory/memory.h"

#define KEY_TITLE    "klynge key 1\n"
#define LENGTH_MOST  (64 << 20)       /* no key has a million practices */
#define NUMBER_MOST  (26 * 26 * 26 * 26)

char *name_sentence(const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  int length = vsnprintf(NULL, 0, format, arguments);
  va_end(arguments);
  char *text = memory_take((size_t)length + 1, 1);
  va_start(arguments, format);
  vsnprintf(text, (size_t)length + 1, format, arguments);
  va_end(arguments);
  return text;
}

/* ── reading ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* The whole file as text of *length bytes; NULL with errno set. It must be a plain file: a pipe might never end. */
static char *read_file(const char *path, size_t *length) {
  int file = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  struct stat about;
  if (file < 0)
    return NULL;
  char *text = NULL;
  int problem = 0;
  if (fstat(file, &about) != 0)
    problem = errno;
  else if (!S_ISREG(about.st_mode))
    problem = S_ISDIR(about.st_mode) ? EISDIR : EINVAL;
  else if (about.st_size > LENGTH_MOST)
    problem = EFBIG;
  else {
    text = memory_take((size_t)about.st_size + 1, 1);
    ssize_t n = 0;
    *length = 0;
    while (*length < (size_t)about.st_size && (n = read(file, text + *length, (size_t)about.st_size - *length)) > 0)
      *length += (size_t)n;
    problem = n < 0 ? errno : 0;
  }
  close(file);
  if (problem) {
    free(text);
    text = NULL;
    errno = problem;
  }
  return text;
}

/* Where reading stands. */
struct cursor { const char *at; uint32_t line; };

static bool take_text(struct cursor *cursor, const char *text) {
  size_t length = strlen(text);
  if (strncmp(cursor->at, text, length) != 0)
    return false;
  cursor->at += length;
  cursor->line += text[length - 1] == '\n';
  return true;
}

static bool take_hex(struct cursor *cursor, unsigned char *bytes, size_t n) {
  size_t length = strspn(cursor->at, "0123456789abcdef"), n_read;
  if (length != 2 * n || sodium_hex2bin(bytes, n, cursor->at, length, NULL, &n_read, NULL) != 0)
    return false;
  cursor->at += length;
  return true;
}

/* Reads back what name_letters writes. */
static bool take_letters(struct cursor *cursor, uint32_t *number) {
  uint32_t rest = 0;
  const char *start = cursor->at;
  for (; *cursor->at >= 'A' && *cursor->at <= 'Z' && rest <= NUMBER_MOST; cursor->at++)
    rest = rest * 26 + (uint32_t)(*cursor->at - 'A' + 1);
  *number = rest - 1;
  return cursor->at > start && rest <= NUMBER_MOST;
}

/* Whether a practice, or a letter within its cluster, stands twice. */
static int compare_practices(const void *left, const void *right) {
  const struct name_given *a = left, *b = right;
  return memcmp(a->practice, b->practice, NAME_TAG);
}
static int compare_letters(const void *left, const void *right) {
  const struct name_given *a = left, *b = right;
  int order = memcmp(a->cluster, b->cluster, NAME_TAG);
  return order ? order : (a->number > b->number) - (a->number < b->number);
}
static bool any_twice(struct name_key *key, int (*compare)(const void *, const void *)) {
  if (key->n_given == 0)
    return false;
  qsort(key->given, key->n_given, sizeof *key->given, compare);
  for (uint32_t i = 1; i < key->n_given; i++)
    if (compare(&key->given[i - 1], &key->given[i]) == 0)
      return true;
  return false;
}

/* True when `text` is a key, whole and sound; else cursor->line is the line that is not as it should be. */
static bool read_key(struct cursor *cursor, const char *end, struct name_key *key) {
  if (!take_text(cursor, KEY_TITLE) || !take_hex(cursor, key->secret, NAME_SECRET) || !take_text(cursor, "\n"))
    return false;
  uint32_t room = 0;
  while (cursor->at < end) {
    struct name_given name;
    if (!take_hex(cursor, name.cluster, NAME_TAG) || !take_text(cursor, " ") ||
        !take_hex(cursor, name.practice, NAME_TAG) || !take_text(cursor, " ") ||
        !take_letters(cursor, &name.number) || !take_text(cursor, "\n"))
      return false;
    if (key->n_given == room)
      key->given = memory_resize(key->given, room = 2 * room + 16, sizeof *key->given);
    key->given[key->n_given++] = name;
  }
  return !any_twice(key, compare_practices) && !any_twice(key, compare_letters);
}

bool name_key_read(const char *path, struct name_key *key, char **error, int *exit_code) {
  *key = (struct name_key){.given = NULL};
  size_t length;
  char *text = read_file(path, &length);
  if (!text && errno == ENOENT) {
    if (sodium_init() < 0) {
      *error = name_sentence("%s", _("there are no random numbers to make a key of"));
      *exit_code = 4;
      return false;
    }
    randombytes_buf(key->secret, NAME_SECRET);
    key->changed = true;
    return true;
  }
  *exit_code = 3;
  if (!text) {
    *error = name_sentence(_("the key file %s cannot be read: %s"), path, strerror(errno));
    return false;
  }
  struct cursor cursor = {text, 1};
  bool sound = read_key(&cursor, text + length, key);
  if (!sound)
    *error = name_sentence(_("%s is not a whole key file (line %u): "
                             "bring back a copy, or name a new file, which gives practices new letters"),
                           path, cursor.line);
  sodium_memzero(text, length);
  free(text);
  if (!sound)
    name_key_close(key);
  return sound;
}

/* ── writing ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* Cluster by cluster, in the order of letters: the order of the file says nothing of the practices. */
static bool print_key(const struct name_key *key, FILE *out) {
  char hex[2 * NAME_SECRET + 1], letters[8];
  fprintf(out, KEY_TITLE "%s\n", sodium_bin2hex(hex, sizeof hex, key->secret, NAME_SECRET));
  sodium_memzero(hex, sizeof hex);
  for (uint32_t i = 0; i < key->n_given; i++) {
    fprintf(out, "%s ", sodium_bin2hex(hex, sizeof hex, key->given[i].cluster, NAME_TAG));
    name_letters(key->given[i].number, letters);
    fprintf(out, "%s %s\n", sodium_bin2hex(hex, sizeof hex, key->given[i].practice, NAME_TAG), letters);
  }
  return fflush(out) == 0 && !ferror(out) && fsync(fileno(out)) == 0;
}

/* A renamed file is only safe once its folder is on disk too. */
static void sync_folder_of(const char *path) {
  const char *slash = strrchr(path, '/');
  char *folder = slash ? memory_text(path, (size_t)(slash - path) + 1) : memory_text(".", 1);
  int file = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (file >= 0) {
    fsync(file);
    close(file);
  }
  free(folder);
}

bool name_key_write(const char *path, struct name_key *key, char **error, int *exit_code) {
  if (!key->changed)
    return true;
  if (key->n_given > 0)
    qsort(key->given, key->n_given, sizeof *key->given, compare_letters);
  char *beside = name_sentence("%s.XXXXXX", path);
  int file = mkstemp(beside); /* it makes the file with mode 0600 */
  bool is_made = file >= 0;
  FILE *out = is_made ? fdopen(file, "w") : NULL;
  bool written = out && print_key(key, out);
  int problem = errno;
  if (out && fclose(out) != 0 && written) {
    problem = errno;
    written = false;
  } else if (!out && is_made)
    close(file);
  if (written && rename(beside, path) != 0) {
    problem = errno;
    written = false;
  }
  if (written) {
    sync_folder_of(path);
    key->changed = false;
  } else {
    if (is_made)
      unlink(beside);
    *error = name_sentence(_("the key file %s cannot be written: %s"), path, strerror(problem));
    *exit_code = 4;
  }
  free(beside);
  return written;
}
