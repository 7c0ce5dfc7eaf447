# cells.awk: who stands in a sheet, and why: "PATIENT|WHY" of each row below the head, the lines of a reason with / between them. Give
# the shared strings, then the sheet. `value` names another column, whose number is printed as well.
function text(t) { gsub(/&lt;/, "<", t); gsub(/&gt;/, ">", t); gsub(/&amp;/, "\\&", t); return t }
BEGIN { RS = "<" }
FNR == 1 { file++ }
file == 1 && /^si>/ { n++ }
file == 1 && /^t[ >]/ { sub(/^[^>]*>/, ""); gsub(/\n/, " / "); strings[n - 1] = text($0) }
file == 2 && /^row / { match($0, / r="[0-9]+"/); row = substr($0, RSTART + 4, RLENGTH - 5) + 0; patient = why = number = "" }
file == 2 && /^c r=/ { cell = $0; sub(/^c r="/, "", cell); sub(/[0-9].*/, "", cell) }
file == 2 && /^v>/ { sub(/^v>/, ""); if (cell == "A") patient = strings[$0]; if (cell == "F") why = strings[$0]; if (cell == value) number = "|" $0 }
file == 2 && /^\/row>/ && row > head { print patient "|" why number }
