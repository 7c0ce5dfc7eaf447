# report.awk: docs/performance.md from lines "side name value": of each figure the median of all rounds. bench.sh gives the
# variables. A ratio that cannot be had because a side was not there is "–".
{
  key = $1 "." $2
  value[key, ++n[key]] = $3
}

# The median of a figure; "" where there is none. Of an even number the later of the two in the middle.
function median(key,   i, j, swap, sorted) {
  if (!n[key]) return ""
  for (i = 1; i <= n[key]; i++) sorted[i] = value[key, i] + 0
  for (i = 2; i <= n[key]; i++)
    for (j = i; j > 1 && sorted[j] < sorted[j - 1]; j--) { swap = sorted[j]; sorted[j] = sorted[j - 1]; sorted[j - 1] = swap }
  return sorted[int(n[key] / 2) + 1]
}
function least(key,   i, found) {
  for (i = 1; i <= n[key]; i++) if (i == 1 || value[key, i] + 0 < found) found = value[key, i] + 0
  return found
}
function most(key,   i, found) {
  for (i = 1; i <= n[key]; i++) if (i == 1 || value[key, i] + 0 > found) found = value[key, i] + 0
  return found
}
function short(x) { return x == "" ? "–" : x >= 100 ? sprintf("%.0f", x) : x >= 10 ? sprintf("%.1f", x) : x >= 0.1 ? sprintf("%.2f", x) : sprintf("%.4f", x) }
function grouped(x,   text) {
  text = sprintf("%.0f", x)
  while (match(text, /[0-9][0-9][0-9][0-9](,|$)/)) text = substr(text, 1, RSTART) "," substr(text, RSTART + 1)
  return text
}

# A row of the table of bounds.
function bound(what, x, y, at_most, says,   ratio) {
  ratio = x == "" || y == "" || y == 0 ? "" : x / y
  printf "| %s | %s | %s | %s |\n", what, says, short(ratio), ratio == "" ? "not measured" : ratio <= at_most ? "yes" : "**no**"
}
# A row beside a bound, which says how far one could come.
function beside(what, x, y) { if (x != "" && y) printf "| %s | | %s | |\n", what, short(x / y) }
# A row of the table of figures, in milliseconds.
function time(what, key) {
  if (n[key]) printf "| %s | %s | %s–%s |\n", what, short(median(key)), short(least(key)), short(most(key))
}
function speed(what, bytes, ms) { if (ms) printf "| %s | %s | %s | %.2f |\n", what, grouped(bytes), short(ms), bytes / ms / 1e6 }

