#!/bin/sh
# run.sh: the tools to test rules: `klynge test` in all its formats, --coverage and --mutate. NAME.FORMAT is exactly what is
# printed of NAME.kly. $KLYNGE names the program to be tested.
set -u
. "$(dirname "$0")/../tap.sh"
tap_begin
here=tests/tools

# prints_file FILE CODE WORD…: `klynge test WORD…` ends with the code, and prints the file. These rules let in the unmeasured, which
# is told elsewhere.
prints_file() {
  wanted=$1 ends=$2
  shift 2
  exits "$ends" klynge test --allow unmeasured "$@" || return 1
  cat "$room/err" "$room/out" >"$room/all"
  same "$wanted" "$room/all"
}
tests_end() { "$KLYNGE" test $2 >"$room/out" 2>&1; code=$?; [ "$code" -eq "$1" ] || { echo "# exit code $code, wanted $1"; sed 's/^/# /' "$room/out" | tail -5; return 1; }; }
# mentions TEXT WORD…: what the call prints holds the text.
mentions() { text=$1; shift; "$KLYNGE" test "$@" >"$room/out" 2>&1; grep -qF -- "$text" "$room/out" || { sed 's/^/# /' "$room/out" | tail -5; return 1; }; }

# ── formats ──
tap_claim "failures for people" prints_file $here/claims.text 1 $here/claims.kly
tap_claim "failures as TAP" prints_file $here/claims.tap 1 --format tap $here/claims.kly
tap_claim "failures as JUnit's XML" prints_file $here/claims.junit 1 --format junit $here/claims.kly
# What programs read of TAP is in no language; the comments are for people.
tap_in() { "$KLYNGE" test --allow unmeasured --format tap --language "$1" $here/claims.kly >"$room/tap.$1" 2>&1; grep "$2" '^#' "$room/tap.$1"; }
tap_danish() {
  tap_in en -c >"$room/comments" && [ "$(tap_in en -vc)" -gt 2 ] || return 1
  [ "$(tap_in en -v)" = "$(tap_in da -v)" ] || { diff "$room/tap.en" "$room/tap.da" | sed 's/^/# /'; return 1; }
  tap_in en -e >"$room/english"
  ! tap_in da -e | cmp -s - "$room/english"
}
tap_claim "in Danish the lines of TAP are the same, its comments are Danish" tap_danish
printf 'pack broken\nindicator\n' >"$room/broken.kly"
"$KLYNGE" test --format junit rules $here/claims.kly "$room/broken.kly" >"$room/all.xml" 2>"$room/err"
if command -v xmllint >"$room/said"; then
  tap_claim "the XML is well formed, whatever stands in titles" xmllint --noout "$room/all.xml"
  count() { [ "$(xmllint --xpath "string($1)" "$room/all.xml")" = "$2" ]; }
  tap_claim "each file is a suite" count 'count(/testsuites/testsuite)' "$(find rules -name '*.kly' | wc -l | awk '{ print $1 + 2 }')"
  tap_claim "each test is a case" count 'count(//testcase) = sum(//testsuite/@tests)' true
  tap_claim "the suites add up to the whole" count 'sum(//testsuite/@tests) = /testsuites/@tests and sum(//testsuite/@failures) = /testsuites/@failures' true
  tap_claim "a test in which two claims fail is one failure" count '//testsuite[contains(@name, "claims")]/@failures' 1
  tap_claim "a file whose rules have errors is an error" count 'count(//testsuite[@errors = 1]/testcase/error)' 1
else
  tap_skip "the XML is well formed, and its suites add up" "there is no xmllint"
fi
tap_claim "an unknown format is wrong use" tests_end 2 "--format xml $here/claims.kly"

# ── coverage ──
tap_claim "which conditions the tests decide" prints_file $here/coverage.text 0 --coverage $here/coverage.kly
tap_claim "the same in Danish" prints_file $here/coverage.danish 0 --coverage --language da $here/coverage.kly
tap_claim "a condition that is not decided is no failure" tests_end 0 "--coverage $here/coverage.kly"
tap_claim "but with --complete" tests_end 1 "--coverage --complete $here/coverage.kly"

