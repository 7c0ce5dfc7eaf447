/* order.h: the rows of a scan brought into order, once its segments have been read one after the other (scan.c). All work on
 * scanner->scan, and may put scanner->spare in its place. */
#ifndef KLYNGE_ORDER_H
#define KLYNGE_ORDER_H
#include "runtime/kernel/scan.h"

/* Merges the first `middle` rows and those after them, both in order of patients and each patient's rows in order of date,
 * value and sign: as all of them are then. */
void order_merge(struct scanner *scanner, size_t middle);
/* Brings rows together by patient: a counting sort, which leaves each patient's rows in the order in which they came. */
void order_gather(struct scanner *scanner);
/* Makes the groups of rows that stand together by patient. */
void order_group(struct scanner *scanner);
/* Sorts the rows of each group by date, value and sign. */
void order_sort(struct rows *rows);
#endif
