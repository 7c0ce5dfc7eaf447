/* chart_funnel.c: practices by how many patients they have, between limits that widen where patients are few. The scales begin where
 * there is something to see, for nothing here is a length that must be compared from zero. */
#include <math.h>
#include <stdlib.h>
#include "runtime/deck/inner.h"
#include "runtime/image/words.h"
#include "runtime/memory/memory.h"
#include "runtime/stats/stats.h"

/* Columns of the workbook: practices in the first three, the limits beside them; the aim's is not there without one. */
enum { NAME, SIZE, VALUE, AT, CENTRE, WARNING_LOW, WARNING_HIGH, ALARM_LOW, ALARM_HIGH, AIM, N_COLUMNS };
#define N_STEPS     60
#define N_POSITIONS 4

struct limits {
  double at[N_STEPS], centre[N_STEPS], aim[N_STEPS], lines[4][N_STEPS];
};

/* From where to where an axis goes, and in which steps. */
struct scale { double low, high, step; };

/* Round, with all of `low` to `high` on it. */
static struct scale scale_of(double low, double high) {
  double step = chart_step(high - low);
  struct scale scale = {floor(low / step + 0.01) * step, ceil(high / step - 0.01) * step, step};
  if (scale.high <= scale.low) scale.high = scale.low + step;
  return scale;
}

/* A practice at 0 would lie on the axis, and its name on the scale: where there is one the axis is a step lower, and says nothing
 * there. */
static void make_room(const struct funnel *funnel, struct scale *values) {
  bool is_any = false;
  for (size_t i = 0; i < funnel->n; i++) is_any = is_any || funnel->values[i] < values->step / 8;
  if (values->low == 0 && is_any) values->low = -values->step;
}

/* ── limits ──────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* Limits at so many numbers of patients, closer where they bend more; each once. They begin below the smallest practice, not at a
 * single patient: with few patients they are so wide that nothing else would be seen. */
static size_t work_out(const struct funnel *funnel, struct limits *limits, struct scale *values) {
  size_t n = 0;
  double first = floor(funnel->smallest * 0.6), low = funnel->centre, high = funnel->centre;
  for (size_t i = 0; i < N_STEPS; i++) {
    double part = (double)i / (N_STEPS - 1);
    uint32_t at = (uint32_t)ceil(first + (funnel->largest - first) * part * part);
    if (at == 0 || (n > 0 && limits->at[n - 1] == at)) continue;
    struct stats_funnel found = stats_funnel(funnel->centre, at);
    limits->at[n] = at;
    limits->centre[n] = funnel->centre;
    limits->aim[n] = funnel->aim;
    limits->lines[0][n] = found.warning.low;
    limits->lines[1][n] = found.warning.high;
    limits->lines[2][n] = found.alarm.low;
    limits->lines[3][n] = found.alarm.high;
    low = fmin(low, found.alarm.low);
    high = fmax(high, found.alarm.high);
    n++;
  }
  for (size_t i = 0; i < funnel->n; i++) {
    low = fmin(low, funnel->values[i]);
    high = fmax(high, funnel->values[i]);
  }
  *values = scale_of(fmin(low, funnel->aim), fmin(1, fmax(high, funnel->aim)));
  make_room(funnel, values);
  return n;
}

/* ── names beside the points ─────────────────────────────────────────────────────────────────────────────────────── */

/* Where everything is on the paper, in points: about, for the program that draws the chart lays out its own. */
struct rectangle { double left, bottom, right, top; };
#define PLOT_WIDTH  780.0
#define PLOT_HEIGHT 220.0
#define MARKER      5.0 /* half of one */
#define LINE        3.0 /* half of the cluster's, with what is needed beside it to read a name */

static double overlap(struct rectangle a, struct rectangle b) {
  double width = fmin(a.right, b.right) - fmax(a.left, b.left), height = fmin(a.top, b.top) - fmax(a.bottom, b.bottom);
  return width > 0 && height > 0 ? width * height : 0;
}

static struct rectangle marker_of(const struct funnel *funnel, size_t i, struct scale sizes, struct scale values) {
  double x = (funnel->sizes[i] - sizes.low) / (sizes.high - sizes.low) * PLOT_WIDTH;
  double y = (funnel->values[i] - values.low) / (values.high - values.low) * PLOT_HEIGHT;
  return (struct rectangle){x - MARKER, y - MARKER, x + MARKER, y + MARKER};
}

