#!/bin/sh
# run.sh: the lists of patients, `--lists`: who is on them, by `klynge why`; what is said of each; and that nobody else's patients are
# in a practice's file, and no patient anywhere else. $KLYNGE names the program.
set -u
. "$(dirname "$0")/../tap.sh"
tap_begin
if ! command -v unzip >/dev/null; then echo "1..0 # SKIP there is no unzip here"; exit 0; fi
cluster=examples/cluster packs="rules/type2/treatment.kly rules/type2/followup.kly" day=2024-06-01

lists() { to=$1; shift; exits 0 klynge run $packs --data $cluster --as-of $day --quiet --lists "$room/$to" "$@"; }
opened() {                             # opened FILE: its parts are in $room/parts
  rm -rf "$room/parts" && mkdir "$room/parts" && (cd "$room/parts" && unzip -qo "$1")
}
sheet() {                              # sheet NUMBER HEAD: of the file that is opened
  awk -v head="$2" -f tests/lists/cells.awk "$room/parts/xl/sharedStrings.xml" "$room/parts/xl/worksheets/sheet$1.xml"
}

# ── whose, and where ──
made() { lists made && [ "$(ls "$room/made" | tr '\n' ' ')" = "$(sed 1d $cluster/practices.csv | cut -d, -f1 | sort | sed 's/$/.xlsx/' | tr '\n' ' ')" ]; }
tap_claim "each practice has a file" made
own_alone() {
  n=0
  for file in "$room"/made/*.xlsx; do
    practice=$(basename "$file" .xlsx)
    opened "$file" || return 1
    awk -F, -v p="$practice" '$2 == p { print $1 }' $cluster/patients.csv | sort -u >"$room/own"
    cat "$room"/parts/xl/sharedStrings.xml "$room"/parts/xl/worksheets/*.xml "$room"/parts/docProps/* | grep -oE 'P[0-9]{5}' | sort -u >"$room/named"
    [ -s "$room/named" ] || { echo "# nobody in $practice"; return 1; }
    [ -z "$(comm -23 "$room/named" "$room/own")" ] || { echo "# $practice names others"; return 1; }
    sed 1d $cluster/practices.csv | cut -d, -f1 | grep -vx "$practice" >"$room/others"
    [ "$(wc -l <"$room/others")" -eq 11 ] && ! grep -rowF -f "$room/others" "$room/parts" || { echo "# $practice names others"; return 1; }
    n=$((n + 1))
  done
  [ "$n" -eq 12 ]
}
tap_claim "in which are its own patients and no other's, nor another practice" own_alone
nowhere_else() {
  klynge run $packs --data $cluster --as-of $day --quiet --suppress 5 >"$room/without" && klynge run $packs --data $cluster --as-of $day --quiet --suppress 5 --lists "$room/table" >"$room/with" || return 1
  same "$room/without" "$room/with" && ! grep -qE 'P[0-9]{5}' "$room/with" && diff -rq "$room/made" "$room/table"
}
tap_claim "what is printed is the same with lists and without, and what it hides is not hidden from the practice" nowhere_else
as_json() {
  klynge run $packs --data $cluster --as-of $day --quiet --format json --compare 2023-06-01 >"$room/without" && klynge run $packs --data $cluster --as-of $day --quiet --format json --compare 2023-06-01 --lists "$room/json" >"$room/with" || return 1
  same "$room/without" "$room/with" && ! grep -qE 'P[0-9]{5}' "$room/with" && diff -rq "$room/made" "$room/json"
}
tap_claim "so is JSON, and with an earlier date the lists are those of the index date" as_json
report() {
  exits 0 klynge report $packs --data $cluster --as-of $day --quiet -o "$room/without-lists" && exits 0 klynge report $packs --data $cluster --as-of $day --quiet -o "$room/documents" --lists "$room/report" &&
    diff -rq "$room/without-lists" "$room/documents" && diff -rq "$room/made" "$room/report" || return 1
  for file in "$room"/documents/*; do
    case $file in
      *.pptx | *.xlsx | *.docx) opened "$file" || return 1; ! grep -raqE 'P[0-9]{5}' "$room/parts" || { echo "# $file"; return 1; } ;;
      *) ! grep -qE 'P[0-9]{5}' "$file" || { echo "# $file"; return 1; } ;;
    esac
  done
}
tap_claim "report writes the same lists, and no patient into a document" report
mode_of() { ls -ld "$1" | cut -c1-10; }
alone() {
  mkdir "$room/there" && : >"$room/there/900001.xlsx" && chmod 644 "$room/there/900001.xlsx" || return 1
  (umask 0 && lists open) && (umask 0 && lists there) || return 1
  [ "$(mode_of "$room/open")" = drwx------ ] || { echo "# the folder: $(mode_of "$room/open")"; return 1; }
  for file in "$room"/open/*.xlsx "$room"/there/*.xlsx; do [ "$(mode_of "$file")" = -rw------- ] || { echo "# $file"; return 1; }; done
  [ "$(ls "$room/there" | wc -l)" -eq 12 ]
}
tap_claim "no other than its owner reads a file, one that was there before neither" alone
link() {
  mkdir "$room/links" && echo mine >"$room/mine" && ln -s "$room/mine" "$room/links/900001.xlsx" && lists links && [ "$(cat "$room/mine")" = mine ] && [ ! -h "$room/links/900001.xlsx" ]
}
tap_claim "a link in the place of a file is not followed" link
only() { lists only --practice 900003 && [ "$(ls "$room/only")" = 900003.xlsx ] && cmp "$room/only/900003.xlsx" "$room/made/900003.xlsx"; }
tap_claim "with --practice it is the file of that one" only

# ── who ──
# Every patient of a practice, asked one by one: wanted are the outcomes that the list is of.
as_why() {                             # as_why SHEET RULES INDICATOR OUTCOME…
  number=$1 rules=$2 indicator=$3
  shift 3
  opened "$room/made/900006.xlsx" && sheet "$number" 6 | cut -d'|' -f1 | sort >"$room/listed" || return 1
  awk -F, '$2 == "900006" { print $1 }' $cluster/patients.csv | sort -u | while read -r patient; do
    outcome=$(klynge why "$rules" "$indicator" --data "$room/store" --as-of $day --patient "$patient" --format json --quiet | sed -n 's/^  "outcome": "\(.*\)",$/\1/p')
    case " $* " in *" $outcome "*) echo "$patient" ;; esac
  done >"$room/wanted"
  same "$room/wanted" "$room/listed"
}
klynge import --data $cluster -o "$room/store" --quiet
tap_claim "where less is better, the list is of those whom klynge why counts: mp2" as_why 2 rules/type2/treatment.kly mp2 yes
tap_short || tap_claim "mp4" as_why 3 rules/type2/treatment.kly mp4 yes
tap_short || tap_claim "mp5" as_why 4 rules/type2/treatment.kly mp5 yes
tap_claim "where more is better, of those whom it does not count: mp7x" as_why 6 rules/type2/treatment.kly mp7x no unknown
tap_short || tap_claim "annual reviews" as_why 7 rules/type2/followup.kly mp1 no unknown
stored() { exits 0 klynge run $packs --data "$room/store" --as-of $day --quiet --lists "$room/stored" && diff -rq "$room/made" "$room/stored"; }
tap_claim "from a store it is the same" stored
again() {
  mkdir "$room/turned" && for file in $cluster/*.csv; do { sed -n 1p "$file"; sed 1d "$file" | sort -r; } >"$room/turned/$(basename "$file")"; done
  lists one --threads 1 && lists eight --threads 8 && (LC_ALL=C.UTF-8 && export LC_ALL && lists danish --language en) &&
    exits 0 klynge run $packs --data "$room/turned" --as-of $day --quiet --lists "$room/other" || return 1
  for folder in one eight danish other; do diff -rq "$room/made" "$room/$folder" || return 1; done
}
tap_claim "the bytes are the same again: threads, locale and the order of rows change nothing" again

# ── what is said ──
small() { to=$1; shift; exits 0 klynge run tests/lists/lists.kly --data tests/lists/data --as-of $day --quiet --lists "$room/$to" "$@"; }
told() {                               # told WORDS…: the lists of the made-up practices as they are kept
  for file in 'A%2F1' B; do
    opened "$room/$1/$file.xlsx" || return 1
    echo "== $file"
    for n in 2 3 4 5 6 7 8; do sed -n "s/.*<sheet name=\"\([^\"]*\)\" sheetId=\"$n\".*/-- \1/p" "$room/parts/xl/workbook.xml" | sed 's/&lt;/</g' | grep .; sheet $n 6; done
  done
}
english() { small english && told english >"$room/told" && same tests/lists/english.txt "$room/told"; }
tap_claim "why somebody is on a list, word for word" english
danish() { small danish-words --language da && told danish-words >"$room/told" && same tests/lists/danish.txt "$room/told"; }
tap_claim "in Danish" danish
values() {
  opened "$room/english/A%2F1.xlsx" && awk -v head=6 -v value=G -f tests/lists/cells.awk "$room/parts/xl/sharedStrings.xml" "$room/parts/xl/worksheets/sheet2.xml" >"$room/told" && grep -q '|63$' "$room/told"
}
tap_claim "a value stands in a column of its own as a number" values
# 7.49 % are 58.36086 mmol/mol.
converted() {
  cp -r tests/lists/data "$room/percent" && sed 's/^0012,2024-05-01,NPU27300,63,mmol.mol$/0012,2024-05-01,NPU03835,7.49,%/' tests/lists/data/labs.csv >"$room/percent/labs.csv" &&
    exits 0 klynge run tests/lists/lists.kly --data "$room/percent" --as-of $day --quiet --lists "$room/converted" && opened "$room/converted/A%2F1.xlsx" || return 1
  awk -v head=6 -v value=G -f tests/lists/cells.awk "$room/parts/xl/sharedStrings.xml" "$room/parts/xl/worksheets/sheet2.xml" >"$room/told"
  grep -q '58.36 mmol/mol (2024-05-01)|58.36$' "$room/told" || { sed 's/^/# /' "$room/told"; return 1; }
}
tap_claim "one that was converted is the same in words and in its column" converted
opened "$room/english/A%2F1.xlsx"
texts() { grep -q '<t>0012</t>' "$room/parts/xl/sharedStrings.xml" && grep -q '<t>=1+1</t>' "$room/parts/xl/sharedStrings.xml" && ! grep -q '<f>' "$room"/parts/xl/worksheets/*.xml; }
tap_claim "an id is a text, with its noughts, and no formula" texts
on_all() { sheet 1 7 | cut -d'|' -f1 | tr '\n' ' ' >"$room/told"; [ "$(cat "$room/told")" = "0012 =1+1 x<y " ] || { sed 's/^/# /' "$room/told"; return 1; }; }
tap_claim "the first sheet has everybody once, those on most lists first" on_all

# ── under another limit ──
changed() {
  exits 0 klynge run rules/type2/treatment.kly --data $cluster --as-of $day --quiet --language da --set hba1c_limit=53 --set ldl_limit=1.8 --lists "$room/limits" && opened "$room/limits/900001.xlsx" || return 1
  grep -q '<t>Ændret i dette resultat: Grænse for HbA1c 53 mmol/mol (ellers 58 mmol/mol); Grænse for LDL 1,8 mmol/L (ellers 2,5 mmol/L)</t>' "$room/parts/xl/sharedStrings.xml" || return 1
  for part in "$room"/parts/xl/worksheets/*.xml; do grep -q 'r="A5"' "$part" || return 1; done
}
tap_claim "a limit that was set stands on each sheet" changed
usual() { opened "$room/made/900001.xlsx" && ! grep -q 'Ændret i dette\|Changed for this' "$room/parts/xl/sharedStrings.xml"; }
tap_claim "where none was, nothing is said of it" usual

# ── what is wrong ──
sed '/^  list /d' tests/lists/lists.kly >"$room/none.kly"
tap_claim "where no indicator has a list that is told" ends 2 'no indicator has a list' klynge run "$room/none.kly" --data tests/lists/data --quiet --lists "$room/nothing"
tap_claim "and no folder is made" [ ! -e "$room/nothing" ]
: >"$room/file"
tap_claim "a file in the place of the folder is a failure of the system" ends 4 'cannot be made' klynge run tests/lists/lists.kly --data tests/lists/data --quiet --lists "$room/file"
occupied() { mkdir -p "$room/occupied/B.xlsx/x" && ends 4 'B.xlsx cannot be written' klynge run tests/lists/lists.kly --data tests/lists/data --as-of $day --quiet --lists "$room/occupied" && [ -z "$(find "$room/occupied" -name '*.part')" ]; }
tap_claim "so is a place that is taken, and nothing half is left" occupied
klynge run tests/lists/lists.kly --data tests/lists/data --as-of $day --quiet --format json >"$room/kept.json" 2>/dev/null
tap_claim "a result that was kept has no patients" ends 2 '--lists needs the data' klynge report "$room/kept.json" -o "$room/kept" --lists "$room/none"
among() { mkdir "$room/shown" && ends 2 'among the documents' klynge report tests/lists/lists.kly --data tests/lists/data --as-of $day --quiet -o "$room/shown" --lists "$room/shown/lists" && ends 2 'among the documents' klynge report tests/lists/lists.kly --data tests/lists/data --quiet -o "$room/shown" --lists "$room/shown/../shown"; }
tap_claim "lists do not lie among the documents that are shown around" among
tap_claim "and a folder that was made for them is gone again, one that was there is not" eval '[ ! -e "$room/shown/lists" ] && [ -d "$room/shown" ]'
tap_claim "a list is of one setting" ends 2 'who is on a list, one setting says' klynge run rules/type2/treatment.kly --data $cluster --quiet --vary ldl_limit=2.5,3 --lists "$room/varied"
tap_done
