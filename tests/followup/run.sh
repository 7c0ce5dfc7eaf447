#!/bin/sh
# run.sh: the follow-up: the figures of an earlier date beside those of a later one, what has changed, and what became of the
# patients. $KLYNGE names the program.
set -u
. "$(dirname "$0")/../tap.sh"
tap_begin
pack=tests/followup/pack.kly here=tests/followup/data cluster=examples/cluster treatment=rules/type2/treatment.kly

json() { klynge run "$@" --format json --quiet; }
# The objects under one key of the example of ten patients, an indicator's cluster first and then its practices.
moved() { sed -n "/\"indicator\": \"$1\", \"spread\"/,/\"indicator\": \"level\", \"spread\"/p" "$room/few" | grep -o '"became_yes.*"left": [0-9]*'; }

# ── the differences between practices ──

of_indicator() { sed -n "/\"indicator\": \"$1\", \"spread\"/,/\"indicator\": \"$2\", \"spread\"/p" "$room/result"; }
sentences() {
  json $treatment --data $cluster --as-of 2024-06-01 >"$room/result" &&
    grep -q '"indicator": "mp1", "spread": "The practices differ by more than chance alone gives."' "$room/result" &&
    grep -q '"indicator": "mp6", "spread": "There are too few patients to say' "$room/result" &&
    grep -q '"indicator": "mp1m", "spread": null' "$room/result" &&
    json $treatment --data $cluster --as-of 2024-06-01 --language da | grep -q '"indicator": "mp1", "spread": "Praksisserne er mere'
}
reliabilities() {                      # one for each of the twelve practices, none for the cluster, none where patients are too few
  [ "$(of_indicator mp1 mp1g | grep -c '"reliability": 0\.[0-9]*')" -eq 12 ] &&
    of_indicator mp6 mp6b | grep -q '"numerator"' && ! of_indicator mp6 mp6b | grep -q reliability
}
two_practices() {
  json $treatment --data $cluster --as-of 2024-06-01 --practice 900001 --practice 900002 >"$room/result" &&
    grep -q '"indicator": "mp1", "spread": null' "$room/result" && ! grep 'reliability\|"spread": "' "$room/result"
}
tap_claim "one sentence says whether the practices differ by more than chance" sentences
tap_claim "each practice's figure has its reliability, but where patients are too few" reliabilities
tap_claim "of two practices nothing is said" two_practices

# ── run --compare ──

# Of the first practice's patients a became no, b became yes, c stayed yes, d stayed no, e and h are in the denominator only
# now, f only before, and g was unknown. Of the second's, i became yes and j has left.
patients_are_split() {
  json $pack --data $here --as-of 2024-06-01 --compare 2023-06-01 >"$room/few" || return 1
  moved high >"$room/moved"
  cat >"$room/wanted" <<'END'
"became_yes": 2, "became_no": 1, "stayed_yes": 1, "stayed_no": 1, "arrived": 2, "left": 2
"became_yes": 1, "became_no": 1, "stayed_yes": 1, "stayed_no": 1, "arrived": 2, "left": 1
"became_yes": 1, "became_no": 0, "stayed_yes": 0, "stayed_no": 0, "arrived": 0, "left": 1
END
  same "$room/wanted" "$room/moved"
}
# What stands under "before" is what a run at that date finds: the lines of figures are the same texts.
figures() { grep -o '{"population": [0-9]*, "denominator".*}' | sed 's/, "reliability": [0-9.e-]*//; s/}[]}]*.*$/}/'; }
earlier_is_a_run_of_its_own() {
  json $treatment --data $cluster --as-of 2023-06-01 --key "$room/key" | sed '/"bands": \[/,/\]},*$/d' | figures | sort >"$room/own"
  json $treatment --data $cluster --as-of 2024-06-01 --compare 2023-06-01 --key "$room/key" |
    sed -n '/"before": {/,/\]}/p' | figures | sort >"$room/earlier"
  [ -s "$room/own" ] && [ -s "$room/earlier" ] && [ "$(comm -13 "$room/own" "$room/earlier" | wc -l)" -eq 0 ]
}
later_stays() {
  klynge run $treatment --data $cluster --as-of 2024-06-01 --format csv --quiet >"$room/a" &&
    klynge run $treatment --data $cluster --as-of 2024-06-01 --compare 2023-06-01 --format csv --quiet | cut -d, -f1-15 | same "$room/a" -
}
threads() {
  json $treatment --data $cluster --as-of 2024-06-01 --compare 2023-06-01 --threads 1 >"$room/a" &&
    json $treatment --data $cluster --as-of 2024-06-01 --compare 2023-06-01 --threads 5 | same "$room/a" -
}

