/* gate_attack.h: somebody who has everything that was published of a cluster, knows how the figures hang together, and tries to work
 * the hidden counts back. It shares no code with the gate. */
#ifndef KLYNGE_GATE_ATTACK_H
#define KLYNGE_GATE_ATTACK_H
#include "runtime/gate/gate.h"

/* The cells of a figure: those of the numerator, those who are not, the unknown, those outside; as bits of a sum. */
enum { IN_YES = 1, IN_NO = 2, IN_UNKNOWN = 4, IN_OUTSIDE = 8 };

struct attack;
/* Reads of the gate what is shown, and the marks. */
struct attack *attack_open(const struct gate *gate);
void attack_close(struct attack *attack);
/* What the rules say: that some cells of a sheet are, in every practice, those of another. And in each band, where both have bands. */
void attack_tie(struct attack *attack, uint32_t sheet, unsigned cells, uint32_t other, unsigned other_cells);

/* By subtraction alone: sums of which one part is unknown, whatever the marks say, over and over; and by bounds: from what each sum
 * leaves for each of its parts. Gives how many hidden counts have one possible value; *example says which. */
uint32_t attack_by_bounds(struct attack *attack, const char **example);
/* By trying everything: is there any other table? Gives how many hidden counts have one possible value, and in *unsure for how many
 * `steps` were not enough to say. */
uint32_t attack_by_trying(struct attack *attack, uint32_t steps, uint32_t *unsure);
/* How many counts are hidden, and of how many. */
uint32_t attack_hidden(const struct attack *attack, uint32_t *all);
/* Sums of the cluster that are known to be of the hidden practices alone, and few: total − all that are shown. */
uint32_t attack_few(const struct gate *gate);
#endif
