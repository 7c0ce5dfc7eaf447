#!/bin/sh
# run.sh: the house's own rules: which room may see which, how long a file may be, that tables are complete.
set -u
cd "$(dirname "$0")/../.." || exit 4
. tests/tap.sh

nothing() { if [ -n "$1" ]; then echo "$1" | sed 's/^/# /'; return 1; fi; }
# What bison and flex made is in the release archive, but nobody wrote it.
sources() { find "$@" -name '*.[chly]' -o -name '*.def' | grep -vE '^lang/parse/(grammar\.[ch]|lexer\.c)$' | sort; }
includes() { sources "$1" | xargs grep -n '^#include "' | grep -v ':#include "config.h"'; }

# The wall: lang sees of runtime the image alone, runtime sees nothing of lang, the command sees both.
tap_claim "lang includes nothing of runtime but runtime/image" nothing "$(includes lang | grep -v '^lang/command/' | grep '"runtime/' | grep -v '"runtime/image/')"
tap_claim "runtime includes nothing of lang" nothing "$(includes runtime | grep '"lang/')"
tap_claim "only lang/memory.c includes the collector" nothing "$(sources lang runtime tests/unit | xargs grep -ln '#include <gc' | grep -v '^lang/memory.c$')"

# The way of the data: a room includes none that comes after it.
order='memory image store csv mask kernel run stats gate result meeting followup ooxml workbook deck word webpage lists fhir synth'
later=''
for room in $(echo "$order" | tr ' ' '\n' | tac); do
  if [ -d "runtime/$room" ] && [ -n "$later" ]; then
    tap_claim "runtime/$room includes no later room" nothing "$(includes "runtime/$room" | grep -E "\"runtime/($later)/")"
  fi
  later="$later${later:+|}$room"
done
order='source problem tree parse format load check lint explain variant boundary diff plan emit command'
later=''
for room in $(echo "$order" | tr ' ' '\n' | tac); do
  if [ -n "$later" ]; then tap_claim "lang/$room includes no later room" nothing "$(includes "lang/$room" | grep -E "\"lang/($later)/")"; fi
  later="$later${later:+|}$room"
done

long() { for file in $(sources "$@"); do n=$(wc -l <"$file"); if [ "$n" -gt 600 ]; then echo "$file: $n lines"; fi; done; }
tap_claim "no file is longer than 600 lines" nothing "$(long lang runtime tests)"
tap_claim "the scanner has at most 200 lines, the grammar 500" [ "$(wc -l <lang/parse/lexer.l)" -le 200 -a "$(wc -l <lang/parse/grammar.y)" -le 500 ]
tap_claim "nothing is left undone in the code" nothing "$(sources lang runtime tests | xargs grep -nE '\b(TODO|FIXME|XXX|HACK)\b')"
tap_claim "no locale but the language of messages is set" nothing "$(sources lang runtime | xargs grep -nE 'setlocale *\((LC_ALL|LC_NUMERIC|LC_COLLATE)')"

# One test at least for each problem that there is.
untested() {
  for id in $(sed -n 's/^PROBLEM(\([a-z_0-9]*\),.*/\1/p' lang/problem/problems.def); do
    grep -qr "\[$id\]" tests/problems tests/command tests/format tests/tools || echo "problem $id has no test"
  done
}
tap_claim "each kind of problem has a test" nothing "$(untested)"
# An error without a hint leaves the author alone with it.
without_hint() {
  awk '/^[^ ].*: error: / { if (open) print open; open = FILENAME ": " $0 } /^      = / { open = "" } END { if (open) print open }' tests/problems/*.txt
}
tap_claim "each error has a hint" nothing "$(without_hint)"
# tests/shapes/forms.kly shows every form of the grammar: what can be read is shown once at least.
unshown() {
  sed -n 's/^NODE([a-z_]*, *"\([^"]*\)".*/\1/p' lang/tree/nodes.def | while IFS= read -r node; do
    [ "$node" = wrong ] || grep -qF "($node" tests/shapes/forms.tree || echo "tests/shapes/forms.kly has no \`$node\`"
  done
}
tap_claim "each kind of node stands in tests/shapes/forms.kly" nothing "$(unshown)"
# Every opcode is carried out by the machine and given out by the compiler.
unused() { for op in $(sed -n 's/^OPCODE(\([a-z_]*\),.*/\1/p' runtime/image/opcodes.def); do grep -qrw "OP_$op" lang/plan lang/emit || echo "no rule makes $op"; done; }
tap_claim "each opcode is made by some rule" nothing "$(unused)"
tap_done
