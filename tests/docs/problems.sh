#!/bin/sh
# problems.sh: docs/problems.md is true and whole. Of each kind of problem there is a section with its sentence; a block marked
#   kly-wrong      gives that problem, when it is checked or tested;
#   kly-right      does not;
#   console-wrong  is a command that gives it, where a rule file alone cannot; a file wrong.kly that it writes is checked.
# Rules that declare no tables of their own have the libraries gp and diabetes before them. $KLYNGE names the program.
set -u
. "$(dirname "$0")/../tap.sh"
tap_begin
unset -f klynge
top=$PWD page=$PWD/docs/problems.md
ln -s "$KLYNGE" "$room/klynge" || exit 4
PATH=$room:$PATH
export PATH


# ── sections ──
sed -n 's/^PROBLEM(\([a-z0-9_]*\), *\([A-Z]*\), *"\(.*\)")$/\1|\3 *\2.*/p' lang/problem/problems.def |
  sed 's/\*ERROR\.\*$/*Error.*/; s/\*WARNING\.\*$/*Warning.*/; s/\*NOTE\.\*$/*Note.*/' | sort >"$room/defined"
awk '/^### `/ { id = substr($0, 6, length($0) - 6); text = ""; open = 1; next }
  open && /^```/ { open = 0; sub(/^ /, "", text); print id "|" text }
  open && $0 != "" { text = text " " $0 }' "$page" | sort >"$room/told"
tap_claim "each kind of problem has a section with its sentence" nothing "$(comm -23 "$room/defined" "$room/told")"
tap_claim "and there is no other section" nothing "$(comm -13 "$room/defined" "$room/told")"

# ── examples ──
awk -v room="$room" '
  /^### `/ { id = substr($0, 6, length($0) - 6) }
  /^```/ && out { close(out); out = ""; next }
  /^```(kly|console)-/ { kind = substr($0, 4); out = sprintf("%s/block-%d", room, ++n); printf "" > out; print id, kind, FNR, out > (room "/blocks"); next }
  out { print > out }' "$page"

# said ID: what the rules in wrong.kly give holds the problem. Codes of another end than rules have, as a crash, are in `ended`.
said() {
  { klynge check --as-of 2024-06-01 wrong.kly || [ $? -eq 1 ] || echo check >ended; klynge test wrong.kly || [ $? -eq 1 ] || echo test >ended; } >said 2>&1
  grep -qF "[$1]" said
}
with_libraries() {
  if ! grep -qE '^ *(pack|use|table) |^(sprog|language) ' "$1" || grep -q '^use "wrong.kly"' "$1"; then
    printf 'use "lib/gp.kly"\nuse "lib/diabetes.kly"\n'
  fi
  cat "$1"
}
gives() { rm -f ended; with_libraries "$2" >wrong.kly; said "$1" && [ ! -e ended ] || { sed 's/^/# /' said; return 1; }; }
gives_not() { rm -f ended; with_libraries "$2" >wrong.kly; ! said "$1" && ! grep -q ': error: ' said && [ -s said ] && [ ! -e ended ] || { sed 's/^/# /' said; return 1; }; }
command_gives() {
  rm -f wrong.kly
  sh -c "$(sed 's/^\$ //' "$2")" >said 2>&1 </dev/null
  grep -qF "[$1]" said || { [ -f wrong.kly ] && said "$1"; } || { sed 's/^/# /' said; return 1; }
}
mkdir "$room/here" && cd "$room/here" || exit 4
for name in rules examples tests; do ln -s "$top/$name" "$name"; done
while read -r id kind line block; do
  case $kind in
    kly-wrong) tap_claim "problems.md:$line: this gives $id" gives "$id" "$block" ;;
    kly-right) tap_claim "problems.md:$line: this does not give $id" gives_not "$id" "$block" ;;
    console-wrong) tap_claim "problems.md:$line: this gives $id" command_gives "$id" "$block" ;;
  esac
done <"$room/blocks"
shown() { awk -v mark="$1" '$2 ~ mark { print $1 }' "$room/blocks" | sort -u; }
cut -d'|' -f1 "$room/defined" | sort >"$room/ids"
tap_claim "each section shows what is wrong" nothing "$(shown wrong | comm -23 "$room/ids" -)"
tap_claim "and what is right" nothing "$(shown right | comm -23 "$room/ids" -)"
tap_done
