# json.awk: whether standard input is one JSON value (RFC 8259): prints where it is not, and ends with 1.
{ text = text $0 "\n" }
END {
  at = 1
  value(1)
  gap()
  if (!wrong && at <= length(text)) bad("something after the end")
  exit wrong
}
function bad(what) { if (!wrong) print "# byte " at ": " what ": " substr(text, at, 40); wrong = 1 }
function gap() { while (at <= length(text) && index(" \t\r\n", substr(text, at, 1))) at++ }
function take(sign) { gap(); if (substr(text, at, 1) != sign) return 0; at++; return 1 }
function string() {
  gap()
  if (!match(substr(text, at), /^"([^"\\\001-\037]|\\(["\\\/bfnrt]|u[0-9a-fA-F][0-9a-fA-F][0-9a-fA-F][0-9a-fA-F]))*"/)) { bad("no text"); return }
  at += RLENGTH
}
function value(depth) {
  gap()
  if (depth > 40) { bad("too deep"); return }
  if (take("{")) {
    if (take("}")) return
    do { string(); if (!take(":")) bad("no colon"); value(depth + 1) } while (!wrong && take(","))
    if (!take("}")) bad("no }")
  } else if (take("[")) {
    if (take("]")) return
    do value(depth + 1); while (!wrong && take(","))
    if (!take("]")) bad("no ]")
  } else if (substr(text, at, 1) == "\"") string()
  else if (match(substr(text, at), /^(true|false|null|-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?)/)) at += RLENGTH
  else bad("no value")
}
