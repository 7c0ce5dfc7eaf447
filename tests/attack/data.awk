# data.awk: a made-up cluster by a seed, and its twin: once or twice two patients of different practices, alike in age and sex, have
# changed places in one of the tables, or somebody has moved to another practice. What all practices have together is the same in both,
# band by band. Give seed, twin (0: none) and folder.
function by_chance(n) { state = state * 16807 % 2147483647; return state % n }
function rows_of(p, kind) {
  if (kind == 0) return by_chance(5) ? (by_chance(100) < high ? 65 : 50) : ""
  if (kind == 1) return by_chance(5) ? (by_chance(100) < high ? 65 : 50) : ""
  if (kind == 2) return by_chance(3) ? 130 : ""
  if (kind == 3) return by_chance(100) < treated ? "drug" : ""
  return by_chance(3)
}
function change(n_tries,   p, q, kind, kept) {
  while (n_tries-- > 0) {
    p = by_chance(n); q = by_chance(n); kind = by_chance(7)
    if (practice[p] == practice[q]) continue
    if (kind > 4) { practice[p] = practice[q]; return 1 }
    if (half[p] != half[q] || sex[p] != sex[q] || has[p, kind] == has[q, kind]) continue
    kept = has[p, kind]; has[p, kind] = has[q, kind]; has[q, kind] = kept
    return 1
  }
  return 0
}
function put(file, line) { print line >(folder "/" file ".csv") }
BEGIN {
  state = seed * 7919 % 2147483646 + 1
  for (i = 0; i < 20; i++) by_chance(2)
  n = 0
  n_practices = 3 + by_chance(7)
  high = 5 + by_chance(40); treated = 5 + by_chance(90)
  for (c = 0; c < n_practices; c++) {
    size = by_chance(2) ? 1 + by_chance(14) : 12 + by_chance(30)
    for (i = 0; i < size; i++) {
      practice[n] = "Q" c; half[n] = by_chance(3) ? 1950 : 1990; sex[n] = by_chance(2) ? "male" : "female"
      for (kind = 0; kind < 5; kind++) has[n, kind] = rows_of(n, kind)
      n++
    }
  }
  state = twin * 104729 % 2147483646 + 1
  for (i = 0; i < 20; i++) by_chance(2)
  if (twin) for (i = 1 + by_chance(2); i > 0; i--) change(200)
  put("practices", "practice,cluster,name")
  for (c = 0; c < n_practices; c++) put("practices", "Q" c ",C1,")
  put("patients", "patient,practice,birth,sex,from,to")
  put("labs", "patient,date,code,value,unit")
  put("prescriptions", "patient,date,code,days")
  put("services", "patient,date,code")
  put("diagnoses", "patient,date,code")
  for (i = 0; i < n; i++) {
    put("patients", i "," practice[i] "," half[i] "-01-01," sex[i] ",2000-01-01,")
    if (has[i, 0] != "") put("labs", i ",2024-03-01,NPU27300," has[i, 0] ",mmol/mol")
    if (has[i, 1] != "") put("labs", i ",2022-09-01,NPU27300," has[i, 1] ",mmol/mol")
    if (has[i, 2] != "") put("labs", i ",2024-03-01,DNK05472," has[i, 2] ",mmHg")
    if (has[i, 3] != "") put("prescriptions", i ",2024-01-01,A10BA02,")
    for (k = 0; k < has[i, 4]; k++) put("services", i ",2024-0" k + 1 "-01,0120")
  }
}
