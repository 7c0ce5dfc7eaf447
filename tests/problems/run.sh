#!/bin/sh
# run.sh: every NAME.kly here is a wrong rule file, and NAME.txt is exactly what `klynge check` says of it. A new case is two
# new files: no list is kept. $KLYNGE names the program to be tested.
set -u
: "${KLYNGE:?KLYNGE must name the klynge program}"
case $KLYNGE in */*) KLYNGE=$(cd "$(dirname "$KLYNGE")" && pwd)/$(basename "$KLYNGE") ;; esac
said=$(mktemp) || exit 4
trap 'rm -f "$said"' EXIT
NO_COLOR=1 LC_ALL=C
export NO_COLOR LC_ALL
cd "$(dirname "$0")" || exit 4

cases=0 failed=0
for rules in *.kly; do
  wanted=${rules%.kly}.txt
  cases=$((cases + 1))
  "$KLYNGE" check "$rules" 2>"$said" >/dev/null
  code=$?
  # Errors end the command with 1; a file that is only warned about is fine.
  if grep -qs '^[^ ].*error: ' "$wanted"; then wanted_code=1; else wanted_code=0; fi
  if ! diff -u "$wanted" "$said" || [ "$code" -ne "$wanted_code" ]; then
    echo "$rules: not as written in $wanted (exit code $code, wanted $wanted_code)"
    failed=$((failed + 1))
  fi
done
echo "$cases wrong rule files, $failed not as expected"
[ "$cases" -gt 0 ] && [ "$failed" -eq 0 ]
