# made-up.awk: a result that nobody measured, as extreme as asked for: -v practices=20 -v what=long|plain|none|unknown|hidden
# -v language=da|en -v before=0|1. Figures are a simple function of the practice's number.
function count(n) { return what == "hidden" && n > 0 && n < 5 ? "\"<5\"" : n }
function figure(i, shift,    of, x, u, share) {
  of = what == "none" ? 0 : 6 + (i * 37) % 90
  x = int(of * ((i * 13 + shift) % 60) / 100)
  u = what == "unknown" ? of : int(of * ((i * 7) % 20) / 100)
  if (x > of - u) x = of - u
  share = of == 0 || u == of || (what == "hidden" && x > 0 && x < 5) ? "null" : x / of
  return sprintf("{\"population\": %s, \"denominator\": %s, \"numerator\": %s, \"unknown\": %s, \"value\": %s, \"low\": %s, \"high\": %s}", \
                 of + 4, of, count(x), what == "hidden" ? "\"hidden\"" : u, share, share == "null" ? share : share * 0.6, share == "null" ? share : share + (1 - share) * 0.3)
}
function named(i) {
  if (what == "long") return "Lægerne på Nørre Strandvej & Søndergade 1" i " <æøå>"
  return i <= 26 ? sprintf("%c", 64 + i) : sprintf("%c%c", 64 + int((i - 1) / 26), 65 + (i - 1) % 26)
}
function change() { return "{\"change\": -0.021, \"low\": -0.08, \"high\": 0.04}" }
function list(shift,    i, s) { for (i = 1; i <= practices; i++) s = s (i > 1 ? ", " : "") figure(i, shift); return "[" s "]" }
function changes(    i, s) { for (i = 1; i <= practices; i++) s = s (i > 1 ? ", " : "") change(); return "[" s "]" }
function indicator(name, title, kind, better, aim) {
  return "{\"indicator\": \"" name "\", \"title\": \"" title "\", \"kind\": \"" kind "\", \"better\": " better ", \"unit\": null, \"per\": null, \"aim\": " aim "}"
}
function figures(name, shift,    s) {
  s = "{\"indicator\": \"" name "\", \"spread\": \"" (language == "da" ? "Det meste af forskellen er, hvad tilfældet alene giver." : "Most of the difference is what chance alone gives.") "\", \"all\": " figure(11, shift) ", \"practices\": " list(shift)
  if (before) s = s ", \"before\": {\"all\": " figure(12, shift) ", \"practices\": " list(shift + 9) "}, \"change\": {\"all\": " change() ", \"practices\": " changes() "}"
  return s "}"
}
BEGIN {
  question = language == "da" ? "Hvor mange af patienterne med en meget lang og indviklet sygehistorie har ikke fået målt det, som vejledningen beder om, inden for de sidste 18 måneder?" : "How many of the patients with a very long and tangled history have not had measured what the guideline asks for within the last 18 months?"
  printf "{\"format\": \"klynge result\", \"version\": 1, \"language\": \"%s\", \"program\": \"0.1.0\", \"data\": \"ab\", \"as_of\": \"2024-06-01\", %s\"suppress\": %d, \"identified\": %s, \"files\": [],", \
    language, before ? "\"compared_with\": \"2023-06-01\", " : "", what == "hidden" ? 5 : 0, what == "long" ? "true" : "false"
  printf "\"packs\": [{\"pack\": \"made_up\", \"title\": \"%s\", \"rules\": \"cd\", \"parameters\": [], \"windows\": [], ", language == "da" ? "Opdigtet <pakke> & prøve" : "A made-up <pack> & trial"
  printf "\"indicators\": [%s, %s], ", indicator("a", question, "share", "\"lower\"", 0.1), indicator("b", "B", "share", "\"higher\"", "null")
  printf "\"clusters\": [{\"cluster\": \"C1\", \"population\": 4000, \"practices\": ["
  for (i = 1; i <= practices; i++)
    printf("%s{\"practice\": \"%s\", \"population\": %d%s}", (i > 1 ? ", " : ""), named(i), 40 + i, (before ? ", \"population_before\": 40" : ""))
  printf "], \"figures\": [%s, %s]}]}]}\n", figures("a", 3), figures("b", 31)
}