tap_claim "the same patients are split into who became yes or no, stayed, came and left" patients_are_split
tap_claim "the figures of the earlier date are those of a run at that date" earlier_is_a_run_of_its_own
tap_claim "the figures of the later date are those of a run without the earlier one" later_stays
tap_claim "any number of threads gives the same" threads
tap_claim "the earlier date lies before the index date" ends 2 "is not before 2024-06-01" klynge run $pack --data $here --as-of 2024-06-01 --compare 2024-06-01
tap_claim "the earlier date is a date" ends 2 "--compare" klynge run $pack --data $here --as-of 2024-06-01 --compare 2023

warned="windows look back to 2020-12-01, and labs.csv begins at 2022-06-01"
not_warned() { exits 0 klynge run $treatment --data $cluster --as-of 2024-06-01 --compare 2023-06-01 && ! grep 'windows look back' "$room/err"; }
tap_claim "an earlier date that the data do not reach back to is told" ends 0 "$warned" klynge run $pack --data $here --as-of 2024-06-01 --compare 2022-06-01
tap_claim "one that they do is not" not_warned

csv_goes_on() {                        # the columns of every run, then those of the earlier date
  klynge run $pack --data $here --as-of 2024-06-01 --format csv --quiet >"$room/a" &&
    klynge run $pack --data $here --as-of 2024-06-01 --compare 2023-06-01 --format csv --quiet >"$room/b" &&
    cut -d, -f1-12 "$room/b" | same "$room/a" - &&
    head -1 "$room/b" | grep -q ',high,compared_with,before_population,.*,change,change_low,change_high,became_yes,.*,left$' &&
    grep -q '^sugar,high,C1,\*,2024-06-01,9,8,5,.*,2023-06-01,9,8,4,1,0.5,.*,0.125,.*,2,1,1,1,2,2$' "$room/b"
}
tap_claim "CSV has the earlier figures in further columns" csv_goes_on

# The follow-up's table, in both languages.
tells() {                              # tells WANTED WORDS…
  wanted=tests/followup/$1
  shift
  klynge run $pack --data $here --as-of 2024-06-01 --compare 2023-06-01 --quiet "$@" | sed -n '/^Follow-up\|^Opfølgning/,$p' >"$room/said"
  same "$wanted" "$room/said"
}
tap_claim "the follow-up is told in English" tells english.txt
tap_claim "and in Danish" tells danish.txt --language da

# ── compare ──

json $pack --data $here --as-of 2023-06-01 >"$room/before.json"
json $pack --data $here --as-of 2024-06-01 >"$room/after.json"
json $pack --data $here --as-of 2024-06-01 --compare 2023-06-01 >"$room/both.json"
json tests/followup/later.kly --data $here --as-of 2024-06-01 >"$room/revised.json"
json tests/followup/later.kly --data $here --as-of 2024-06-01 --compare 2023-06-01 >"$room/revised-both.json"
compare() { klynge compare "$@"; }

# By the same rules two kept results give the figures and changes of one run; only it knows the patients.
as_one_run() {
  compare "$room/before.json" "$room/after.json" --format csv | cut -d, -f1-23 >"$room/a" &&
    klynge run $pack --data $here --as-of 2024-06-01 --compare 2023-06-01 --format csv --quiet | cut -d, -f1-23 | same "$room/a" -
}
tap_claim "two kept results give the figures and the changes of one run over both dates" as_one_run
same_rules_warn_of_nothing() { exits 0 klynge compare "$room/before.json" "$room/after.json" --format csv && [ -s "$room/out" ] && [ ! -s "$room/err" ]; }
tap_claim "results of the same rules come without a warning" same_rules_warn_of_nothing

warns() {
  compare "$room/before.json" "$room/revised.json" --format csv 2>&1 >"$room/csv" | sed 's/^klynge compare: warning: sugar: //; s/[0-9a-f]\{12\}/…/g' >"$room/said"
  cat >"$room/wanted" <<'END'
The rules are not the same: … then, … now.
The parameter “Grænse” was 58 mmol/mol then, and is 53 mmol/mol now.
The code set old_age has other codes than then.
The indicator high asks for something else than it did then.
The indicator high was called “HbA1c over 58” then.
The indicator level was a figure of another kind, and is not compared.
The indicator memory is new, and is not compared.
There is no indicator forgetful any more.
END
  same "$room/wanted" "$room/said"
}
tap_claim "what is not the same in two versions of the rules is told" warns
not_compared() { grep '^sugar,level,' "$room/csv" | cut -d, -f14-29 | grep -q '^,*$' && grep -q '^sugar,high,.*,0.5,' "$room/csv"; }
tap_claim "what is a figure of another kind now has no change" not_compared
warned_in_table() { compare "$room/before.json" "$room/revised.json" | grep -qx '  The parameter “Grænse” was 58 mmol/mol then, and is 53 mmol/mol now.'; }
tap_claim "the table tells it above its figures" warned_in_table

