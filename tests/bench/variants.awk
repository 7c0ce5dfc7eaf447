# variants.awk: the indicators of treatment.kly that have a limit, once for each of many limits: "and with 53?".
#   awk -v n=1000 -f variants.awk
BEGIN {
  print "pack variants \"The same indicators with other limits\""
  print "  use \"lib/gp.kly\""
  print "  use \"lib/diabetes.kly\""
  print "  population listed and diagnosis = type2_diabetes"
  says[0] = "share of hba1c measured where hba1c > %.4f";                    low[0] = 40;  high[0] = 80
  says[1] = "share of ldl measured where ldl > %.4f and not drug = statin";  low[1] = 1;   high[1] = 4
  says[2] = "share of systolic measured where systolic > %.4f";              low[2] = 110; high[2] = 170
  says[3] = "share of count of hba1c >= 2 where all of last 2 hba1c > %.4f"; low[3] = 40;  high[3] = 80
  says[4] = "share of acr >= %.4f where not drug = ace_arb";                 low[4] = 10;  high[4] = 300
  says[5] = "share where egfr < %.4f and drug = metformin missing counts as no"; low[5] = 20;  high[5] = 60
  says[6] = "share of egfr < %.4f where drug = metformin";                   low[6] = 20;  high[6] = 60
  for (i = 0; i < n; i++) {
    k = i % 7
    printf "\nindicator v%d\n  " says[k] "\n", i, low[k] + (high[k] - low[k]) * i / n
  }
}
