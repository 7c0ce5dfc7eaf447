#!/bin/sh
# counts.sh: the sides of the benchmark count the same, or there would be nothing to compare. Of a few thousand patients here;
# `make bench` says so again of as many as it measures, and of DuckDB as well.
set -u
. "$(dirname "$0")/../tap.sh"
tap_program
tap_room
mkdir "$room/counts" || exit 4
. "$(dirname "$0")/sides.sh"
patients=5000

runs() { "$@" >"$room/said" 2>&1 && [ -s "$room/said" ] || { sed 's/^/# /' "$room/said"; return 1; }; }
runs_both() { runs side_set && runs side_vary; }
tap_claim "the hand-written C counts the sixteen indicators" runs side_byhand
for side in csv store packs; do
  tap_claim "klynge run makes tables ($side)" runs "side_$side"
  tap_claim "and counts the same as the hand-written C in each practice" agrees $side
done
tap_claim "each step of a run is timed, from a store and from files" runs side_engine
tap_claim "also where every code is kept" runs side_all
tap_claim "what no side can be faster than is timed" runs side_limit
tap_claim "one setting is timed, and three in one pass" runs_both
tap_claim "a thousand variants of the indicators are evaluated" runs side_engine_variants
tap_done
