#!/bin/sh
# run.sh: the command as a user meets it: what it prints, where, and with which exit code. $KLYNGE names the program.
set -u
. "$(dirname "$0")/../tap.sh"
tap_begin
treatment=rules/type2/treatment.kly followup=rules/type2/followup.kly cluster=examples/cluster
cp -r "$cluster" "$room/data"

# ends_and_says CODE TEXT "WORD…": of the words of one text.
ends_and_says() { ends "$1" "$2" klynge $3; }
run() { klynge run "$treatment" --as-of 2024-06-01 "$@"; }

# ── exit codes ──
tap_claim "--help prints the verbs" exits 0 klynge --help
tap_claim "--version prints the version" exits 0 klynge --version
tap_claim "no verb is wrong use" exits 2 "$KLYNGE"
tap_claim "an unknown verb is wrong use, with the one that was meant" ends_and_says 2 'did you mean `check`' "chekc x"
tap_claim "an unknown option is wrong use, with the one that was meant" ends_and_says 2 'did you mean --data' "run $treatment --dota x"
tap_claim "an option without its value is wrong use" ends_and_says 2 '--data wants a value' "run $treatment --data"
tap_claim "a date that is none is wrong use" ends_and_says 2 'is a date as 2024-06-01' "run $treatment --data $cluster --as-of 2024-02-30"
tap_claim "an unknown format is wrong use" ends_and_says 2 'table, csv, json or measure-report' "run $treatment --data $cluster --format xml"
tap_claim "an option with an empty value is wrong use" exits 2 run --data "$cluster" --cluster ""
tap_claim "so is one with nothing between its commas" exits 2 run --data "$cluster" --practice=,
tap_claim "a number below zero is a value, a wrong one" ends_and_says 2 '--patients is a whole number from 1 to' "synth --patients -5 -o $room/none"
tap_claim "an unknown cluster is wrong use, with those there are" ends_and_says 2 'there are C001' "run $treatment --data $cluster --cluster C999"
tap_claim "an unknown practice is wrong use" exits 2 run --data "$cluster" --practice 999999
tap_claim "so is the letter of one, which is not its id" ends_and_says 2 "takes the practices' own ids" "run $treatment --data $cluster --practice A"
tap_claim "a rule file that is not there is wrong use" ends_and_says 2 'nowhere.kly: there is no file of this name' "run nowhere.kly --data $cluster"
tap_claim "a folder without rules is wrong use" ends_and_says 2 "there is no rule file (.kly) in the folder $cluster" "run $cluster --data $cluster"
tap_claim "where no data are named it may be theirs" ends_and_says 2 "a folder of data is named so: --data $cluster" "run $treatment $cluster"
tap_claim "so it is to be checked" exits 2 klynge check nowhere.kly
printf 'use "nowhere.kly"\n' >"$room/use.kly"
tap_claim "a file that a rule uses and that is not there is an error of the rule" ends_and_says 1 'there is no file of this name' "check $room/use.kly"
tap_claim "the same pack twice is wrong use" ends_and_says 2 'the pack `treatment` is asked for twice' "run $treatment $treatment --data $cluster"
tap_claim "so it is by itself and by its folder" ends_and_says 2 'the pack `treatment` is asked for twice' "run rules $treatment --data $cluster"
tap_claim "a library cannot be run [no_pack]" ends_and_says 1 'declares no pack' "run rules/lib/gp.kly --data $cluster"
tap_claim "nor can an order, and what makes its documents is told" ends_and_says 1 'klynge report FILE -o FOLDER' "run examples/meeting.kly --data $cluster"
tap_claim "where no data are named and none are here, it is told how" ends_and_says 3 'are named so: --data DIR' "run $treatment"
tap_claim "a folder that is not there cannot be read" ends_and_says 3 'nowhere' "run $treatment --data nowhere"
tap_claim "a full disk is a failure of the system" exits 4 sh -c '"$0" run "$1" --data "$2" --format csv >/dev/full' "$KLYNGE" "$treatment" "$cluster"
all_packs() { exits 0 klynge run rules --data "$cluster" --as-of 2024-06-01 --format csv && [ "$(sed 1d "$room/out" | cut -d, -f1 | uniq | tr '\n' ' ')" = "hypertension followup treatment " ]; }
tap_claim "a folder of rules stands for the packs in it" all_packs

