# behaviour.awk: the chapters of tests/language as a page that a clinician can read: each test a claim, with the rules it is
# about, its patients in a table and what is expected of them.
#
#   awk -f behaviour.awk CHAPTER.kly… >behaviour.md
#
# The chapters are in the one layout of rule files (`klynge fmt`), which is what this reads: a declaration begins at the
# margin, its lines two blanks in, a patient's rows four. Of each file the first comment is the chapter's title.

BEGIN { WIDEST = 90 }
FNR == 1 { n_chapters++; n_blocks[n_chapters] = 0; intro[n_chapters] = ""; open = 0 }
FNR == 1 && /^(language|sprog) da$/ { is_danish[n_chapters] }
/^ *(language|use|sprog|brug) / { next }
/^#/ {
  if (intro[n_chapters] == "") intro[n_chapters] = substr($0, 3)
  open = 0
  next
}
/^[^ ]/ { begin_block() }
/^$/ { open = 0 }
open { line[n_chapters, n_blocks[n_chapters], ++n_lines[n_chapters, n_blocks[n_chapters]]] = without_comment($0) }
END { count_all(); print_page() }

# ── reading ─────────────────────────────────────────────────────────────────────────────────────────────────────────
function begin_block(    b, words) {
  b = ++n_blocks[n_chapters]
  n_lines[n_chapters, b] = 0
  split($0, words, " ")
  kind[n_chapters, b] = words[1]
  name[n_chapters, b] = words[2]
  if (words[1] == "test") n_claims[n_chapters]++
  open = 1
}

function without_comment(text,    at) {
  at = match(text, /  # /)
  return at && text !~ /"[^"]*  # [^"]*"/ ? substr(text, 1, at - 1) : text
}

# ── what a block speaks of ──────────────────────────────────────────────────────────────────────────────────────────
function is_data(k) { return k ~ /^(pack|table|unit|events|measure|pakke|tabel|enhed|hændelser|måling)$/ }

# Marks the blocks of the chapter whose names stand in a text, and those that they stand on.
function mark(chapter, text,    n, words, i, b, k) {
  gsub(/"[^"]*"/, " ", text)
  gsub(/[^A-Za-z0-9_\200-\377]+/, " ", text)
  n = split(text, words, " ")
  for (i = 1; i <= n; i++)
    for (b = 1; b <= n_blocks[chapter]; b++) {
      k = kind[chapter, b]
      if (name[chapter, b] != words[i] || k == "test" || is_data(k) || (b in marked)) continue
      marked[b]
      mark(chapter, block_text(chapter, b))
    }
}
function block_text(chapter, b,    i, text) {
  for (i = 1; i <= n_lines[chapter, b]; i++) text = text line[chapter, b, i] "\n"
  return text
}

