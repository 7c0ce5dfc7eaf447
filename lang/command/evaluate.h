/* evaluate.h: packs over data, for every verb that needs their result. It reads as the way of the data:
 *
 *     rules → plan → image ┐
 *                  data → store ┴ run → counts → result */
#ifndef KLYNGE_EVALUATE_H
#define KLYNGE_EVALUATE_H
#include "lang/command/command.h"
#include "runtime/csv/csv.h"
#include "runtime/result/result.h"
#include "runtime/run/run.h"

struct evaluation {
  const struct plan *plan;
  void *bytes;                         /* of the image */
  struct image image;
  struct store *store;
  struct data_report report;
  struct counts *counts;
  struct result_before before;         /* with --compare; else all zero */
  struct result *result;
};

/* Evaluates planned packs over the data that --data names, as --as-of, --compare, --cluster, --practice, --key … of the call say. What
 * the call does not say of the result stands in *options: colour, width and letters of the place that it is written to.
 * EXIT_FINE, or the code after a message; evaluation_close is called in either case. */
enum exit_code evaluate(struct call *call, const struct plan *plan, const struct result_options *options,
                        struct evaluation *evaluation);
/* The same for one of its clusters alone: *one borrows all but its result, which is freed with result_free. */
enum exit_code evaluation_of_cluster(struct call *call, const struct evaluation *evaluation, const char *cluster,
                                     struct evaluation *one);
void evaluation_close(struct evaluation *evaluation);

/* The whole result as JSON, with what the rules say beside the figures, and the meeting that it is made for, or NULL. */
void evaluation_write_json(const struct evaluation *evaluation, const struct order *order, FILE *out);

struct meetings;
/* The result as its JSON is read back, of which documents and the follow-up are made; freed with meetings_free. */
struct meetings *evaluation_meetings(const struct evaluation *evaluation, const struct order *order);
#endif
