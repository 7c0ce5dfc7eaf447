#!/bin/sh
# run.sh: why a patient counts: word for word for a few made-up patients, and for all patients of a practice the outcome that
# a run counts. $KLYNGE names the program.
set -u
. "$(dirname "$0")/../tap.sh"
tap_begin

tells() {                              # tells WANTED RULES INDICATOR PATIENT WORDS…
  wanted=tests/why/$1 rules=$2 indicator=$3 patient=$4
  shift 4
  exits 0 klynge why "$rules" "$indicator" --data tests/why/data --as-of 2024-06-01 --patient "$patient" "$@" &&
    same "$wanted" "$room/out"
}
treatment=rules/type2/treatment.kly
# Every patient of one practice, asked one by one, against what a run counts there.
as_counted() {                         # as_counted RULES INDICATOR
  practice=$(sed -n 2p examples/cluster/patients.csv | cut -d, -f2)
  klynge import --data examples/cluster -o "$room/cluster.store" --quiet || return 1
  counted=$(klynge run "$1" --data examples/cluster --as-of 2024-06-01 --identified --practice "$practice" --format csv --quiet |
    awk -F, -v i="$2" -v p="$practice" '$2 == i && $4 == p && !done { print $7, $8, $9; done = 1 }')
  asked=$(awk -F, -v p="$practice" '$2 == p { print $1 }' examples/cluster/patients.csv | sort -u | while read -r patient; do
    klynge why "$1" "$2" --data "$room/cluster.store" --as-of 2024-06-01 --patient "$patient" --format json --quiet | sed -n 's/^  "outcome": "\(.*\)",$/\1/p'
  done | awk '{ n[$1]++ } END { print n["yes"] + n["no"] + n["unknown"], n["yes"] + 0, n["unknown"] + 0 }')
  [ "$asked" = "$counted" ] || { echo "# asked one by one: $asked, counted: $counted"; return 1; }
}
under_a_test() {
  printf 'use "lib/gp.kly"\nuse "lib/diabetes.kly"\npack p\n  population listed\nindicator i share of hba1c measured where hba1c > 58\ntest "t"\n  as of 2024-06-01\n  patient anna born 1950-01-01, female\n    hba1c 58 on 2024-05-02\n  expect anna i yes\n' >"$room/t.kly"
  exits 1 klynge test "$room/t.kly" && prints 'hba1c = 58 mmol/mol' && prints 'would count, if this held: HbA1c is above 58 mmol/mol; it is 58 mmol/mol'
}

tap_claim "a patient just at the limit, in English" tells at-limit.txt $treatment mp1 anna
tap_claim "the same in Danish" tells at-limit.da.txt $treatment mp1 anna --language da
tap_claim "the same for programs" tells at-limit.json $treatment mp1 anna --format json
tap_claim "results that are not read, and one before the window" tells unread.txt $treatment mp3 anna
tap_claim "a choice, definitions and what is not known" tells choice.txt $treatment mp1g bo
tap_claim "a number of the patient's" tells number.txt $treatment mp1m anna
tap_claim "who does not belong to the population" tells outside.txt $treatment mp1 dora
tap_claim "a limit that is set is the one that is told" tells set.txt $treatment mp1 anna --set hba1c_limit=50
tap_claim "one by one the patients of a practice are those that a run counts: a share" as_counted $treatment mp6b
tap_short || tap_claim "and one with definitions" as_counted $treatment mp7x
tap_short || tap_claim "and one of all" as_counted rules/type2/followup.kly mp1
tap_claim "a claim that does not hold is told why" under_a_test
tap_claim "a patient who is not there" ends 3 'there is no patient `nobody` in the data' klynge why $treatment mp1 --data tests/why/data --patient nobody
tap_claim "an indicator that is not there, with the one that was meant" ends 2 'did you mean `mp1`' klynge why $treatment mp1q --data tests/why/data --patient anna
tap_claim "without a patient it is wrong use" ends 2 'of whom?' klynge why $treatment mp1 --data tests/why/data
tap_claim "rules with errors are told" ends 1 'there is no code set called' klynge why tests/problems/unknown-name.kly a --data tests/why/data --patient anna
tap_done
