/* chart_bars.c: a bar for each practice, its interval, what is unknown, and the cluster's line over all.
 *
 * Which way is better is told by filling, so that it is seen in grey print and by people who see no red or no green: whole where
 * higher is better, striped where lower is, dotted grey where the rule does not say. A bar of few patients is an outline. */
#include <math.h>
#include <stdlib.h>
#include "runtime/deck/inner.h"
#include "runtime/memory/memory.h"

/* Columns of the workbook, in this order; those that a chart does not have are not in it. */
enum { NAME, VALUE, MINUS, PLUS, UNKNOWN, LINE, AIM, N_KINDS };

struct drawing {
  const struct bars *bars;
  struct column columns[N_KINDS];
  size_t at[N_KINDS], n_columns; /* where each stands; n_columns where it does not */
  double *minus, *plus, *line, *aim;
  double lowest, highest;
};

const char *chart_fill(enum meeting_better better) {
  switch (better) {
  case MEETING_HIGHER:
    /* Pale enough for the lower half of an interval to be seen on it. */
    return "<a:solidFill><a:schemeClr val='accent1'><a:lumMod val='60000'/><a:lumOff val='40000'/></a:schemeClr></a:solidFill>"
           "<a:ln w='19050'>" INK("accent1") "</a:ln>";
  case MEETING_LOWER: return "" PATTERN("wdUpDiag", "accent2") "<a:ln w='19050'>" INK("accent2") "</a:ln>";
  default: return "" PATTERN("pct50", "accent6") "<a:ln w='19050'>" INK("accent6") "</a:ln>";
  }
}

static const char *colour_of(enum meeting_better better) {
  return better == MEETING_HIGHER ? "accent1" : better == MEETING_LOWER ? "accent2" : "accent6";
}

/* ── numbers ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

static void add_column(struct drawing *drawing, int kind, struct column column) {
  drawing->columns[drawing->n_columns] = column;
  drawing->at[kind] = drawing->n_columns++;
}

static double *repeated(double number, size_t n) {
  double *numbers = memory_take(n, sizeof *numbers);
  for (size_t i = 0; i < n; i++) numbers[i] = number;
  return numbers;
}

static double *difference(const double *from, const double *to, size_t n) {
  double *numbers = memory_take(n, sizeof *numbers);
  for (size_t i = 0; i < n; i++) numbers[i] = to[i] - from[i];
  return numbers;
}

static void widen(struct drawing *drawing, double number) {
  if (isnan(number)) return;
  if (!(drawing->highest >= number)) drawing->highest = number;
  if (!(drawing->lowest <= number)) drawing->lowest = number;
}

static void make_columns(struct drawing *drawing) {
  const struct bars *bars = drawing->bars;
  size_t n = bars->n;
  bool is_share = bars->is_share;
  drawing->minus = difference(bars->low, bars->values, n);
  drawing->plus = difference(bars->values, bars->high, n);
  drawing->line = repeated(bars->line, n);
  drawing->aim = repeated(bars->aim, n);
  add_column(drawing, NAME, (struct column){.title = "", .texts = bars->labels});
  add_column(drawing, VALUE, (struct column){bars->name, NULL, bars->values, is_share});
  add_column(drawing, MINUS, (struct column){bars->low_name, NULL, drawing->minus, is_share});
  add_column(drawing, PLUS, (struct column){bars->high_name, NULL, drawing->plus, is_share});
  if (bars->unknown) add_column(drawing, UNKNOWN, (struct column){bars->unknown_name, NULL, bars->unknown, is_share});
  if (!isnan(bars->line)) add_column(drawing, LINE, (struct column){bars->line_name, NULL, drawing->line, is_share});
  if (!isnan(bars->aim)) add_column(drawing, AIM, (struct column){bars->aim_name, NULL, drawing->aim, is_share});
  for (size_t i = 0; i < n; i++) {
    widen(drawing, bars->values[i]);
    widen(drawing, bars->low[i]);
    widen(drawing, bars->high[i]);
    if (bars->unknown) widen(drawing, (isnan(bars->values[i]) ? 0 : bars->values[i]) + bars->unknown[i]);
  }
  widen(drawing, bars->line);
  widen(drawing, bars->aim);
}

/* ── series ──────────────────────────────────────────────────────────────────────────────────────────────────────── */

