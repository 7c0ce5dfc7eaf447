/* scan.h: the rows of a stream inside a window, for the patients of one block.
 *
 *   segments of the stream          rows                                    groups, one for each patient who has rows
 *   ┌ patient, date, value ┐        ┌ patient 3 │ date │ value │ sign ┐     ┌ patient 3: rows 0 … 1 ┐
 *   └ patient, date, value ┘   →    │ patient 3 │ …                   │     │ patient 9: rows 2 … 2 │
 *                                   └ patient 9 │ …                   ┘     └ …                     ┘
 *
 * A segment is gone through in steps that each do one thing to all of a block's rows: which are in the window (bits), which
 * of those are plausible (bits), which suffice (bits), which these are (numbers), and only then what they say.
 *
 * The rows of a block are gathered by patient and, where the order matters, sorted by (date, value, sign), "<5" before
 * 5 before ">5". What is asked of them is then a loop over the groups (reduce.h). Where each patient's last few rows suffice, they
 * go straight into lanes (recent.h), and rows and groups are made of these only if somebody asks for them one by one. */
#ifndef KLYNGE_SCAN_H
#define KLYNGE_SCAN_H
#include "runtime/image/image.h"
#include "runtime/kernel/recent.h"
#include "runtime/kernel/window.h"

/* A segment as a stream reads it. Borrows everything. */
struct scan_segment {
  const struct store_segment *rows;
  const struct store_values *values;            /* NULL for events and spans */
  const struct image_convert_step *steps;       /* of the conversion, none: the value as it stands */
  uint32_t n_steps;
  double low, high;                             /* what is plausible after it */
  bool is_bounded;                              /* scaled integers of which those from scaled_low to scaled_high are plausible */
  int32_t scaled_low, scaled_high;              /* none is where the first is above the second */
  bool all_plausible;                           /* … which all of the segment's are, and none is missing */
  bool in_order;                                /* each patient's rows stand in order of date, value and sign as read */
};

/* A stream: the segments that belong to it, in the order of the table's. */
struct scan_stream {
  enum image_stream_kind kind;
  enum image_ties ties;
  uint32_t n_segments;
  struct scan_segment *segments;
};

struct row {
  double value;                                 /* 0 for events and spans */
  int32_t date;
  uint16_t patient;
  int8_t sign;                                  /* −1 below, 0 exact, 1 above */
};

/* The rows first … first + n − 1 of one patient; n is never 0. */
struct group {
  uint32_t first, n;
  uint16_t patient;
  bool is_short;                                /* of a cut: fewer than it asks for, so that no figure sees them */
};

struct rows {
  const struct recent *recent;                  /* the rows as lanes, or NULL … */
  uint32_t last;                                /* … of a cut of them: to so many; 0 else */
  bool is_grouped;                              /* whether `row` and `group` hold them (rows_group) */
  const struct row *row;                        /* its own, or those of the scan that it is a cut of */
  struct row *own;
  size_t n_rows, capacity;                      /* of its own */
  struct group *group;                          /* in the order of patients; room for LANES + 1 */
  uint32_t n_groups;
  enum image_ties ties;
  bool has_signs;                               /* whether any row may be censored */
  uint64_t seen[MASK_WORDS];                    /* the patients of the groups */
  uint64_t known[MASK_WORDS];                   /* … of those that are not short */
  uint64_t unknown[MASK_WORDS];                 /* patients for whom a day of the window is unknown */
};

void rows_open(struct rows *rows);
void rows_close(struct rows *rows);
/* Makes room for n rows of its own; those there are stay. */
void rows_make_room(struct rows *rows, size_t n);
/* Makes rows and groups of lanes, unless they are there. */
void rows_group(struct rows *rows);

/* The memory of scans, owned by one worker; it grows to the block with the most rows. */
struct scanner {
  struct window window;
  struct rows scan, cut, spare;
  struct recent recent;                         /* the last rows of the last scan that asked for no more */
  uint64_t *bits;                               /* which rows of a segment's block are selected */
  uint32_t *at;                                 /* … and their numbers, from the block's first */
  struct reading reading;                       /* … and what they say */
  uint32_t *end;                                /* which of them are a patient's last */
  size_t room;                                  /* rows of a segment's block there is room for */
  uint8_t flags[LANES];
  struct number extreme[2];                     /* each patient's lowest value and highest, of the last rows, */
  bool has_extreme[2];                          /* … once they have been asked for */
  struct tally tally;                           /* of the last rows, while it is decided on */
};
void scanner_open(struct scanner *scanner);
void scanner_close(struct scanner *scanner);

/* Whether each patient of the block has a row in the scanner's window; unknown where a day of the window is. */
void scan_any(struct scanner *scanner, const struct scan_stream *stream, uint32_t block, struct mask *out);
/* Selects the rows in the scanner's window into scanner->scan. With keep, some of them suffice: at least the last `keep` of
 * each patient are kept, and the others are only counted, and that only if they are to be `counted`. */
void scan_rows(struct scanner *scanner, const struct scan_stream *stream, uint32_t block, bool ordered, uint32_t keep,
               bool counted);

/* Narrows scanner->scan to each patient's last (first) n rows, into scanner->cut, which keeps their order. Two rows kept
 * next to each other are at least `apart` days, or months, apart: the earlier one is on or before the later one's date
 * less so many; counted from the end at which the cut begins. A patient with fewer rows gets a short group. */
enum cut_end { CUT_LAST, CUT_FIRST };
enum cut_unit { CUT_DAYS, CUT_MONTHS };
void scan_cut(struct scanner *scanner, enum cut_end end, uint32_t n, enum cut_unit unit, int32_t apart);
#endif
