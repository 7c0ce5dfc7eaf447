#!/bin/sh
# bench.sh: all sides in turn, so many rounds of them, and docs/performance.md from what they took: `make bench`.
#
#   BENCH_PATIENTS  how many patients there are (200,000), and half of how many in the larger set
#   BENCH_ROUNDS    how often each side has its turn (3); of each figure the median counts
#   BENCH_THREADS   how many threads all sides have (2)
#   BENCH_FOLDER    where data, stores and the others' programs are kept, 2 GB of them with 200,000 patients (build/bench)
#   BENCH_REPORT    the page that is written (docs/performance.md)
#   BENCH_CGROUP    see side_memory in sides.sh
#
# DuckDB and Polars come from npm at the versions that package.json names. Without npm Klynge is measured beside the
# hand-written C alone, and the page says so. The packages are third parties' programs: they go into BENCH_FOLDER and nowhere else.
set -eu
room=${BENCH_FOLDER:?}
patients=${BENCH_PATIENTS:-200000}
rounds=${BENCH_ROUNDS:-3}
mkdir -p "$room/counts"
room=$(cd "$room" && pwd)
. "$(dirname "$0")/sides.sh"

peers() {                              # peers: DuckDB and Polars are there to be asked
  command -v node >"$room/said" && command -v npm >"$room/said" || { echo "there is no npm: Klynge is measured alone" >&2; return 1; }
  mkdir -p "$room/peers"
  cp "$bench/package.json" "$bench/duckdb.mjs" "$bench/polars.mjs" "$bench/packs.sql" "$room/peers"
  # The package with the program itself is named as well: as an optional one npm leaves it out where it asks for a later node.
  (
    cd "$room/peers"
    native=nodejs-polars-$(node -p 'process.platform + "-" + process.arch')
    [ "$(uname -s)" != Linux ] || native=$native-gnu
    npm install --no-save --no-audit --no-fund --no-package-lock --loglevel=error \
      "$native@$(node -p 'require("./package.json").dependencies["nodejs-polars"]')"
  ) >"$room/said" 2>&1 && return
  cat "$room/said" >&2
  echo "npm cannot install DuckDB and Polars: Klynge is measured alone" >&2
  return 1
}

sides="limit byhand csv csv_single csv_double all import store packs set vary engine engine_single engine_double engine_small engine_packs engine_variants compile memory"
counted="csv store packs memory"
rm -f "$room"/counts/*
if peers; then
  sides="$sides duckdb polars"
  counted="$counted duckdb"
fi
load() { cut -d ' ' -f 1 /proc/loadavg; }
before=$(load)
rm -f "$room"/patients-*/store         # which another version may have written
for n in 2000 "$patients" $((2 * patients)); do
  echo "$n patients" >&2
  store "$n" >"$room/said"
done

# ── the rounds ──────────────────────────────────────────────────────────────────────────────────────────────────────
: >"$room/figures"
round=1
while [ "$round" -le "$rounds" ]; do
  for side in $sides; do
    printf 'round %d of %d: %s\n' "$round" "$rounds" "$side" >&2
    "side_$side" >"$room/taken" || { echo "bench: $side has failed" >&2; exit 1; }
    sed "s/^/$side /" "$room/taken" >>"$room/figures"
  done
  for side in $counted; do agrees "$side" >&2 || exit 1; done
  round=$((round + 1))
done

after=$(load)

# ── the page ────────────────────────────────────────────────────────────────────────────────────────────────────────
version_of() { sed -n 's/^ *"version": *"\(.*\)".*/\1/p' "$room/peers/node_modules/$1/package.json" 2>"$room/said" | head -1; }
processor=$(sed -n 's/^model name[^:]*: *//p' /proc/cpuinfo | head -1)
memory=$(awk '/^MemTotal/ { printf "%.0f", $2 / 1024 / 1024 }' /proc/meminfo)
awk -v patients="$patients" -v rounds="$rounds" -v threads="$threads" -v csv_bytes="$(cat "$room/patients-$patients"/*.csv | wc -c)" \
  -v csv_rows="$(cat "$room/patients-$patients"/*.csv | wc -l)" -v processor="$processor" -v processors="$(nproc)" -v memory="$memory" \
  -v before="$before" -v after="$after" -v kernel="$(uname -sr)" -v compiler="$(${CC:-cc} --version | head -1)" -v klynge="$("$KLYNGE" --version | head -1)" \
  -v duckdb="$(version_of @duckdb/node-api)" -v polars="$(version_of nodejs-polars)" -v node="$(node --version 2>"$room/said")" \
  -v all_memory="${BENCH_CGROUP:+yes}" -f "$bench/report.awk" "$room/figures" >"$room/report"
cp "$room/report" "${BENCH_REPORT:?}"
sed -n '/^## What it must show/,/^## /p' "$BENCH_REPORT" | grep '^|'
