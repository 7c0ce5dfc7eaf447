#!/bin/sh
# variants.sh: the slow evaluator agrees with every variant of the kernels that this processor has, not with the best alone.
# A variant that the processor has not is passed over by the program, which then takes the best one.
set -u
. "$(dirname "$0")/../tap.sh"
tap_program
agree=$(dirname "$KLYNGE")/tests/agreement/agree
agrees() { KLYNGE_CPU=$1 AGREE_ROUNDS=${AGREE_ROUNDS:-150} "$agree" >/dev/null; }

for cpu in portable avx2 avx512; do tap_claim "the slow evaluator and the engine agree with $cpu kernels" agrees "$cpu"; done
tap_done
