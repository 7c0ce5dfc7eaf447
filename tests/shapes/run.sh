#!/bin/sh
# run.sh: NAME.STAGE is exactly what `klynge dump STAGE NAME.kly` prints, for every stage that has such a file. NAME-danish.kly
# has the tree of NAME.kly. A new case is two new files: no list is kept. $KLYNGE names the program to be tested.
set -u
. "$(dirname "$0")/../tap.sh"
tap_program
cd "$(dirname "$0")" || exit 4
said=$(mktemp) || exit 4
trap 'rm -f "$said"' EXIT

dumps() {                              # dumps STAGE RULES WANTED
  "$KLYNGE" dump "$1" "$2" >"$said" || return 1
  diff -u "$3" "$said" | sed 's/^/# /'
  cmp -s "$3" "$said"
}

for rules in *.kly; do
  name=${rules%.kly}
  for stage in tokens tree types plan code; do
    if [ -f "$name.$stage" ]; then tap_claim "dump $stage of $rules" dumps "$stage" "$rules" "$name.$stage"; fi
  done
  case $name in *-danish) tap_claim "the tree of $rules is that of its twin" dumps tree "$rules" "${name%-danish}.tree" ;; esac
done
tap_done