/* The name at one of the positions: right, above, below, left. */
static struct rectangle name_at(struct rectangle marker, int position, double width, double height) {
  double x = (marker.left + marker.right) / 2, y = (marker.bottom + marker.top) / 2;
  switch (position) {
  case 0: return (struct rectangle){marker.right, y - height / 2, marker.right + width, y + height / 2};
  case 1: return (struct rectangle){x - width / 2, marker.top, x + width / 2, marker.top + height};
  case 2: return (struct rectangle){x - width / 2, marker.bottom - height, x + width / 2, marker.bottom};
  default: return (struct rectangle){marker.left - width, y - height / 2, marker.left, y + height / 2};
  }
}

/* How much of a name there could not be read: what is over points, the cluster's line, the limit at 0, and names before it, and what
 * is outside. */
static double hidden_by(struct rectangle name, const struct rectangle *markers, const struct rectangle *names, size_t n,
                        size_t self) {
  const struct rectangle paper = {0, 0, PLOT_WIDTH, PLOT_HEIGHT}, line = markers[n], none = markers[n + 1];
  double area = (name.right - name.left) * (name.top - name.bottom), hidden = area - overlap(name, paper);
  for (size_t i = 0; i < n; i++) {
    if (i != self) hidden += overlap(name, markers[i]);
    if (i < self) hidden += overlap(name, names[i]);
  }
  return hidden + overlap(name, line) + overlap(name, none);
}

/* For each practice the position where its name hides least. */
static void place_names(const struct funnel *funnel, struct scale sizes, struct scale values, int *positions) {
  size_t n = funnel->n;
  struct rectangle *markers = memory_take(2 * n + 2, sizeof *markers), *names = markers + n + 2;
  double centre = (funnel->centre - values.low) / (values.high - values.low) * PLOT_HEIGHT;
  for (size_t i = 0; i < n; i++)
    if (!isnan(funnel->values[i])) markers[i] = marker_of(funnel, i, sizes, values);
  double none = -values.low / (values.high - values.low) * PLOT_HEIGHT;
  markers[n + 1] = (struct rectangle){0, none - LINE, PLOT_WIDTH, none + LINE};
  markers[n] = (struct rectangle){0, centre - LINE, PLOT_WIDTH, centre + LINE};
  for (size_t i = 0; i < n; i++) {
    double width = text_letters(funnel->labels[i]) * 0.6 * funnel->label_size, height = 1.1 * funnel->label_size, least = 0;
    if (isnan(funnel->values[i])) continue;
    for (int position = 0; position < N_POSITIONS; position++) {
      struct rectangle name = name_at(markers[i], position, width, height);
      double hidden = hidden_by(name, markers, names, n, i);
      if (position > 0 && hidden >= least) continue;
      least = hidden;
      names[i] = name;
      positions[i] = position;
    }
  }
  free(markers);
}

/* ── series ──────────────────────────────────────────────────────────────────────────────────────────────────────── */

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
static void put_labels(struct xml *xml, const struct funnel *funnel, const int *positions) {
  static const char *const names[N_POSITIONS] = {"r", "t", "b", "l"};
  xml_put_raw(xml, "<c:dLbls>");
  for (size_t i = 0; i < funnel->n; i++) {
    if (isnan(funnel->values[i])) continue;
    xml_put(xml,
        "<c:dLbl><c:idx val='%zu'/><c:tx><c:rich><a:bodyPr/><a:lstStyle/><a:p><a:r><a:rPr lang='en-GB' sz='%u'/>"
        "<a:t>%s</a:t></a:r></a:p></c:rich></c:tx><c:dLblPos val='%s'/><c:showLegendKey val='0'/>"
        "<c:showVal val='1'/><c:showCatName val='0'/><c:showSerName val='0'/><c:showPercent val='0'/>"
        "<c:showBubbleSize val='0'/></c:dLbl>",
        i, funnel->label_size * 100, funnel->labels[i], names[positions[i]]);
  }
  xml_put_raw(xml,
      "<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr><c:showLegendKey val='0'/><c:showVal val='0'/>"
      "<c:showCatName val='0'/><c:showSerName val='0'/><c:showPercent val='0'/><c:showBubbleSize val='0'/></c:dLbls>");
}

