#!/bin/sh
# run.sh: `klynge fmt`. The project's own rules are in its layout; NAME.txt is exactly what NAME.kly is laid out as: a new case
# is two new files. $KLYNGE names the program to be tested.
set -u
. "$(dirname "$0")/../tap.sh"
tap_program
cd "$(dirname "$0")/../.." || exit 4
folder=$(mktemp -d) || exit 4
trap 'rm -rf "$folder"' EXIT
NO_COLOR=1 LC_ALL=C
export NO_COLOR LC_ALL

same() { diff -u "$1" "$2" | sed 's/^/# /'; cmp -s "$1" "$2"; }
exits() {                              # exits CODE WORD…: `klynge fmt WORD…` ends so
  wanted=$1
  shift
  "$KLYNGE" fmt "$@" >"$folder/out" 2>"$folder/err" </dev/null
  code=$?
  [ "$code" -eq "$wanted" ] || { echo "# exit code $code, wanted $wanted"; sed 's/^/# /' "$folder/out" "$folder/err" | head -5; return 1; }
}

# ── the layout ──
tap_claim "the project's own rules are in their layout" exits 0 --check rules examples tests/language
is_laid_out_as() { "$KLYNGE" fmt --stdout "$1" >"$folder/laid" && same "$2" "$folder/laid"; }
from_input() { "$KLYNGE" fmt - <"$1" >"$folder/laid" && same "$2" "$folder/laid"; }
for case in tests/format/*.kly; do
  tap_claim "the layout of $case" is_laid_out_as "$case" "${case%.kly}.txt"
  tap_claim "what is laid out stays as it is: ${case%.kly}.txt" from_input "${case%.kly}.txt" "${case%.kly}.txt"
done

# ── Danish and English ──
there_and_back() {
  "$KLYNGE" fmt --stdout "$1" >"$folder/here.kly" && cp "$folder/here.kly" "$folder/turned.kly" || return 1
  "$KLYNGE" fmt --quiet --language da "$folder/turned.kly" && [ "$(head -1 "$folder/turned.kly")" = "language da" ] || return 1
  "$KLYNGE" dump tree "$1" >"$folder/tree"
  "$KLYNGE" dump tree "$folder/turned.kly" >"$folder/tree-there"
  "$KLYNGE" fmt --quiet --language en "$folder/turned.kly" && same "$folder/tree" "$folder/tree-there" && same "$folder/here.kly" "$folder/turned.kly"
}
# The checked program too: every name, type, unit and window. In a copy of all rules, so that a file finds what it uses.
cp -r rules "$folder/rules"
one_meaning() {
  "$KLYNGE" dump types "$1" >"$folder/types" 2>"$folder/err" && [ -s "$folder/types" ] || return 1
  "$KLYNGE" fmt --quiet --language da "$folder/$1" && "$KLYNGE" dump types "$folder/$1" >"$folder/types-there" 2>"$folder/err" &&
    same "$folder/types" "$folder/types-there"
}
for rules in rules/*/*.kly tests/shapes/forms.kly; do
  tap_claim "$rules has one tree in both languages, and there and back the same bytes" there_and_back "$rules"
done
for rules in rules/*/*.kly; do tap_claim "$rules means the same in Danish" one_meaning "$rules"; done
tap_claim "the language is that of the files, not of messages" exits 2 --language da
says_in_english() { grep -q 'which rule files' "$folder/err"; }
tap_claim "so messages stay in English" says_in_english

# ── what is written ──
messy='define   a=age>3'
printf '%s\n' "$messy" >"$folder/messy"
set_up() { cp "$folder/messy" "$folder/a.kly"; printf 'define b = age > 3\n' >"$folder/b.kly"; }
unchanged() { same "$folder/messy" "$folder/a.kly"; }
prints() { printf '%s\n' "$1" >"$folder/wanted"; same "$folder/wanted" "$folder/out"; }
checks() { set_up; exits 1 --check "$folder/a.kly" "$folder/b.kly" && prints "$folder/a.kly" && unchanged; }
tap_claim "--check tells which files would change, and writes none" checks
to_output() { set_up; exits 0 --stdout "$folder/a.kly" "$folder/b.kly" && printf 'define a = age > 3\ndefine b = age > 3\n' | cmp -s - "$folder/out" && unchanged; }
tap_claim "--stdout prints, and writes none" to_output
writes() {
  set_up
  chmod 640 "$folder/a.kly"
  touch -t 200001010000 "$folder/b.kly"
  exits 0 "$folder/a.kly" "$folder/b.kly" && prints "$folder/a.kly" && [ "$(cat "$folder/a.kly")" = 'define a = age > 3' ] &&
    [ -z "$(find "$folder/b.kly" -newer "$KLYNGE")" ] && [ -n "$(find "$folder/a.kly" -perm 640)" ]
}
tap_claim "only a file that changes is written; it keeps its rights" writes
through_link() { set_up; ln -s a.kly "$folder/link.kly"; exits 0 "$folder/link.kly" && [ -h "$folder/link.kly" ] && ! unchanged >/dev/null; }
tap_claim "a symbolic link stays one" through_link
with_errors() {
  set_up
  printf 'define   c = = 3\n' >"$folder/c.kly"
  exits 1 "$folder/c.kly" "$folder/a.kly" && grep -q 'c.kly:1' "$folder/err" && [ "$(cat "$folder/c.kly")" = 'define   c = = 3' ] && ! unchanged >/dev/null
}
tap_claim "a file with errors is left as it is, the others are not" with_errors
clash() {
  printf 'define dag = age > 3\n' >"$folder/messy"
  set_up
  exits 1 --language da "$folder/a.kly" && grep -q '`dag` is a keyword in Danish' "$folder/err" && unchanged
}
tap_claim "a name that is a keyword of the other language [turn]" clash
tap_claim "--check and --stdout together are wrong use" exits 2 --check --stdout rules
tap_claim "a file that is not there is wrong use" exits 2 "$folder/nowhere.kly"
tap_done
