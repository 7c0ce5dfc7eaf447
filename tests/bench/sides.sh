# sides.sh: the sides of the benchmark, a function each, and the data they all read. Sourced, never run.
#
# A side prints lines "name value", milliseconds unless the name says otherwise, and leaves the counts of each practice in a
# file of its own below $room/counts, where they are compared. $KLYNGE names the program; the others lie beside it.
: "${KLYNGE:?KLYNGE must name the klynge program}"
programs=$(cd "$(dirname "$KLYNGE")" && pwd)
KLYNGE=$programs/$(basename "$KLYNGE")
bench=$(cd "$(dirname "$0")" && pwd)
rules=$(cd "$bench/../../rules" && pwd)
KLYNGE_RULES=$rules LC_ALL=C
export KLYNGE_RULES LC_ALL
index=2024-06-01
sixteen="$bench/treatment.kly $bench/followup.kly"
threads=${BENCH_THREADS:-2}

# ── data ────────────────────────────────────────────────────────────────────────────────────────────────────────────
# data PATIENTS: the folder of so many patients, made if it is not there.
data() {
  folder=$room/patients-$1
  [ -f "$folder/made" ] || { "$programs/tests/bench/generate" "$1" 150 42 "$folder" && : >"$folder/made"; } || return 1
  echo "$folder"
}
# store PATIENTS: the store made of them.
store() {
  folder=$(data "$1") || return 1
  [ -f "$folder/store" ] || "$KLYNGE" import --quiet --data "$folder" -o "$folder/store" || return 1
  echo "$folder/store"
}
# variants: a pack of a thousand variants of the indicators.
variants() {
  [ -f "$room/variants.kly" ] || awk -v n=1000 -f "$bench/variants.awk" >"$room/variants.kly"
  echo "$room/variants.kly"
}

# ── Klynge as a command: from its start to its end ──────────────────────────────────────────────────────────────────
# timed COMMAND…: ms and peak_kb of a command.
timed() { "$programs/tests/bench/clock" "$room/clock" "$@" && cat "$room/clock"; }
# tables NAME DATA THREADS PACK…: the command that makes tables, and its counts.
tables() {
  name=$1 from=$2 with=$3
  shift 3
  timed "$KLYNGE" run "$@" --data "$from" --as-of $index --threads "$with" --format csv --identified --quiet -o "$room/$name.csv" || return 1
  awk -f "$bench/counts.awk" "$room/$name.csv" | sort >"$room/counts/$name"
}
side_csv() { tables csv "$(data "$patients")" "$threads" $sixteen; }
side_csv_single() { tables csv "$(data "$patients")" 1 $sixteen; }
side_csv_double() { timed "$KLYNGE" run $sixteen --data "$(data $((2 * patients)))" --as-of $index --threads "$threads" --format csv --quiet -o "$room/double.csv"; }
side_store() { tables store "$(store "$patients")" "$threads" $sixteen; }
side_packs() { tables packs "$(store "$patients")" "$threads" "$rules/type2/treatment.kly" "$rules/type2/followup.kly"; }
# The question of the meeting, "and with 53?": one setting, and three of them in one pass.
asks() { timed "$KLYNGE" run "$rules/type2/treatment.kly" --data "$(store "$patients")" --as-of $index --threads "$threads" --format csv --quiet -o "$room/asked.csv" "$@"; }
side_set() { asks --set hba1c_limit=53; }
side_vary() { asks --vary hba1c_limit=48,53,58; }
side_import() { timed "$KLYNGE" import --quiet --threads "$threads" --data "$(data "$patients")" -o "$room/imported"; }