# ── --all-clusters ──
several() {
  rm -rf "$room/several" "$room/all"
  klynge synth --patients 600 --clusters 3 --practices 6 --seed 5 -o "$room/several" --quiet && run --data "$room/several" --all-clusters -o "$room/all" --quiet --format csv
}
folders() { several && [ "$(cd "$room/all" && find . -type f | sort | tr '\n' ' ')" = "./C001/result.csv ./C002/result.csv ./C003/result.csv " ]; }
tap_claim "--all-clusters writes a folder for each cluster" folders
alone() { run --data "$room/several" --cluster C002 --format csv >"$room/alone" && same "$room/alone" "$room/all/C002/result.csv"; }
tap_claim "with what --cluster gives of it" alone
tap_claim "--all-clusters wants a folder" ends_and_says 2 'name the folder for all of them with -o' "run $treatment --data $cluster --all-clusters"
in_the_way() { echo >"$room/file" && exits 4 run --data "$cluster" --all-clusters -o "$room/file" --quiet && says 'cannot be made'; }
tap_claim "a file that is in the way of the folder is a failure of the system" in_the_way

# ── what the result is written to ──
for name in table.xlsx table.pptx table.docx table.html; do
  named_as_document() { exits 2 klynge run "$treatment" --data "$cluster" -o "$room/$name" && says 'klynge report makes slides' && [ ! -e "$room/$name" ]; }
  tap_claim "a text is not written to a file that is named as a document: $name" named_as_document
done
if [ -c /dev/full ]; then
  full() { "$KLYNGE" "$@" >/dev/full 2>"$room/err"; [ $? -eq 4 ] && grep -qF 'cannot be written: No space left on device' "$room/err"; }
  for words in "check $treatment" "dump tree $treatment" "explain $treatment" "diff $treatment $treatment" "test $treatment" "run $treatment --data $cluster" --help --version; do
    # shellcheck disable=SC2086 # words
    tap_claim "why the output cannot be written is told by: $words" full $words
  done
fi

# ── files that are no rules ──
of_another_kind() { printf "$1" >"$room/file.kly" && exits 1 klynge check "$room/file.kly" && says "$2" && [ "$(wc -l <"$room/err")" -eq 1 ]; }
tap_claim "a picture is told to be no rule file, and nothing else" of_another_kind '\211PNG\r\n\032\n' 'this is a picture, not a rule file'
tap_claim "so is a workbook" of_another_kind 'PK\003\004\024' 'this is a document, a workbook or a packed folder, not a rule file'

# ── --set ──
tap_claim "a parameter that is not there [setting]" ends_and_says 2 'did you mean `hba1c_limit`' "run $treatment --data $cluster --set hba1c_limt=53"
tap_claim "a parameter takes a value of its kind [setting]" ends_and_says 2 'takes a number in mmol/mol' "run $treatment --data $cluster --set hba1c_limit=soon"
tap_claim "so it does to be checked [setting]" exits 2 klynge check "$treatment" --set hba1c_limit=soon
with_unit() { run --data "$cluster" --set "$1" >"$room/set.txt" 2>&1; grep -qF -- "$2" "$room/set.txt"; }
tap_claim "a unit may stand right behind its number, whatever the number is" with_unit hba1c_limit=53mmol/mol 'hba1c_limit = 53 mmol/mol (usually 58 mmol/mol)'
tap_claim "so may one without a sign in it" with_unit systolic_limit=130mmHg 'systolic_limit = 130 mmHg (usually 140 mmHg)'
tap_claim "and one behind decimals" with_unit ldl_limit=1.8mmol/L 'ldl_limit = 1.8 mmol/L (usually 2.5 mmol/L)'
tap_claim "a setting is NAME=VALUE" ends_and_says 2 'wants NAME=VALUE' "run $treatment --data $cluster --set hba1c_limit"
more_at_53() {
  at_58=$(run --data "$cluster" --quiet --format csv | sed -n 's/^treatment,mp1,C001,\*,[^,]*,[^,]*,[^,]*,\([0-9]*\),.*/\1/p')
  at_53=$(run --data "$cluster" --quiet --format csv --set hba1c_limit=53 | sed -n 's/^treatment,mp1,C001,\*,[^,]*,[^,]*,[^,]*,\([0-9]*\),.*/\1/p')
  [ "$at_53" -gt "$at_58" ]
}
tap_claim "a lower limit finds more patients" more_at_53
fewer_frail() {
  run --data "$cluster" --quiet >"$room/out" && prints 'frailty               none yet' && run --data "$cluster" --quiet --set frailty=L03,A05 >"$room/out" &&
    prints 'Changed with --set: frailty = L03,A05' && [ "$(grep '^mp1g  HbA1c' "$room/out")" != "$(run --data "$cluster" --quiet | grep '^mp1g  HbA1c')" ]
}
tap_claim "a set that holds no code yet is named in the table, and a run can fill it" fewer_frail
tap_claim "what it was nearly called is said [setting]" ends_and_says 2 'did you mean `frailty`' "run $treatment --data $cluster --set fraility=L03"

