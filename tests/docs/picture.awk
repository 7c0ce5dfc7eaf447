# picture.awk: the README's picture: one indicator's practices from the lowest figure to the highest, as on a slide. Of `klynge run
# --format csv`, with -v indicator=mp1 and -v title. tests/docs/run.sh checks that docs/picture.svg is what comes of it.
BEGIN { FS = ","; width = 860; left = 56; right = 16; top = 62; floor_at = 262 }
$2 == indicator && $14 == "" && $4 != "*" { n++; name[n] = $4; of[n] = $7; x[n] = $8; value[n] = $10; low[n] = $11; high[n] = $12 }
$2 == indicator && $14 == "" && $4 == "*" { all = $10; all_of = $7; all_x = $8 }
function height(share) { return floor_at - share / scale * (floor_at - top) }
function text(x, y, size, anchor, words) { printf "<text x=\"%.1f\" y=\"%.1f\" font-size=\"%d\" text-anchor=\"%s\">%s</text>\n", x, y, size, anchor, words }
function line(x1, y1, x2, y2, look) { printf "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" %s/>\n", x1, y1, x2, y2, look }
END {
  for (i = 1; i <= n; i++) { order[i] = i; if (high[i] > most) most = high[i] }
  for (i = 2; i <= n; i++)
    for (j = i; j > 1 && value[order[j - 1]] > value[order[j]]; j--) { t = order[j]; order[j] = order[j - 1]; order[j - 1] = t }
  scale = int(most * 10 + 0.999) / 10
  step = (width - left - right) / n
  described = sprintf("%s: %d practices with 95%% intervals, and the cluster, %.1f%%", title, n, 100 * all)
  printf "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d 326\" role=\"img\" aria-label=\"%s\" font-family=\"Carlito, Calibri, Helvetica, Arial, sans-serif\" fill=\"#000\">\n", width, described
  printf "<defs><pattern id=\"lower\" width=\"7\" height=\"7\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\"><rect width=\"7\" height=\"7\" fill=\"#fff\"/><rect width=\"2\" height=\"7\" fill=\"#b3470b\"/></pattern></defs>\n"
  printf "<rect width=\"%d\" height=\"326\" fill=\"#fff\"/>\n", width
  printf "<text x=\"16\" y=\"28\" font-size=\"21\" font-weight=\"bold\" fill=\"#14384a\">%s</text>\n", title
  text(16, 49, 14, "start", sprintf("The cluster: %.1f%%, %d of %d · ↓ lower is better · lines: 95%% intervals", 100 * all, all_x, all_of))
  for (i = 0; i <= scale * 10 + 0.5; i += 2) {
    line(left, height(i / 10), width - right, height(i / 10), "stroke=\"#c8c8c8\" stroke-width=\"0.7\"")
    text(left - 8, height(i / 10) + 4, 12, "end", sprintf("%d%%", 10 * i))
  }
  for (i = 1; i <= n; i++) {
    p = order[i]
    middle = left + (i - 0.5) * step
    printf "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"url(#lower)\" stroke=\"#b3470b\" stroke-width=\"1.4\"/>\n", middle - step * 0.3, height(value[p]), step * 0.6, floor_at - height(value[p])
    line(middle, height(low[p]), middle, height(high[p]), "stroke=\"#000\" stroke-width=\"1.5\"")
    line(middle - 4, height(low[p]), middle + 4, height(low[p]), "stroke=\"#000\" stroke-width=\"1.5\"")
    line(middle - 4, height(high[p]), middle + 4, height(high[p]), "stroke=\"#000\" stroke-width=\"1.5\"")
    text(middle, floor_at + 18, 14, "middle", name[p])
    text(middle, floor_at + 34, 12, "middle", sprintf("%.1f%%", 100 * value[p]))
    text(middle, floor_at + 49, 12, "middle", sprintf("%d of %d", x[p], of[p]))
  }
  line(left, floor_at, width - right, floor_at, "stroke=\"#000\"")
  line(left, height(all), width - right, height(all), "stroke=\"#000\" stroke-width=\"2\" stroke-dasharray=\"9 5\"")
  print "</svg>"
}
