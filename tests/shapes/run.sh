#!/bin/sh
# run.sh: NAME.STAGE is exactly what `klynge dump STAGE NAME.kly` prints, for every stage that has such a file. NAME-danish.kly
# has the tree of NAME.kly. A new case is two new files: no list is kept. $KLYNGE names the program to be tested.
set -u
: "${KLYNGE:?KLYNGE must name the klynge program}"
case $KLYNGE in */*) KLYNGE=$(cd "$(dirname "$KLYNGE")" && pwd)/$(basename "$KLYNGE") ;; esac
said=$(mktemp) || exit 4
trap 'rm -f "$said"' EXIT
cd "$(dirname "$0")" || exit 4

cases=0 failed=0
compare() {                            # compare STAGE RULES WANTED
  cases=$((cases + 1))
  "$KLYNGE" dump "$1" "$2" >"$said" && diff -u "$3" "$said" && return
  echo "$2: dump $1 is not as written in $3"
  failed=$((failed + 1))
}

for rules in *.kly; do
  name=${rules%.kly}
  for stage in tokens tree types plan code; do
    if [ -f "$name.$stage" ]; then compare "$stage" "$rules" "$name.$stage"; fi
  done
  case $name in *-danish) compare tree "$rules" "${name%-danish}.tree" ;; esac
done
echo "$cases dumps, $failed not as expected"
[ "$cases" -gt 0 ] && [ "$failed" -eq 0 ]
