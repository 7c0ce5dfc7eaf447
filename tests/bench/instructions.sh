#!/bin/sh
# instructions.sh: no step takes many more instructions than it did when instructions.txt was written. Counted by valgrind, which
# is the same on a busy machine as on an idle one; so a change that makes a step slower does not land unseen, be it ever so
# small. Time is another matter: a step can wait for memory without an instruction more. `make bench` measures that.
#
#   make check-instructions     compares with instructions.txt
#   make renew-instructions     writes instructions.txt anew: after a step was made faster, or slower with a reason that the
#                               commit says
#
# Counts are those of one compiler and its options, so with others nothing is compared. $CC and $CFLAGS say which.
set -u
. "$(dirname "$0")/../tap.sh"
tap_program
tap_room
. "$(dirname "$0")/sides.sh"
bounds=$bench/instructions.txt
margin=6                               # per cent
compiler="$(${CC:-cc} --version | head -1) ${CFLAGS-}"

skip() { echo "1..0 # SKIP $1"; exit 0; }
command -v valgrind >"$room/said" || skip "there is no valgrind to count instructions"
case ${1-} in renew) ;; *) [ "$(sed -n 's/^compiler //p' "$bounds")" = "$compiler" ] || skip "instructions.txt counts what another compiler makes than $compiler" ;; esac
case ${KLYNGE_CFLAGS-} in *sanitize*) skip "a program with sanitizers takes other instructions" ;; esac

# counted FUNCTION PROGRAM WORD…: the instructions inside of a function, or of the whole program where it is "all".
counted() {
  inside=--toggle-collect=$1
  [ "$1" != all ] || inside=--collect-atstart=yes
  shift
  KLYNGE_CPU=portable valgrind --tool=callgrind --callgrind-out-file=/dev/null "$inside" "$@" >"$room/said" 2>&1 || { cat "$room/said" >&2; return 1; }
  sed -n 's/.*Collected : *\([0-9]*\).*/\1/p' "$room/said"
}
# made N: a pack of so many made-up indicators, which changes with no rule of ours.
made() { awk -v n="$1" -f "$bench/pack.awk" >"$room/made.kly" && echo "$room/made.kly"; }
# count STEP: one thread, the kernels that every processor has.
count() {
  engine=$programs/tests/bench/engine
  case $1 in
    compile) counted all "$programs/tests/bench/compile" 1 "$(made 200)" ;;
    read) counted csv_read "$engine" $sixteen "$(data 2000)" $index 1 1 0 ;;
    evaluate) counted run "$engine" $sixteen "$(store 5000)" $index 1 1 0 ;;
    evaluate_variants) counted run "$engine" "$(variants)" "$(store 5000)" $index 1 1 0 ;;
  esac
}
within() {                             # within STEP: as many as were counted, and so many per cent more at most
  was=$(sed -n "s/^$1 //p" "$bounds")
  is=$(count "$1")
  echo "# $1: ${is:-0} instructions, $was when instructions.txt was written"
  [ "${is:-0}" -gt 0 ] || { over=1; return 1; }
  if [ $((is * 100)) -lt $((was * (100 - margin))) ]; then echo "# faster than that: make renew-instructions keeps it so"; fi
  [ $((is * 100)) -le $((was * (100 + margin))) ] || { over=1; return 1; }
}

over=0
steps="compile read evaluate evaluate_variants"
if [ "${1-}" = renew ]; then
  echo "compiler $compiler" >"$room/bounds"
  for step in $steps; do echo "$step $(count $step)" >>"$room/bounds"; done
  cp "$room/bounds" "$bounds"
  cat "$bounds"
  exit
fi
for step in $steps; do tap_claim "$step takes at most $margin % more instructions than it did" within $step; done
tap_done
exit $over