# ── Klynge step by step, in one process ─────────────────────────────────────────────────────────────────────────────
engine() { "$programs/tests/bench/engine" "$@"; }
side_engine() { engine $sixteen "$(store "$patients")" $index "$threads"; }
side_engine_single() { engine $sixteen "$(store "$patients")" $index 1; }
side_engine_double() { engine $sixteen "$(store $((2 * patients)))" $index "$threads"; }
side_engine_packs() { engine "$rules/type2/treatment.kly" "$rules/type2/followup.kly" "$(store "$patients")" $index "$threads"; }
side_engine_variants() { engine "$(variants)" "$(store "$patients")" $index "$threads" 5 0; }
# What no side can be faster than: reading so many bytes of memory as the sixteen do, and copying the files.
side_limit() { "$programs/tests/bench/limit" 73288464 "$(data "$patients")"/*.csv; }
side_engine_small() { engine $sixteen "$(store 2000)" $index "$threads"; }
# All codes are kept, as by import, and tables made of them.
side_all() { timed "$programs/tests/bench/engine" all $sixteen "$(data "$patients")" $index "$threads" 1 | grep -E '^(ms|peak_kb) '; }
# Each in a process of its own, as a call of the command is.
side_compile() {
  for pack in treatment followup; do
    "$programs/tests/bench/compile" 21 "$rules/type2/$pack.kly" | awk -v pack=$pack 'NR > 1 { print pack "_ms", $8 }'
  done
}

# ── the others ──────────────────────────────────────────────────────────────────────────────────────────────────────
side_byhand() { "$programs/tests/bench/byhand" "$(data "$patients")" $index "$threads" 21 "$room/counts/byhand"; }
side_duckdb() { (cd "$room/peers" && node duckdb.mjs "$(data "$patients")" $index "$threads" 5 "$room/counts/duckdb"); }
side_polars() { (cd "$room/peers" && POLARS_MAX_THREADS=$threads node polars.mjs "$(data "$patients")"); }

# ── a store larger than memory ──────────────────────────────────────────────────────────────────────────────────────
# The table made with a sixth of the store's size as memory, 32 MB at least. With BENCH_CGROUP, a folder of cgroups in which a group may be
# made (as /sys/fs/cgroup/memory, or /sys/fs/cgroup of the second version), that counts all memory, the cached pages of the
# store as well, which is not in the cache when it begins. Without, `ulimit -d` counts the memory that is the program's own.
side_memory() {
  from=$(store "$patients") || return 1
  limit=$(($(wc -c <"$from") / 6))
  [ $limit -ge 33554432 ] || limit=33554432
  echo "store_bytes $(wc -c <"$from")"
  echo "limit_bytes $limit"
  set -- "$KLYNGE" run $sixteen --data "$from" --as-of $index --threads "$threads" --format csv --identified --quiet -o "$room/memory.csv"
  if [ "${BENCH_CGROUP-}" ]; then in_group $limit "$@"; else (ulimit -d $((limit / 1024)) && timed "$@"); fi || return 1
  awk -f "$bench/counts.awk" "$room/memory.csv" | sort >"$room/counts/memory"
}
# in_group BYTES COMMAND…: a command in a group of its own that has so much memory.
in_group() {
  group=$BENCH_CGROUP/klynge-bench
  most=memory.max members=cgroup.procs
  mkdir "$group" || return 1
  [ -e "$group/$most" ] || most=memory.limit_in_bytes
  echo "$1" >"$group/$most" || { rmdir "$group"; return 1; }
  shift
  sync
  dd if="$from" iflag=nocache count=0 2>"$room/said"
  (sh -c 'echo $PPID' >"$group/$members" && timed "$@")
  outcome=$?
  rmdir "$group"
  return $outcome
}

# ── whether they agree ──────────────────────────────────────────────────────────────────────────────────────────────
# agrees NAME: its counts are those of the hand-written C, practice by practice.
agrees() {
  [ -s "$room/counts/byhand" ] && cmp -s "$room/counts/byhand" "$room/counts/$1" && return
  echo "# $1 counts otherwise than the hand-written C:"
  diff "$room/counts/byhand" "$room/counts/$1" | sed 's/^/# /' | head -10
  return 1
}
