#!/bin/sh
# compile.sh: how long compiling takes. `make bench-compile` prints, for each pack of the project and for packs of made-up
# indicators, the time of each stage; as a test, only that the time grows in proportion to what is written. $COMPILE names
# the program that times.
set -u
. "$(dirname "$0")/../tap.sh"
: "${COMPILE:?COMPILE must name the program tests/bench/compile}"
here=$(cd "$(dirname "$0")" && pwd)
rules=$(cd "$here/../../rules" && pwd)
tap_room
KLYNGE_RULES=$rules LC_ALL=C
export KLYNGE_RULES LC_ALL

made() { awk -v n="$1" -f "$here/pack.awk" >"$room/$1.kly"; }

if [ "${1-}" = print ]; then
  for n in 1250 2500 5000 10000; do made $n; done
  # Each in a process of its own, as a call of the command is.
  for pack in $(ls "$rules"/*/*.kly | grep -v "/lib/"); do "$COMPILE" 41 "$pack" | sed "s,$rules/,,"; done | awk 'NR == 1 || !/^indicators/'
  echo
  "$COMPILE" 5 "$room/1250.kly" "$room/2500.kly" "$room/5000.kly" "$room/10000.kly" | sed "s,$room/,," |
    awk '{ print $0 (NR == 1 ? "  growth" : last ? sprintf("  %6.2f", $9 / last) : ""); if (NR > 1) last = $9 }'
  exit
fi

# Eight times as much takes eight times as long, and what grows with the square would take sixty-four. The bound leaves room
# for a machine that does other things meanwhile.
in_proportion() {
  made 1250
  made 10000
  "$COMPILE" 2 "$room/1250.kly" "$room/10000.kly" >"$room/said" 2>&1 || { sed 's/^/# /' "$room/said"; return 1; }
  sed "s,$room/,,; s/^/# /" "$room/said"
  awk '$1 == 1250 { less = $9 } $1 == 10000 { more = $9 } END { exit !(less > 0 && more > 0 && more < 20 * less) }' "$room/said"
}
tap_claim "a pack of 10,000 indicators is compiled in proportion to one of 1,250" in_proportion
tap_done
