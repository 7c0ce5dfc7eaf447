# counts.awk: of the table that `klynge run --identified --format csv` writes the counts of the sixteen indicators, a line for
# each practice in the columns of packs.sql. Practices without a patient in the population have no line.
#   awk -f counts.awk TABLE | sort
BEGIN {
  FS = OFS = ","
  # The indicator, and whether its denominator is a column: that of most followup indicators is the population.
  n = split("treatment.mp1+ treatment.mp2+ treatment.mp3+ treatment.mp4+ treatment.mp5+ treatment.mp6b+ treatment.mp7+ " \
            "followup.mp1 followup.mp2d followup.mp2e followup.mp3 followup.mp4", wanted, " ")
}
NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
$at["practice"] == "*" || (at["stratum"] && $at["stratum"] != "") { next }
{
  id = $at["pack"] "." $at["indicator"]
  population[$at["practice"]] = $at["population"]
  of[id, $at["practice"]] = $at["denominator"]
  yes[id, $at["practice"]] = $at["numerator"]
}
END {
  for (practice in population) {
    if (population[practice] == 0) continue
    line = practice OFS population[practice]
    for (i = 1; i <= n; i++) {
      id = wanted[i]
      if (sub(/\+$/, "", id)) line = line OFS of[id, practice] + 0
      line = line OFS yes[id, practice] + 0
    }
    print line
  }
}
