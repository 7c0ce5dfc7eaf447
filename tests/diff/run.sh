#!/bin/sh
# run.sh: what a revision of a pack changes, in the rules and for the patients of the example: in English, in Danish and as
# JSON. The new version is in Danish, laid out otherwise and in another order, which is no difference. $KLYNGE names the program.
set -u
. "$(dirname "$0")/../tap.sh"
tap_program
cd "$(dirname "$0")/../.." || exit 4
said=$(mktemp) || exit 4
folder=$(mktemp -d) || exit 4
trap 'rm -rf "$said" "$folder"' EXIT
NO_COLOR=1 LC_ALL=C
export NO_COLOR LC_ALL
old=tests/diff/old/pack.kly new=tests/diff/new/pack.kly

tells() {                              # tells WANTED WORDS…
  wanted=tests/diff/$1
  shift
  "$KLYNGE" diff "$old" "$new" --quiet "$@" >"$said" 2>&1 || { sed 's/^/# /' "$said" | head -5; return 1; }
  diff -u "$wanted" "$said" | sed 's/^/# /'
  cmp -s "$wanted" "$said"
}
ends() {                               # ends CODE SENTENCE WORDS…
  wanted=$1 sentence=$2
  shift 2
  "$KLYNGE" diff "$@" >"$said" 2>&1
  code=$?
  [ "$code" -eq "$wanted" ] && grep -qF -- "$sentence" "$said"
}
data="--data examples/cluster --as-of 2024-06-01"
# The counts of each side are those that a run gives.
counts() {                             # counts FILE INDICATOR: denominator, numerator
  "$KLYNGE" run "$1" $data --format csv --quiet | awk -F, -v i="$2" '$2 == i && $4 == "*" { print $7, $8 }'
}
as_runs() {
  "$KLYNGE" diff "$old" "$new" $data --quiet --format json >"$said" || return 1
  for pair in a:a b:b2 c:c d:d; do
    was=$(counts "$old" "${pair%:*}") is=$(counts "$new" "${pair#*:}")
    line=$(grep -A1 "\"indicator\": \"${pair#*:}\"" "$said" | sed -n 's/.*"was": {"denominator": \([0-9]*\), "numerator": \([0-9]*\),.*"is": {"denominator": \([0-9]*\), "numerator": \([0-9]*\),.*/\1 \2 \3 \4/p')
    [ "$line" = "$was $is" ] || { echo "# $pair: diff says $line, runs say $was $is"; return 1; }
  done
}
same() {
  "$KLYNGE" fmt --language da --stdout "$old" | sed 's|\.\./\.\./\.\./rules|'"$PWD"'/rules|' >"$folder/same.kly" &&
    sed 's|\.\./\.\./\.\./rules|'"$PWD"'/rules|' "$old" >"$folder/old.kly" && ends 0 "The rules say the same." "$folder/old.kly" "$folder/same.kly"
}
no_ids() { ! "$KLYNGE" diff "$old" "$new" $data --format json | grep -qE '"(9[0-9]{5}|P[0-9]{4,})"'; }
store() { "$KLYNGE" import --data examples/cluster -o "$folder/a.store" --quiet && "$KLYNGE" diff "$old" "$new" $data --quiet >"$folder/a" &&
  "$KLYNGE" diff "$old" "$new" --data "$folder/a.store" --as-of 2024-06-01 --quiet >"$said" && cmp "$folder/a" "$said"; }

tap_claim "a revision is told in English" tells english.txt $data
tap_claim "and in Danish" tells danish.txt $data --language da
tap_claim "and to programs" tells revision.json $data --format json
tap_claim "without data the rules alone are compared" tells rules.txt
tap_claim "one thread tells the same" tells english.txt $data --threads 1
tap_claim "the counts of both sides are those of runs" as_runs
tap_claim "layout, comments and the language of keywords are no difference" same
tap_claim "a store tells the same" store
tap_claim "no id of a practice or patient is told" no_ids
tap_claim "one file alone is wrong use" ends 2 "which two versions" "$old"
tap_claim "an error in the new version is told once" ends 1 "there is no code set called" "$old" tests/problems/unknown-name.kly
tap_claim "a file that is not there is wrong use" ends 2 "there is no file of this name" "$old" nowhere.kly
tap_claim "data that are not there are told" ends 3 "there is no such folder" "$old" "$new" --data nowhere
tap_done