# ── test ──
write_test() {
  cat >"$room/$1" <<RULES
use "$PWD/rules/lib/diabetes.kly"
test "the latest # value"
  as of 2024-06-01
  patient one born 1960-01-01
    hba1c 59.5 on 2024-05-01
    egfr >90 on 2024-05-01
    diagnosis T90 on 2012-02-29
  expect one $2
RULES
}
found() { write_test claims.kly "$2" && exits 1 klynge test "$room/claims.kly" && prints "$1" && prints '1 of them does not hold'; }
write_test holds.kly "hba1c = 59.5, ldl unknown, listed yes"
tap_claim "tests that hold end well and are counted" exits 0 klynge test "$room/holds.kly"
tap_claim "tests that hold are counted" prints '1 test, 3 claims, all hold'
tap_claim "a claim that does not hold [claim]" found '8:14: error: `hba1c` of one: expected 58 mmol/mol, got 59.5 mmol/mol [claim]' "hba1c = 58"
tap_claim "the test's title stands below its claim" prints 'in the test "the latest # value"'
tap_claim "what is known and should not be is shown" found 'expected unknown, got 59.5 mmol/mol' "hba1c unknown"
tap_claim "what is not known is shown so" found 'expected 2 mmol/L, got unknown' "ldl = 2"
tap_claim "a censored value is shown with its sign" found 'expected 95 mL/min/1.73m2, got >90 mL/min/1.73m2' "egfr = 95"
tap_claim "a date is shown as a date" found 'expected 1960-01-02, got 1960-01-01' "birth = 1960-01-02"
tap_claim "an outcome is shown" found 'expected no, got yes' "listed no"
tap_claim "TAP says which test failed" exits 1 klynge test --format tap "$room/claims.kly"
tap_claim "TAP keeps signs of a title apart from its own" prints 'claims.kly: the latest \# value'
tap_claim "rules with errors are no passed test" exits 1 klynge test tests/problems/tests-that-cannot-be.kly
tap_claim "a file without a test says so" exits 0 klynge test examples/metformin.kly
tap_claim "a file without a test is told" prints 'no tests'
tap_claim "an unknown format of tests is wrong use" ends_and_says 2 'text, tap or junit' "test --format xml rules"

# ── explain ──
explain() { ends_and_says 2 "$1" "explain $2"; }
tap_claim "an unknown indicator is wrong use, and the nearest is named" explain 'rules/type2/treatment.kly has no indicator `mp66`; did you mean `mp6`?' "$treatment mp66"
tap_claim "so is it in Danish" explain 'har ingen indikator `mp66`; mente du `mp6`?' "$treatment mp66 --language da"
tap_claim "a library has no indicators" explain 'has no indicator `mp6`' "rules/lib/diabetes.kly mp6"
tap_claim "explain wants a file" explain 'which rules?' ''
tap_claim "explain takes one indicator" explain 'which rules?' "$treatment mp6 mp7"
tap_claim "a folder of several files is not explained" explain 'name one of them' rules/type2
tap_claim "an unknown format of explanations is wrong use" explain 'text, html or json' "$treatment --format pdf"
tap_claim "an index date that is none is wrong use" explain 'is a date as 2024-06-01' "$treatment --as-of 2024-02-30"
tap_claim "a parameter that there is not is wrong use" exits 2 klynge explain "$treatment" --set hba1c_limits=53
tap_claim "wrong rules are told, not explained" exits 1 klynge explain tests/problems/tests-that-cannot-be.kly
tap_claim "nothing is printed of them" [ ! -s "$room/out" ]
tap_claim "a library is explained" exits 0 klynge explain rules/lib/diabetes.kly --language da
tap_claim "by its measures and code sets" prints 'GLP-1-receptoragonist, også i kombination (glp1)'
# no_reader COMMAND…: into a pipe that nobody reads any more: the command ends as the system ends it (SIGPIPE), and says nothing.
no_reader() {
  rm -f "$room/pipe" && mkfifo "$room/pipe" || return 1
  : <"$room/pipe" &
  { wait; "$@"; } >"$room/pipe" 2>"$room/err"
  code=$?
  [ "$code" -eq 141 ] && [ ! -s "$room/err" ] && return
  echo "# exit code $code"
  tap_show "$room/err"
  return 1
}
piped() { klynge explain "$treatment" | head -1 >"$room/out" && prints 'Type 2-diabetes' && no_reader klynge explain "$treatment"; }
tap_claim "a reader that stops early is no error" piped

