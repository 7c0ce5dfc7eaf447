#!/bin/sh
# run.sh: somebody who has everything that a run has written, with small counts hidden, works nothing back. Clusters by chance go
# through the program; $KLYNGE names it, $ATTACK the reader who attacks.
#
# Two ways. Of what is written as CSV, which has most: every sum is subtracted from every other (attack.c). And of all that is written:
# a twin of the data, in which patients of two practices have changed places, so that hidden counts are others and no count that is
# shown: whatever is written must then be the same to the last byte, or it tells which of the two it is.
set -u
. "$(dirname "$0")/../tap.sh"
tap_begin
: "${ATTACK:?ATTACK must name the program attack}"

data() {                               # data SEED TWIN FOLDER
  rm -rf "$room/$3" && mkdir "$room/$3" && awk -v seed="$1" -v twin="$2" -v folder="$room/$3" -f tests/attack/data.awk
}
both="--as-of 2024-06-01 --compare 2023-06-01"
run() { folder=$1; shift; klynge run tests/attack/pack.kly --data "$room/$folder" --identified --quiet "$@"; }
# What it is made from is told by a hash, which is another for other data; and by it the reports of FHIR are named.
without_hash() { sed -E 's/^(  "data": ")[0-9a-f]{32}/\1/; s/(· data )[0-9a-f]{12}/\1/; s/("urn:klynge:data", "value": ")[0-9a-f]{32}/\1/; s/(urn:uuid:|"id": ")[0-9a-f]{8}-[0-9a-f-]{27}/\1/g'; }

# ── by subtraction ──
attacked() {                           # attacked FIRST LAST [small]: how many of the clusters were broken, in $broken
  broken=0 n=0
  for seed in $(seq "$1" "$2"); do
    data "$seed" 0 data && run data $both --format csv --suppress 5 >"$room/shown.csv" && run data $both --format csv >"$room/truth.csv" || return 1
    "$ATTACK" "$room/shown.csv" "$room/truth.csv" $3 >"$room/said"
    code=$?
    [ "$code" -le 1 ] || { echo "# cluster $seed: exit code $code"; return 1; }
    if [ "$code" -ne 0 ]; then
      broken=$((broken + 1))
      [ -n "$3" ] || sed "s/^/# cluster $seed: /" "$room/said"
    fi
    n=$((n + 1))
  done
}
# Where every step is watched, fewer of both are tried.
clusters=${ATTACK_CLUSTERS:-25} twins=${ATTACK_TWINS:-10}
none_back() { attacked 1 "$clusters" "" && [ "$broken" -eq 0 ] && [ "$n" -eq "$clusters" ]; }
tap_claim "of $clusters clusters by chance no hidden count is worked back from what is written" none_back
most_back() { attacked 1 10 small && [ "$broken" -ge 9 ] || { echo "# $broken of 10"; return 1; }; }
tap_claim "were the small counts alone hidden, they would be of nine in ten" most_back

# ── everything that is written ──
# The counts of a result, as they are shown.
counts() { grep -oE '"(population|denominator|numerator|unknown|became_yes|became_no|stayed_yes|stayed_no|arrived|left)": ("[^"]*"|[0-9]+)'; }
written() {                            # written FOLDER: in every format, from one call each
  to=$room/$1.written
  rm -rf "$to" && mkdir "$to" || return 1
  for format in json csv table measure-report; do
    run "$1" $both --suppress 5 --format $format >"$to.whole" && without_hash <"$to.whole" >"$to/$format" || return 1
  done
}
documents() { klynge report "$room/$1.written/json" -o "$room/$1.written/documents" >"$room/said" 2>&1; }
# Twins: of which a count that is hidden is another, and none that is shown.
is_other() { ! cmp -s "$room/data.truth" "$room/twin.truth"; }
is_twin() {
  run twin $both --suppress 5 --format json | counts >"$room/twin.counts"
  cmp -s "$room/data.counts" "$room/twin.counts"
}
alike() {
  diff -rq "$room/data.$1" "$room/twin.$1" >"$room/said" && return
  sed "s/^/# cluster $seed, twin $twin: /" "$room/said"
  return 1
}
with_documents() {                     # of the first few twins: they take their time
  rm -rf "$room/data.written/documents"
  [ "$n_documents" -lt 4 ] || return 0
  n_documents=$((n_documents + 1))
  documents data && documents twin || { sed 's/^/# /' "$room/said"; return 1; }
}
twins_alike() {
  n_twins=0 n_documents=0
  for seed in $(seq 1 20); do
    [ "$n_twins" -lt "$twins" ] || break
    data "$seed" 0 data && written data || return 1
    counts <"$room/data.written/json" >"$room/data.counts"
    run data $both --format json | counts >"$room/data.truth"
    for twin in 1 2 3 4 5; do
      data "$seed" "$twin" twin || return 1
      run twin $both --format json | counts >"$room/twin.truth"
      is_other || continue
      is_twin || continue
      written twin && with_documents && alike written || return 1
      n_twins=$((n_twins + 1))
    done
  done
  [ "$n_twins" -ge "$twins" ] && [ "$n_documents" -gt 0 ] || { echo "# $n_twins twins, documents of $n_documents"; return 1; }
}
tap_claim "where hidden counts alone are others, all that is written is the same: tables, CSV, JSON, MeasureReports, documents" twins_alike

