#!/bin/sh
# run.sh: `klynge run --format measure-report`. What is valid FHIR is judged by the npm package fhir, where `make npm-packages`
# has put it into the build folder ($KLYNGE_NPM). $KLYNGE names the program.
set -u
. "$(dirname "$0")/../tap.sh"
tap_program
cd "$(dirname "$0")/../.." || exit 4
folder=$(mktemp -d) || exit 4
trap 'rm -rf "$folder"' EXIT
LC_ALL=C
export LC_ALL
cluster=examples/cluster

reports() { "$KLYNGE" run "$@" --as-of 2024-06-01 --format measure-report --quiet; }
# One claim of the validator; skipped where it is not there.
judges() { node tests/fhir/validate.mjs "$KLYNGE_NPM" "$1" >"$folder/said" 2>&1; }
refuses() { ! judges "$1"; }
valid() { asks judges "$@"; }          # valid CLAIM FILE
asks() {                               # asks judges|refuses CLAIM FILE
  how=$1
  shift
  tap_n=$((tap_n + 1))
  if ! command -v node >/dev/null || [ ! -d "${KLYNGE_NPM:-none}/fhir" ]; then
    echo "ok $tap_n - $1 # SKIP the npm package fhir is not there: make npm-packages"
  elif "$how" "$2"; then
    echo "ok $tap_n - $1"
  else
    sed 's/^/# /' "$folder/said" | head -10
    echo "not ok $tap_n - $1"
  fi
}

reports rules/type2 --data $cluster -o "$folder/type2.json"
reports examples/kinds.kly --data $cluster -o "$folder/kinds.json"
reports tests/followup/pack.kly --data tests/followup/data -o "$folder/few.json"
valid "the reports of both packs are valid FHIR R4" "$folder/type2.json"
valid "so are those of every kind of figure" "$folder/kinds.json"
valid "so are those of a few patients" "$folder/few.json"
# As the gate would leave it: a count and the score masked.
sed 's/"count": 4}/"_count": {"extension": [{"url": "http:\/\/hl7.org\/fhir\/StructureDefinition\/data-absent-reason", "valueCode": "masked"}]}}/' "$folder/few.json" >"$folder/masked.json"
valid "a count that is masked is valid too" "$folder/masked.json"
sed 's/"status": "complete"/"status": "whole"/' "$folder/few.json" >"$folder/wrong.json"
asks refuses "a status that FHIR has not is refused" "$folder/wrong.json"
sed 's/"group": /"groups": /' "$folder/few.json" >"$folder/wrong.json"
asks refuses "so is an element that FHIR has not" "$folder/wrong.json"

one_for_each() { [ "$(grep -c '"resourceType": "MeasureReport"' "$folder/kinds.json")" -eq $((6 * 13)) ]; }
tap_claim "each indicator has a report of each practice and of the cluster" one_for_each
names_are_unique() { [ "$(grep -o '"fullUrl": "[^"]*"' "$folder/type2.json" | sort | uniq -d | wc -l)" -eq 0 ]; }
tap_claim "no two reports have the same name" names_are_unique
same_bytes() { reports rules/type2 --data $cluster --threads 3 | cmp -s - "$folder/type2.json"; }
tap_claim "the same result gives the same bytes" same_bytes
no_ids() { ! grep -qE '"(9[0-9]{5}|P[0-9]{4,})"' "$folder/type2.json" && reports rules/type2 --data $cluster --identified | grep -q '"value": "900001"'; }
tap_claim "practices are under their letters, unless they were asked for" no_ids
other_limit() { reports rules/type2/treatment.kly --data $cluster --set hba1c_limit=53 | grep -o '"fullUrl": "[^"]*"' | sort >"$folder/a"; grep -o '"fullUrl": "[^"]*"' "$folder/type2.json" | sort | comm -12 - "$folder/a" | cmp -s - /dev/null; }
tap_claim "a report by another limit is another report" other_limit
tap_done
