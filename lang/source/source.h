/* source.h: a rule file in memory, and how an offset in it is shown to a person. */
#ifndef KLYNGE_SOURCE_H
#define KLYNGE_SOURCE_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Offsets into a source: from … to − 1, in bytes. */
struct place { uint32_t from, to; };

struct source {
  const char *path;          /* as people see it */
  const char *text;          /* ended by a NUL that is not counted */
  size_t length;
  const size_t *lines;       /* where each line begins, the first after a byte order mark */
  size_t n_lines;
};

/* Reads a whole file ("-" is standard input). NULL when it cannot be read, with the path and a sentence without its full
 * stop in *error ("a.kly: there is no file of this name"). */
struct source *source_read(const char *path, const char **error);
/* A source from a text in memory; borrows the text. */
struct source *source_of_text(const char *path, const char *text, size_t length);
/* How many bytes the UTF-8 letter at the beginning of these takes; 0 where there is none. */
size_t source_letter(const char *text, size_t room);
/* The offset of the first byte that is not UTF-8; `length` where all is well. */
size_t source_bad_utf8(const struct source *source);

/* Line and column of an offset, from 1; columns count letters, not bytes. */
void source_position(const struct source *source, size_t offset, size_t *line, size_t *column);
/* The line that holds an offset: its bytes without the line end. */
struct place source_line(const struct source *source, size_t offset);

/* A comment, from its # to the end of its line, and the line it is about: its own where something stands before it, else
 * the next that is no comment; empty where nothing follows at once. */
struct source_comment { struct place at, about; };
/* All comments of a source, in their order. */
struct source_comment *source_comments(const struct source *source, size_t *n);
/* Where a comment goes on after one of these words, if it begins with one; else 0. */
size_t comment_begins(const struct source *source, const struct source_comment *comment, const char *const *words, size_t n);
#endif
