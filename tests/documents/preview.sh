#!/bin/sh
# preview.sh FOLDER: the documents of both packs over the example cluster, in Danish and English, each as a PDF and a picture of every
# page: for a person to look at. `make documents-preview` calls it.
set -eu
folder=$1
mkdir -p "$folder"
folder=$(cd "$folder" && pwd)
for program in soffice pdftoppm; do
  command -v $program >/dev/null || { echo "preview.sh needs $program: install libreoffice-impress-nogui, libreoffice-calc-nogui, libreoffice-writer-nogui, poppler-utils, fonts-crosextra-carlito" >&2; exit 4; }
done
browser=$(command -v chromium || command -v chromium-browser || command -v google-chrome || true)
[ -n "$browser" ] || echo "there is no chromium: the pages are left out" >&2
cd "$(dirname "$0")/../.."
for language in da en; do
  "$KLYNGE" report examples/meeting.kly --data examples/cluster -o "$folder/$language" --language $language --quiet
  cd "$folder/$language"
  rm -f ./*.png ./*.pdf
  # One practice's letters stand for all.
  cp letters/*-A.docx .
  # Each kind by itself: an Office file and a page of the same name would become one PDF.
  for kind in pptx xlsx docx html; do
    for file in *.$kind; do
      [ -e "$file" ] || continue
      page=${file%.$kind}-$kind
      case $kind in
      html)
        [ -n "$browser" ] || continue
        "$browser" --headless --no-sandbox --disable-gpu --no-pdf-header-footer --print-to-pdf="$page.pdf" "file://$PWD/$file" >/dev/null 2>&1 ;;
      *)
        HOME=$folder soffice --headless --convert-to pdf "$file" >/dev/null 2>&1
        mv "${file%.$kind}.pdf" "$page.pdf" ;;
      esac
      pdftoppm -r 70 -png "$page.pdf" "$page"
    done
  done
  cd - >/dev/null
done
echo "look at $folder/da and $folder/en"
