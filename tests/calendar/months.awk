# months.awk: a rule file with a test for every day of 2023–2028: what 1, 6, 12 and 18 months before it are. The calendar is
# a table that is counted out day by day; `clamped` = 0 makes a wrong one, in which a month before 31 March is 3 March.
BEGIN {
  n_months = split("31 28 31 30 31 30 31 31 30 31 30 31", length_of, " ")
  for (year = 2021; year <= 2028; year++)
    for (month = 1; month <= n_months; month++) {
      month_ends[year * 12 + month] = length_of[month] + (month == 2 && (year == 2024 || year == 2028))
      for (day = 1; day <= month_ends[year * 12 + month]; day++) {
        date[++n_days] = sprintf("%04d-%02d-%02d", year, month, day)
        place[date[n_days]] = n_days
      }
    }
  n_back = split("1 6 12 18", back, " ")
  print "use \"lib/gp.kly\""
  for (b = 1; b <= n_back; b++) {
    printf "define within_%d = service within %d months\n", back[b], back[b]
    printf "define before_%d = index - %d months\n", back[b], back[b]
  }
  print "define completed = months since last service"
  for (i = place["2023-01-01"]; i <= n_days; i++) one_day(date[i])
}

# The place of the day so many months before a date.
function months_before(of_date, months,    total, year, month, day, end) {
  total = substr(of_date, 1, 4) * 12 + substr(of_date, 6, 2) - 1 - months
  year = int(total / 12)
  month = total % 12 + 1
  day = substr(of_date, 9, 2) + 0
  end = month_ends[year * 12 + month]
  if (day <= end) return place[sprintf("%04d-%02d-%02d", year, month, day)]
  return place[sprintf("%04d-%02d-%02d", year, month, end)] + (clamped ? 0 : day - end)
}

function one_day(index_date,    b, first) {
  printf "test \"%s\"\n  as of %s\n", index_date, index_date
  for (b = 1; b <= n_back; b++) {
    first = months_before(index_date, back[b])
    printf "  patient on_it_%d born 1960-01-01\n    service 0120 on %s\n", back[b], date[first]
    printf "  patient day_before_%d born 1960-01-01\n    service 0120 on %s\n", back[b], date[first - 1]
    claims[b] = sprintf("  expect on_it_%d within_%d yes, before_%d = %s, completed = %d\n  expect day_before_%d within_%d no\n",
                        back[b], back[b], back[b], date[first], back[b], back[b], back[b])
  }
  for (b = 1; b <= n_back; b++) printf "%s", claims[b]
}
