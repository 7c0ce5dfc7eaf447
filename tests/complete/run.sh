#!/bin/sh
# run.sh: what a word of a call may become, as the shells ask for it; and that bash does ask so. $KLYNGE names the program.
set -u
. "$(dirname "$0")/../tap.sh"
tap_begin
pack=rules/type2/treatment.kly

becomes() {                            # becomes "WANTED…" WORD…
  wanted=$1
  shift
  exits 0 klynge --complete "$@" || return 1
  said=$(tr '\n' ' ' <"$room/out")
  [ "$said" = "$wanted" ] || { echo "# said: $said"; return 1; }
}
tap_claim "a verb" becomes "check " ch
tap_claim "an option of the verb" becomes "--data " run $pack --da
tap_claim "the lists, of which a folder follows" becomes "--lists " report $pack --lis
tap_claim "a format" becomes "junit " test --format j
tap_claim "a language" becomes "da " run --language d
tap_claim "a parameter of the rule file" becomes "ldl_limit= " run $pack --set ld
tap_claim "an indicator of the rule file" becomes "mp1 mp1g mp1m " why $pack mp1
tap_claim "a stage" becomes "plan " dump p
tap_claim "where a file belongs nothing is said" becomes "" run rules/ty
tap_claim "nor of a verb that is none" becomes "" nothing --d

# Each verb's formats, as it says them itself when it refuses one.
verbs() { klynge --complete "" ; }
formats_of() {
  klynge --complete "$1" --format "" | sort
}
refused() {
  case $1 in
    why) klynge why $pack mp1 --patient x --data examples/cluster --format xml ;;
    diff) klynge diff $pack $pack --format xml ;;
    compare) klynge compare a b --format xml ;;
    *) klynge "$1" $pack --format xml ;;
  esac 2>&1 | sed -n 's/.*--format is \(.*\), not .*/\1/p' | sed 's/, / /g; s/ or / /' | tr ' ' '\n' | sort
}
formats() {
  n=0
  for verb in $(verbs); do
    klynge "$verb" --help | grep -q -- '^  --format' || continue
    n=$((n + 1))
    formats_of "$verb" >"$room/offered"
    refused "$verb" >"$room/said"
    same "$room/said" "$room/offered" || { echo "# $verb"; return 1; }
  done
  [ "$n" -ge 6 ]
}
tap_claim "the formats are those that each verb takes" formats

# bash, as it calls the completion.
in_bash() {
  ln -sf "$KLYNGE" "$room/klynge"
  PATH=$room:$PATH bash -c '
    . lang/command/completion/klynge
    COMP_LINE="klynge run '$pack' --set ld" COMP_POINT=${#COMP_LINE}
    compopt() { :; }
    _klynge
    [ "${COMPREPLY[*]}" = "ldl_limit=" ]'
}
if command -v bash >"$room/said"; then tap_claim "bash asks so" in_bash; else tap_skip "bash asks so" "there is no bash here"; fi
tap_done
