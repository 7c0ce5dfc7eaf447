#!/bin/sh
# texts.sh: all texts of the sources that people read, as a template for po/da.po, on standard output.
#
# A text is found where it stands: in _(), N_(), P_() and Q_(), as the message or the hint of a problem, which are
# translated where they are collected, and in the columns of the tables. Where a message is one of two (`a ? "b" : "c"`)
# each stands in N_().
set -eu
cd "$(dirname "$0")/.."
export LC_ALL=C.UTF-8
pot=$(mktemp)
trap 'rm -f "$pot"' EXIT

# What bison and flex made is in the release archive, but nobody wrote it.
sources=$(find lang runtime -name '*.[chyl]' -o -name '*.def' | grep -vE '^lang/parse/(grammar\.[ch]|lexer\.c)$' | LC_ALL=C sort)
# find KEYWORD…: adds the texts in these places. A function of two texts is asked for twice, once for each of them.
find_texts() {
  keywords=''
  for keyword; do keywords="$keywords --keyword=$keyword"; done
  # shellcheck disable=SC2086 # the sources and keywords are words
  xgettext --language=C --from-code=UTF-8 --add-location=file --omit-header --no-wrap --join-existing --output="$pot" \
    --flag=_:1:pass-c-format --flag=N_:1:pass-c-format --flag=memory_print:1:c-format --flag=check_say:2:c-format --flag=fail:3:c-format --flag=lint_say:3:c-format --flag=lint_warn:6:c-format \
    --flag=problem_add:6:c-format --flag=wrong:5:c-format --flag=reading_problem:5:c-format --flag=reading_problem:6:c-format --flag=problem_add:7:c-format --flag=WRONG:3:c-format --keyword $keywords $sources
}
printf 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n' >"$pot"
find_texts _ gettext N_ P_:1c,2 Q_:1,2 fail:3 OPTION:4 SHAPE:5 MISTAKE:4 parse_say:1 mistake_say:2 check_say:2 lint_say:3 SENTENCE:2 UNREAD:4 \
  problem_add:5 lint_warn:5 reading_problem:4 wrong:4 WRONG:2
find_texts problem_add:6 SHAPE:2 lint_warn:6 reading_problem:5 wrong:5 WRONG:3 MISTAKE:5 UNREAD:5
# xgettext takes the comma of `(struct place){0, 0}` for one between arguments.
find_texts problem_add:7 reading_problem:6
# A message may be whole already, and then its format is no text.
msgcat --sort-by-file --no-wrap --add-location=file "$pot" | msggrep --invert-match --msgid --regexp='^%s$' --no-wrap --add-location=file
