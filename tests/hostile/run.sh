#!/bin/sh
# run.sh: rule files that nobody would write and a program must stand: sets of sets, definitions and windows that use each
# other many times over, chains without end, names of a megabyte. Each is answered within seconds, with a result or with a
# problem that has its place; none ends in a crash. $KLYNGE names the program.
set -u
. "$(dirname "$0")/../tap.sh"
tap_begin

# head_of NAME: begins a pack over the libraries.
head_of() { printf 'pack p "P"\n use "lib/diabetes.kly"\n population listed\n' >"$room/$1.kly"; }
# runs CODE NAME [TEXT]: within twenty seconds the run ends with the code, and says the text.
runs() {
  timeout 60 "$KLYNGE" run "$room/$2.kly" --data examples/cluster --as-of 2024-06-01 --format csv --quiet >"$room/out" 2>"$room/err"
  code=$?
  [ "$code" -eq "$1" ] && { [ "$1" -ne 0 ] || [ -s "$room/out" ]; } && { [ $# -lt 3 ] || grep -qF "$3" "$room/err"; } && return
  echo "# exit code $code, wanted $1: $(head -c 300 "$room/err")"
  return 1
}

head_of sets
awk 'BEGIN { print "codes s0 = icpc T90"; for (i = 1; i <= 18; i++) printf "codes s%d = s%d, s%d\n", i, i-1, i-1; print "indicator a share where diagnosis = s18" }' >>"$room/sets.kly"
tap_claim "sets that hold another twice, many times over" runs 0 sets
head_of more_sets
awk 'BEGIN { print "codes s0 = icpc T90"; for (i = 1; i <= 40; i++) printf "codes s%d = s%d, s%d\n", i, i-1, i-1; print "indicator a share where diagnosis = s40" }' >>"$room/more_sets.kly"
tap_claim "sets that would be spelt out without end [nesting]" runs 1 more_sets '[nesting]'
head_of other_system
awk 'BEGIN { print "codes s0 = icpc T90"; for (i = 1; i <= 18; i++) printf "codes s%d = s%d, s%d\n", i, i-1, i-1; print "indicator a share where drug = s18" }' >>"$room/other_system.kly"
tap_claim "such sets compared with events of another system [system]" runs 1 other_system '[system]'
head_of definitions
awk 'BEGIN { print "define d0 = hba1c > 58"; for (i = 1; i <= 200; i++) printf "define d%d = d%d and not (d%d and ldl > %d)\n", i, i-1, i-1, i; print "indicator a share where d200" }' >>"$room/definitions.kly"
tap_claim "definitions that use another twice, many times over" runs 0 definitions
head_of reversed
awk 'BEGIN { for (i = 100000; i > 0; i--) printf "define d%d = not d%d\n", i, i-1; print "define d0 = hba1c > 58\nindicator a share where d100000" }' >>"$room/reversed.kly"
tap_claim "a hundred thousand definitions, each used before it is declared [nesting]" runs 1 reversed '[nesting]'
head_of between
awk 'BEGIN { s = "hba1c"; for (i = 0; i < 24; i++) s = "(choose 1 when " s " between 1 and 2, 2 otherwise)"; print "indicator a share where " s " > 1" }' >>"$room/between.kly"
tap_claim "a value between two others inside a value, many times over" runs 0 between
head_of windows
awk 'BEGIN { print "measure m0 from labs NPU1\n"; for (i = 1; i <= 30; i++) printf "measure m%d from labs NPU%d since first m%d before last m%d\n", i, i, i-1, i-1; print "indicator a share where m30 measured" }' >>"$room/windows.kly"
tap_claim "windows that hang on windows" runs 0 windows
head_of chain
awk 'BEGIN { printf "indicator a share where hba1c > 0"; for (i = 1; i < 100000; i++) printf " and ldl > %d", i; print "" }' >>"$room/chain.kly"
tap_claim "a hundred thousand conditions in a row" runs 0 chain
head_of choices
awk 'BEGIN { printf "indicator a share where choose "; for (i = 1; i < 30000; i++) printf "%d when ldl > %d, ", i, i; print "0 otherwise > 3" }' >>"$room/choices.kly"
tap_claim "thirty thousand choices" runs 0 choices
head_of conversion
awk 'BEGIN { s = "value"; for (i = 0; i < 80; i++) s = "(1 + " s ")"; print "measure m in g/L from labs NPU1 in mg/L as " s "\nindicator a share where m > 3" }' >>"$room/conversion.kly"
tap_claim "a conversion nested too deeply [nesting]" runs 1 conversion '[nesting]'
head_of name
awk 'BEGIN { printf "define "; for (i = 0; i < 100000; i++) printf "longlonglo"; print " = hba1c > 58\nindicator a share where hba1c measured" }' >>"$room/name.kly"
tap_claim "a name of a megabyte [name]" runs 1 name '[name]'
head_of ever
awk 'BEGIN { printf "events e = prescriptions.code"; for (i = 0; i < 64; i++) printf " ever"; print " within 1 day\nevents f = prescriptions.code within 1 day\nindicator a share where e\nindicator b share where f" }' >>"$room/ever.kly"
last_window_counts() { runs 0 ever && [ "$(grep -F ',a,C001,*,' "$room/out" | cut -d, -f5-)" = "$(grep -F ',b,C001,*,' "$room/out" | cut -d, -f5-)" ]; }
tap_claim "the last of many windows counts as the first does" last_window_counts
head_of codes
printf 'codes one = icpc "T90 =T91"\ncodes two = icpc T90 T91\nindicator a share where diagnosis = one\nindicator b share where diagnosis = two\n' >>"$room/codes.kly"
codes_are_told_apart() { runs 0 codes && grep -F ',a,C001,*,' "$room/out" | grep -q ',0,0,0,' && ! grep -F ',b,C001,*,' "$room/out" | grep -q ',0,0,0,'; }
tap_claim "codes with odd signs in them are told from lists of codes" codes_are_told_apart
for pack in ua ub; do
  printf 'pack p%s "P"\n use "lib/gp.kly"\n population listed\nunit %s/1 also "zz"\nmeasure m in %s/1 from labs NPU1\nindicator a share where m measured\n' $pack $pack $pack >"$room/$pack.kly"
done
tap_claim "two packs that read one unit in two ways are not run together" ends 1 'in two ways' klynge run "$room/ua.kly" "$room/ub.kly" --data examples/cluster
tap_done