# ── a test: read into as_of, settings, patients, rows and claims ────────────────────────────────────────────────────
function read_test(chapter, b,    i, text, mode) {
  as_of = settings = ""
  n_patients = n_names = 0
  split("", claimed); split("", named_claim); split("", rows); split("", born); split("", called); split("", number_of)
  for (i = 2; i <= n_lines[chapter, b]; i++) {
    text = line[chapter, b, i]
    if (text ~ /^  [^ ]/) mode = ""
    sub(/^ +/, "", text)
    if (mode == "expect") { add_claims(text); continue }
    if (mode == "patient") { rows[n_patients] = rows[n_patients] (rows[n_patients] == "" ? "" : "<br>") text; continue }
    if (text ~ /^(as of|opgjort) /) { sub(/^(as of|opgjort) /, "", text); as_of = text }
    else if (text ~ /^(set|sæt) /) { sub(/^(set|sæt) /, "", text); settings = settings (settings == "" ? "" : ", ") "`" text "`" }
    else if (text ~ /^patient /) { mode = "patient"; add_patient(substr(text, 9)) }
    else if (text ~ /^(expect|forvent) /) { mode = "expect"; sub(/^(expect|forvent) /, "", text); add_claims(take_patient(text)) }
  }
}
function add_patient(text,    words) {
  n_patients++
  rows[n_patients] = called[n_patients] = ""
  split(text, words, " ")
  if (words[1] !~ /^(born|age|født|alder)$/) {
    called[n_patients] = words[1]
    number_of[words[1]] = n_patients
    text = substr(text, length(words[1]) + 2)
  }
  born[n_patients] = text
}
# Whom an `expect` is about goes into `whom`; what it claims is left.
function take_patient(text,    words) {
  split(text, words, " ")
  whom = 1
  if (words[1] in number_of) { whom = number_of[words[1]]; text = substr(text, length(words[1]) + 2) }
  return text
}
function add_claims(text,    claim, words) {
  while (text != "") {
    match(text, /^([^,"]|"[^"]*")*/)
    claim = substr(text, 1, RLENGTH)
    text = substr(text, RLENGTH + 1)
    sub(/^, */, "", text)
    sub(/ +$/, "", claim)
    if (claim == "") continue
    split(claim, words, " ")
    claim = substr(claim, length(words[1]) + 2)
    sub(/^= /, "", claim)
    gsub(/"/, "", claim)
    if (!(words[1] in named_claim)) { named_claim[words[1]]; claim_name[++n_names] = words[1] }
    claimed[whom, words[1]] = claim
    if (!printing) n_outcomes++
  }
}

function count_all(    c, b) {
  for (c = 1; c <= n_chapters; c++)
    for (b = 1; b <= n_blocks[c]; b++)
      if (kind[c, b] == "test") { n_tests++; read_test(c, b); n_people += n_patients }
}

# ── printing ────────────────────────────────────────────────────────────────────────────────────────────────────────
function print_page(    c) {
  printing = 1
  print "# What the language means, by example\n"
  print "Each heading of this page is a claim about the rule language, and each is tested: the page is made from the tests"
  print "themselves, by `make`, and whoever changes the language changes it here. `docs/language.md` is the reference; this is"
  print "what it comes to for single patients.\n"
  print "Below a claim stand the rules it is about, the date on which they are looked at, its patients with what is recorded of"
  print "them, and what the rules make of each: *yes*, *no*, *unknown*, a value, or, of an indicator, *outside* of those it is"
  print "about. An empty place is something that the claim is not about. `diagnosis`, `drug`, `service`, `plan`, `enrolment`,"
  print "`listed` and `age_group` come from `rules/lib/gp.kly`, `hba1c`, `egfr` and their like from `rules/lib/diabetes.kly`. No"
  print "patient of this page exists.\n"
  printf "There are %d claims, with %d outcomes for %d patients:\n\n", n_tests, n_outcomes, n_people
  for (c = 1; c <= n_chapters; c++) printf "- [%s](#%s) (%d)\n", title_of(c), anchor(title_of(c)), n_claims[c]
  for (c = 1; c <= n_chapters; c++) print_chapter(c)
}
function title_of(c,    text) {
  text = intro[c]
  sub(/\.$/, "", text)
  sub(/: .*/, "", text)
  return text
}
function anchor(text) {
  text = tolower(text)
  gsub(/[^a-z0-9\200-\377 -]/, "", text)
  gsub(/ /, "-", text)
  return text
}
function capital(text) { return toupper(substr(text, 1, 1)) substr(text, 2) }

function print_chapter(c,    b, text, more) {
  printf "\n## %s\n", title_of(c)
  more = intro[c]
  if (sub(/^[^:]*: /, "", more)) printf "\n%s\n", capital(more)
  for (b = 1; b <= n_blocks[c]; b++) if (is_data(kind[c, b])) text = text (text == "" || n_lines[c, b] == 1 ? "" : "\n") block_text(c, b)
  if (text != "") printf "\nThroughout this chapter:\n\n```\n%s```\n", text
  for (b = 1; b <= n_blocks[c]; b++) if (kind[c, b] == "test") print_test(c, b)
}

function print_test(c, b,    title, text, i, k) {
  title = line[c, b, 1]
  sub(/^test "/, "", title)
  sub(/"$/, "", title)
  printf "\n### %s\n", capital(title)
  read_test(c, b)
  split("", marked)
  for (i = 1; i <= n_names; i++) mark(c, claim_name[i])
  mark(c, settings)
  for (k = 1; k <= n_blocks[c]; k++) if (k in marked) text = text (text == "" || n_lines[c, k] == 1 ? "" : "\n") block_text(c, k)
  if (text != "") printf "\n```\n%s```\n", text
  danish = c in is_danish
  printf "\n%s %s%s%s.\n\n", say("As of", "Opgjort"), as_of, settings == "" ? "" : say(", with ", ", med ") settings, whose()
  if (width_by_patient() > WIDEST && width_by_rule() < width_by_patient() || n_patients == 1) print_by_rule()
  else print_by_patient()
}

# ── how wide a table becomes, in letters ────────────────────────────────────────────────────────────────────────────
function longest_row(i,    n, all, k, most) {
  n = split(rows[i], all, "<br>")
  for (k = 1; k <= n; k++) if (length(all[k]) > most) most = length(all[k])
  return most + 0
}
function wider(a, b) { return a > b ? a : b }
function width_by_patient(    i, k, names, births, records, width, column) {
  for (i = 1; i <= n_patients; i++) {
    names = wider(names, length(called[i]))
    births = wider(births, length(born[i]))
    records = wider(records, longest_row(i))
  }
  width = names + (same_birth() ? 0 : births) + records
  for (k = 1; k <= n_names; k++) {
    column = length(claim_name[k])
    for (i = 1; i <= n_patients; i++) column = wider(column, length(claimed[i, claim_name[k]]))
    width += column
  }
  return width
}
function width_by_rule(    i, k, width, column) {
  for (k = 1; k <= n_names; k++) width = wider(width, length(claim_name[k]))
  for (i = 1; i <= n_patients; i++) {
    column = wider(length(called[i]), wider(longest_row(i), same_birth() ? 0 : length(born[i])))
    for (k = 1; k <= n_names; k++) column = wider(column, length(claimed[i, claim_name[k]]))
    width += column
  }
  return width
}
function say(in_english, in_danish) { return danish ? in_danish : in_english }
# Whom it is about, where all are born alike.
function whose(    text) {
  if (!same_birth()) return ""
  text = born[1]
  sub(/^age /, "of age ", text)
  if (sub(/^alder [0-9]+/, "& år", text)) sub(/^alder /, "på ", text)
  return (n_patients == 1 ? say(", a patient ", ", en patient ") : say(", patients ", ", patienter ")) text
}
function same_birth(    i) {
  for (i = 2; i <= n_patients; i++) if (born[i] != born[1]) return 0
  return 1
}
function patient_name(i,    text) {
  text = called[i]
  gsub(/_/, " ", text)
  sub(/ $/, "", text)
  return text == "" ? say("the patient", "patienten") : text
}
function any_rows(    i) {
  for (i = 1; i <= n_patients; i++) if (rows[i] != "") return 1
  return 0
}

# A line for each patient.
function print_by_patient(    i, k, births, recorded) {
  births = !same_birth()
  recorded = any_rows()
  printf "| patient |%s%s", births ? " |" : "", recorded ? say(" recorded |", " registreret |") : ""
  for (k = 1; k <= n_names; k++) printf " `%s` |", claim_name[k]
  printf "\n|---|%s%s", births ? "---|" : "", recorded ? "---|" : ""
  for (k = 1; k <= n_names; k++) printf "---|"
  print ""
  for (i = 1; i <= n_patients; i++) {
    printf "| %s |%s%s", patient_name(i), births ? " " born[i] " |" : "", recorded ? " " rows[i] " |" : ""
    for (k = 1; k <= n_names; k++) printf " %s |", claimed[i, claim_name[k]]
    print ""
  }
}

# A line for each rule: for one patient, or where more is claimed than fits beside each other.
function print_by_rule(    i, k) {
  printf "| |"
  for (i = 1; i <= n_patients; i++) printf " %s |", patient_name(i)
  printf "\n|---|"
  for (i = 1; i <= n_patients; i++) printf "---|"
  print ""
  if (!same_birth()) print_line_of("", born)
  if (any_rows()) print_line_of(say("recorded", "registreret"), rows)
  for (k = 1; k <= n_names; k++) {
    printf "| `%s` |", claim_name[k]
    for (i = 1; i <= n_patients; i++) printf " %s |", claimed[i, claim_name[k]]
    print ""
  }
}
function print_line_of(what, of,    i) {
  printf "| %s |", what
  for (i = 1; i <= n_patients; i++) printf " %s |", of[i]
  print ""
}
