#!/bin/bash
# run.sh: the page of a meeting in headless Chromium, of both packs, in both languages, and of made-up results as extreme as they
# come. Browser and judges are used where they are: Debian's chromium and pdftotext, and from npm playwright-core, axe-core and
# html-validate, where `make npm-packages` has put them into the build folder ($KLYNGE_NPM). $KLYNGE names the program.
set -u
. "$(dirname "$0")/../tap.sh"
tap_program
cd "$(dirname "$0")/../.." || exit 4
folder=$(mktemp -d) || exit 4
# A browser that outlives its time goes by its id: nothing else has this folder as its own.
finish() {
  for id in $(pgrep -f -- "--user-data-dir=$folder/" 2>/dev/null); do kill -9 "$id" 2>/dev/null; done
  rm -rf "$folder"
}
trap finish EXIT
export LC_ALL=C
npm=${KLYNGE_NPM:-none}

skip() { tap_n=$((tap_n + 1)); echo "ok $tap_n - $1 # SKIP $2"; }
make_page() { "$KLYNGE" report "$@" --html --quiet >"$folder/said" 2>&1 || { sed 's/^/# /' "$folder/said"; return 1; }; }

# ── pages, and the results that they are made of ──
for language in da en; do
  tap_claim "pages of both packs in $language" make_page examples/meeting.kly --data examples/cluster --language $language -o "$folder/$language"
done
for extreme in "1 plain 0 en" "60 plain 1 da" "8 none 0 en" "8 unknown 1 da" "20 long 1 da" "12 hidden 1 en"; do
  set -- $extreme
  awk -v practices="$1" -v what="$2" -v before="$3" -v language="$4" -f tests/documents/made-up.awk >"$folder/$2-$1.json"
  tap_claim "a page of $1 practices, $2" make_page "$folder/$2-$1.json" -o "$folder/$2-$1"
done
"$KLYNGE" run examples/kinds.kly --data examples/cluster --as-of 2024-06-01 --format json --quiet -o "$folder/kinds.json"
tap_claim "a page of every kind of figure" make_page "$folder/kinds.json" -o "$folder/kinds"

# has PACKAGE…: they are there, and a Node.js that they run in.
has() {
  node -e 'process.exit(Number(process.versions.node.split(".")[0]) >= 20 ? 0 : 1)' 2>"$folder/said" || return 1
  local package
  for package; do [ -d "$npm/$package" ] || return 1; done
}

# ── the markup ──
valid() { "$npm/.bin/html-validate" -f text "$@" >"$folder/said" 2>&1 || { sed 's/^/# /' "$folder/said" | head; return 1; }; }
if has html-validate; then
  tap_claim "html-validate finds nothing in them" valid "$folder"/*/*.html
  sed 's/<\/h1>/<\/h2>/' "$folder/da/treatment.html" >"$folder/wrong.html"
  tap_claim "but it does where something is wrong" eval '! valid "$folder/wrong.html" >"$folder/said"'
else
  skip "html-validate finds nothing in them" "the npm package html-validate, or Node.js 20, is not there: make npm-packages"
fi

# ── in the browser ──
# Its claims become ours, in its order; the time it has is limited, and what it does not come to is a claim that failed.
browse() {
  TMPDIR=$folder timeout -k 10 540 node tests/page/page.mjs "$npm" "$1" "$folder" >"$folder/claims" 2>"$folder/said"
  while IFS= read -r line; do
    case $line in
      'ok '*) tap_ok "${line#ok }" ;;
      'not ok '*) tap_not_ok "${line#not ok }" ;;
      '#'*) echo "$line" ;;
    esac
  done <"$folder/claims"
  sed 's/^/# /' "$folder/said" | head
  tap_claim "the browser came to the end" grep -qx 'done' "$folder/claims"
}
chromium=$(command -v chromium || command -v chromium-browser || command -v google-chrome)
in_browser="the page can be used in a browser, by everybody, and printed"
if ! has playwright-core axe-core; then
  skip "$in_browser" "the npm packages playwright-core and axe-core, or Node.js 20, are not there: make npm-packages"
elif [ -z "$chromium" ] || ! command -v pdftotext >"$folder/said"; then
  skip "$in_browser" "there is no chromium or no pdftotext"
else
  browse "$chromium"
fi
tap_done
