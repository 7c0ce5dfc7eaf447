#!/bin/sh
# run.sh: `klynge fmt`. The project's own rules are in its layout; NAME.txt is exactly what NAME.kly is laid out as: a new case
# is two new files. $KLYNGE names the program to be tested.
set -u
. "$(dirname "$0")/../tap.sh"
tap_begin

# ── the layout ──
tap_claim "the project's own rules are in their layout" exits 0 klynge fmt --check rules examples tests/language
is_laid_out_as() { klynge fmt --stdout "$1" >"$room/laid" && same "$2" "$room/laid"; }
from_input() { klynge fmt - <"$1" >"$room/laid" && same "$2" "$room/laid"; }
for case in tests/format/*.kly; do
  tap_claim "the layout of $case" is_laid_out_as "$case" "${case%.kly}.txt"
  tap_claim "what is laid out stays as it is: ${case%.kly}.txt" from_input "${case%.kly}.txt" "${case%.kly}.txt"
done

# ── Danish and English ──
there_and_back() {
  klynge fmt --stdout "$1" >"$room/here.kly" && cp "$room/here.kly" "$room/turned.kly" || return 1
  klynge fmt --quiet --language da "$room/turned.kly" && [ "$(head -1 "$room/turned.kly")" = "language da" ] || return 1
  klynge dump tree "$1" >"$room/tree"
  klynge dump tree "$room/turned.kly" >"$room/tree-there"
  klynge fmt --quiet --language en "$room/turned.kly" && same "$room/tree" "$room/tree-there" && same "$room/here.kly" "$room/turned.kly"
}
# The checked program too: every name, type, unit and window. In a copy of all rules, so that a file finds what it uses.
cp -r rules "$room/rules"
one_meaning() {
  klynge dump types "$1" >"$room/types" 2>"$room/err" && [ -s "$room/types" ] || return 1
  klynge fmt --quiet --language da "$room/$1" && klynge dump types "$room/$1" >"$room/types-there" 2>"$room/err" &&
    same "$room/types" "$room/types-there"
}
for rules in rules/*/*.kly tests/shapes/forms.kly; do
  tap_claim "$rules has one tree in both languages, and there and back the same bytes" there_and_back "$rules"
done
for rules in rules/*/*.kly; do tap_claim "$rules means the same in Danish" one_meaning "$rules"; done
tap_claim "the language is that of the files, not of messages" exits 2 klynge fmt --language da
tap_claim "so messages stay in English" says 'which rule files'

# ── what is written ──
messy='define   a=age>3'
printf '%s\n' "$messy" >"$room/messy"
set_up() { cp "$room/messy" "$room/a.kly"; printf 'define b = age > 3\n' >"$room/b.kly"; }
unchanged() { same "$room/messy" "$room/a.kly"; }
prints_files() { printf '%s\n' "$1" >"$room/wanted"; same "$room/wanted" "$room/out"; }
checks() { set_up; exits 1 klynge fmt --check "$room/a.kly" "$room/b.kly" && prints_files "$room/a.kly" && unchanged; }
tap_claim "--check tells which files would change, and writes none" checks
to_output() { set_up; exits 0 klynge fmt --stdout "$room/a.kly" "$room/b.kly" && printf 'define a = age > 3\ndefine b = age > 3\n' | same "$room/out" - && unchanged; }
tap_claim "--stdout prints, and writes none" to_output
writes() {
  set_up
  chmod 640 "$room/a.kly"
  touch -t 200001010000 "$room/b.kly"
  exits 0 klynge fmt "$room/a.kly" "$room/b.kly" && prints_files "$room/a.kly" && [ "$(cat "$room/a.kly")" = 'define a = age > 3' ] &&
    [ -z "$(find "$room/b.kly" -newer "$KLYNGE")" ] && [ -n "$(find "$room/a.kly" -perm 640)" ]
}
tap_claim "only a file that changes is written; it keeps its rights" writes
through_link() { set_up; ln -s a.kly "$room/link.kly"; exits 0 klynge fmt "$room/link.kly" && [ -h "$room/link.kly" ] && ! unchanged >/dev/null; }
tap_claim "a symbolic link stays one" through_link
with_errors() {
  set_up
  printf 'define   c = = 3\n' >"$room/c.kly"
  exits 1 klynge fmt "$room/c.kly" "$room/a.kly" && says 'c.kly:1' && [ "$(cat "$room/c.kly")" = 'define   c = = 3' ] && ! unchanged >/dev/null
}
tap_claim "a file with errors is left as it is, the others are not" with_errors
clash() {
  printf 'define dag = age > 3\n' >"$room/messy"
  set_up
  exits 1 klynge fmt --language da "$room/a.kly" && says '`dag` is a keyword in Danish' && unchanged
}
tap_claim "a name that is a keyword of the other language [turn]" clash
tap_claim "--check and --stdout together are wrong use" exits 2 klynge fmt --check --stdout rules
tap_claim "a file that is not there is wrong use" exits 2 klynge fmt "$room/nowhere.kly"
tap_done
