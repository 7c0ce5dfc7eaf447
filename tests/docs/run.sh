#!/bin/sh
# run.sh: what README.md and docs/*.md show is true. In them a block marked
#   kly           is a whole rule file: it has no error, and its tests hold;
#   kly-fragment  is a piece of one: the libraries gp and diabetes are put before it;
#   kly-part FILE is a piece of this file, line by line, which some other block checks, tests or runs;
#   console       shows commands ("$ klynge …") and below each exactly what it prints, standard output first; a line that is
#                 just … stands for any number of lines. Commands other than klynge are not run.
# Paths are those of the repository's root, and ~ is a folder of the test. $KLYNGE names the program to be tested.
set -u
. "$(dirname "$0")/../tap.sh"
tap_begin
unset -f klynge
ln -s "$KLYNGE" "$room/klynge" || exit 4
PATH=$room:$PATH HOME=$room
export PATH HOME

# ── blocks ──────────────────────────────────────────────────────────────────────────────────────────────────────────
# One file for each block, and in `list` its kind, its place and the file.
awk -v room="$room" '
  FNR == 1 { inside = 0 }
  /^```/ && inside { inside = 0; if (out) close(out); out = ""; next }
  /^```/ {
    inside = 1
    split(substr($0, 4), marks, " ")
    kind = marks[1]
    if (kind != "kly" && kind != "kly-fragment" && kind != "kly-part" && kind != "console") next
    out = sprintf("%s/block-%d", room, ++n)
    printf "" > out
    print kind, FILENAME ":" FNR, out, marks[2] > (room "/list")
    next
  }
  out { print > out }
' $(ls README.md docs/*.md 2>/dev/null)

checks() {                             # checks FILE: no error in it, and all its tests hold
  klynge test "$1" >"$room/said" 2>&1 && [ -s "$room/said" ] && return
  sed 's/^/# /' "$room/said"
  return 1
}

stands_in() {                          # stands_in FILE BLOCK: its lines stand in the file, one after the other
  awk '
    FILENAME == ARGV[1] { file[++m] = $0; next }
    { block[++n] = $0 }
    END {
      for (at = 0; at + n <= m; at++) {
        for (i = 1; i <= n && file[at + i] == block[i]; i++);
        if (n > 0 && i > n) exit 0
      }
      print "# " ARGV[1] " does not hold this"
      exit 1
    }' "$1" "$2"
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
while read -r kind place block file; do
  case $kind in
    kly) mv "$block" "$block.kly" && tap_claim "$place: the rules are right" checks "$block.kly" ;;
    kly-fragment)
      { printf 'use "lib/gp.kly"\nuse "lib/diabetes.kly"\n'; cat "$block"; } >"$block.kly"
      tap_claim "$place: the rules are right" checks "$block.kly" ;;
    kly-part) tap_claim "$place: this stands in $file" stands_in "$file" "$block" ;;
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
# Had the pages no blocks, or marked they them otherwise, nothing of the above would have been tried.
for kind in kly kly-fragment kly-part console; do tap_claim "there are blocks marked $kind" grep -q "^$kind " "$room/list"; done

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
tap_claim "the man page names every verb" names_all docs/klynge.1 's/^    {"\([a-z]*\)", .*/.Ss klynge \1/p' lang/command/main.c
tap_claim "docs/data.md gives every reason why a row is not read" names_all docs/data.md 's/^UNREAD([a-z_]*, *[a-z]*, *[a-z]*, *"\([^"]*\)".*/\1/p' runtime/csv/unread.def
tap_claim "docs/language.md gives every change that tests should notice" names_all docs/language.md 's/^MUTANT([a-z_]*, *"\(.*\)").*/| \1/p' lang/variant/mutants.def

# ── one table of keywords, one grammar ──────────────────────────────────────────────────────────────────────────────
# The table under "Keywords": a row for each row of keywords.def, in its order, with a star at what may be a name.
keyword_rows() { sed -n 's/^KEYWORD([A-Z_]*, *\([A-Z]*\), *"\([^"]*\)", *"\([^"]*\)").*/| `\2` | `\3` | \1/p' "$1" | sed 's/ SOFT$/ * |/; s/ [A-Z]*$/ |/'; }
same_keywords() {
  keyword_rows "$1" >"$room/rows"
  sed -n '/^## Keywords/,$s/^| `.*/&/p' "$2" >"$room/shown"
  [ -s "$room/rows" ] && diff "$room/rows" "$room/shown" | sed 's/^/# /' && cmp -s "$room/rows" "$room/shown"
}
same_grammar() { awk -f tests/docs/grammar.awk lang/parse/keywords.def "$1" "$2"; }
tap_claim "docs/language.md gives both spellings of every keyword, and of nothing else" same_keywords lang/parse/keywords.def docs/language.md
tap_claim "docs/language.md gives the parser's grammar, rule by rule" same_grammar lang/parse/grammar.y docs/language.md

