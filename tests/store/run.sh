#!/bin/sh
# run.sh: a store that klynge import has written gives the same tables as the files it was made of, and what is no such store
# is told. $KLYNGE names the program.
set -u
. "$(dirname "$0")/../tap.sh"
tap_begin
cluster=examples/cluster store=$room/cluster.store

same_table() {                         # same_table WORDS…: of files and of the store
  klynge run "$@" --data "$cluster" --as-of 2024-06-01 --quiet >"$room/of-files" &&
    klynge run "$@" --data "$store" --as-of 2024-06-01 --quiet >"$room/of-store" && same "$room/of-files" "$room/of-store"
}
same_bytes() { klynge import --data "$cluster" -o "$room/again.store" --quiet && cmp "$store" "$room/again.store"; }
# What takes its bytes only in their order is given the same ones.
in_order() {
  klynge import --data "$cluster" -o "$room/one.store" --threads 1 --quiet && cmp "$store" "$room/one.store" &&
    klynge import --data "$cluster" -o /dev/stdout --threads 2 --quiet >"$room/out.store" && cmp "$store" "$room/out.store" &&
    klynge import --data "$cluster" -o /dev/stdout --threads 2 --quiet | cmp "$store" -
}
tells_the_same() {                     # what was not read, but for the places, which nobody keeps for measures
  exits 0 klynge run rules/type2/treatment.kly --data "$cluster" --as-of 2024-06-01 && sed -n 's/, first in line.*//; s/:$//; s/^ *//; /rows/p' "$room/err" >"$room/a"
  exits 0 klynge run rules/type2/treatment.kly --data "$store" --as-of 2024-06-01 && sed -n 's/, first in line.*//; s/:$//; s/^ *//; /rows/p' "$room/err" >"$room/b"
  same "$room/a" "$room/b"
}
damaged() {
  cp "$store" "$room/damaged.store"
  printf '\377\377\377\377' | dd of="$room/damaged.store" bs=1 seek="$1" conv=notrunc 2>/dev/null
  ends 3 "damaged" klynge run rules/type2/treatment.kly --data "$room/damaged.store"
}
# Which column lies where is the store's business: everything in the second half is damaged.
damaged_columns() {
  half=$(($(wc -c <"$store") / 2))
  { head -c $half "$store"; tail -c +$((half + 1)) "$store" | tr '\000' '\377'; } >"$room/damaged.store"
  ends 3 "damaged" klynge run rules/type2/treatment.kly --data "$room/damaged.store"
}
cut_short() { head -c 100000 "$store" >"$room/cut.store"; ends 3 "not whole" klynge run rules/type2/treatment.kly --data "$room/cut.store"; }
left_alone() { exits 3 klynge import --data "$room/nowhere" -o "$room/none.store" && [ ! -e "$room/none.store" ] && ! ls "$room" | grep -q part; }
limited() {                            # a limit on the size of files, in blocks of 512 bytes or 1,024
  mkdir -p "$room/limited" && ends 4 "cannot be written: File too large" sh -c 'ulimit -f 100; exec "$0" import --data "$1" -o "$2" --quiet' "$KLYNGE" "$cluster" "$room/limited/a.store" &&
    [ -z "$(ls -A "$room/limited")" ]
}
# A disk of 300 kB, seen by this command alone.
small_disk() { unshare -rm sh -c 'mount -t tmpfs -o size=300k none "$0" && "$@"' "$room/disk" "$@" 2>"$room/err"; }
full() {
  small_disk sh -c '"$0" import --data "$1" -o "$2/a.store" --quiet; [ $? -eq 4 ] && [ -z "$(ls -A "$2")" ]' "$KLYNGE" "$cluster" "$room/disk" &&
    says "cannot be written: No space left on device"
}
lacking() {
  cp -r "$cluster" "$room/less" && cut -d, -f1-3,5- "$cluster/patients.csv" >"$room/less/patients.csv" &&
    klynge import --data "$room/less" -o "$room/less.store" --quiet &&
    printf 'use "lib/gp.kly"\npack p\n  population listed\nindicator i share where sex = female\n' >"$room/sex.kly" &&
    ends 3 "no such column: patients.csv sex" klynge run "$room/sex.kly" --data "$room/less.store"
}
other_table() {
  printf 'use "lib/gp.kly"\npack p\n  population listed\ntable referrals (date date, code text)\nevents referral = referrals.code\nindicator i share where referral\n' >"$room/table.kly"
  ends 3 "lacks a table" klynge run "$room/table.kly" --data "$store" &&
    klynge import "$room/table.kly" --data "$cluster" -o "$room/table.store" --quiet &&
    klynge run "$room/table.kly" --data "$room/table.store" --quiet >/dev/null
}
# Results of a unit that no measure reads, 16962 in each, which are two bytes `BB`: nobody asks for them but who explains.
other_unit() {
  cp -r "$cluster" "$room/units" &&
    awk 'BEGIN { print "patient,date,code,value,unit\nP00001,2024-01-02,NPU27300,50,mmol/mol"; for (i = 0; i < 500; i++) print "P00001,2024-01-03,NPU27300,16962,zz" }' >"$room/units/labs.csv" &&
    printf 'use "lib/gp.kly"\npack p\n  population listed\nmeasure m in mmol/mol from labs NPU27300\nindicator i share where m > 40\n' >"$room/units.kly" &&
    klynge import "$room/units.kly" --data "$room/units" -o "$room/units.store" --quiet &&
    exits 0 klynge why "$room/units.kly" i --data "$room/units.store" --patient P00001 --as-of 2024-06-01 && prints 16962 || return 1
  at=$(grep -abo BBBBBBBB "$room/units.store" | sed -n '1s/:.*//p')
  printf 'C' | dd of="$room/units.store" bs=1 seek="$at" conv=notrunc 2>/dev/null
  exits 0 klynge run "$room/units.kly" --data "$room/units.store" --as-of 2024-06-01 --quiet && ends 3 "damaged" klynge why "$room/units.kly" i --data "$room/units.store" --patient P00001 --as-of 2024-06-01
}
# A program with sanitizers takes more than that for itself, and is not held to it.
little_memory() { ! (ulimit -d 40000; klynge --version >/dev/null) || (ulimit -d 40000; klynge run rules/type2 --data "$store" --as-of 2024-06-01 --threads 1 --quiet >/dev/null); }

