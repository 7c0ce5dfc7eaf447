#!/bin/sh
# run.sh: the house's own rules: which room may see which, how long a file may be, that tables are complete.
set -u
cd "$(dirname "$0")/../.." || exit 4
. tests/tap.sh
if tap_short; then echo "1..0 # SKIP it is about the sources, which are the same in every build"; exit 0; fi
tap_room

# What bison and flex made is in the release archive, but nobody wrote it.
sources() { find "$@" -name '*.[chly]' -o -name '*.def' | grep -vE '^lang/parse/(grammar\.[ch]|lexer\.c)$' | sort; }
includes() { sources "$1" | xargs grep -n '^#include "' | grep -v ':#include "config.h"'; }

# What is not found below is told of only where there is something to look through.
looked_through() { [ "$(sources "$1" | wc -l)" -gt "$2" ] && [ "$(includes "$1" | wc -l)" -gt "$2" ]; }
tap_claim "there are sources of lang to look through" looked_through lang 100
tap_claim "and of runtime" looked_through runtime 100

# The wall: lang sees of runtime the image alone, runtime sees nothing of lang, the command sees both.
tap_claim "lang includes nothing of runtime but runtime/image" nothing "$(includes lang | grep -v '^lang/command/' | grep '"runtime/' | grep -v '"runtime/image/')"
tap_claim "runtime includes nothing of lang" nothing "$(includes runtime | grep '"lang/')"
tap_claim "only lang/memory.c includes the collector" nothing "$(sources lang runtime tests/unit | xargs grep -ln '#include <gc' | grep -v '^lang/memory.c$')"

# The way of the data. in_order FOLDER ROOM…: a room includes none that comes after it, and none is left out here.
in_order() {
  folder=$1
  shift
  printf '%s\n' "$@" | sort >"$room/placed"
  tap_claim "each room of $folder has its place" nothing "$(ls -d "$folder"/*/ | xargs -n 1 basename | sort | comm -3 - "$room/placed")"
  while [ $# -gt 1 ]; do
    one=$1
    shift
    tap_claim "$folder/$one includes no later room" nothing "$(includes "$folder/$one" | grep -E "\"$folder/($(echo "$*" | tr ' ' '|'))/")"
  done
}
in_order runtime memory crew cpu image store csv mask kernel run stats gate result meeting followup ooxml workbook deck word webpage lists fhir synth
in_order lang source problem tree parse format load check lint explain variant boundary diff plan emit command

long() { sources "$@" | xargs wc -l | awk '$1 > 600 && $2 != "total"'; }
tap_claim "no file is longer than 600 lines" nothing "$(long lang runtime tests)"
tap_claim "the scanner has at most 200 lines, the grammar 500" [ "$(wc -l <lang/parse/lexer.l)" -le 200 -a "$(wc -l <lang/parse/grammar.y)" -le 500 ]
# What a trial leaves behind is easily committed with the rest; where there is no git, there is nothing to ask.
tap_claim "no document that the program makes is kept" nothing "$(git ls-files -- '*.docx' '*.pptx' '*.xlsx' '*.zip' 2>/dev/null)"
tap_claim "nothing is left undone in the code" nothing "$(sources lang runtime tests | xargs grep -nE '\b(TODO|FIXME|XXX|HACK)\b')"
tap_claim "no locale but the language of messages is set" nothing "$(sources lang runtime | xargs grep -nE 'setlocale *\((LC_ALL|LC_NUMERIC|LC_COLLATE)')"

# What is kept, where there is a history that says so: nothing that a program made.
kept() { git ls-files 2>/dev/null; }
at_top() { kept | cut -d/ -f1 | sort -u | grep -vxE '\.ci|\.clang-format|\.editorconfig|\.gitignore|LICENSE|Makefile\.am|README\.md|configure\.ac|docs|examples|lang|po|rules|runtime|tests'; }
binary() { git ls-files --eol 2>/dev/null | grep '^i/-text' | grep -v 'tests/problems/nul-byte.kly$'; }
tap_claim "nothing is kept beside the folders that have a place" nothing "$(at_top)"
tap_claim "nothing that is kept is binary" nothing "$(binary)"

# listed LEAST FILE SED: the names in the rows of a table; one that has fewer rows than that has them otherwise than is read here.
listed() {
  sed -n "$3" "$2" >"$room/listed"
  if [ "$(wc -l <"$room/listed")" -ge "$1" ]; then cat "$room/listed"; else echo "$2:fewer-than-$1-rows"; fi
}
# One test at least for each problem that there is.
untested() {
  grep -rhoE '\[[a-z_0-9]+\]' tests/problems tests/command tests/format tests/tools | tr -d '[]' | sort -u >"$room/named"
  listed 50 lang/problem/problems.def 's/^PROBLEM(\([a-z_0-9]*\),.*/\1/p' | sort | comm -23 - "$room/named"
}
tap_claim "each kind of problem has a test" nothing "$(untested)"
# An error without a hint leaves the author alone with it.
without_hint() {
  awk '/^[^ ].*: error: / { if (open) print open; open = FILENAME ": " $0 } /^      = / { open = "" } END { if (open) print open }' tests/problems/*.txt
}
tap_claim "each error has a hint" nothing "$(without_hint)"
tap_claim "there are errors and hints" [ "$(cat tests/problems/*.txt | grep -c '^      = ')" -gt 100 ]
# tests/shapes/forms.kly shows every form of the grammar: what can be read is shown once at least.
unshown() {
  listed 150 lang/tree/nodes.def 's/^NODE([a-z_]*, *"\([^"]*\)".*/\1/p' | while IFS= read -r node; do
    [ "$node" = wrong ] || grep -qF "($node" tests/shapes/forms.tree || echo "tests/shapes/forms.kly has no \`$node\`"
  done
}
tap_claim "each kind of node stands in tests/shapes/forms.kly" nothing "$(unshown)"
# Every opcode is given out by the compiler.
unused() {
  grep -rhowE 'OP_[a-z_0-9]+' lang/plan lang/emit | sed 's/^OP_//' | sort -u >"$room/made"
  listed 80 runtime/image/opcodes.def 's/^OPCODE(\([a-z_0-9]*\),.*/\1/p' | sort | comm -23 - "$room/made"
}
tap_claim "each opcode is made by some rule" nothing "$(unused)"
tap_done