# ── new ──
new() { (cd "$room" && exits "$@"); }
new_works() {
  cluster_here=$PWD/$cluster
  new 0 klynge new "$1" --title "To ord: $1" --language "$2" || return 1
  (cd "$room/$1" && [ "$(ls)" = "$(printf 'README.md\n%s.kly' "$1")" ] && grep -q "\"To ord: $1\"" "$1.kly" && [ "$(head -1 README.md)" = "# To ord: $1" ] &&
    exits 0 klynge check "$1.kly" && [ ! -s "$room/err" ] && exits 0 klynge test --coverage --mutate --complete . && prints 'all hold' && exits 0 klynge fmt --check . &&
    exits 0 klynge run "$1.kly" --data "$cluster_here" --as-of 2024-06-01 --format csv && [ "$(wc -l <"$room/out")" -eq 14 ] && ! grep -q '{' "$1.kly" README.md)
}
tap_claim "a new pack is checked, tested, laid out and run as it stands" new_works blood_pressure en
tap_claim "so is one in Danish, under a Danish name" new_works blodtryk_på_dansk da
danish_pack() { [ "$(head -1 "$room/blodtryk_på_dansk/blodtryk_på_dansk.kly")" = "language da" ] && grep -q 'Disse fem trin' "$room/blodtryk_på_dansk/README.md"; }
tap_claim "its keywords and its README are Danish" danish_pack
untitled() { new 0 klynge new high_pressure && grep -q 'pack high_pressure "high pressure"' "$room/high_pressure/high_pressure.kly"; }
tap_claim "without a title the name is read as words" untitled
not_over() { echo kept >"$room/taken" && new 2 klynge new taken && says 'nothing was written over' && [ "$(cat "$room/taken")" = kept ] && new 2 klynge new high_pressure; }
tap_claim "a folder or file that is there is never written over" not_over
not_named() { for name in 2a 'a b' 'a"b' a/b '' '–' . -; do new 2 klynge new -- "$name" && says 'is no name' || return 1; done; }
tap_claim "what is no name is told with how a name is written" not_named
a_word() { for name in test codes dag sprog; do new 2 klynge new "$name" && says 'is a word of the rule language' || return 1; done; }
tap_claim "nor can a pack be called as a keyword of either language is" a_word
tap_claim "a title stands on one line" new 2 klynge new titled --title 'a "b"'
tap_claim "one pack at a time, and it has a name" new 2 klynge new one two
tap_claim "a pack without a name is wrong use" new 2 klynge new
nothing_half() { mkdir "$room/closed" && chmod 555 "$room/closed" && (cd "$room/closed" && exits 4 klynge new pack_of_ours) && [ -z "$(ls "$room/closed" "$room" | grep part)" ]; }
if [ "$(id -u)" -ne 0 ]; then tap_claim "a folder that cannot be written is a failure of the system" nothing_half; fi
no_room() { (cd "$room" && ulimit -f 0 && exits 4 klynge new too_large) && [ ! -e "$room/too_large" ] && [ -z "$(ls "$room" | grep part)" ]; }
tap_claim "what cannot be written whole is not there" no_room