static void put_order(struct xml *xml, const struct drawing *drawing, int kind) {
  xml_put(xml, "<c:ser><c:idx val='%zu'/><c:order val='%zu'/>", drawing->at[kind], drawing->at[kind]);
  chart_put_name(xml, drawing->columns, drawing->at[kind]);
}

static void put_numbers(struct xml *xml, const struct drawing *drawing, int kind) {
  chart_put_numbers(xml, drawing->columns, drawing->at[kind], drawing->bars->n);
}

static void put_values(struct xml *xml, const struct drawing *drawing, int kind) {
  xml_put_raw(xml, "<c:cat>");
  chart_put_texts(xml, drawing->columns, drawing->at[NAME], drawing->bars->n);
  xml_put_raw(xml, "</c:cat><c:val>");
  put_numbers(xml, drawing, kind);
  xml_put_raw(xml, "</c:val>");
}

static bool has_intervals(const struct drawing *drawing) {
  for (size_t i = 0; i < drawing->bars->n; i++)
    if (!isnan(drawing->plus[i]) && !isnan(drawing->minus[i])) return true;
  return false;
}

static void put_intervals(struct xml *xml, const struct drawing *drawing) {
  if (!has_intervals(drawing)) return;
  xml_put_raw(xml, drawing->bars->are_points ? "<c:errBars><c:errDir val='y'/>" : "<c:errBars>");
  xml_put_raw(xml, "<c:errBarType val='both'/><c:errValType val='cust'/><c:noEndCap val='0'/><c:plus>");
  put_numbers(xml, drawing, PLUS);
  xml_put_raw(xml, "</c:plus><c:minus>");
  put_numbers(xml, drawing, MINUS);
  xml_put_raw(xml, "</c:minus><c:spPr><a:ln w='19050'>" INK("tx1") "</a:ln></c:spPr></c:errBars>");
}

static void put_few(struct xml *xml, const struct drawing *drawing) {
  const char *colour = colour_of(drawing->bars->better);
  for (size_t i = 0; drawing->bars->is_few && i < drawing->bars->n; i++)
    if (drawing->bars->is_few[i])
      xml_put(xml,
          "<c:dPt><c:idx val='%zu'/><c:invertIfNegative val='0'/><c:bubble3D val='0'/><c:spPr><a:noFill/>"
          "<a:ln w='19050'><a:solidFill><a:schemeClr val='%s'/></a:solidFill><a:prstDash val='sysDash'/></a:ln>"
          "</c:spPr></c:dPt>",
          i, colour);
}

static void put_bars(struct xml *xml, const struct drawing *drawing) {
  xml_put_raw(xml, "<c:barChart><c:barDir val='col'/><c:grouping val='stacked'/><c:varyColors val='0'/>");
  put_order(xml, drawing, VALUE);
  xml_put_raw(xml, "<c:spPr>");
  xml_put_raw(xml, chart_fill(drawing->bars->better));
  xml_put_raw(xml, "</c:spPr><c:invertIfNegative val='0'/>");
  put_few(xml, drawing);
  put_intervals(xml, drawing);
  put_values(xml, drawing, VALUE);
  xml_put_raw(xml, "</c:ser>");
  if (drawing->bars->unknown) {
    put_order(xml, drawing, UNKNOWN);
    xml_put_raw(xml, "<c:spPr>" UNKNOWN_FILL "</c:spPr><c:invertIfNegative val='0'/>");
    put_values(xml, drawing, UNKNOWN);
    xml_put_raw(xml, "</c:ser>");
  }
  xml_put(xml, "<c:gapWidth val='%u'/>", drawing->bars->n < 4 ? 300u : 60u);
  xml_put_raw(xml, "<c:overlap val='100'/><c:axId val='111'/><c:axId val='222'/></c:barChart>");
}

