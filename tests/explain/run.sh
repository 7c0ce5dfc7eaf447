#!/bin/sh
# run.sh: NAME[@INDICATOR].LANGUAGE.FORMAT is exactly what `klynge explain NAME.kly [INDICATOR] --language LANGUAGE --format
# FORMAT` prints, with the index date 2024-06-01; txt is the text. NAME.kly stands here, or among the packs that come with
# the program. A new case is one new file: no list is kept. $KLYNGE names the program to be tested.
#
# After a change that is meant: sh tests/explain/run.sh --write, and read the difference as a clinician would.
set -u
. "$(dirname "$0")/../tap.sh"
tap_begin
cd tests/explain || exit 4
explain() { klynge explain "$@" --quiet; }

# ── the texts, word for word ──
explained() {                          # explained FILE: what it should hold, on standard output
  name=${1%%.*} language=${1#*.} format=${1##*.}
  language=${language%%.*} indicator=
  case $name in *@*) indicator=${name#*@} name=${name%@*} ;; esac
  case $format in txt) format=text ;; esac
  rules=$name.kly
  [ -f "$rules" ] || rules=$(ls ../../rules/*/"$name.kly")
  # shellcheck disable=SC2086 # an indicator is one word or none
  explain "$rules" $indicator --as-of 2024-06-01 --language "$language" --format "$format"
}
as_written() { explained "$1" >"$room/out" && same "$1" "$room/out"; }
for file in *.en.* *.da.*; do
  if [ "${1-}" = --write ]; then explained "$file" >"$room/out" && cp "$room/out" "$file"; fi
  tap_claim "the explanation $file" as_written "$file"
done

# ── nothing is left out ──
# A kind of expression that none of these rules has would be explained by nobody.
kinds() {
  klynge dump types forms.kly --quiet >"$room/types" 2>/dev/null
  left=0
  sed -n 's/^EXPR(\([a-z_]*\),.*/\1/p' ../../lang/check/exprs.def | grep -vx 'wrong\|truth' >"$room/kinds"
  [ "$(wc -l <"$room/kinds")" -gt 20 ] || { echo "# exprs.def has hardly a kind of expression"; return 1; }
  for kind in $(cat "$room/kinds"); do
    grep -q "^ *$kind\b" "$room/types" || { echo "# forms.kly has no expression of the kind $kind"; left=1; }
  done
  return $left
}
tap_claim "forms.kly holds every kind of expression" kinds

# ── plain words ──
words_of() { for rules in forms.kly library.kly ../../rules/*/*.kly; do explain "$rules" --as-of 2024-06-01 --language "$1" || return 1; done; }
for language in en da; do
  words_of $language >"$room/words.$language"
  tap_claim "all rules are explained ($language)" [ $? -eq 0 -a "$(wc -l <"$room/words.$language")" -gt 500 ]
done
plain() { nothing "$(grep -iwE "$2" "$room/words.$1")"; }
tap_claim "no jargon in English" plain en 'null|boolean|series|stream|predicate|numerator|denominator|expression|operator|window|quantifier'
tap_claim "no jargon in Danish" plain da 'null|boolsk|serie|nævner|tælleren|prædikat|udtryk|operator|vindue|kvantor'
tap_claim "nothing English in Danish" nothing "$(grep -wE 'the|and|holds?|with|within|is|has' "$room/words.da")"
tap_claim "so the English has words that would be found" grep -qwE 'within' "$room/words.en"

# ── rules that nobody would write ──
doubled() {
  { printf 'pack doubled use "lib/gp.kly"\nuse "lib/diabetes.kly"\ndefine d0 = hba1c > 58\n'
    for i in $(seq 60); do printf 'define d%d = d%d and not d%d\n' "$i" $((i - 1)) $((i - 1)); done
    printf 'indicator i share of d59 where d60\n'; } >"$room/doubled.kly"
  timeout 10 "$KLYNGE" explain "$room/doubled.kly" --quiet >"$room/out" 2>&1 && grep -qF '“d60”' "$room/out"
}
tap_claim "rules that use each other many times over are explained in the time of what is written" doubled

# ── with and without an index date ──
in_words() { explain ../../rules/type2/treatment.kly mp1 --language da >"$room/out" && prints 'Inden for 18 måneder før opgørelsesdatoen: HbA1c' && ! grep -q 'begge dage med' "$room/out"; }
tap_claim "without an index date windows are told in words" in_words
in_days() { explain ../../rules/type2/treatment.kly mp1 --language da --as-of 2024-08-31 | tr -s '\n ' ' ' >"$room/out" && prints '28. februar 2023 til 31. august 2024'; }
tap_claim "with one they have their first and last day, counted as windows are" in_days
with_set() { explain ../../rules/type2/treatment.kly mp1 --set hba1c_limit=53 --language da >"$room/out" && prints 'HbA1c er over 53 mmol/mol' && prints 'sat her med --set hba1c_limit=…'; }
tap_claim "a parameter that is set is told with its value" with_set

# ── values in titles ──
# titles LINE LANGUAGE: the title of an indicator whose text names parameters of every kind, in a pack whose texts are in this language.
titles() {
  cat >"$room/titles.kly" <<KLY
$1
table patients (birth date)
pack titles
  written in $2
  population age >= least
parameter least = 40
parameter limit = 2.5
parameter above "Over {above}, not {limit}" = 58
parameter back = 18 months
parameter once = 1 month
parameter began = 2024-03-01
parameter word = "frail"
indicator one "{limit}/{above}, {back}, {once}, {began}, {word}; {}{ limit }{2}"
  share where age >= above
KLY
  explain "$room/titles.kly" one >"$room/out" && prints "$3"
}
tap_claim "values in a Danish title are written as Danish" titles "" da '2,5/58, 18 måneder, 1 måned, 1. marts 2024, frail; {}{ limit }{2}'
tap_claim "in an English one as English" titles "" en '2.5/58, 18 months, 1 month, 1 March 2024, frail; {}{ limit }{2}'
own_title() { explain "$room/titles.kly" >"$room/out" && prints 'Over 58, not 2.5'; }
tap_claim "a parameter's own title too" own_title
set_title() { explain ../../rules/type2/treatment.kly mp2 --set ldl_limit=1.8mmol/L >"$room/out" 2>&1 && prints 'LDL over 1,8 uden statin'; }
tap_claim "a value that is set stands in the title" set_title

# ── the page ──
wide() { explain forms.kly >"$room/out" && awk '{ gsub(/[\200-\277]/, ""); if (length($0) > 100) { print "# " $0; bad = 1 } } END { exit bad || NR < 100 }' "$room/out"; }
tap_claim "no line of the text is wider than 100 letters" wide
locales() { explain forms.kly --language da >"$room/out" && LC_ALL=C.UTF-8 explain forms.kly --language da | same "$room/out" - && prints 'Hvornår'; }
tap_claim "the text is the same in an ASCII locale, Danish letters and all" locales
alone() { explain forms.kly --format html >"$room/out" && prints "</html>" && ! grep -nE '(src|href)=|https?:|@import|url\(' "$room/out"; }
tap_claim "the page needs nothing beside it" alone
escaped() { prints 'Og det &lt;her&gt; &amp; det.'; }
tap_claim "the author's signs are no signs of HTML" escaped
languages() { prints '<html lang="en">' && explain forms.kly --format html --language da >"$room/out" && prints '<html lang="da">' && prints '<dt>Af hvem</dt>'; }
tap_claim "the page says which language it is in" languages
# Every element that is opened is closed, in its order.
balanced() {
  sed '/<style>/,/<\/style>/d' "$room/out" | grep -oE '</?[a-z0-9]+' | awk '
    { tag = $0; sub(/^<\/?/, "", tag) }
    /^<\// { if (stack[n] != tag) { print "# </" tag "> closes " stack[n]; bad = 1; exit } n--; next }
    tag != "meta" { stack[++n] = tag }
    END { exit bad || n > 0 || NR < 100 }'
}
tap_claim "its elements are closed" balanced
keys() { explain forms.kly --format json --language "$1" | grep -o '"key": "[a-z_]*"\|"name": "[a-z0-9_]*"'; }
same_keys() { [ "$(keys da)" = "$(keys en)" ] && [ "$(keys da | wc -l)" -gt 100 ]; }
tap_claim "keys and names of JSON are the same in both languages" same_keys
told_keys() {
  left=0
  [ "$(keys en | wc -l)" -gt 100 ] || return 1
  for key in $(keys en | sed -n 's/"key": "\(.*\)"/\1/p' | sort -u); do grep -qF "| \`$key\` |" ../../docs/explain.md || { echo "# docs/explain.md lacks $key"; left=1; }; done
  return $left
}
tap_claim "docs/explain.md tells of every key of JSON" told_keys
tap_done
