#!/bin/sh
# vary/run.sh: several settings in one run. What stands under a setting is, byte for byte, what --set gives for it alone.
set -u
. "$(dirname "$0")/../tap.sh"
tap_begin
pack=rules/type2/treatment.kly

runs() { klynge run "$@" --data examples/cluster --as-of 2024-06-01 --quiet; }
# same_as_set SETTING VARIED…: the rows of one setting, of many, are those of a run with --set alone.
same_as_set() {
  setting=$1
  shift
  runs "$@" --format csv -o "$room/varied.csv" || return 1
  set --
  for one in $setting; do set -- "$@" --set "$one"; done
  runs $pack rules/type2/followup.kly "$@" --format csv -o "$room/set.csv" || return 1
  { head -1 "$room/varied.csv"; grep ",$setting\$" "$room/varied.csv"; } | sed "s/,setting\$//; s/,$setting\$//" >"$room/of-setting.csv"
  same "$room/set.csv" "$room/of-setting.csv" && [ "$(wc -l <"$room/set.csv")" -gt 100 ]
}
three="$pack rules/type2/followup.kly --vary hba1c_limit=48,53,58"
for setting in hba1c_limit=48 hba1c_limit=53 hba1c_limit=58; do
  tap_claim "under $setting stands what --set gives" same_as_set $setting $three
done
six="$pack rules/type2/followup.kly --vary hba1c_limit=48,53,58 --vary ldl_limit=1.8,2.5"
for setting in "hba1c_limit=48 ldl_limit=1.8" "hba1c_limit=58 ldl_limit=2.5"; do
  tap_claim "under $setting, of two that are varied, stands what --set gives" same_as_set "$setting" $six
done
# A comma of decimals and one between values look the same where the rules have decimals.
unclear() { exits 2 klynge run $pack --data examples/cluster --vary "$1" && grep -qF -- "$2" "$room/err"; }
tap_claim "values that may be decimals with a comma are told to be unclear" unclear ldl_limit=2,5,3 'for decimals write --vary ldl_limit=2.5,3, for whole numbers --vary ldl_limit=2.0,5.0,3.0'
tap_claim "so are they by the parameter's other name, and a single decimal is set" unclear ldl_grænse=2,5 'for decimals write --set ldl_grænse=2.5, for whole numbers --vary ldl_grænse=2.0,5.0'
settings_of() { runs $six --format csv | sed 1d | awk -F, '{ print $NF }' | uniq; }
all_settings() {
  settings_of >"$room/settings"
  printf 'hba1c_limit=%s\n' "48 ldl_limit=1.8" "48 ldl_limit=2.5" "53 ldl_limit=1.8" "53 ldl_limit=2.5" "58 ldl_limit=1.8" "58 ldl_limit=2.5" |
    diff - "$room/settings" | sed 's/^/# /' | grep . && return 1
  return 0
}
tap_claim "two varied parameters make all settings of both, the last changing fastest" all_settings
same_for_threads() {
  for threads in 1 2 5; do runs $six --format csv --threads $threads >"$room/$threads.csv" || return 1; done
  same "$room/1.csv" "$room/2.csv" && same "$room/1.csv" "$room/5.csv"
}
tap_claim "the number of threads changes nothing" same_for_threads
same_for_languages() {
  for language in en da; do runs $six --format csv --language $language >"$room/$language.csv" || return 1; done
  grep -q ',hba1c_limit=58 ldl_limit=1\.8$' "$room/da.csv" && same "$room/en.csv" "$room/da.csv"
}
tap_claim "what is for programs is the same in Danish, with a point before decimals" same_for_languages

# ── for people ──
# rows PACK…: what stands below the head of the page, up to the next empty line.
rows() { runs "$@" | awk '!NF { n++; next } n == 1'; }
golden() {
  language=$1 wanted=tests/vary/$2
  shift 2
  rows "$@" --language $language >"$room/got"
  same "$wanted" "$room/got"
}
tap_claim "a table has the indicators that change, each setting below the other" golden en two.en.txt $pack --vary hba1c_limit=48,53 --vary ldl_limit=1.8,2.5
tap_claim "... in Danish too" golden da two.da.txt $pack --vary hba1c_limit=48,53 --vary ldl_limit=1.8,2.5

cat >"$room/old.kly" <<'KLY'
pack old "Of the old"
  use "lib/gp.kly"
  use "lib/diabetes.kly"
  population listed and age >= old
parameter old = 70
indicator one
  share where hba1c measured
KLY
both_populations() {
  runs "$room/old.kly" --vary old=60,80 >"$room/old.txt" || return 1
  grep -c '^Changed with --set:' "$room/old.txt" | grep -qx 2 && grep -q 'old = 60' "$room/old.txt" && grep -q 'old = 80' "$room/old.txt"
}
tap_claim "a pack whose population changes stands once for each setting" both_populations

# ── what cannot be ──
# refuses CODE MESSAGE ARGUMENT…: nothing is printed, and the message is the first that is said.
refuses() {
  code=$1 message=$2
  shift 2
  exits "$code" runs "$@" && [ ! -s "$room/out" ] && [ "$(head -1 "$room/err")" = "$message" ] && return
  tap_show "$room/err"
  return 1
}
for wrong in hba1c_limit hba1c_limit=48 hba1c_limit=48, =48,53 hba1c_limit=,48 hba1c_limit=48,,53; do
  tap_claim "--vary $wrong is not how it is said" refuses 2 "klynge run: --vary wants NAME=VALUE,VALUE,…, not \`$wrong\`" $pack --vary "$wrong"
done
tap_claim "a parameter that there is not" refuses 2 "error: --vary nope=1: there is no parameter called \`nope\` [setting]" $pack --vary nope=1,2
tap_claim "a value that is none" refuses 2 "error: --vary hba1c_limit=high: hba1c_limit takes a number in mmol/mol [setting]" $pack --vary hba1c_limit=48,high
tap_claim "one parameter twice" refuses 2 "klynge run: --vary: \`hba1c_limit\` is varied twice; say all its values at once" $pack --vary hba1c_limit=48,53 --vary hba1c_limit=58,60
many=$(seq -s, 1 40)
tap_claim "too many settings" refuses 2 "klynge run: --vary: that makes more than 1000 settings" $pack --vary hba1c_limit="$many" --vary ldl_limit="$many"
cat >"$room/unit.kly" <<'KLY'
pack renal "Of a unit with a point"
  use "lib/gp.kly"
  use "lib/diabetes.kly"
  population listed
parameter least = 60 mL/min/1.73m2
indicator low "Under {least}"
  share of egfr measured
  where egfr < least
KLY
of_a_unit() { runs "$room/unit.kly" --vary least=30,60 >"$room/unit.txt" && grep -q '^low 30  Under 30 ' "$room/unit.txt"; }
tap_claim "a point in a unit makes no decimal of whole values" of_a_unit
tap_claim "values that change nothing" refuses 2 "klynge run: no indicator becomes another with hba1c_limit=58,58.0" $pack --vary hba1c_limit=58,58.0
tap_claim "not with hidden counts" refuses 2 "klynge run: --vary cannot hide small counts: what two settings differ by may be a few patients" $pack --vary hba1c_limit=48,53 --suppress 5
tap_claim "not with an earlier date" refuses 2 "klynge run: --vary and --compare: one at a time" $pack --vary hba1c_limit=48,53 --compare 2023-06-01
tap_claim "not as JSON" refuses 2 "klynge run: --vary makes a table or --format csv" $pack --vary hba1c_limit=48,53 --format json
tap_done
