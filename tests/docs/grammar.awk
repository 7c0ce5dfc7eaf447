# grammar.awk: is the grammar of a page that of the parser? Told rule by rule, with the shortest phrase where they part.
#
#   awk -f grammar.awk keywords.def grammar.y PAGE
#
# The page writes its rules in blocks marked ebnf, with { } for what is repeated; grammar.y writes them for bison, where a
# rule that repeats begins or ends with itself. Both become automata, one for each rule whose name is on both sides
# (`how_many` there is `how-many` here); a rule that one side alone has is put in where it is used. Two automata are the
# same if, read side by side, they can always go on with the same symbols and may end in the same places. Nothing is left
# out but what %prec settles.

FNR == 1 { file++; part = "" }

# ── keywords.def: the spelling of a token ───────────────────────────────────────────────────────────────────────────
file == 1 && /^KEYWORD\(/ {
  split($0, words, "\"")
  token = substr($1, 9, length($1) - 9)
  if (!(token in spelt)) { spelt[token] = words[2]; keyword[token] }
}

# ── grammar.y: the signs of two letters, then the rules ─────────────────────────────────────────────────────────────
file == 2 && /^%token LE / { for (i = 2; i < NF; i += 2) spelt[$i] = substr($(i + 1), 2, length($(i + 1)) - 2) }
file == 2 && /^%%/ { part = part == "rules" ? "" : "rules"; next }
file == 2 && part == "rules" { of_parser = of_parser $0 "\n" }

# ── the page: what stands in blocks of ebnf ─────────────────────────────────────────────────────────────────────────
file == 3 && /^```/ { part = $0 == "```ebnf" ? "rules" : ""; next }
file == 3 && part == "rules" { of_page = of_page $0 "\n" }

END {
  spelt["UP_TO"] = ".."
  lexical["UNIT_TEXT"] = "UNIT"
  lexical["DIGITS_CODE"] = "CODE"
  read_parser(of_parser)
  read_page(of_page)
  for (i = 1; i <= n_rules; i++) if (has("page", rule[i])) compare(rule[i])
  for (i = 1; i <= n_rules; i++) all_used("grammar.y", rule[i])
  for (name in on_page) all_used("page", name)
  for (token in keyword) if (!(quoted(spelt[token]) in on_any_page)) tell("the page has no place for the keyword " quoted(spelt[token]))
  exit told > 0
}

function tell(message) { told++; print "# " message }
function quoted(text) { return "\"" text "\"" }
function has(side, name) { return (side, name) in size }
function all_used(side, name) { if (has(side, name) && name != "file" && !((side, name) in used)) tell(side ": nothing uses the rule " name) }

# ── reading: size[SIDE, NAME], and symbol[SIDE, NAME, 1 … size] ─────────────────────────────────────────────────────
function begin(side, name) {
  gsub(/[ =:]/, "", name)
  gsub(/_/, "-", name)
  if (has(side, name)) tell(side ": the rule " name " stands twice")
  size[side, name] = 0
  if (side == "page") on_page[name]
  else rule[++n_rules] = name
  return name
}
function add(side, name, what) {
  symbol[side, name, ++size[side, name]] = what
  if (side == "page") on_any_page[what]
}

# A symbol of grammar.y as the page writes it: a rule by its name, a token by its spelling.
function in_words(token) {
  if (token ~ /^[a-z]/) { gsub(/_/, "-", token); return token }
  if (token in spelt) return quoted(spelt[token])
  return token in lexical ? lexical[token] : token
}

# Actions, comments and the names of references fall away.
function read_parser(text,    name, depth) {
  while (text != "") {
    if (match(text, /^[ \t\n]+/)) { }
    else if (match(text, /^\/\*/)) RLENGTH = index(text, "*/") + 1
    else if (match(text, /^'.'/)) { if (!depth) add("grammar.y", name, quoted(substr(text, 2, 1))) }
    else if (match(text, /^"[^"]*"/)) { }
    else if (match(text, /^[{]/)) depth++
    else if (match(text, /^[}]/)) depth--
    else if (depth) match(text, /^[^{}'"\/]+|^\//)
    else if (match(text, /^\[[a-z]+\]/) || match(text, /^%empty/) || match(text, /^%prec +[A-Z]+/)) { }
    else if (match(text, /^[a-z_]+:/)) name = begin("grammar.y", substr(text, 1, RLENGTH))
    else if (match(text, /^[A-Za-z_]+/)) add("grammar.y", name, in_words(substr(text, 1, RLENGTH)))
    else if (match(text, /^[|]/)) add("grammar.y", name, "|")
    else { tell("grammar.y cannot be read at: " substr(text, 1, 40)); return }
    text = substr(text, RLENGTH + 1)
  }
}

function read_page(text,    name) {
  while (text != "") {
    if (match(text, /^[ \t\n.]+/)) { }
    else if (match(text, /^[a-z-]+ *=/)) name = begin("page", substr(text, 1, RLENGTH))
    else if (match(text, /^"[^"]+"/) || match(text, /^[A-Z]+/) || match(text, /^[a-z-]+/) || match(text, /^[][{}()|]/))
      add("page", name, substr(text, 1, RLENGTH))
    else { tell("the page cannot be read at: " substr(text, 1, 40)); return }
    text = substr(text, RLENGTH + 1)
  }
}

# ── an automaton: states are numbers; n_edges[STATE], goes_on[STATE, K] a symbol or "" for nothing, goes_to[STATE, K] ─
function state() { n_edges[++n_states] = 0; return n_states }
function edge(from, what, to) { goes_on[from, ++n_edges[from]] = what; goes_to[from, n_edges[from]] = to }

# A rule between two states. What repeats by beginning with the rule itself goes round at its end, what ends so at its start.
function put_rule(side, name, from, to,    start, end, i, first, depth, what) {
  if (putting[side, name]++) { tell(side ": the rule " name " is in itself, so the other side must have it too"); return }
  start = state()
  end = state()
  edge(from, "", start)
  edge(end, "", to)
  first = 1
  for (i = 1; i <= size[side, name] + 1; i++) {
    what = i > size[side, name] ? "|" : symbol[side, name, i]
    depth += (what ~ /^[[{(]$/) - (what ~ /^[]})]$/)
    if (what != "|" || depth) continue
    if (first < i - 1 && symbol[side, name, first] == name) put(side, name, first + 1, i - 1, end, end)
    else if (first < i - 1 && symbol[side, name, i - 1] == name) put(side, name, first, i - 2, start, start)
    else put(side, name, first, i - 1, start, end)
    first = i + 1
  }
  putting[side, name]--
}

# The symbols first … last of a rule, with the choices among them. Where bison takes up again after an error is no rule.
function put(side, name, first, last, from, to,    i, at, next_state, what, close_at) {
  for (i = first; i <= last; i++) if (symbol[side, name, i] == "error") return
  at = from
  for (i = first; i <= last; i++) {
    what = symbol[side, name, i]
    if (what == "|") { edge(at, "", to); at = from; continue }
    next_state = state()
    if (what ~ /^[[{(]$/) {
      close_at = closing(side, name, i)
      if (what == "{") { edge(at, "", next_state); put(side, name, i + 1, close_at - 1, next_state, next_state) }
      else put(side, name, i + 1, close_at - 1, at, next_state)
      if (what == "[") edge(at, "", next_state)
      i = close_at
    } else put_symbol(side, name, what, at, next_state)
    at = next_state
  }
  edge(at, "", to)
}
function put_symbol(side, name, what, from, to) {
  used[side, what]
  if (what !~ /^[a-z]/ || (has("page", what) && has("grammar.y", what))) edge(from, what, to)
  else if (has(side, what)) put_rule(side, what, from, to)
  else tell(side ": " name " uses " what ", which is no rule")
}
function closing(side, name, i,    depth) {
  for (; i <= size[side, name]; i++) {
    depth += (symbol[side, name, i] ~ /^[[{(]$/) - (symbol[side, name, i] ~ /^[]})]$/)
    if (!depth) return i
  }
  tell(side ": a bracket of " name " is not closed")
  return i
}

# ── two automata side by side ───────────────────────────────────────────────────────────────────────────────────────
# A set of states is a text, " 3 7 12 ".
function reach(s,    k) {
  if (s in reached) return
  reached[s]
  for (k = 1; k <= n_edges[s]; k++) if (goes_on[s, k] == "") reach(goes_to[s, k])
}
function all_reached(    s, set) {
  set = " "
  for (s = 1; s <= n_states; s++) if (s in reached) set = set s " "
  split("", reached)
  return set
}
function after(set, what,    list, n, i, k) {
  n = split(set, list, " ")
  for (i = 1; i <= n; i++)
    for (k = 1; k <= n_edges[list[i]]; k++) if (goes_on[list[i], k] == what) reach(goes_to[list[i], k])
  return all_reached()
}
function symbols_after(set, found, side,    list, n, i, k) {
  n = split(set, list, " ")
  for (i = 1; i <= n; i++)
    for (k = 1; k <= n_edges[list[i]]; k++) if (goes_on[list[i], k] != "") found[goes_on[list[i], k]] = found[goes_on[list[i], k]] side
}

function compare(name,    a, a_end, b, b_end, pair, phrase, n, i, here, there, found, what, next_pair, met) {
  n_states = 0
  a = state(); a_end = state(); b = state(); b_end = state()
  put_rule("grammar.y", name, a, a_end)
  put_rule("page", name, b, b_end)
  reach(a); here = all_reached()
  reach(b); there = all_reached()
  pair[n = 1] = here "/" there
  for (i = 1; i <= n; i++) {
    here = substr(pair[i], 1, index(pair[i], "/") - 1)
    there = substr(pair[i], index(pair[i], "/") + 1)
    if ((index(here, " " a_end " ") > 0) != (index(there, " " b_end " ") > 0)) {
      tell(name ":" phrase[i] " is whole only in " (index(here, " " a_end " ") ? "grammar.y" : "the page"))
      return
    }
    split("", found)
    symbols_after(here, found, "y")
    symbols_after(there, found, "p")
    for (what in found) {
      if (found[what] !~ /y/ || found[what] !~ /p/) {
        tell(name ":" phrase[i] " goes on with " what " only in " (found[what] ~ /y/ ? "grammar.y" : "the page"))
        return
      }
      next_pair = after(here, what) "/" after(there, what)
      if (next_pair in met) continue
      met[next_pair]
      pair[++n] = next_pair
      phrase[n] = phrase[i] " " what
    }
  }
}
