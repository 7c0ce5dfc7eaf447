#!/bin/sh
# run.sh: every NAME.kly here is a wrong rule file, and NAME.txt is exactly what `klynge check` says of it; where there is a
# NAME.da.txt, that is what it says in Danish. A file that begins with `# klynge check --as-of 2024-06-01 FILE` is checked
# so. A new case is two new files: no list is kept. $KLYNGE names the program to be tested.
set -u
. "$(dirname "$0")/../tap.sh"
tap_begin
cd tests/problems || exit 4
KLYNGE_RULES=/nowhere said=$room/said

# says_what_is_written RULES WANTED LANGUAGE
says_what_is_written() {
  wanted=$2
  # shellcheck disable=SC2046 # the options are words
  "$KLYNGE" check $(sed -n '1s/^# klynge check \(.*\) FILE$/\1/p' "$1") "$1" --language "$3" 2>"$said" >/dev/null
  code=$?
  # Errors end the command with 1; a file that is only warned about is fine.
  if grep -qs -E '^[^ ].*(error|fejl): ' "$wanted"; then wanted_code=1; else wanted_code=0; fi
  if [ "$code" -ne "$wanted_code" ]; then echo "# exit code $code, wanted $wanted_code"; fi
  diff -u "$wanted" "$said" | sed 's/^/# /'
  [ "$code" -eq "$wanted_code" ] && cmp -s "$wanted" "$said"
}

for rules in *.kly; do
  tap_claim "what is said of $rules" says_what_is_written "$rules" "${rules%.kly}.txt" en
  danish=${rules%.kly}.da.txt
  if [ -f "$danish" ]; then tap_claim "what is said of $rules in Danish" says_what_is_written "$rules" "$danish" da; fi
done
tap_done