/* Points of few patients are pale, as in the other charts, and a little smaller for LibreOffice. */
static void put_few(struct xml *xml, const struct funnel *funnel) {
  for (size_t i = 0; i < funnel->n; i++)
    if (funnel->sizes[i] < LEAST_PATIENTS)
      xml_put(xml,
          "<c:dPt><c:idx val='%zu'/><c:marker><c:symbol val='circle'/><c:size val='9'/><c:spPr><a:solidFill>"
          "<a:schemeClr val='accent1'><a:lumMod val='40000'/><a:lumOff val='60000'/></a:schemeClr></a:solidFill>"
          "<a:ln w='19050'>" INK("accent1") "</a:ln></c:spPr></c:marker><c:bubble3D val='0'/>"
          "<c:spPr><a:ln w='19050'><a:noFill/></a:ln></c:spPr></c:dPt>",
          i);
}

static void put_practices(struct xml *xml, const struct funnel *funnel, const struct column *columns, size_t n_rows,
                          const int *positions) {
  xml_put_raw(xml, "<c:ser><c:idx val='6'/><c:order val='6'/>");
  chart_put_name(xml, columns, VALUE);
  xml_put_raw(xml,
      "<c:spPr><a:ln w='19050'><a:noFill/></a:ln></c:spPr><c:marker><c:symbol val='circle'/><c:size val='10'/>"
      "<c:spPr>" INK("accent1") "</c:spPr></c:marker>");
  put_few(xml, funnel);
  put_labels(xml, funnel, positions);
  xml_put_raw(xml, "<c:xVal>");
  chart_put_numbers(xml, columns, SIZE, n_rows);
  xml_put_raw(xml, "</c:xVal><c:yVal>");
  chart_put_numbers(xml, columns, VALUE, n_rows);
  xml_put_raw(xml, "</c:yVal><c:smooth val='0'/></c:ser>");
}

#define STROKE(width, dash, colour)                                                                                    \
  "<c:spPr><a:ln w='" width "'>" INK(colour) "<a:prstDash val='" dash "'/></a:ln></c:spPr>"                             \
                                            "<c:marker><c:symbol val='none'/></c:marker>"

static void put_axis(const struct deck *deck, struct xml *xml, bool is_of_values, struct scale scale, const char *title) {
  unsigned size = 100 * deck_points(deck, 14);
  xml_put(xml,
      "<c:valAx><c:axId val='%s'/><c:scaling><c:orientation val='minMax'/><c:max val='%g'/><c:min val='%g'/>"
      "</c:scaling><c:delete val='0'/><c:axPos val='%s'/>",
      is_of_values ? "222" : "111", round(scale.high * 1e6) / 1e6, round(scale.low * 1e6) / 1e6, is_of_values ? "l" : "b");
  if (*title)
    xml_put(xml,
        "<c:title><c:tx><c:rich><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz='%u' b='0'/></a:pPr><a:r>"
        "<a:rPr lang='%s' sz='%u' b='0'/><a:t>%s</a:t></a:r></a:p></c:rich></c:tx><c:overlay val='0'/></c:title>",
        size, deck->language, size, title);
  xml_put(xml,
      "<c:numFmt formatCode='%s' sourceLinked='0'/><c:majorTickMark val='out'/><c:minorTickMark val='none'/>"
      "<c:tickLblPos val='nextTo'/><c:spPr><a:ln w='12700'>" INK("tx1") "</a:ln></c:spPr>",
      !is_of_values ? "General"
      : deck->meeting->danish ? "0 %;;0 %"
                              : "0%;;0%");
  chart_put_letters(deck, xml, 14, false);
  xml_put(xml,
      "<c:crossAx val='%s'/><c:crosses val='min'/><c:crossBetween val='midCat'/><c:majorUnit val='%g'/></c:valAx>",
      is_of_values ? "111" : "222", scale.step);
}

