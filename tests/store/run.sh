#!/bin/sh
# run.sh: a store that klynge import has written gives the same tables as the files it was made of, and what is no such store
# is told. $KLYNGE names the program.
set -u
. "$(dirname "$0")/../tap.sh"
tap_program
cd "$(dirname "$0")/../.." || exit 4
folder=$(mktemp -d) || exit 4
trap 'rm -rf "$folder"' EXIT
NO_COLOR=1 LC_ALL=C
export NO_COLOR LC_ALL
cluster=examples/cluster store=$folder/cluster.store

klynge() { "$KLYNGE" "$@" 2>"$folder/err"; }
fails() {                              # fails CODE SENTENCE COMMAND…
  wanted=$1 sentence=$2
  shift 2
  klynge "$@" >"$folder/out"
  code=$?
  [ "$code" -eq "$wanted" ] && grep -qF -- "$sentence" "$folder/err" && return
  echo "# exit code $code, wanted $wanted"
  sed 's/^/# /' "$folder/err" | head -5
  return 1
}
same_table() {                         # same_table WORDS…: of files and of the store
  klynge run "$@" --data "$cluster" --as-of 2024-06-01 --quiet >"$folder/of-files" &&
    klynge run "$@" --data "$store" --as-of 2024-06-01 --quiet >"$folder/of-store" && cmp "$folder/of-files" "$folder/of-store"
}
same_bytes() { klynge import --data "$cluster" -o "$folder/again.store" --quiet && cmp "$store" "$folder/again.store"; }
tells_the_same() {                     # what was not read, but for the places, which nobody keeps for measures
  klynge run rules/type2/treatment.kly --data "$cluster" --as-of 2024-06-01 >/dev/null && sed -n 's/, first in line.*//; s/:$//; s/^ *//; /rows/p' "$folder/err" >"$folder/a"
  klynge run rules/type2/treatment.kly --data "$store" --as-of 2024-06-01 >/dev/null && sed -n 's/, first in line.*//; s/:$//; s/^ *//; /rows/p' "$folder/err" >"$folder/b"
  [ -s "$folder/a" ] && diff "$folder/a" "$folder/b" | sed 's/^/# /' && cmp -s "$folder/a" "$folder/b"
}
damaged() {
  cp "$store" "$folder/damaged.store"
  printf '\377\377\377\377' | dd of="$folder/damaged.store" bs=1 seek="$1" conv=notrunc 2>/dev/null
  fails 3 "damaged" run rules/type2/treatment.kly --data "$folder/damaged.store"
}
cut_short() { head -c 100000 "$store" >"$folder/cut.store"; fails 3 "not whole" run rules/type2/treatment.kly --data "$folder/cut.store"; }
left_alone() { ! klynge import --data "$folder/nowhere" -o "$folder/none.store" && [ ! -e "$folder/none.store" ] && ! ls "$folder" | grep -q part; }
lacking() {
  cp -r "$cluster" "$folder/less" && cut -d, -f1-3,5- "$cluster/patients.csv" >"$folder/less/patients.csv" &&
    klynge import --data "$folder/less" -o "$folder/less.store" --quiet &&
    printf 'use "lib/gp.kly"\npack p\n  population listed\nindicator i share where sex = female\n' >"$folder/sex.kly" &&
    KLYNGE_RULES=$PWD/rules fails 3 "no such column: patients.csv sex" run "$folder/sex.kly" --data "$folder/less.store"
}
other_table() {
  printf 'use "lib/gp.kly"\npack p\n  population listed\ntable referrals (date date, code text)\nevents referral = referrals.code\nindicator i share where referral\n' >"$folder/table.kly"
  KLYNGE_RULES=$PWD/rules fails 3 "lacks a table" run "$folder/table.kly" --data "$store" &&
    KLYNGE_RULES=$PWD/rules klynge import "$folder/table.kly" --data "$cluster" -o "$folder/table.store" --quiet &&
    KLYNGE_RULES=$PWD/rules klynge run "$folder/table.kly" --data "$folder/table.store" --quiet >/dev/null
}
# A program with sanitizers takes more than that for itself, and is not held to it.
little_memory() { ! (ulimit -d 40000; klynge --version >/dev/null) || (ulimit -d 40000; klynge run rules/type2 --data "$store" --as-of 2024-06-01 --threads 1 --quiet >/dev/null); }

tap_claim "import writes a store" klynge import --data "$cluster" -o "$store" --quiet
tap_claim "the same data give the same bytes" same_bytes
tap_claim "treatment gives the same table from the store" same_table rules/type2/treatment.kly
tap_claim "followup gives the same table from the store" same_table rules/type2/followup.kly
tap_claim "all packs give the same CSV from the store, practices by their ids" same_table rules/type2 rules/hypertension --identified --format csv
tap_claim "a limit that is set gives the same from the store" same_table rules/type2/treatment.kly --set hba1c_limit=53
tap_claim "the letters of practices are the same" same_table rules/type2/treatment.kly --format csv
tap_claim "what was not read is told of the store too" tells_the_same
tap_claim "a store that is damaged in its header is told" damaged 40
tap_claim "a store that is damaged in its directory is told" damaged 400
tap_claim "a store that is damaged in a column is told" damaged $(($(wc -c <"$store") / 2))
tap_claim "a store that is cut is told" cut_short
tap_claim "a file that is no store is told" fails 3 "a folder of CSV files was expected" run rules/type2/treatment.kly --data README.md
tap_claim "import without -o is wrong use" fails 2 "where to?" import --data "$cluster"
tap_claim "an import that fails leaves nothing behind" left_alone
tap_claim "a column that the files had not is told when a rule reads it" lacking
tap_claim "a table that only some rules declare is told, and imported when they are named" other_table
tap_claim "a store is mapped, not read into memory of one's own" little_memory
tap_done
