#!/bin/sh
# run.sh: every NAME.kly here is a wrong rule file, and NAME.txt is exactly what `klynge check` says of it. A new case is two
# new files: no list is kept. $KLYNGE names the program to be tested.
set -u
. "$(dirname "$0")/../tap.sh"
tap_program
cd "$(dirname "$0")" || exit 4
said=$(mktemp) || exit 4
trap 'rm -f "$said"' EXIT
NO_COLOR=1 LC_ALL=C KLYNGE_RULES=/nowhere
export NO_COLOR LC_ALL KLYNGE_RULES

says_what_is_written() {
  wanted=${1%.kly}.txt
  "$KLYNGE" check "$1" 2>"$said" >/dev/null
  code=$?
  # Errors end the command with 1; a file that is only warned about is fine.
  if grep -qs '^[^ ].*error: ' "$wanted"; then wanted_code=1; else wanted_code=0; fi
  if [ "$code" -ne "$wanted_code" ]; then echo "# exit code $code, wanted $wanted_code"; fi
  diff -u "$wanted" "$said" | sed 's/^/# /'
  [ "$code" -eq "$wanted_code" ] && cmp -s "$wanted" "$said"
}

for rules in *.kly; do tap_claim "what is said of $rules" says_what_is_written "$rules"; done
tap_done
