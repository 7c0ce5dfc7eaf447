#!/bin/sh
# run.sh: NAME.STAGE is exactly what `klynge dump STAGE NAME.kly` prints, for every stage that has such a file. NAME-danish.kly
# has the tree of NAME.kly. A new case is two new files: no list is kept. $KLYNGE names the program to be tested.
set -u
. "$(dirname "$0")/../tap.sh"
tap_begin
cd tests/shapes || exit 4

dumps() {                              # dumps STAGE RULES WANTED
  exits 0 klynge dump "$1" "$2" && same "$3" "$room/out"
}

for rules in *.kly; do
  name=${rules%.kly}
  for stage in tokens tree types plan code; do
    if [ -f "$name.$stage" ]; then tap_claim "dump $stage of $rules" dumps "$stage" "$rules" "$name.$stage"; fi
  done
  case $name in *-danish) tap_claim "the tree of $rules is that of its twin" dumps tree "$rules" "${name%-danish}.tree" ;; esac
done
tap_done
