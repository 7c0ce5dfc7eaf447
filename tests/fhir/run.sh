#!/bin/sh
# run.sh: `klynge run --format measure-report`. What is valid FHIR is judged by the npm package fhir, where `make npm-packages`
# has put it into the build folder ($KLYNGE_NPM). $KLYNGE names the program.
set -u
. "$(dirname "$0")/../tap.sh"
tap_begin
cluster=examples/cluster

reports() { klynge run "$@" --as-of 2024-06-01 --format measure-report --quiet; }
# One claim of the validator; skipped where it is not there.
judges() { node tests/fhir/validate.mjs "$KLYNGE_NPM" "$1" >"$room/said" 2>&1; }
refuses() { ! judges "$1"; }
valid() { asks judges "$@"; }          # valid CLAIM FILE
asks() {                               # asks judges|refuses CLAIM FILE
  how=$1
  shift
  if ! command -v node >"$room/said" || [ ! -d "${KLYNGE_NPM:-none}/fhir" ]; then
    tap_skip "$1" "the npm package fhir is not there: make npm-packages"
  elif "$how" "$2"; then
    tap_ok "$1"
  else
    tap_show "$room/said"
    tap_not_ok "$1"
  fi
}

reports rules/type2 --data $cluster -o "$room/type2.json"
reports examples/kinds.kly --data $cluster -o "$room/kinds.json"
reports tests/followup/pack.kly --data tests/followup/data -o "$room/few.json"
valid "the reports of both packs are valid FHIR R4" "$room/type2.json"
valid "so are those of every kind of figure" "$room/kinds.json"
valid "so are those of a few patients" "$room/few.json"
# As the gate would leave it: a count and the score masked.
sed 's/"count": 4}/"_count": {"extension": [{"url": "http:\/\/hl7.org\/fhir\/StructureDefinition\/data-absent-reason", "valueCode": "masked"}]}}/' "$room/few.json" >"$room/masked.json"
tap_claim "a count can be masked" grep -q '"valueCode": "masked"' "$room/masked.json"
valid "which is valid too" "$room/masked.json"
sed 's/"status": "complete"/"status": "whole"/' "$room/few.json" >"$room/wrong.json"
asks refuses "a status that FHIR has not is refused" "$room/wrong.json"
sed 's/"group": /"groups": /' "$room/few.json" >"$room/wrong.json"
asks refuses "so is an element that FHIR has not" "$room/wrong.json"

one_for_each() { [ "$(grep -c '"resourceType": "MeasureReport"' "$room/kinds.json")" -eq $((6 * 13)) ]; }
tap_claim "each indicator has a report of each practice and of the cluster" one_for_each
names_of() { grep -o '"fullUrl": "[^"]*"' "$1" | sort; }
names_are_unique() { [ "$(names_of "$room/type2.json" | wc -l)" -gt 100 ] && [ -z "$(names_of "$room/type2.json" | uniq -d)" ]; }
tap_claim "no two reports have the same name" names_are_unique
same_bytes() { reports rules/type2 --data $cluster --threads 3 | same "$room/type2.json" -; }
tap_claim "the same result gives the same bytes" same_bytes
no_ids() { ! grep -qE '"(9[0-9]{5}|P[0-9]{4,})"' "$room/type2.json" && reports rules/type2 --data $cluster --identified | grep -q '"value": "900001"'; }
tap_claim "practices are under their letters, unless they were asked for" no_ids
other_limit() {
  reports rules/type2/treatment.kly --data $cluster --set hba1c_limit=53 -o "$room/limit.json" && names_of "$room/limit.json" >"$room/a" && [ -s "$room/a" ] &&
    [ -z "$(names_of "$room/type2.json" | comm -12 - "$room/a")" ]
}
tap_claim "a report by another limit is another report" other_limit
tap_done
