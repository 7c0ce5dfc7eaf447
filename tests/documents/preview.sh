#!/bin/sh
# preview.sh FOLDER: the documents of both packs over the example cluster, in Danish and English, and each as a PDF and a picture of
# every page: for a person to look at. `make documents-preview` calls it.
set -eu
folder=$1
mkdir -p "$folder"
folder=$(cd "$folder" && pwd)
for program in soffice pdftoppm; do
  command -v $program >/dev/null || { echo "preview.sh needs $program: install libreoffice-impress-nogui, libreoffice-writer-nogui, poppler-utils, fonts-crosextra-carlito" >&2; exit 4; }
done
cd "$(dirname "$0")/../.."
for pack in treatment followup; do
  for language in da en; do
    "$KLYNGE" run rules/type2/$pack.kly --data examples/cluster --as-of 2024-06-01 --compare 2023-06-01 --format json --quiet \
      --language $language -o "$folder/$pack-$language.json"
    "$DOCUMENTS" deck "$folder/$pack-$language.json" "$folder/$pack-$language.pptx"
    for paper in notes plan programme; do "$DOCUMENTS" $paper "$folder/$pack-$language.json" "$folder/$pack-$language-$paper.docx"; done
    "$DOCUMENTS" letters "$folder/$pack-$language.json" "$folder/$pack-$language-letter"
    rm -f "$folder/$pack-$language-letter"-[3-9].docx "$folder/$pack-$language-letter"-??.docx
    (cd "$folder" && HOME=$folder soffice --headless --convert-to pdf "$pack-$language".pptx "$pack-$language"-*.docx >/dev/null 2>&1 &&
      for file in "$pack-$language"*.pdf; do pdftoppm -r 60 -png "$file" "${file%.pdf}"; done)
  done
done
echo "look at $folder"