# That a change of either side is seen: in a changed copy, the rule that is meant to be told is told.
told() { echo "$2" | grep -q "^# $1" || { echo "# instead of $1: $2"; return 1; }; }
changed() { sed "$2" "$1" >"$room/changed" && ! cmp -s "$1" "$room/changed" || { echo "# nothing is changed by $2"; return 1; }; }
parser_changed() { changed lang/parse/grammar.y "$2" && told "$1" "$(same_grammar "$room/changed" docs/language.md)"; }
page_changed() { changed docs/language.md "$2" && told "$1" "$(same_grammar lang/parse/grammar.y "$room/changed")"; }
tap_claim "a choice that the parser loses is seen" parser_changed 'window: goes on with "ever" only in the page' '/^  | EVER /d'
tap_claim "a choice that the parser gains is seen" parser_changed 'window: goes on with "over" only in grammar.y' 's/^  | EVER .*/&\n  | OVER span[d]/'
tap_claim "another word in the parser is seen" parser_changed 'sign: operand goes on with' 's/fallback\[a\] ELSE/fallback[a] OVER/'
tap_claim "a comma that the parser no longer wants is seen" parser_changed 'members: part' "s/members\\[l\\] ',' part\\[x\\]  /members[l] part[x]  /"
tap_claim "a rule of the parser that no longer repeats is seen" parser_changed 'product: sign "[*/]" sign goes on with' "s/^  | product\\[a\\] '\\*' sign/  | sign[a] '*' sign/"
tap_claim "a choice that the page loses is seen" page_changed 'window: goes on with "ever" only in grammar.y' 's/ | "ever" \.$/ ./'
tap_claim "a choice that the page gains is seen" page_changed 'window: goes on with "over" only in the page' 's/ | "ever" \.$/ | "ever" | "over" span ./'
tap_claim "what the page lets be left out is seen" page_changed 'primary: "change in" series is whole only in the page' 's/"change in" series "over" span$/"change in" series [ "over" span ]/'
tap_claim "what the page repeats is seen" page_changed 'table: "table" name "(" column goes on with "," only in grammar.y' 's/^table .*/table = "table" name "(" column ")" ./'
tap_claim "a rule that the page uses and does not have is seen" page_changed 'page: .* uses minutes, which is no rule' '/^minutes  *=/d'
tap_claim "a rule that the page has and does not use is seen" page_changed 'page: nothing uses the rule spare' 's/^minutes  *=.*/&\nspare = NUMBER ./'
keyword_lost() { changed docs/language.md '/^| `ever` |/d' && ! same_keywords lang/parse/keywords.def "$room/changed" >/dev/null; }
keyword_gained() { changed docs/language.md 's/^| `ever` |.*/&\n| `always` | `altid` | |/' && ! same_keywords lang/parse/keywords.def "$room/changed" >/dev/null; }
tap_claim "a keyword that the page loses is seen" keyword_lost
tap_claim "a keyword that the page gains is seen" keyword_gained

# ── the page that is made of tests/language ─────────────────────────────────────────────────────────────────────────
awk -f docs/behaviour.awk tests/language/*.kly >"$room/behaviour.md"
# As many tests as the program counts, and as many outcomes as it finds to hold, stand in its tables.
holds_all() {
  klynge test tests/language >"$room/said" 2>&1
  wanted=$(sed -n 's/^[0-9]* files: \([0-9]*\) tests, \([0-9]*\) claims, all hold$/There are \1 claims, with \2 outcomes/p' "$room/said")
  outcomes=$(awk -F '|' '
    /^### / { n_claims++ }
    /^\| patient \|/ { first = 3; while ($first !~ /`/) first++; next }
    /^\| \|/ { first = 0; next }
    /^\|---/ { next }
    /^\|/ && first { for (i = first; i < NF; i++) if ($i !~ /^ *$/) n++ }
    /^\| `/ && !first { for (i = 3; i < NF; i++) if ($i !~ /^ *$/) n++ }
    END { printf "There are %d claims, with %d outcomes", n_claims, n }' "$room/behaviour.md")
  [ -n "$wanted" ] && [ "$outcomes" = "$wanted" ] && grep -q "^$wanted for " "$room/behaviour.md" && return
  echo "# the program: $wanted; the page's tables: $outcomes"
  return 1
}
enough() { [ "$(grep -c '^### ' "$room/behaviour.md")" -ge 250 ]; }
same_chapters() {
  sed -n '/^chapters = /,/[^\\]$/p' Makefile.am | tr ' \\' '\n\n' | grep '\.kly$' | sort >"$room/listed"
  ls tests/language/*.kly | diff - "$room/listed" | sed 's/^/# /'
  ls tests/language/*.kly | cmp -s - "$room/listed"
}
tap_claim "the page of claims holds each test of tests/language, with each of its outcomes" holds_all
tap_claim "there are at least 250 claims of what the language means" enough
tap_claim "the chapters of that page are the files of tests/language" same_chapters
# ── the picture ──
drawn() {
  klynge run rules/type2/treatment.kly --data examples/cluster --as-of 2024-06-01 --quiet --format csv |
    awk -v indicator=mp1 -v title="HbA1c over 58" -f tests/docs/picture.awk >"$room/picture.svg" && cmp "$room/picture.svg" docs/picture.svg
}
tap_claim "README.md's picture, docs/picture.svg, is what tests/docs/picture.awk draws of the figures" drawn
tap_done