# ── one path ──
# Documents are made of a result that was kept as of one in memory, and so hold no more than it.
one_path() {
  data 4 0 data && klynge report tests/attack/pack.kly --data "$room/data" $both --identified --quiet --suppress 5 -o "$room/direct" >"$room/said" 2>&1 &&
    klynge report "$room/direct/result.json" -o "$room/kept" >"$room/said" 2>&1 || { sed 's/^/# /' "$room/said"; return 1; }
  rm "$room/direct/result.json"
  rm -f "$room/kept/result.json"
  diff -rq "$room/direct" "$room/kept" | sed 's/^/# /'
  diff -rq "$room/direct" "$room/kept" >"$room/said" && [ "$(ls "$room/direct" | wc -l)" -ge 3 ]
}
tap_claim "documents hold what the JSON of the result holds, and nothing else" one_path
# The same cells are hidden in CSV as in JSON.
same_cells() {
  for seed in 2 4 8; do
    data "$seed" 0 data || return 1
    run data --as-of 2024-06-01 --suppress 5 --format csv | sed 1d | cut -d, -f6-9 | sort >"$room/of-csv"
    run data --as-of 2024-06-01 --suppress 5 --format json | sed -nE 's/.*"population": ("[^"]*"|[0-9]+), "denominator": ("[^"]*"|[0-9]+), "numerator": ("[^"]*"|[0-9]+), "unknown": ("[^"]*"|[0-9]+).*/\1,\2,\3,\4/p' | tr -d '"' | sort >"$room/of-json"
    grep -q hidden "$room/of-csv" && same "$room/of-csv" "$room/of-json" || return 1
  done
}
tap_claim "the same counts are hidden in CSV as in JSON" same_cells
# Two results of a day each, side by side: what one of them hides has neither a value nor a change, and no count comes of the other.
compared() {
  for seed in 2 4 8; do
    data "$seed" 0 data || return 1
    run data --as-of 2023-06-01 --suppress 5 --format json >"$room/before.json"
    run data --as-of 2024-06-01 --suppress 5 --format json >"$room/after.json"
    klynge compare "$room/before.json" "$room/after.json" --quiet --format csv >"$room/compared.csv" || return 1
    awk -F, '
      NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
      { now = $at["numerator"] $at["denominator"]; then = $at["before_numerator"] $at["before_denominator"] }
      (now then) ~ /[<h]/ { n++; if ($at["change"] $at["change_low"] $at["change_high"] != "") wrong++ }
      $at["numerator"] ~ /[<h]/ && $at["value"] $at["low"] $at["high"] != "" { wrong++ }
      $at["before_numerator"] ~ /[<h]/ && $at["before_value"] $at["before_low"] $at["before_high"] != "" { wrong++ }
      END { exit !(n > 0 && wrong == 0 && "change" in at) }' "$room/compared.csv" || { head -3 "$room/compared.csv" | sed 's/^/# /'; return 1; }
  done
}
tap_claim "klynge compare tells no change of what either result hides" compared
tap_done