# Then 4 of 8 were over 58: a, c, f and j. By the limit of today, 53, i with 55 is one more; g with <60 is still unknown.
what_if() {
  compare "$room/before.json" "$room/revised-both.json" --format csv --quiet >"$room/csv" &&
    grep -q '^sugar,high,C1,\*,2024-06-01,9,8,5,0,.*,2023-06-01,9,8,5,1,0.625,.*,9,8,4,1,0.5,[0-9.]*,[0-9.]*$' "$room/csv" &&
    compare "$room/before.json" "$room/revised-both.json" | grep -q 'published then: 4 of 8'
}
tap_claim "the earlier date by the rules of today stands beside what was published then" what_if

is_a_result() {
  compare "$room/before.json" "$room/after.json" --format csv | cut -d, -f1-29 >"$room/a" &&
    compare "$room/before.json" "$room/after.json" --format json -o "$room/joined.json" &&
    compare "$room/before.json" "$room/joined.json" --format csv | cut -d, -f1-29 | same "$room/a" -
}
tap_claim "what comes out as JSON is a result again, with both dates" is_a_result

# ── what cannot be compared ──

tap_claim "the earlier result stands first" ends 2 "2024-06-01 is not before 2023-06-01" klynge compare "$room/after.json" "$room/before.json"
tap_claim "two results of one day are no follow-up" ends 2 "both results are as of 2024-06-01" klynge compare "$room/after.json" "$room/after.json"
tap_claim "one result alone is wrong use" ends 2 "which two results" klynge compare "$room/after.json"
tap_claim "a file that is not there is told" ends 3 "cannot be read" klynge compare "$room/none.json" "$room/after.json"
tap_claim "another file is no result" ends 3 "pack.kly: this is no result of klynge" klynge compare $pack "$room/after.json"
head -c 3000 "$room/after.json" >"$room/cut.json"
tap_claim "a result that is cut is no result" ends 3 "cut.json: this is no result" klynge compare "$room/before.json" "$room/cut.json"
sed 's/"pack": "sugar"/"pack": "salt"/' "$room/after.json" >"$room/other.json"
tap_claim "another pack is not compared" ends 2 "the pack sugar is in the earlier result only" klynge compare "$room/before.json" "$room/other.json"
sed 's/"cluster": "C1"/"cluster": "C2"/' "$room/after.json" >"$room/other.json"
tap_claim "another cluster is not compared" ends 2 "the cluster C1 is in the earlier result only" klynge compare "$room/before.json" "$room/other.json"
sed 's/"as_of": "2024-06-01"/"suppress": 5, &/' "$room/after.json" >"$room/other.json"
tap_claim "results that hide other counts are not compared" ends 2 "do not hide the same counts" klynge compare "$room/before.json" "$room/other.json"
# As the gate leaves it: of the first practice the later numerator is small, and its figure is not there.
hidden() {
  for file in before after; do sed 's/"as_of"/"suppress": 5, &/' "$room/$file.json" >"$room/$file-5.json"; done
  sed -i 's/"denominator": 7, "numerator": 4, "unknown": 0, "value": [0-9.]*, "low": [0-9.]*, "high": [0-9.]*/"denominator": "hidden", "numerator": "<5", "unknown": 0, "value": null, "low": null, "high": null/' "$room/after-5.json"
  exits 0 klynge compare "$room/before-5.json" "$room/after-5.json" && prints "<5: somebody, but fewer than 5; hidden" &&
    grep -q '^ *now  *5/8  *<5  *1/1$' "$room/out" &&
    compare "$room/before-5.json" "$room/after-5.json" --format csv | grep -q '^sugar,high,C1,A,2024-06-01,8,hidden,<5,0,,,,2023-06-01,7,6,3,1,0.5,[0-9.]*,[0-9.]*,,,,'
}
tap_claim "what is hidden in a result is hidden in the follow-up, and has no change" hidden
other_letters() {
  sed 's/"letters": "[0-9a-f]*"/"letters": "0123456789abcdef"/' "$room/after.json" >"$room/other.json"
  ends 0 "only clusters are compared" klynge compare "$room/before.json" "$room/other.json" --format csv &&
    grep -q '^sugar,high,C1,A,.*,2023-06-01,0,0,0,0,,,,,,,' "$room/out" && grep -q '^sugar,high,C1,\*,.*,2023-06-01,9,8,4,1,0.5' "$room/out"
}
tap_claim "practices under other letters are not taken for each other" other_letters
one_practice_less() {
  json $pack --data $here --as-of 2023-06-01 --practice 1001 >"$room/one.json"
  json $pack --data $here --as-of 2024-06-01 --practice 1001 >"$room/one-now.json"
  exits 0 klynge compare "$room/one.json" "$room/after.json" && prints "The practice B of cluster C1 is in the later result only." &&
    exits 0 klynge compare "$room/before.json" "$room/one-now.json" && prints "The practice B of cluster C1 is in the earlier result only."
}
tap_claim "a practice that is in one result only is named" one_practice_less
tap_claim "an unknown format is wrong use" ends 2 "--format is table, csv or json" klynge compare "$room/before.json" "$room/after.json" --format xml
tap_done
