# pack.awk: a pack of n made-up indicators, no two alike: each has a code set, a definition and a window of its own.
#   awk -v n=1000 -f pack.awk
BEGIN {
  print "pack made \"Made-up indicators\""
  print "  use \"lib/gp.kly\""
  print "  use \"lib/diabetes.kly\""
  print "  population listed and diagnosis = type2_diabetes"
  for (i = 1; i <= n; i++) {
    printf "\ncodes drugs_%d \"Drugs %d\" = atc A%05d B%05d* C%05d..C%05d\n", i, i, i, i, i, i + 9
    printf "define over_%d \"Over %d\" = hba1c > %d.%d and egfr within %d days < %d\n", i, i, 40 + i % 20, i, 1 + i % 700, 30 + i % 60
    printf "\nindicator i%d \"Indicator %d\"\n", i, i
    printf "  share of hba1c measured within %d days\n", 1 + i % 1000
    printf "  where over_%d and not drug = drugs_%d\n", i, i
    printf "  better lower\n  known \"Known of %d.\"\n  advice \"Advice for %d.\"\n", i, i
  }
}