# ── changes ──
tap_claim "every kind of change" prints_file $here/changes.text 0 --mutate $here/changes.kly
tap_claim "the same in Danish" prints_file $here/changes.danish 0 --mutate --language da $here/changes.kly
tap_claim "a change that goes unnoticed is no failure" tests_end 0 "--mutate $here/changes.kly"
tap_claim "but with --complete" tests_end 1 "--mutate --complete $here/changes.kly"
# A Danish file has the same changes, in its own words.
cp $here/changes.kly "$room/changes.kly"
"$KLYNGE" fmt --quiet --language da "$room/changes.kly"
counts() { "$KLYNGE" test --mutate "$1" | sed -n '/which changes/,$p' | tail -n +2; }
counts $here/changes.kly >"$room/english"
counts "$room/changes.kly" >"$room/danish"
tap_claim "a Danish file has the same changes" same "$room/english" "$room/danish"
tap_claim "told in its own words" mentions 'becomes seneste' --mutate "$room/changes.kly"
# The same change in two packs that use one library is one change.
cat >"$room/library.kly" <<'KLY'
table patients (birth date, from date)
define old = age >= 75
KLY
for pack in one two; do printf 'pack %s\n  use "library.kly"\n  population patients.from <= index\n\nindicator a\n  share where old\n' $pack >"$room/$pack.kly"; done
tap_claim "a library that two packs use is changed once" mentions 'old         0 of 3 changes noticed' --mutate "$room/one.kly" "$room/two.kly"
cat >>"$room/library.kly" <<'KLY'

test "old is from 75 on"
  as of 2024-06-01
  patient seventyfour age 74
  patient seventyfive age 75
  expect seventyfour old no
  expect seventyfive old yes
KLY
tap_claim "the tests of a library notice for the packs that use it" mentions 'old         3 of 3 changes noticed' --mutate "$room/one.kly"
sed -i 's/^  expect .*$/& # check: as it is today/' "$room/library.kly"
tap_claim "a claim that nobody has confirmed notices nothing" mentions 'old         0 of 3 changes noticed' --mutate "$room/one.kly"
tap_claim "and is told of" mentions '2 claims are marked `# check:`' "$room/library.kly"
sed -i 's/ expect seventyfour old no/ expect seventyfour old yes/; s/ # check.*//' "$room/library.kly"
tap_claim "a claim that does not hold notices nothing" mentions 'old         2 of 3 changes noticed' --mutate "$room/one.kly"
# A limit that the plan shows to be the same: x or x.
printf 'table patients (birth date, from date)\ndefine old = age >= 75\npack same\n  population patients.from <= index\nindicator a\n  share where old or old\n' >"$room/same.kly"
tap_claim "a change that leaves the plan as it is is none" mentions 'Changes noticed: 0 of 4' --mutate "$room/same.kly"
# 250 is above all that is read: to move it, or to include it, changes nothing. 200 is read.
cat >"$room/beyond.kly" <<'KLY'
pack beyond
  population patients.from <= index
table patients (birth date, from date)
table labs (date date, code code npu, value number)
measure egfr from labs NPU1 plausible 1 to 200
indicator a
  share where egfr < 250
indicator b
  share where egfr < 200
KLY
tap_claim "a limit that no result can reach may be any other" mentions 'egfr < 200' --mutate "$room/beyond.kly"
tap_claim "and is not counted" sh -c '! grep -qE "becomes (249|251)" "$0"' "$room/out"
tap_claim "what its author says cannot be noticed [equivalent]" prints_file $here/equivalent.text 0 --mutate $here/equivalent.kly

