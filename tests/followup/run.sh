#!/bin/sh
# run.sh: the follow-up: the figures of an earlier date beside those of a later one, what has changed, and what became of the
# patients. $KLYNGE names the program.
set -u
. "$(dirname "$0")/../tap.sh"
tap_program
cd "$(dirname "$0")/../.." || exit 4
folder=$(mktemp -d) || exit 4
trap 'rm -rf "$folder"' EXIT
NO_COLOR=1 LC_ALL=C
export NO_COLOR LC_ALL
pack=tests/followup/pack.kly here=tests/followup/data cluster=examples/cluster treatment=rules/type2/treatment.kly

ends() {                               # ends CODE SENTENCE WORDS…
  wanted=$1 sentence=$2
  shift 2
  "$KLYNGE" "$@" >"$folder/out" 2>&1
  code=$?
  if [ "$code" -eq "$wanted" ] && grep -qF -- "$sentence" "$folder/out"; then return 0; fi
  echo "# ended with $code:"; sed 's/^/# /' "$folder/out" | head -8
  return 1
}
json() { "$KLYNGE" run "$@" --format json --quiet; }
# The objects under one key of the example of ten patients, an indicator's cluster first and then its practices.
moved() { sed -n "/\"indicator\": \"$1\", \"spread\"/,/\"indicator\": \"level\", \"spread\"/p" "$folder/few" | grep -o '"became_yes.*"left": [0-9]*'; }

# ── run --compare ──

# Of the first practice's patients a became no, b became yes, c stayed yes, d stayed no, e and h are in the denominator only
# now, f only before, and g was unknown. Of the second's, i became yes and j has left.
patients_are_split() {
  json $pack --data $here --as-of 2024-06-01 --compare 2023-06-01 >"$folder/few" || return 1
  moved high >"$folder/moved"
  cat >"$folder/wanted" <<'END'
"became_yes": 2, "became_no": 1, "stayed_yes": 1, "stayed_no": 1, "arrived": 2, "left": 2
"became_yes": 1, "became_no": 1, "stayed_yes": 1, "stayed_no": 1, "arrived": 2, "left": 1
"became_yes": 1, "became_no": 0, "stayed_yes": 0, "stayed_no": 0, "arrived": 0, "left": 1
END
  diff "$folder/moved" "$folder/wanted" | sed 's/^/# /'
  cmp -s "$folder/moved" "$folder/wanted"
}
# What stands under "before" is what a run at that date finds: the lines of figures are the same texts.
figures() { grep -o '{"population": [0-9]*, "denominator".*}' | sed 's/, "reliability": [0-9.e-]*//; s/}[]}]*.*$/}/'; }
earlier_is_a_run_of_its_own() {
  json $treatment --data $cluster --as-of 2023-06-01 --key "$folder/key" | sed '/"bands": \[/,/\]},*$/d' | figures | sort >"$folder/own"
  json $treatment --data $cluster --as-of 2024-06-01 --compare 2023-06-01 --key "$folder/key" |
    sed -n '/"before": {/,/\]}/p' | figures | sort >"$folder/earlier"
  [ -s "$folder/own" ] && [ -s "$folder/earlier" ] && [ "$(comm -13 "$folder/own" "$folder/earlier" | wc -l)" -eq 0 ]
}
later_stays() {
  "$KLYNGE" run $treatment --data $cluster --as-of 2024-06-01 --format csv --quiet >"$folder/a" &&
    "$KLYNGE" run $treatment --data $cluster --as-of 2024-06-01 --compare 2023-06-01 --format csv --quiet | cut -d, -f1-15 | cmp -s - "$folder/a"
}
threads() {
  json $treatment --data $cluster --as-of 2024-06-01 --compare 2023-06-01 --threads 1 >"$folder/a" &&
    json $treatment --data $cluster --as-of 2024-06-01 --compare 2023-06-01 --threads 5 | cmp -s - "$folder/a"
}

tap_claim "the same patients are split into who became yes or no, stayed, came and left" patients_are_split
tap_claim "the figures of the earlier date are those of a run at that date" earlier_is_a_run_of_its_own
tap_claim "the figures of the later date are those of a run without the earlier one" later_stays
tap_claim "any number of threads gives the same" threads
tap_claim "the earlier date lies before the index date" ends 2 "is not before 2024-06-01" run $pack --data $here --as-of 2024-06-01 --compare 2024-06-01
tap_claim "the earlier date is a date" ends 2 "--compare" run $pack --data $here --as-of 2024-06-01 --compare 2023
tap_done
