/* chart_funnel.c: practices by how many patients they have, between limits that widen where patients are few. */
#include <math.h>
#include <stdlib.h>
#include "runtime/deck/inner.h"
#include "runtime/image/words.h"
#include "runtime/memory/memory.h"
#include "runtime/stats/stats.h"

/* Columns of the workbook: practices in the first three, the limits beside them. */
enum { NAME, SIZE, VALUE, AT, CENTRE, WARNING_LOW, WARNING_HIGH, ALARM_LOW, ALARM_HIGH, N_COLUMNS };
#define N_STEPS 60

struct limits {
  double at[N_STEPS], centre[N_STEPS], lines[4][N_STEPS];
};

/* Limits at so many numbers of patients, closer where they bend more; each once. */
static size_t work_out(const struct funnel *funnel, struct limits *limits, double *highest) {
  size_t n = 0;
  for (size_t i = 0; i < N_STEPS; i++) {
    double part = (double)(i + 1) / N_STEPS;
    uint32_t at = (uint32_t)ceil(funnel->largest * part * part);
    if (at == 0 || (n > 0 && limits->at[n - 1] == at)) continue;
    struct stats_funnel found = stats_funnel(funnel->centre, at);
    limits->at[n] = at;
    limits->centre[n] = funnel->centre;
    limits->lines[0][n] = found.warning.low;
    limits->lines[1][n] = found.warning.high;
    limits->lines[2][n] = found.alarm.low;
    limits->lines[3][n] = found.alarm.high;
    if (at >= 5 && found.alarm.high > *highest) *highest = found.alarm.high;
    n++;
  }
  return n;
}

/* A series whose x and y stand in two columns, of so many rows. */
static void put_series(struct xml *xml, const struct column *columns, size_t number, size_t x, size_t y, size_t n,
                       const char *look) {
  xml_put(xml, "<c:ser><c:idx val='%zu'/><c:order val='%zu'/>", number, number);
  chart_put_name(xml, columns, y);
  xml_put_raw(xml, look);
  xml_put_raw(xml, "<c:xVal>");
  chart_put_numbers(xml, columns, x, n);
  xml_put_raw(xml, "</c:xVal><c:yVal>");
  chart_put_numbers(xml, columns, y, n);
  xml_put_raw(xml, "</c:yVal><c:smooth val='0'/></c:ser>");
}

/* The names beside the points: texts of their own, for a label of a scatter chart has nothing to refer to that all programs know. */
static void put_labels(struct xml *xml, const struct funnel *funnel) {
  xml_put_raw(xml, "<c:dLbls>");
  for (size_t i = 0; i < funnel->n; i++) {
    if (isnan(funnel->values[i])) continue;
    xml_put(xml,
        "<c:dLbl><c:idx val='%zu'/><c:tx><c:rich><a:bodyPr/><a:lstStyle/><a:p><a:r><a:rPr lang='en-GB' sz='%u'/>"
        "<a:t>%s</a:t></a:r></a:p></c:rich></c:tx><c:dLblPos val='r'/><c:showLegendKey val='0'/>"
        "<c:showVal val='1'/><c:showCatName val='0'/><c:showSerName val='0'/><c:showPercent val='0'/>"
        "<c:showBubbleSize val='0'/></c:dLbl>",
        i, funnel->label_size * 100, funnel->labels[i]);
  }
  xml_put_raw(xml,
      "<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr><c:showLegendKey val='0'/><c:showVal val='0'/>"
      "<c:showCatName val='0'/><c:showSerName val='0'/><c:showPercent val='0'/><c:showBubbleSize val='0'/></c:dLbls>");
}

static void put_practices(struct xml *xml, const struct funnel *funnel, const struct column *columns, size_t n_rows) {
  xml_put_raw(xml, "<c:ser><c:idx val='5'/><c:order val='5'/>");
  chart_put_name(xml, columns, VALUE);
  xml_put_raw(xml,
      "<c:spPr><a:ln w='19050'><a:noFill/></a:ln></c:spPr><c:marker><c:symbol val='circle'/><c:size val='10'/>"
      "<c:spPr>" INK("accent1") "</c:spPr></c:marker>");
  put_labels(xml, funnel);
  xml_put_raw(xml, "<c:xVal>");
  chart_put_numbers(xml, columns, SIZE, n_rows);
  xml_put_raw(xml, "</c:xVal><c:yVal>");
  chart_put_numbers(xml, columns, VALUE, n_rows);
  xml_put_raw(xml, "</c:yVal><c:smooth val='0'/></c:ser>");
}

#define STROKE(width, dash)                                                                                            \
  "<c:spPr><a:ln w='" width "'>" INK("tx1") "<a:prstDash val='" dash "'/></a:ln></c:spPr>"                             \
                                            "<c:marker><c:symbol val='none'/></c:marker>"