/* Points of few patients are pale with an edge, and a little smaller: LibreOffice takes no looks of a point whose size is that of all,
 * and draws no edge. */
static void put_few_points(struct xml *xml, const struct drawing *drawing) {
  const char *colour = colour_of(drawing->bars->better);
  for (size_t i = 0; drawing->bars->is_few && i < drawing->bars->n; i++)
    if (drawing->bars->is_few[i])
      xml_put(xml,
          "<c:dPt><c:idx val='%zu'/><c:marker><c:symbol val='diamond'/><c:size val='12'/><c:spPr><a:solidFill>"
          "<a:schemeClr val='%s'><a:lumMod val='40000'/><a:lumOff val='60000'/></a:schemeClr></a:solidFill>"
          "<a:ln w='19050'><a:solidFill><a:schemeClr val='%s'/></a:solidFill></a:ln></c:spPr></c:marker>"
          "<c:bubble3D val='0'/><c:spPr><a:ln w='19050'><a:noFill/></a:ln></c:spPr></c:dPt>",
          i, colour, colour);
}

static void put_points(struct xml *xml, const struct drawing *drawing) {
  put_order(xml, drawing, VALUE);
  xml_put(xml,
      "<c:spPr><a:ln w='19050'><a:noFill/></a:ln></c:spPr><c:marker><c:symbol val='diamond'/><c:size val='13'/>"
      "<c:spPr><a:solidFill><a:schemeClr val='%s'/></a:solidFill></c:spPr></c:marker>",
      colour_of(drawing->bars->better));
  put_few_points(xml, drawing);
  put_intervals(xml, drawing);
  put_values(xml, drawing, VALUE);
  xml_put_raw(xml, "<c:smooth val='0'/></c:ser>");
}

/* A line over all practices; of a single one, a dash. */
static void put_line(struct xml *xml, const struct drawing *drawing, int kind) {
  bool is_single = drawing->bars->n == 1;
  if (drawing->at[kind] == N_KINDS) return;
  put_order(xml, drawing, kind);
  xml_put(xml,
      "<c:spPr><a:ln w='31750'><a:solidFill><a:schemeClr val='%s'/></a:solidFill><a:prstDash val='%s'/></a:ln>"
      "</c:spPr><c:marker><c:symbol val='%s'/>",
      kind == LINE ? "tx1" : "accent3", kind == LINE ? "dash" : "sysDot", is_single ? "dash" : "none");
  if (is_single)
    xml_put(xml, "<c:size val='40'/><c:spPr><a:solidFill><a:schemeClr val='%s'/></a:solidFill></c:spPr>",
            kind == LINE ? "tx1" : "accent3");
  xml_put_raw(xml, "</c:marker>");
  put_values(xml, drawing, kind);
  xml_put_raw(xml, "<c:smooth val='0'/></c:ser>");
}

static void put_lines(struct xml *xml, const struct drawing *drawing) {
  if (!drawing->bars->are_points && drawing->at[LINE] == N_KINDS && drawing->at[AIM] == N_KINDS) return;
  xml_put_raw(xml, "<c:lineChart><c:grouping val='standard'/><c:varyColors val='0'/>");
  if (drawing->bars->are_points) put_points(xml, drawing);
  put_line(xml, drawing, LINE);
  put_line(xml, drawing, AIM);
  xml_put_raw(xml, "<c:marker val='1'/><c:axId val='111'/><c:axId val='222'/></c:lineChart>");
}

/* ── axes ────────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* From zero, but for points, up to what is highest, in round steps; a share goes no further than all. Below zero there are only
 * changes. */
