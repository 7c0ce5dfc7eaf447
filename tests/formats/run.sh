#!/bin/sh
# run.sh: what is wrong with rules, told to programs; and what is allowed, told to nobody. $KLYNGE names the program.
set -u
. "$(dirname "$0")/../tap.sh"
tap_begin
here=tests/formats

nothing_on() { [ ! -s "$room/$1" ] || { sed 's/^/# /' "$room/$1" | head -5; return 1; }; }
counts() { n=$(grep -c -- "$2" "$room/$3"); [ "$n" -eq "$1" ] || { echo "# $n times $2"; return 1; }; }
is_json() { awk -f $here/json.awk "$room/out"; }

# ── json ──
json() { exits 1 klynge check $here/slips.kly --format json && nothing_on err && is_json && same $here/slips.json "$room/out"; }
tap_claim "--format json is an array of what is wrong, on standard output, and nothing else" json
danish() { exits 1 klynge check $here/slips.kly --format json --language da && is_json && counts 1 'er ikke et kodesæt\|intet kodesæt' out && counts 2 '"severity": "error"' out; }
tap_claim "message and hint are in the reader's language, and nothing else is" danish
none() { exits 0 klynge check rules/lib/gp.kly --format json && [ "$(cat "$room/out")" = "[]" ]; }
tap_claim "a file without a problem gives an empty array" none
tap_claim "a file that is not there is wrong use here, too" exits 2 klynge check $here/slips.kly nowhere.kly --format json
tap_claim "and so is a date that is none" exits 2 klynge check $here/slips.kly --format json --as-of soon
quiet() { exits 1 klynge check $here/slips.kly --format json --quiet && is_json && counts 0 '"warning"' out && counts 2 '"error"' out; }
tap_claim "with --quiet only errors are told" quiet
each() { for rules in tests/problems/*.kly; do klynge check "$rules" --format "$1" >"$room/out" 2>&1; is_json || { echo "# $rules"; return 1; }; done; }
tap_claim "all that tests/problems holds is JSON" each json
tap_claim "and SARIF of it is JSON too" each sarif

# ── sarif ──
sarif() {
  exits 1 klynge check $here/slips.kly --format sarif && nothing_on err && is_json || return 1
  sed -n '/"results"/,$p' "$room/out" >"$room/results"
  same $here/slips.sarif "$room/results"
}
tap_claim "--format sarif has a result for each of them, with its region and what mends it" sarif
rules() {
  sed -n 's/^PROBLEM(\([a-z0-9_]*\), .*/\1/p' lang/problem/problems.def >"$room/ids"
  sed -n 's/^ *{"id": "\([a-z0-9_]*\)".*/\1/p' "$room/out" >"$room/told"
  same "$room/ids" "$room/told" && counts 1 '"version": "2.1.0"' out && counts 1 '"columnKind": "unicodeCodePoints", "language": "en"' out
}
tap_claim "and a rule for each kind of problem, in the order of problems.def" rules
index() {
  sed -n 's/.*{"ruleId": "\([a-z0-9_]*\)", "ruleIndex": \([0-9]*\),.*/\1 \2/p' "$room/out" |
    while read -r id number; do [ "$(sed -n "$((number + 1))p" "$room/ids")" = "$id" ] || echo "# $id is not rule $number"; done >"$room/wrong"
  sed 1q "$room/wrong"
  counts 4 '{"ruleId": ".*", "ruleIndex": ' out && [ ! -s "$room/wrong" ]
}
tap_claim "to which each result points" index
tap_claim "and no address that leads nowhere" counts 0 helpUri out
uri() { mkdir -p "$room/a b" && cp $here/slips.kly "$room/a b/æ%.kly" && exits 1 klynge check "$room/a b/æ%.kly" --format sarif && counts 7 "\"uri\": \"file://$room/a%20b/%C3%A6%25.kly\"" out; }
tap_claim "a path is a URI" uri
tap_claim "another format is wrong use" exits 2 klynge check $here/slips.kly --format xml

# ── what is allowed ──
allow() { exits 1 klynge check $here/slips.kly --allow code_shape,duplicate_code && counts 0 warning err && counts 2 'error: ' err; }
tap_claim "--allow silences warnings by their names" allow
several() { exits 1 klynge check --allow code_shape --allow duplicate_code $here/slips.kly && counts 0 warning err; }
tap_claim "and may be said more than once" several
unknown() { exits 2 klynge check $here/slips.kly --allow code_shap && counts 1 'did you mean `code_shape`?' err; }
tap_claim "a name that no warning has is wrong use, with the one that was meant" unknown
error() { exits 2 klynge check $here/slips.kly --allow system && counts 1 'errors cannot be allowed' err; }
tap_claim "and so is the name of an error" error
sed -e 's/^codes blære/# allow: code_shape because it is told\n&/' -e 's/^codes hjerte.*/&  # tillad: duplicate_code fordi/' $here/slips.kly >"$room/allowed.kly"
in_file() { exits 1 klynge check "$room/allowed.kly" && counts 0 warning err && counts 2 'error: ' err; }
tap_claim "a comment in the file does the same" in_file
laid_out() { cp "$room/allowed.kly" "$room/laid.kly" && exits 0 klynge fmt "$room/laid.kly" && exits 1 klynge check "$room/laid.kly" && counts 0 warning err; }
tap_claim "and still does when the file is laid out" laid_out

# ── once ──
printf 'codes twice = icpc T90 T90\n  source "x" reviewed 2020-01-01\n' >"$room/shared.kly"
for pack in one two; do
  printf 'pack %s\n  use "shared.kly"\n  use "lib/gp.kly"\n  population listed and diagnosis = twice\nindicator mp1\n  share where diagnosis = twice within 1 year\n' $pack >"$room/$pack.kly"
done
once() { exits 0 klynge check "$room/one.kly" "$room/two.kly" --as-of 2024-06-01 && counts 1 duplicate_code err && counts 1 old_review err; }
tap_claim "what is wrong with a library is told once, however many packs use it" once
run_once() { exits 0 klynge run "$room/one.kly" "$room/two.kly" --data examples/cluster "$@" && counts "$n" old_review err; }
n=1; tap_claim "run warns once of a set reviewed more than two years before its index date" run_once --as-of 2024-06-01
n=0; tap_claim "and not where two years are just over" run_once --as-of 2022-01-01
n=0; tap_claim "nor where it is allowed" run_once --as-of 2024-06-01 --allow old_review,duplicate_code
tested() { exits 0 klynge test "$room/one.kly" && counts 1 duplicate_code err && counts 0 old_review err; }
tap_claim "test warns of what check warns of, but not of dates" tested
tap_done