# ── boundary ──
# boundary WORD…: what `klynge boundary` says of them, in $room/out.
boundary() { "$KLYNGE" boundary "$@" >"$room/out" 2>"$room/err"; }
writes() { boundary "$2" "$3" && same "$1" "$room/out"; }
refuses() { boundary $2; code=$?; [ "$code" -eq 2 ] && grep -qF -- "$1" "$room/err"; }
for indicator in untreated twice level; do
  tap_claim "the tests of $indicator" writes "$here/boundary.$indicator" $here/boundary.kly $indicator
done
# appended FILE INDICATOR…: the tests of each indicator are put at the end of the file, one after the other.
appended() {
  file=$1
  shift
  for indicator; do
    boundary "$file" "$indicator" || return 1
    [ ! -s "$room/out" ] || { echo; cat "$room/out"; } >>"$file"
  done
}
is_complete() { tests_end 0 "--coverage --mutate --complete $1"; }
confirm() { sed -i 's/  # \(check\|tjek\): .*$//' "$1"; }
cp $here/boundary.kly "$room/boundary.kly"
tap_claim "boundary writes tests for each indicator" appended "$room/boundary.kly" untreated twice level
tap_claim "with them the file is in its layout" "$KLYNGE" fmt --check "$room/boundary.kly"
tap_claim "their claims hold" tests_end 0 "$room/boundary.kly"
tap_claim "but show nothing until somebody has looked at them" mentions 'Changes noticed: 0 of' --mutate "$room/boundary.kly"
confirm "$room/boundary.kly"
tap_claim "then every condition is decided both ways and every change noticed" is_complete "$room/boundary.kly"
nothing_more() { exits 0 klynge boundary --quiet "$room/boundary.kly" twice && [ ! -s "$room/out" ]; }
tap_claim "and there is nothing more to write" nothing_more
cp $here/changes.kly "$room/changes.kly"
tap_claim "boundary finds patients for every kind of change" appended "$room/changes.kly" a b c d
confirm "$room/changes.kly"
tap_claim "who show all of them" is_complete "$room/changes.kly"
cp $here/boundary.kly "$room/danish.kly"
"$KLYNGE" fmt --quiet --language da "$room/danish.kly"
tap_claim "in a Danish file" appended "$room/danish.kly" untreated twice level
tap_claim "it is in its layout" "$KLYNGE" fmt --check "$room/danish.kly"
tap_claim "the titles and marks are Danish" sh -c 'grep -q "lige på hver side" "$0" && grep -q "# tjek: " "$0"' "$room/danish.kly"
confirm "$room/danish.kly"
tap_claim "and it is complete" is_complete "$room/danish.kly"
tap_claim "an indicator that is not there is wrong use, with the one that was meant" refuses 'did you mean `twice`' "$here/boundary.kly twise"
tap_claim "so is a file without an indicator" refuses 'which of its indicators' "$here/boundary.kly"
tap_claim "so is a folder of several files" refuses 'name one rule file' "rules twice"
# What the packs' authors would have been given, had they written no test.
cp -r rules "$room/rules"
find "$room/rules" -name '*.kly' | while read -r file; do
  awk '/^# ── tests/ || /^test "/ { exit } { print }' "$file" >"$room/bare" && cp "$room/bare" "$file"
done
KLYNGE_RULES=$room/rules
for pack in $(cd "$room/rules" && grep -l '^pack ' */*.kly); do
  tap_claim "boundary writes tests for $pack without any" appended "$room/rules/$pack" $(sed -n 's/^indicator \([a-z0-9_]*\).*/\1/p' "rules/$pack")
  confirm "$room/rules/$pack"
done
tap_claim "with them every condition is decided and every change noticed" is_complete "$room/rules"
KLYNGE_RULES=rules

# ── the project's own rules ──
in_time() { timeout 10 "$KLYNGE" test rules --coverage --mutate --complete >"$room/out" 2>&1 || { sed 's/^/# /' "$room/out" | tail -30; return 1; }; }
tap_claim "the rules are tested, coverage and changes, within ten seconds" in_time
tap_claim "so is the pack that the tutorial ends with" tests_end 0 "--coverage --mutate --complete examples/tutorial/heart.kly"
tap_done
