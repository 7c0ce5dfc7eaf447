#!/bin/sh
# variants.sh: the slow evaluator agrees with every variant of the kernels that this processor has, not with the best alone: on
# rules and patients by chance, and at the edges of blocks, rows, dates and numbers with 1 to 8 threads.
# A variant that the processor has not is passed over by the program, which then takes the best one.
set -u
. "$(dirname "$0")/../tap.sh"
tap_program
agree=$(dirname "$KLYNGE")/tests/agreement/agree
agrees() { KLYNGE_CPU=$1 AGREE_ROUNDS=${AGREE_ROUNDS:-100} "$agree" >/dev/null; }
at_edges() {
  said=$(KLYNGE_CPU=$1 "$agree" edges)
  outcome=$?
  echo "$said" | sed 's/^/# /'
  return $outcome
}

for cpu in portable avx2 avx512; do
  tap_claim "the slow evaluator and the engine agree with $cpu kernels" agrees "$cpu"
  tap_claim "and at all edges, with 1 to 8 threads and $cpu kernels" at_edges "$cpu"
done
tap_done