END {
  warm = median("engine.median_ms")
  duck = median("duckdb.median_ms")
  csv = median("csv.ms")
  print "# Performance"
  print ""
  print "`make bench` has written this page. All sides have had their turn in each of " rounds " rounds of one call, with " threads " threads each,"
  print "over the same made-up data of " grouped(patients) " patients and " grouped(csv_rows - 8) " rows (" grouped(csv_bytes) " bytes of CSV, in the page cache)."
  print "In every round all of them have counted the same in every practice, or there would be no page. Of each figure the median"
  print "of the rounds counts. `tests/bench/README.md` says what each side does, and what is not compared; `docs/profile.md` what the time"
  print "is spent on, and what stands in the way of a figure that does not hold."
  print ""
  print "| | |"
  print "|---|---|"
  print "| processor | " processor ", " processors " of them |"
  print "| memory | " memory " GB |"
  print "| programs that wanted a processor | " before " in the minute before it began, " after " in its last, its own among them |"
  print "| system, compiler | " kernel ", " compiler " |"
  print "| versions | " klynge (duckdb ? ", DuckDB for Node " duckdb ", Polars for Node " polars ", Node " node : "; DuckDB and Polars were not measured: there is no npm") " |"
  print ""
  if (before > processors / 4 || after > processors + 1) {
    print "**The machine did other work meanwhile.** Sides that had their turn at a worse moment look slower than they are, and"
    print "threads had no processor to themselves: measure again on an idle machine before a figure of this page is believed."
    print ""
  }
  print "## What it must show"
  print ""
  print "Ratios, since a time moves with the machine. The sixteen indicators are those of the two type 2 packs that all sides"
  print "work out; the packs as they stand hold more, and are below."
  print ""
  print "| | at most | measured | holds |"
  print "|---|---|---|---|"
  bound("evaluation: a warm store to the counts of each practice, against DuckDB's query over sorted tables with integer keys in memory", warm, duck, 0.01, "1/100")
  bound("evaluation, intervals and the table as CSV, against the same query", median("engine.tables_ms"), duck, 0.01, "1/100")
  bound("evaluation, against the hand-written C on its own layout", warm, median("byhand.median_ms"), 1, "1.0")
  bound("CSV to tables, against DuckDB's load and query", csv, n["duckdb.load_ms"] ? median("duckdb.load_ms") + median("duckdb.unsorted_ms") : "", 0.1, "1/10")
  bound("CSV to tables, against Polars reading the same files", csv, median("polars.load_ms"), 1 / 3, "1/3")
  bound("`klynge import`, against CSV to tables with all codes kept", median("import.ms"), median("all.ms"), 1.3, "1.3")
  bound("peak memory of CSV to tables, against the size of the CSV files", median("csv.peak_kb") * 1024, csv_bytes, 1, "1.0")
  bound("1,000 variants of the indicators, against the sixteen", median("engine_variants.median_ms"), warm, 10, "10")
  bound("twice the patients, evaluation", median("engine_double.median_ms"), warm, 2.1, "2.1")
  bound("twice the patients, CSV to tables", median("csv_double.ms"), csv, 2.1, "2.1")
  bound("two threads, against one: evaluation", warm, median("engine_single.median_ms"), 0.6, "0.6")
  bound("two threads, against one: CSV to tables", csv, median("csv_single.ms"), 0.6, "0.6")
  beside("arithmetic in registers alone, which waits for no memory: what two of these processors give", median("limit.work_ms"), median("limit.work_single_ms"))
  bound("compiling the treatment pack, against a millisecond", median("compile.treatment_ms"), 1, 1, "1.0")
  bound("compiling the followup pack, against a millisecond", median("compile.followup_ms"), 1, 1, "1.0")
  bound("opening the store of " grouped(2 * patients) " patients, against a millisecond", median("engine_double.open_ms"), 1, 1, "1.0")
  print ""
  print "## What each side takes"
  print ""
  print "Milliseconds: the median of the rounds, and from the least to the most of them."
  print ""
  print "| | median | from–to |"
  print "|---|---|---|"
  time("**Klynge, one evaluation**: a warm store to counts", "engine.median_ms")
  time("with one thread", "engine_single.median_ms")
  time("with twice the patients", "engine_double.median_ms")
  time("and intervals, and the table as CSV", "engine.tables_ms")
  time("1,000 variants of the indicators", "engine_variants.median_ms")
  time("both packs as they stand, with bands and adjusted figures", "engine_packs.median_ms")
  time("and their intervals, and their table as CSV", "engine_packs.tables_ms")
  time("**Klynge, the command**: files to tables", "csv.ms")
  time("with one thread", "csv_single.ms")
  time("with twice the patients", "csv_double.ms")
  time("files to tables with all codes kept", "all.ms")
  time("files to a store (`klynge import`)", "import.ms")
  time("a store to tables", "store.ms")
  time("a store to the tables of both packs as they stand", "packs.ms")
  time("the treatment pack under one setting (`--set`)", "set.ms")
  time("and under three of them, in one pass (`--vary`)", "vary.ms")
  time("**Klynge, a step**: mapping a store of 2,000 patients", "engine_small.open_ms")
  time("mapping a store of " grouped(patients), "engine.open_ms")
  time("mapping a store of " grouped(2 * patients), "engine_double.open_ms")
  time("verifying the columns that the sixteen read, once in a process", "engine.verify_ms")
  time("reading and compiling the sixteen, and the library they use", "engine.compile_ms")
  time("**hand-written C**: columns in memory to counts", "byhand.median_ms")
  time("**DuckDB**: the query over sorted tables with integer keys", "duckdb.median_ms")
  time("the query over tables as loaded", "duckdb.unsorted_ms")
  time("loading the CSV files", "duckdb.load_ms")
  time("sorting", "duckdb.sort_ms")
  time("**Polars**: reading the CSV files", "polars.load_ms")
  print ""
  print "## Bytes"
  print ""
  print "| | bytes | ms | GB/s |"
  print "|---|---|---|---|"
  speed("evaluating the sixteen: the columns they read of " grouped(median("engine.rows")) " rows", median("engine.bytes"), warm)
  speed("evaluating both packs as they stand", median("engine_packs.bytes"), median("engine_packs.median_ms"))
  speed("adding up as many bytes of memory, and nothing else", median("engine.bytes"), median("limit.read_ms"))
  speed("the same with one thread", median("engine.bytes"), median("limit.read_single_ms"))
  speed("verifying the same columns", median("engine.bytes"), median("engine.verify_ms"))
  speed("CSV to tables: the files", csv_bytes, csv)
  speed("copying the files from the page cache with one thread, and nothing else", csv_bytes, median("limit.copy_ms"))
  speed("`klynge import`: the files", csv_bytes, median("import.ms"))
  print ""
  print "The bytes of an evaluation are those of all columns that the rules read; of the values only those are looked at whose"
  print "date is inside a window. Peak memory: " grouped(median("csv.peak_kb") / 1024) " MB from CSV to tables, " grouped(median("all.peak_kb") / 1024) " MB with all codes kept, " \
    grouped(median("import.peak_kb") / 1024) " MB for `klynge import`, " \
    grouped(median("store.peak_kb") / 1024) " MB"
  print "from a store, mapped pages of files included. The CSV files have " grouped(csv_bytes / 1048576) " MB, and the store " grouped(median("memory.store_bytes") / 1048576) " MB."
  print ""
  print "## A store larger than memory"
  print ""
  if (all_memory)
    print "In a group of processes that may have " grouped(median("memory.limit_bytes") / 1048576) " MB, the cached pages of the store counted, and with nothing of it in the cache"
  else
    print "With at most " grouped(median("memory.limit_bytes") / 1048576) " MB of memory of its own (`ulimit -d`; the mapped store, which the system may drop at any time, is not counted)"
  print "`klynge run` makes the same table from the store of " grouped(median("memory.store_bytes") / 1048576) " MB, in " short(median("memory.ms")) " ms."
  print ""
  print "## To measure again"
  print ""
  print "```sh"
  print "make -C build bench                                          # a few minutes, 4 GB below build/bench"
  print "make -C build bench BENCH_PATIENTS=20000 BENCH_REPORT=/tmp/performance.md"
  print "```"
}