static void put_chart(const struct deck *deck, struct xml *xml, const struct funnel *funnel, const struct column *columns,
                      size_t n_rows, struct scale values) {
  struct scale sizes = scale_of(floor(funnel->smallest * 0.6), funnel->largest);
  int *positions = memory_take(funnel->n, sizeof *positions);
  place_names(funnel, sizes, values, positions);
  xml_put_raw(xml,
      "<c:autoTitleDeleted val='1'/><c:plotArea><c:layout/><c:scatterChart><c:scatterStyle val='lineMarker'/>"
      "<c:varyColors val='0'/>");
  put_series(xml, columns, 0, AT, CENTRE, n_rows, STROKE("28575", "dash", "tx1"));
  put_series(xml, columns, 1, AT, WARNING_LOW, n_rows, STROKE("15875", "sysDash", "tx1"));
  put_series(xml, columns, 2, AT, WARNING_HIGH, n_rows, STROKE("15875", "sysDash", "tx1"));
  put_series(xml, columns, 3, AT, ALARM_LOW, n_rows, STROKE("15875", "solid", "tx1"));
  put_series(xml, columns, 4, AT, ALARM_HIGH, n_rows, STROKE("15875", "solid", "tx1"));
  if (!isnan(funnel->aim)) put_series(xml, columns, 5, AT, AIM, n_rows, STROKE("31750", "sysDot", "accent3"));
  /* Practices last, so that they are drawn over the lines. All series have as many rows: LibreOffice leaves out those that
   * have others. */
  put_practices(xml, funnel, columns, n_rows, positions);
  xml_put_raw(xml, "<c:axId val='111'/><c:axId val='222'/></c:scatterChart>");
  put_axis(deck, xml, false, sizes, _("How many patients the figure is of"));
  put_axis(deck, xml, true, values, "");
  xml_put_raw(xml, "<c:spPr><a:noFill/></c:spPr></c:plotArea><c:legend><c:legendPos val='t'/>");
  /* Both lines of a pair look alike and are named once. */
  xml_put_raw(xml,
      "<c:legendEntry><c:idx val='2'/><c:delete val='1'/></c:legendEntry><c:legendEntry><c:idx val='4'/>"
      "<c:delete val='1'/></c:legendEntry><c:overlay val='0'/>");
  chart_put_letters(deck, xml, 14, false);
  xml_put_raw(xml, "</c:legend><c:plotVisOnly val='1'/><c:dispBlanksAs val='gap'/>");
  free(positions);
}

void chart_funnel(struct slide *slide, struct place place, const char *what, const char *described,
                  const struct funnel *funnel) {
  struct limits limits;
  struct scale values;
  struct xml xml = {0};
  size_t n_limits = work_out(funnel, &limits, &values), n_rows = n_limits > funnel->n ? n_limits : funnel->n;
  size_t n_columns = isnan(funnel->aim) ? AIM : N_COLUMNS;
  /* All columns have as many rows as the longest; what is not there is NaN. */
  double *padded[N_COLUMNS];
  const char **names = memory_take(n_rows, sizeof *names);
  const double *sources[N_COLUMNS] = {NULL,           funnel->sizes,   funnel->values,  limits.at,       limits.centre,
                                      limits.lines[0], limits.lines[1], limits.lines[2], limits.lines[3], limits.aim};
  struct column columns[N_COLUMNS] = {[NAME] = {.title = _("Practice")},
                                      [SIZE] = {.title = _("Patients")},
                                      [VALUE] = {.title = _("Practice"), .is_percent = true},
                                      [AT] = {.title = _("Patients")},
                                      [CENTRE] = {.title = funnel->centre_name, .is_percent = true},
                                      [WARNING_LOW] = {.title = _("95 of 100 lie within"), .is_percent = true},
                                      [WARNING_HIGH] = {.title = _("95 of 100 lie within"), .is_percent = true},
                                      [ALARM_LOW] = {.title = _("998 of 1,000 lie within"), .is_percent = true},
                                      [ALARM_HIGH] = {.title = _("998 of 1,000 lie within"), .is_percent = true},
                                      [AIM] = {.title = funnel->aim_name, .is_percent = true}};
  for (size_t row = 0; row < n_rows; row++) names[row] = row < funnel->n ? funnel->labels[row] : "";
  for (size_t i = SIZE; i < N_COLUMNS; i++) {
    padded[i] = memory_take(n_rows, sizeof **padded);
    for (size_t row = 0; row < n_rows; row++)
      padded[i][row] = row < (i <= VALUE ? funnel->n : n_limits) ? sources[i][row] : NAN;
    columns[i].numbers = padded[i];
  }
  columns[NAME].texts = names;
  put_chart(slide->deck, &xml, funnel, columns, n_rows, values);
  chart_add(slide, place, what, described, &xml, columns, n_columns, n_rows);
  for (size_t i = SIZE; i < N_COLUMNS; i++) free(padded[i]);
  free(names);
}
