#!/bin/sh
# run.sh: what a revision of a pack changes, in the rules and for the patients of the example: in English, in Danish and as
# JSON. The new version is in Danish, laid out otherwise and in another order, which is no difference. $KLYNGE names the program.
set -u
. "$(dirname "$0")/../tap.sh"
tap_begin
old=tests/diff/old/pack.kly new=tests/diff/new/pack.kly

tells() {                              # tells WANTED WORDS…
  wanted=tests/diff/$1
  shift
  exits 0 klynge diff "$old" "$new" --quiet "$@" && same "$wanted" "$room/out"
}
data="--data examples/cluster --as-of 2024-06-01"
# The counts of each side are those that a run gives.
counts() {                             # counts FILE INDICATOR: denominator, numerator
  klynge run "$1" $data --format csv --quiet | awk -F, -v i="$2" '$2 == i && $4 == "*" { print $7, $8 }'
}
as_runs() {
  klynge diff "$old" "$new" $data --quiet --format json >"$room/out" || return 1
  for pair in a:a b:b2 c:c d:d; do
    was=$(counts "$old" "${pair%:*}") is=$(counts "$new" "${pair#*:}")
    line=$(grep -A1 "\"indicator\": \"${pair#*:}\"" "$room/out" | sed -n 's/.*"was": {"denominator": \([0-9]*\), "numerator": \([0-9]*\),.*"is": {"denominator": \([0-9]*\), "numerator": \([0-9]*\),.*/\1 \2 \3 \4/p')
    [ "$line" = "$was $is" ] || { echo "# $pair: diff says $line, runs say $was $is"; return 1; }
  done
}
same() {
  klynge fmt --language da --stdout "$old" | sed 's|\.\./\.\./\.\./rules|'"$PWD"'/rules|' >"$room/same.kly" &&
    sed 's|\.\./\.\./\.\./rules|'"$PWD"'/rules|' "$old" >"$room/old.kly" && exits 0 klynge diff "$room/old.kly" "$room/same.kly" && prints "The rules say the same."
}
no_ids() { exits 0 klynge diff "$old" "$new" $data --format json && prints '"practice": "A"' && ! grep -qE '"(9[0-9]{5}|P[0-9]{4,})"' "$room/out"; }
store() { klynge import --data examples/cluster -o "$room/a.store" --quiet && klynge diff "$old" "$new" $data --quiet >"$room/a" &&
  klynge diff "$old" "$new" --data "$room/a.store" --as-of 2024-06-01 --quiet >"$room/out" && same "$room/a" "$room/out"; }

tap_claim "a revision is told in English" tells english.txt $data
tap_claim "and in Danish" tells danish.txt $data --language da
tap_claim "and to programs" tells revision.json $data --format json
tap_claim "without data the rules alone are compared" tells rules.txt
tap_claim "one thread tells the same" tells english.txt $data --threads 1
tap_claim "the counts of both sides are those of runs" as_runs
tap_claim "layout, comments and the language of keywords are no difference" same
tap_claim "a store tells the same" store
tap_claim "no id of a practice or patient is told" no_ids
tap_claim "one file alone is wrong use" ends 2 "which two versions" klynge diff "$old"
tap_claim "an error in the new version is told once" ends 1 "there is no code set called" klynge diff "$old" tests/problems/unknown-name.kly
tap_claim "a file that is not there is wrong use" ends 2 "there is no file of this name" klynge diff "$old" nowhere.kly
tap_claim "data that are not there are told" ends 3 "there is no such folder" klynge diff "$old" "$new" --data nowhere
tap_done
