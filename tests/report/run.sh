#!/bin/sh
# run.sh: `klynge report`: the documents of a meeting, in one call or from a result that was kept. $KLYNGE names the program.
set -u
. "$(dirname "$0")/../tap.sh"
tap_begin
cluster=examples/cluster meeting=examples/meeting.kly


made() { exits 0 klynge report $meeting --data $cluster -o "$room/made" --quiet && for file in treatment.pptx followup.pptx treatment.xlsx followup.xlsx treatment.html followup.html treatment-notes.docx followup-notes.docx treatment-plan.docx treatment-programme.docx letters/treatment-A.docx letters/followup-L.docx result.json; do [ -s "$room/made/$file" ] || { echo "# no $file"; return 1; }; done; }
tap_claim "a meeting's documents are made in one call" made
again() { exits 0 klynge report $meeting --data $cluster -o "$room/again" --quiet --threads 1 && diff -rq "$room/made" "$room/again"; }
tap_claim "another run gives the same bytes" again
kept() { exits 0 klynge report "$room/made/result.json" -o "$room/kept" && cmp "$room/made/treatment.pptx" "$room/kept/treatment.pptx" && cmp "$room/made/followup.pptx" "$room/kept/followup.pptx" && cmp "$room/made/treatment.xlsx" "$room/kept/treatment.xlsx"; }
tap_claim "a result that was kept gives the same documents" kept
no_ids() {
  for file in "$room"/made/*.pptx "$room"/made/*.xlsx "$room"/made/*.docx "$room"/made/letters/*.docx; do
    rm -rf "$room/parts" && mkdir -p "$room/parts" && (cd "$room/parts" && unzip -qo "$file") || return 1
    find "$room/parts" -type f -name '*.xlsx' | while read -r book; do (cd "$(dirname "$book")" && mkdir -p "in.$(basename "$book")" && cd "in.$(basename "$book")" && unzip -qo "../$(basename "$book")"); done
    ! grep -raqE 'P[0-9]{5}|[^0-9.]9000[0-9]{2}[^0-9]' "$room/parts" || { echo "# $file"; return 1; }
  done
  ! grep -qE 'P[0-9]{5}|[^0-9.]9000[0-9]{2}[^0-9]' "$room"/made/*.json "$room"/made/*.html
}
if command -v unzip >"$room/said"; then tap_claim "no patient and no practice is named in them" no_ids; else tap_skip "no patient and no practice is named in them" "there is no unzip here"; fi
tongue() {
  exits 0 klynge report rules/type2/treatment.kly --data $cluster --as-of 2024-06-01 -o "$room/danish" --quiet --language da &&
    exits 0 klynge report "$room/danish/result.json" -o "$room/later" && for file in treatment.pptx treatment.xlsx treatment.html; do cmp "$room/danish/$file" "$room/later/$file" || return 1; done
}
tap_claim "and in the language in which it was made, whatever this call's is" tongue
alone() { exits 0 klynge report "$room/made/result.json" -o "$room/alone" --xlsx && [ "$(ls "$room/alone" | tr '\n' ' ')" = "followup.xlsx treatment.xlsx " ]; }
tap_claim "a document that is named is made alone" alone
own() {
  exits 0 klynge report $meeting --data $cluster -o "$room/own" --docx --identified --quiet && [ "$(ls "$room/own/letters" | wc -l)" -eq 24 ] && [ -s "$room/own/letters/treatment-900001.docx" ] || return 1
  command -v unzip >/dev/null || return 0
  unzip -p "$room/own/letters/treatment-900002.docx" word/document.xml >"$room/out" && prints 'Praksis 2<' && ! prints 'Praksis 1' >"$room/said"
}
tap_claim "with --identified a letter bears the practice's own name, and no other's" own
like() {
  mkdir -p "$room/like" && cp $cluster/*.csv "$room/like" && sed -i 's,900001,a/b,; s,900002,a_b,' "$room/like/practices.csv" "$room/like/patients.csv" &&
    exits 0 klynge report rules/type2/treatment.kly --data "$room/like" --as-of 2024-06-01 -o "$room/alike" --docx --identified --quiet && [ -s "$room/alike/letters/treatment-a%2Fb.docx" ] && [ -s "$room/alike/letters/treatment-a_b.docx" ]
}
tap_claim "an id that cannot name a file leads nowhere and takes no other's letter" like
pack() { exits 0 klynge report rules/type2/treatment.kly --data $cluster --as-of 2024-06-01 -o "$room/pack" --quiet --language da && [ -s "$room/pack/treatment.pptx" ]; }
tap_claim "a pack without an order will do" pack
several() {
  klynge synth --patients 300 --clusters 2 --practices 4 --seed 5 -o "$room/two" --quiet || return 1
  ends 2 'there are 2 clusters' klynge report rules/type2/treatment.kly --data "$room/two" -o "$room/none" --quiet &&
    exits 0 klynge report rules/type2/treatment.kly --data "$room/two" -o "$room/all" --all-clusters --quiet && [ -s "$room/all/C001/treatment.pptx" ] && [ -s "$room/all/C002/treatment.pptx" ]
}
tap_claim "several clusters have a folder each, if that is said" several
refreshed() { exits 0 klynge report rules/type2/treatment.kly --data $cluster --as-of 2023-06-01 -o "$room/new" --refresh "$room/pack/treatment.pptx" --quiet --language da && [ -s "$room/new/treatment.pptx" ] && ! cmp -s "$room/new/treatment.pptx" "$room/pack/treatment.pptx"; }
tap_claim "--refresh puts new figures into slides that are there" refreshed
told_of() { exits 0 klynge report --check-template "$room/pack/treatment.pptx" && prints "For"; }
tap_claim "--check-template tells of a template" told_of

hidden() { exits 0 klynge report rules/type2/treatment.kly --data $cluster --as-of 2024-06-01 -o "$room/hidden" --suppress 5 --quiet && grep -q '"hidden"' "$room/hidden/result.json" && [ -s "$room/hidden/treatment.xlsx" ]; }
tap_claim "--suppress hides what may not be seen from the documents as well" hidden

no_practice() {
  cp -r "$cluster" "$room/no-practice" && awk -F, -v OFS=, 'NR > 1 && NR % 3 == 0 { $2 = "" } { print }' $cluster/patients.csv >"$room/no-practice/patients.csv" || return 1
  set -- --data "$room/no-practice" --as-of 2024-06-01 --compare 2023-06-01 --all-clusters --identified --quiet
  exits 0 klynge run rules/type2/treatment.kly "$@" -o "$room/no-practice-run" && exits 0 klynge report rules/type2/treatment.kly "$@" -o "$room/no-practice-report" &&
    [ -s "$room/no-practice-run/C001/result.txt" ] && [ -s "$room/no-practice-report/C001/treatment.pptx" ]
}
tap_claim "patients without a practice have a figure as well, where practices go by their own ids" no_practice

# ── what is wrong ──
tap_claim "a file that is not there cannot be read" ends 3 'there is no file of this name' klynge report nowhere.json -o "$room/none"
echo '{"format": "another"}' >"$room/other.json"
tap_claim "nor can one that is no result" ends 3 'this is no result of klynge' klynge report "$room/other.json" -o "$room/none"
head -c 20000 "$room/made/result.json" >"$room/cut.json"
tap_claim "nor one that was cut" ends 3 'this is no result of klynge' klynge report "$room/cut.json" -o "$room/none"
tap_claim "without -o it is wrong use" ends 2 'where to?' klynge report $meeting --data $cluster
tap_claim "a file in the place of the folder is a failure of the system" ends 4 'cannot be made' klynge report $meeting --data $cluster -o "$room/other.json" --quiet
tap_claim "a template that is none is told" ends 4 'cannot be written' klynge report rules/type2/treatment.kly --data $cluster -o "$room/none" --template "$room/other.json" --quiet
tap_claim "and which file it is" ends 4 "treatment.pptx cannot be written: $room/other.json: this is no zip" klynge report rules/type2/treatment.kly --data $cluster -o "$room/none" --template "$room/other.json" --quiet
tap_claim "so is the deck that was to be refreshed" ends 4 "cannot be written: $room/no.pptx: No such file" klynge report rules/type2/treatment.kly --data $cluster -o "$room/none" --refresh "$room/no.pptx" --quiet
tap_claim "an order that is wrong is told at its place" ends 1 'meeting-names.kly:3:11' klynge report tests/problems/meeting-names.kly --data $cluster -o "$room/none"
tap_done