# ── results ──
header='pack,indicator,cluster,practice,as_of,population,denominator,numerator,unknown,value,low,high'
csv_is_whole() {
  klynge run examples/tutorial/heart.kly --as-of 2024-06-01 --data "$cluster" --quiet --format csv >"$room/csv" || return 1
  n=$(grep -c '^indicator ' examples/tutorial/heart.kly)
  [ "$(head -1 "$room/csv")" = "$header" ] && [ "$(grep -c ',\*,' "$room/csv")" -eq "$n" ] && [ "$(wc -l <"$room/csv")" -eq $((1 + n * 13)) ]
}
# Half of the indicators of the pack are shown by two bands, and none of its patients is in neither.
csv_has_bands() {
  klynge run "$followup" --as-of 2024-06-01 --data "$cluster" --quiet --format csv >"$room/csv" || return 1
  n=$(grep -c '^indicator ' "$followup") bands=$((2 * $(grep -c '^ *by ' "$followup")))
  [ "$(head -1 "$room/csv")" = "$header,stratum,band" ] && [ "$(grep -c ',,$' "$room/csv")" -eq $((n * 13)) ] &&
    [ "$(wc -l <"$room/csv")" -eq $((1 + (n + bands) * 13)) ]
}
tap_claim "CSV has its header, a row for each indicator and practice, and one for each cluster" csv_is_whole
tap_claim "where an indicator is told apart, CSV has the rows of its bands" csv_has_bands
csv_is_adjusted() {
  run --data "$cluster" --quiet --format csv >"$room/csv" && [ "$(head -1 "$room/csv")" = "$header,stratum,band,adjusted" ] &&
    [ "$(grep -c '^treatment,mp1,.*,,,0\.[0-9]*$' "$room/csv")" -eq 13 ]
}
tap_claim "where one is adjusted, CSV has the figure that it would be" csv_is_adjusted
no_ids() { run --data "$cluster" --quiet --format csv >"$room/csv" && [ "$(wc -l <"$room/csv")" -gt 13 ] && ! cut -d, -f4 "$room/csv" | grep -q '[0-9]'; }
tap_claim "no practice is named by default" no_ids
same_in_danish_locale() {
  run --data "$cluster" --quiet --format csv >"$room/a" && LC_ALL=da_DK.UTF-8 LANG=da_DK.UTF-8 run --data "$cluster" --quiet --format csv >"$room/b" && same "$room/a" "$room/b"
}
tap_claim "numbers in CSV do not depend on the locale" same_in_danish_locale
in_danish() { run --data "$cluster" --quiet --language da >"$room/out" && prints 'patienter' && prints ','; }
tap_claim "the table speaks Danish when asked" in_danish
hundred_columns() { run --data "$cluster" --quiet >"$room/out" && [ "$(LC_ALL=C.UTF-8 wc -L <"$room/out")" -le 100 ] && [ "$(LC_ALL=C.UTF-8 wc -L <"$room/out")" -gt 90 ]; }
tap_claim "the table fits 100 columns" hundred_columns
not_read_kept() { run --data "$cluster" --quiet -o "$room/table" && grep -q '^Data .* rows not read' "$room/table"; }
tap_claim "a table in a file says itself what was not read" not_read_kept
plans_missing() {
  cp -r "$cluster" "$room/lacking" && rm "$room/lacking/plans.csv" && exits 0 klynge run rules --data "$room/lacking" --as-of 2024-06-01 --quiet &&
    prints 'MISSING: plans.csv'
}
tap_claim "a table says itself that a file was missing" plans_missing
output_whole() { run --data "$cluster" --quiet --format csv -o "$room/result.csv" && run --data "$cluster" --quiet --format csv | same "$room/result.csv" -; }
tap_claim "-o writes the result to a file" output_whole
output_not_half() { exits 4 run --data "$cluster" -o "$room/nowhere/result" && [ -z "$(ls "$room" | grep part)" ]; }
tap_claim "a result that cannot be written leaves nothing behind" output_not_half
output_linked() {
  mkdir -p "$room/place" && echo old >"$room/place/result" && ln -s place/result "$room/link" && ln -s place/new "$room/ahead" || return 1
  run --data "$cluster" --quiet --format csv -o "$room/link" && run --data "$cluster" --quiet --format csv -o "$room/ahead" &&
    [ -L "$room/link" ] && [ -L "$room/ahead" ] && cmp "$room/place/result" "$room/place/new" && [ "$(wc -l <"$room/place/new")" -gt 2 ]
}
tap_claim "-o through a symbolic link writes the file that it points to" output_linked
output_pipe() {
  rm -f "$room/pipe" && mkfifo "$room/pipe" || return 1
  timeout 60 cat "$room/pipe" >"$room/piped" 2>"$room/err" &
  run --data "$cluster" --quiet --format csv -o "$room/pipe" && [ -p "$room/pipe" ] || { kill $!; return 1; }
  wait && run --data "$cluster" --quiet --format csv | same "$room/piped" -
}
tap_claim "-o writes straight into what is no file" output_pipe
output_same() { run --data "$cluster" --quiet --format csv -o "$1" >"$room/same" && run --data "$cluster" --quiet --format csv | same "$room/same" - && [ ! -e ./- ]; }
tap_claim "-o - is standard output" output_same -
# A link to what /dev/stdout is a link to: a mistake here must not cost the machine its own.
ln -s /proc/self/fd/1 "$room/stdout"
output_stdout() { output_same "$room/stdout" && { echo before; run --data "$cluster" --quiet --format csv -o "$room/stdout"; } >"$room/both" && [ "$(head -1 "$room/both")" = before ]; }
tap_claim "-o /dev/stdout is standard output, a file too" output_stdout
tap_claim "-o with nothing is wrong use" exits 2 run --data "$cluster" -o ""
output_folder() { exits 4 run --data "$cluster" -o "$room/data" && [ -z "$(ls "$room" | grep part)" ]; }
tap_claim "-o with a folder is an error" output_folder
output_limited() {
  mkdir -p "$room/limited"
  exits 4 sh -c 'ulimit -f 1; exec "$0" run "$1" --data "$2" --quiet -o "$3"' "$KLYNGE" "$treatment" "$cluster" "$room/limited/result" && [ -z "$(ls -A "$room/limited")" ]
}
tap_claim "a limit on the size of files is an error, and leaves nothing behind" output_limited
told_once() { exits 4 sh -c '"$0" run "$1" --data "$2" --quiet >/dev/full' "$KLYNGE" "$treatment" "$cluster" && [ "$(wc -l <"$room/err")" -eq 1 ]; }
tap_claim "an output that fails is told once" told_once
closed_pipe() { run --data "$cluster" --quiet | head -1 >"$room/out" && [ -s "$room/out" ] && no_reader run --data "$cluster" --quiet; }
tap_claim "a closed pipe ends it in silence" closed_pipe
letters_stay() {
  run --data "$cluster" --quiet --format csv --key "$room/key" >"$room/a" && run --data "$cluster" --quiet --format csv --key "$room/key" >"$room/b" && same "$room/a" "$room/b"
}
tap_claim "a key file keeps the letters" letters_stay