static void put_axis(struct xml *xml, bool is_of_values, double highest, bool is_danish, const char *title) {
  double step = chart_step(highest), high = ceil(highest / step + 0.01) * step;
  if (is_of_values && high > 1) high = 1;
  xml_put(xml,
      "<c:valAx><c:axId val='%s'/><c:scaling><c:orientation val='minMax'/><c:max val='%g'/><c:min val='0'/>"
      "</c:scaling><c:delete val='0'/><c:axPos val='%s'/>",
      is_of_values ? "222" : "111", round(high * 1e6) / 1e6, is_of_values ? "l" : "b");
  if (*title)
    xml_put(xml,
        "<c:title><c:tx><c:rich><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz='1400' b='0'/></a:pPr><a:r>"
        "<a:rPr lang='en-GB' sz='1400' b='0'/><a:t>%s</a:t></a:r></a:p></c:rich></c:tx><c:overlay val='0'/></c:title>",
        title);
  xml_put(xml,
      "<c:numFmt formatCode='%s' sourceLinked='0'/><c:majorTickMark val='out'/><c:minorTickMark val='none'/>"
      "<c:tickLblPos val='nextTo'/><c:spPr><a:ln w='12700'>" INK("tx1") "</a:ln></c:spPr>",
      !is_of_values ? "General"
      : is_danish   ? "0 %"
                    : "0%");
  chart_put_letters(xml, 14, false);
  xml_put(xml,
      "<c:crossAx val='%s'/><c:crosses val='autoZero'/><c:crossBetween val='midCat'/><c:majorUnit val='%g'/></c:valAx>",
      is_of_values ? "111" : "222", step);
}

static void put_chart(struct xml *xml, const struct funnel *funnel, const struct column *columns, size_t n_rows,
                      double highest, bool is_danish) {
  xml_put_raw(xml,
      "<c:autoTitleDeleted val='1'/><c:plotArea><c:layout/><c:scatterChart><c:scatterStyle val='lineMarker'/>"
      "<c:varyColors val='0'/>");
  put_series(xml, columns, 0, AT, CENTRE, n_rows, STROKE("28575", "dash"));
  put_series(xml, columns, 1, AT, WARNING_LOW, n_rows, STROKE("15875", "sysDash"));
  put_series(xml, columns, 2, AT, WARNING_HIGH, n_rows, STROKE("15875", "sysDash"));
  put_series(xml, columns, 3, AT, ALARM_LOW, n_rows, STROKE("15875", "solid"));
  put_series(xml, columns, 4, AT, ALARM_HIGH, n_rows, STROKE("15875", "solid"));
  /* Practices last, so that they are drawn over the lines. All series have as many rows: LibreOffice leaves out those that
   * have others. */
  put_practices(xml, funnel, columns, n_rows);
  xml_put_raw(xml, "<c:axId val='111'/><c:axId val='222'/></c:scatterChart>");
  put_axis(xml, false, funnel->largest, is_danish, _("How many patients the figure is of"));
  put_axis(xml, true, highest, is_danish, "");
  xml_put_raw(xml, "<c:spPr><a:noFill/></c:spPr></c:plotArea><c:legend><c:legendPos val='t'/>");
  /* Both lines of a pair look alike and are named once. */
  xml_put_raw(xml,
      "<c:legendEntry><c:idx val='2'/><c:delete val='1'/></c:legendEntry><c:legendEntry><c:idx val='4'/>"
      "<c:delete val='1'/></c:legendEntry><c:overlay val='0'/>");
  chart_put_letters(xml, 14, false);
  xml_put_raw(xml, "</c:legend><c:plotVisOnly val='1'/><c:dispBlanksAs val='gap'/>");
}

void chart_funnel(struct slide *slide, struct place place, const char *what, const char *described,
                  const struct funnel *funnel) {
  struct limits limits;
  double highest = 0;
  struct xml xml = {0};
  size_t n_limits = work_out(funnel, &limits, &highest), n_rows = n_limits > funnel->n ? n_limits : funnel->n;
  for (size_t i = 0; i < funnel->n; i++)
    if (funnel->values[i] > highest) highest = funnel->values[i];
  /* All columns have as many rows as the longest; what is not there is NaN. */
  double *padded[N_COLUMNS];
  const char **names = memory_take(n_rows, sizeof *names);
  const double *sources[N_COLUMNS] = {NULL,           funnel->sizes,   funnel->values,  limits.at,
                                      limits.centre,  limits.lines[0], limits.lines[1], limits.lines[2],
                                      limits.lines[3]};
  struct column columns[N_COLUMNS] = {[NAME] = {.title = _("Practice")},
                                      [SIZE] = {.title = _("Patients")},
                                      [VALUE] = {.title = _("Practice"), .is_percent = true},
                                      [AT] = {.title = _("Patients")},
                                      [CENTRE] = {.title = _("The cluster"), .is_percent = true},
                                      [WARNING_LOW] = {.title = _("95 of 100 lie within"), .is_percent = true},
                                      [WARNING_HIGH] = {.title = _("95 of 100 lie within"), .is_percent = true},
                                      [ALARM_LOW] = {.title = _("998 of 1,000 lie within"), .is_percent = true},
                                      [ALARM_HIGH] = {.title = _("998 of 1,000 lie within"), .is_percent = true}};
  for (size_t row = 0; row < n_rows; row++) names[row] = row < funnel->n ? funnel->labels[row] : "";
  for (size_t i = SIZE; i < N_COLUMNS; i++) {
    padded[i] = memory_take(n_rows, sizeof **padded);
    for (size_t row = 0; row < n_rows; row++)
      padded[i][row] = row < (i <= VALUE ? funnel->n : n_limits) ? sources[i][row] : NAN;
    columns[i].numbers = padded[i];
  }
  columns[NAME].texts = names;
  put_chart(&xml, funnel, columns, n_rows, highest, slide->deck->meeting->danish);
  chart_add(slide, place, what, described, &xml, columns, N_COLUMNS, n_rows);
  for (size_t i = SIZE; i < N_COLUMNS; i++) free(padded[i]);
  free(names);
}