static void put_scale(struct xml *xml, const struct drawing *drawing, double *step) {
  bool is_empty = isnan(drawing->highest), from_zero = !drawing->bars->are_points && !drawing->bars->are_changes;
  double low = is_empty || from_zero ? 0 : drawing->lowest, high = is_empty ? 1 : drawing->highest;
  if (drawing->bars->are_changes) low = fmin(low, 0), high = fmax(high, 0);
  *step = chart_step(high - low);
  if (low != 0) low = floor(low / *step - 0.01) * *step;
  if (high != 0) high = ceil(high / *step + 0.01) * *step;
  if (drawing->bars->is_share && high > 1) high = 1;
  if (high <= low) high = low + *step;
  xml_put(xml, "<c:scaling><c:orientation val='minMax'/><c:max val='%g'/><c:min val='%g'/></c:scaling>",
          round(high * 1e6) / 1e6, round(low * 1e6) / 1e6);
}

static void put_axes(const struct deck *deck, struct xml *xml, const struct drawing *drawing) {
  double step;
  xml_put_raw(xml,
      "<c:catAx><c:axId val='111'/><c:scaling><c:orientation val='minMax'/></c:scaling><c:delete val='0'/>"
      "<c:axPos val='b'/><c:numFmt formatCode='General' sourceLinked='0'/><c:majorTickMark val='none'/>"
      "<c:minorTickMark val='none'/><c:tickLblPos val='low'/><c:spPr><a:ln w='12700'>" INK("tx1") "</a:ln></c:spPr>");
  chart_put_letters(deck, xml, drawing->bars->label_size, drawing->bars->are_turned);
  xml_put_raw(xml,
      "<c:crossAx val='222'/><c:crosses val='autoZero'/><c:auto val='0'/><c:lblAlgn val='ctr'/>"
      "<c:lblOffset val='40'/><c:tickLblSkip val='1'/><c:noMultiLvlLbl val='1'/></c:catAx><c:valAx>"
      "<c:axId val='222'/>");
  put_scale(xml, drawing, &step);
  xml_put(xml,
      "<c:delete val='0'/><c:axPos val='l'/><c:majorGridlines><c:spPr><a:ln w='6350'><a:solidFill>"
      "<a:schemeClr val='tx1'><a:lumMod val='25000'/><a:lumOff val='75000'/></a:schemeClr></a:solidFill></a:ln>"
      "</c:spPr></c:majorGridlines><c:numFmt formatCode='%s' sourceLinked='0'/><c:majorTickMark val='none'/>"
      "<c:minorTickMark val='none'/><c:tickLblPos val='nextTo'/><c:spPr><a:ln><a:noFill/></a:ln></c:spPr>",
      drawing->bars->are_changes ? "+General;−General;0"
      : !drawing->bars->is_share ? "General"
      : deck->meeting->danish    ? "0 %"
                                 : "0%");
  chart_put_letters(deck, xml, 14, false);
  xml_put(xml,
      "<c:crossAx val='111'/><c:crosses val='autoZero'/><c:crossBetween val='between'/><c:majorUnit val='%g'/>"
      "</c:valAx>",
      step);
}

void chart_bars(struct slide *slide, struct place place, const char *what, const char *described,
                const struct bars *bars) {
  struct drawing drawing = {.bars = bars, .lowest = NAN, .highest = NAN};
  struct xml xml = {0};
  for (int kind = 0; kind < N_KINDS; kind++) drawing.at[kind] = N_KINDS;
  make_columns(&drawing);
  xml_put_raw(&xml, "<c:autoTitleDeleted val='1'/><c:plotArea><c:layout/>");
  if (!bars->are_points) put_bars(&xml, &drawing);
  put_lines(&xml, &drawing);
  put_axes(slide->deck, &xml, &drawing);
  xml_put_raw(&xml, "<c:spPr><a:noFill/></c:spPr></c:plotArea><c:legend><c:legendPos val='t'/><c:overlay val='0'/>");
  chart_put_letters(slide->deck, &xml, 14, false);
  xml_put_raw(&xml, "</c:legend><c:plotVisOnly val='1'/><c:dispBlanksAs val='gap'/>");
  chart_add(slide, place, what, described, &xml, drawing.columns, drawing.n_columns, bars->n);
  free(drawing.minus);
  free(drawing.plus);
  free(drawing.line);
  free(drawing.aim);
}
