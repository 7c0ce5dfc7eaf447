#!/bin/sh
# update.sh: brings po/da.po up to date with the sources: new texts come in without their Danish, for you to write, texts
# that are gone go out, and what lacks Danish is told. Nothing is guessed from texts that look alike.
set -eu
cd "$(dirname "$0")/.."
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
po/texts.sh >"$folder/klynge.pot"
msgmerge --quiet --no-fuzzy-matching --no-wrap --sort-by-file --add-location=file po/da.po "$folder/klynge.pot" --output-file="$folder/new.po"
msgattrib --no-obsolete --no-wrap --add-location=file "$folder/new.po" --output-file="$folder/da.po"
cmp -s "$folder/da.po" po/da.po || cp "$folder/da.po" po/da.po
missing=$(msgattrib --untranslated --no-wrap --no-location "$folder/da.po" | awk '/^msgstr/ { if (text) print "  " text; text = ""; on = 0 } /^msgid / { on = 1; $1 = "" } on { text = text $0 }' | sed '/^ *""$/d')
if [ -n "$missing" ]; then
  echo "po/da.po lacks the Danish of:"
  echo "$missing"
  exit 1
fi
