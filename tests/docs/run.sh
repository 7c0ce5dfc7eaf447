#!/bin/sh
# run.sh: what README.md and docs/*.md show is true. In them a block marked
#   kly           is a whole rule file: it has no error, and its tests hold;
#   kly-fragment  is a piece of one: the libraries gp and diabetes are put before it;
#   console       shows commands ("$ klynge …") and below each exactly what it prints, standard output first; a line that is
#                 just … stands for any number of lines. Commands other than klynge are not run.
# Paths are those of the repository's root. $KLYNGE names the program to be tested.
set -u
. "$(dirname "$0")/../tap.sh"
tap_program
cd "$(dirname "$0")/../.." || exit 4
room=$(mktemp -d) || exit 4
trap 'rm -rf "$room"' EXIT
ln -s "$KLYNGE" "$room/klynge" || exit 4
PATH=$room:$PATH KLYNGE_RULES=$PWD/rules NO_COLOR=1 LC_ALL=C
export PATH KLYNGE_RULES NO_COLOR LC_ALL

# ── blocks ──────────────────────────────────────────────────────────────────────────────────────────────────────────
# One file for each block, and in `list` its kind, its place and the file.
awk -v room="$room" '
  FNR == 1 { inside = 0 }
  /^```/ && inside { inside = 0; if (out) close(out); out = ""; next }
  /^```/ {
    inside = 1
    kind = substr($0, 4)
    if (kind != "kly" && kind != "kly-fragment" && kind != "console") next
    out = sprintf("%s/block-%d", room, ++n)
    printf "" > out
    print kind, FILENAME ":" FNR, out > (room "/list")
    next
  }
  out { print > out }
' $(ls README.md docs/*.md 2>/dev/null)

checks() {                             # checks FILE: no error in it, and all its tests hold
  klynge test "$1" >"$room/said" 2>&1 && return
  sed 's/^/# /' "$room/said"
  return 1
}

prints() {                             # prints COMMAND: what $room/wanted holds
  (eval "$1") >"$room/said" 2>"$room/said-beside" </dev/null
  cat "$room/said-beside" >>"$room/said"
  awk '
    FILENAME == ARGV[1] { wanted[++n] = $0; next }
    { said[++m] = $0 }
    END {
      at = 1
      for (i = 1; i <= n; i++) {
        if (wanted[i] != "…" && (at > m || said[at] != wanted[i])) break
        if (wanted[i] != "…") at++
        else if (i == n) at = m + 1
        else while (at <= m && said[at] != wanted[i + 1]) at++
      }
      if (i > n && at > m) exit 0
      print "# shown: " (i > n ? "(the end)" : wanted[i])
      print "# said:  " (at > m ? "(the end)" : said[at])
      exit 1
    }' "$room/wanted" "$room/said"
}

# ── claims ──────────────────────────────────────────────────────────────────────────────────────────────────────────
claim_command() {
  case $command in 'klynge '*) tap_claim "$place: \$ $command" prints "$command" ;; esac
}
while read -r kind place block; do
  case $kind in
    kly) mv "$block" "$block.kly" && tap_claim "$place: the rules are right" checks "$block.kly" ;;
    kly-fragment)
      { printf 'use "lib/gp.kly"\nuse "lib/diabetes.kly"\n'; cat "$block"; } >"$block.kly"
      tap_claim "$place: the rules are right" checks "$block.kly" ;;
    console)
      command=
      : >"$room/wanted"
      while IFS= read -r line; do
        case $line in
          '$ '*) claim_command; command=${line#'$ '}; : >"$room/wanted" ;;
          *) printf '%s\n' "$line" >>"$room/wanted" ;;
        esac
      done <"$block"
      claim_command ;;
  esac
done <"$room/list"

# ── nothing is left out ─────────────────────────────────────────────────────────────────────────────────────────────
# missing FILE: tells of the sentences, one a line on standard input, that the file does not hold.
missing() {
  left=0
  while IFS= read -r sentence; do
    if ! grep -qF -- "$sentence" "$1"; then echo "# $1 lacks: $sentence"; left=1; fi
  done
  return $left
}
names_all() { sed -n "$2" "$3" >"$room/sentences" && [ -s "$room/sentences" ] && missing "$1" <"$room/sentences"; }
tap_claim "the man page names every option" names_all docs/klynge.1 's/^OPTION([a-z_]*, *"-\(-[a-z-]*\)".*/Fl \1/p' lang/command/options.def
tap_claim "the man page names every verb" names_all docs/klynge.1 's/^    {"\([a-z]*\)", ".*/.Ss klynge \1/p' lang/command/main.c
tap_claim "docs/data.md gives every reason why a row is not read" names_all docs/data.md 's/^UNREAD([a-z_]*, *"\([^"]*\)".*/\1/p' runtime/csv/unread.def
tap_claim "docs/language.md gives every kind of problem" names_all docs/language.md 's/^PROBLEM(\([a-z0-9_]*\), *[A-Z]*, *"\([^"]*\)").*/| `\1` | \2/p' lang/problem/problems.def
tap_claim "docs/language.md gives both spellings of every keyword" names_all docs/language.md 's/^KEYWORD([A-Z_]*, *[A-Z]*, *"\([^"]*\)", *"\([^"]*\)").*/| `\1` | `\2` |/p' lang/parse/keywords.def
tap_done
