#!/bin/sh
# run.sh: months, on every day of six years and the whole way through the program: a row on the first day of a window counts
# and one on the day before does not; the date so many months back; the completed months since it. $KLYNGE names the
# program to be tested.
set -u
. "$(dirname "$0")/../tap.sh"
tap_begin
cd tests/calendar || exit 4

agrees() {
  awk -v clamped=1 -f months.awk >"$room/months.kly" && klynge test "$room/months.kly" >"$room/said" 2>&1
  code=$?
  # 2,192 days, four lengths, four claims for each.
  [ $code -eq 0 ] && grep -q ': 2192 tests, 35072 claims, all hold$' "$room/said" && return
  head -20 "$room/said" | sed 's/^/# /'
  return 1
}
wrong_is_told() {
  awk -v clamped=0 -f months.awk | awk '/^test/ { wanted = /2023-03-31/ } /^(use|define)/ || wanted' >"$room/wrong.kly"
  klynge test "$room/wrong.kly" >"$room/said" 2>&1
  [ $? -eq 1 ] && grep -q '2023-02-28' "$room/said"
}
tap_claim "1, 6, 12 and 18 months before each day of 2023-2028 are those of a calendar counted out by hand" agrees
tap_claim "a calendar in which a month before 31 March is 3 March is told" wrong_is_told
tap_done