any_threads() {
  for n in 1 2 3 8; do run "$followup" --data "$cluster" --format csv --quiet --threads $n >"$room/$n" && same "$room/1" "$room/$n" || return 1; done
}
tap_claim "any number of threads gives the same result" any_threads
tap_claim "a number of threads that is none is wrong use" ends_and_says 2 'a whole number from 1' "run $treatment --data $cluster --threads many"

lone_date() {
  row=$(sed -n 2p "$cluster/labs.csv" | cut -d, -f1)
  echo "$row,2042-02-17,NPU27300,50,mmol/mol" >>"$room/data/labs.csv"
  exits 0 klynge run "$treatment" --data "$room/data" && says '2042-02-17, stands alone' && says 'end at 2024-06-30'
  lone=$?
  cp "$cluster/labs.csv" "$room/data/"
  return $lone
}
tap_claim "a newest date that stands alone is told" lone_date
beyond() { exits 0 klynge run "$treatment" --data "$cluster" --as-of 2030-01-01 && says 'the data end at 2024-06-30'; }
tap_claim "an index date beyond the data is told" beyond

# ── the order of rows ──
shuffled() {
  mkdir -p "$room/shuffled"
  for file in "$cluster"/*.csv; do
    (head -1 "$file"; tail -n +2 "$file" | shuf --random-source="$file") >"$room/shuffled/$(basename "$file")"
  done
  run "$followup" --data "$cluster" --format csv --quiet >"$room/a" && run "$followup" --data "$room/shuffled" --format csv --quiet >"$room/b" &&
    same "$room/a" "$room/b" && run --data "$cluster" --quiet >"$room/a" && run --data "$room/shuffled" --quiet >"$room/b" && same "$room/a" "$room/b"
}
tap_claim "the order of rows changes no byte of CSV or table" shuffled

# ── bad data ──
# breaks FILE TEXT CODE SED: with FILE of the data changed so, the run ends with the code and says the text.
breaks() {
  cp "$cluster/$1" "$room/data/$1"
  sed -i "$4" "$room/data/$1"
  exits "$3" run --data "$room/data" && says "$2"
  broke=$?
  cp "$cluster/$1" "$room/data/$1"
  return $broke
}
tap_claim "a wrong header is an error with its line" breaks labs.csv 'labs.csv:1' 3 '1s/value/vaerdi/'
tap_claim "a date that is none is counted" breaks labs.csv 'a date that is none' 0 '2s/20[0-9][0-9]-/2024-13-/'
tap_claim "a patient of nobody's list is counted" breaks labs.csv 'not in patients.csv' 0 '2s/^[^,]*/Z1/'
tap_claim "a patient listed twice is counted" breaks patients.csv 'listed twice' 0 '2{p}'
tap_claim "--strict stops at the first row that cannot be read" exits 3 run --data "$room/data" --strict
tap_claim "a column of patients that a rule reads must be there" breaks patients.csv 'patients.csv:1: no column “from” in the header; found: patient, practice, birth, sex, form, to' 3 '1s/from/form/'
sex_missing() {
  sed -i '1s/sex/gender/' "$room/data/patients.csv"
  exits 0 klynge run "$followup" --as-of 2024-06-01 --data "$room/data" && says 'Not read'
  broke=$?
  cp "$cluster/patients.csv" "$room/data/patients.csv"
  return $broke
}
tap_claim "a column of patients that no rule reads may be missing" sex_missing
tap_claim "a practice in two clusters is told" breaks practices.csv 'listed in more than one cluster, C000, C001' 0 '2{p;s/C001/C000/}'
exits 0 run --data "$cluster" --language en
tap_claim "what was not read is told with its place and its text" says '“annulleret”'
tap_claim "so is a unit that no measure declares" says 'for its code, first in line 12,677: “mmol/L”'
tap_claim "so is a value that is not plausible" says ': “530”'
klynge synth --patients 300 --seed 5 --tidy -o "$room/tidy" --quiet
tap_claim "--strict reads what is tidy" exits 0 run --data "$room/tidy" --strict
hba1c=$(grep -n -m1 'NPU27300,[^,]*,mmol/mol' "$room/tidy/labs.csv" | cut -d: -f1)
# strictly SED TEXT: with a row of HbA1c changed so, --strict stops at it and says the text.
strictly() {
  cp "$room/tidy/labs.csv" "$room/labs" && sed -i "${hba1c}$1" "$room/tidy/labs.csv"
  exits 3 run --data "$room/tidy" --strict ${3-} && says "labs.csv:$hba1c:" && says "$2"
  broke=$?
  cp "$room/labs" "$room/tidy/labs.csv"
  return $broke
}
tap_claim "--strict stops at a unit that no measure declares" strictly 's|mmol/mol|mol|' '“mol”: a unit that no measure declares for its code; expected mmol/mol'
tap_claim "--strict stops at a value that is not plausible" strictly 's|,[^,]*,mmol/mol|,1,mmol/mol|' '“1”: a value that is not plausible; expected 15 – 200 (hba1c)'
tap_claim "--strict speaks Danish when asked" strictly 's|,[^,]*,mmol/mol|,1,mmol/mol|' '“1”: en værdi, der ikke er plausibel; der skal stå 15 – 200 (hba1c)' '--language da'
nul() { printf 'P1,2024-01-01,\0\n' >>"$room/data/labs.csv"; exits 3 run --data "$room/data" && says 'labs.csv'; broke=$?; cp "$cluster/labs.csv" "$room/data/"; return $broke; }
tap_claim "a NUL byte is an error with its place" nul
cut_line() { head -c -7 "$cluster/labs.csv" >"$room/data/labs.csv"; exits 3 run --data "$room/data" && says 'labs.csv'; broke=$?; cp "$cluster/labs.csv" "$room/data/"; return $broke; }
tap_claim "a last line that is cut is an error with its place" cut_line
empty() { : >"$room/data/labs.csv"; exits 3 run --data "$room/data" && says 'labs.csv'; broke=$?; cp "$cluster/labs.csv" "$room/data/"; return $broke; }
tap_claim "a file of 0 bytes is an error" empty
missing() { rm "$room/data/plans.csv"; exits 0 klynge run "$followup" --data "$room/data" && says 'plans.csv'; broke=$?; cp "$cluster/plans.csv" "$room/data/"; return $broke; }
tap_claim "a missing file is an empty table with a warning" missing
no_patients() { rm "$room/data/patients.csv"; exits 3 run --data "$room/data" && says 'patients.csv'; broke=$?; cp "$cluster/patients.csv" "$room/data/"; return $broke; }
tap_claim "without patients.csv nothing can be read" no_patients
folder_as_file() { rm "$room/data/labs.csv"; mkdir "$room/data/labs.csv"; exits 3 run --data "$room/data" && says 'labs.csv'; broke=$?; rmdir "$room/data/labs.csv"; cp "$cluster/labs.csv" "$room/data/"; return $broke; }
tap_claim "a folder where a file should be is an error" folder_as_file

# ── the example ──
example_again() {
  klynge synth --patients 1800 --seed 1 -o "$room/again" --quiet || return 1
  for file in "$cluster"/*.csv; do cmp "$file" "$room/again/$(basename "$file")" || return 1; done
}
tap_claim "the example cluster is what synth makes" example_again
danish_files() {
  klynge synth --patients 300 --seed 5 -o "$room/en" --quiet && klynge synth --patients 300 --seed 5 --danish -o "$room/da" --quiet &&
    run --data "$room/en" --identified --format csv --quiet >"$room/a" && run --data "$room/da" --identified --format csv --quiet >"$room/b" && same "$room/a" "$room/b"
}
tap_claim "Danish CSV (; comma dd-mm-yyyy Windows-1252 CRLF) gives the same result" danish_files

# ── what is hidden ──
nothing_hidden() {
  for format in table csv json; do
    run --data "$cluster" --quiet --format $format >"$room/a" && run --data "$cluster" --quiet --format $format --suppress 0 >"$room/b" && same "$room/a" "$room/b" || return 1
  done
}
tap_claim "--suppress 0 is as none, to the last byte" nothing_hidden
# No count of a row is 1 to 4: of the figure, of the earlier one, of what became of the patients.
csv_small() { awk -F, 'NR > 1 { for (i = 6; i <= NF; i++) if ((i < 10 || (i > 16 && i < 21) || i > 26) && $i ~ /^[1-4]$/) { print; bad = 1 } } END { exit bad }' "$1"; }
hides_small() {
  run --data "$cluster" --quiet --format csv --as-of 2024-06-01 --compare 2023-12-01 >"$room/a" && ! csv_small "$room/a" >/dev/null &&
    run --data "$cluster" --quiet --format csv --as-of 2024-06-01 --compare 2023-12-01 --suppress 5 >"$room/b" && csv_small "$room/b" && grep -q ',<5,' "$room/b" && grep -q ',hidden,' "$room/b"
}
tap_claim "--suppress 5 writes no count from 1 to 4 into CSV" hides_small
hides_small_json() {
  run --data "$cluster" --quiet --format json --as-of 2024-06-01 --compare 2023-12-01 --suppress 5 >"$room/a" && grep -q '"numerator": "<5"' "$room/a" &&
    ! grep -E '"(population|population_before|denominator|numerator|unknown|became_yes|became_no|stayed_yes|stayed_no|arrived|left)": [1-4][,}]' "$room/a"
}
tap_claim "nor into JSON" hides_small_json
# A figure of a hidden count would tell it.
no_figure() {
  run --data "$cluster" --quiet --format csv --as-of 2024-06-01 --suppress 5 >"$room/a" && grep -q ',<5,' "$room/a" &&
    ! awk -F, '$2 != "mp1m" && ($7 ~ /[<h]/ || $8 ~ /[<h]/) && $10 $11 $12 $15 != ""' "$room/a" | grep .
}
tap_claim "a share of a hidden count is not written" no_figure
# Who asks for one practice after the other must not get more than who asks for all.
same_for_one() {
  run --data "$cluster" --quiet --format csv --identified --suppress 5 >"$room/of-all" || return 1
  [ "$(wc -l <"$room/of-all")" -gt 13 ] || return 1
  for practice in $(cut -d, -f4 "$room/of-all" | sed 1d | sort -u | grep -v '\*' | head -3); do
    run --data "$cluster" --quiet --format csv --identified --suppress 5 --practice "$practice" | grep ",$practice," >"$room/one" &&
      grep ",$practice," "$room/of-all" | same "$room/one" - || return 1
  done
}
tap_claim "what is hidden of a practice is the same whichever are shown" same_for_one
tap_claim "a limit of 2 would tell a 1, and is wrong use" ends_and_says 2 '--suppress is 0 or at least 3, not 2' "run $treatment --data $cluster --suppress 2"
tap_claim "a limit that is no number is wrong use" ends_and_says 2 'a whole number from 0' "run $treatment --data $cluster --suppress few"
# Of clusters that are asked for only their blocks are run; a block's patients may be in two clusters.
one_cluster_is_as_in_all() {
  klynge synth --patients 9000 --clusters 3 --practices 12 -o "$room/many" >/dev/null 2>&1 || return 1
  set -- run rules/type2 --data "$room/many" --as-of 2024-06-01 --format csv --quiet
  klynge "$@" -o "$room/all.csv" || return 1
  for one in C001 C002 C003; do
    klynge "$@" --cluster $one -o "$room/one.csv" || return 1
    awk -F, -v one=$one 'NR == 1 || $3 == one' "$room/all.csv" | same "$room/one.csv" - || return 1
    [ "$(wc -l <"$room/one.csv")" -gt 100 ] || return 1
  done
}
tap_claim "one cluster's figures alone are those that it has among all" one_cluster_is_as_in_all
tap_done