tap_claim "import writes a store" klynge import --data "$cluster" -o "$store" --quiet
tap_claim "the same data give the same bytes" same_bytes
tap_claim "and so do a pipe, a file that is open already, and one thread" in_order
tap_claim "treatment gives the same table from the store" same_table rules/type2/treatment.kly
tap_claim "followup gives the same table from the store" same_table rules/type2/followup.kly
tap_claim "all packs give the same CSV from the store, practices by their ids" same_table rules/type2 rules/hypertension --identified --format csv
tap_claim "a limit that is set gives the same from the store" same_table rules/type2/treatment.kly --set hba1c_limit=53
tap_claim "the letters of practices are the same" same_table rules/type2/treatment.kly --format csv
tap_claim "what was not read is told of the store too" tells_the_same
tap_claim "a store that is damaged in its header is told" damaged 40
tap_claim "a store that is damaged in its directory is told" damaged 400
tap_claim "a store that is damaged in its columns is told" damaged_columns
tap_claim "what only an explanation reads is told when it is damaged, and by nobody else" other_unit
tap_claim "a store that is cut is told" cut_short
tap_claim "a file that is no store is told" ends 3 "a folder of CSV files was expected" klynge run rules/type2/treatment.kly --data README.md
tap_claim "import without -o is wrong use" ends 2 "where to?" klynge import --data "$cluster"
tap_claim "an import that fails leaves nothing behind" left_alone
tap_claim "so does one that a limit on files stops" limited
mkdir "$room/disk"
if small_disk true; then tap_claim "so does one that fills the disk" full; else tap_skip "so does one that fills the disk" "no disk can be mounted here"; fi
tap_claim "a column that the files had not is told when a rule reads it" lacking
tap_claim "a table that only some rules declare is told, and imported when they are named" other_table
tap_claim "a store is mapped, not read into memory of one's own" little_memory
tap_done
