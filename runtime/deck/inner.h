/* inner.h: what the files of this room share. Lengths are in EMU, 914,400 to the inch and 12,700 to the point; sizes of letters in
 * points. */
#ifndef KLYNGE_DECK_INNER_H
#define KLYNGE_DECK_INNER_H
#include "runtime/deck/deck.h"
#include "runtime/ooxml/ooxml.h"

#define POINT 12700LL
#define SPACES "xmlns:a='" OOXML_DRAWING "' xmlns:r='" OOXML_OFFICE "' xmlns:p='" OOXML_PRESENTATION "'"
/* How a tree of shapes begins. */
#define TREE "<p:spTree><p:nvGrpSpPr><p:cNvPr id='1' name=''/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr><a:xfrm>" \
  "<a:off x='0' y='0'/><a:ext cx='0' cy='0'/><a:chOff x='0' y='0'/><a:chExt cx='0' cy='0'/></a:xfrm></p:grpSpPr>"
/* How the colours of a theme are used, as every master says. */
#define COLOURS "<p:clrMap bg1='lt1' tx1='dk1' bg2='lt2' tx2='dk2' accent1='accent1' accent2='accent2' accent3='accent3' " \
  "accent4='accent4' accent5='accent5' accent6='accent6' hlink='hlink' folHlink='folHlink'/>"

/* XML: filled with a colour of the theme; and a pattern in one on the paper. */
#define INK(colour) "<a:solidFill><a:schemeClr val='" colour "'/></a:solidFill>"
#define PATTERN(kind, colour) "<a:pattFill prst='" kind "'><a:fgClr><a:schemeClr val='" colour "'/></a:fgClr>" \
  "<a:bgClr><a:schemeClr val='bg1'/></a:bgClr></a:pattFill>"
/* What is unknown: a pale grey on the paper, with an edge. */
#define UNKNOWN_FILL "<a:solidFill><a:schemeClr val='tx1'><a:lumMod val='15000'/><a:lumOff val='85000'/></a:schemeClr></a:solidFill>" \
  "<a:ln w='12700'>" INK("tx1") "<a:prstDash val='sysDot'/></a:ln>"
/* A paragraph with the number of the slide. */
#define SLIDE_NUMBER(language) "<a:p><a:fld id='{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}' type='slidenum'><a:rPr lang='" language "'/><a:t>‹#›</a:t></a:fld></a:p>"

struct box { long long x, y, width, height; };

/* Where something goes: into a placeholder of the layout, or free where the layout has none. */
struct place {
  bool is_placeholder, is_moved; /* moved: the layout's own box is of no use, and the slide says another */
  char type[16], idx[16];       /* of the placeholder, "" where it does not say */
  struct box box;
};

/* What a layout is for. */
enum role { ROLE_TITLE, ROLE_SECTION, ROLE_CHART, ROLE_TABLE, ROLE_TEXT, N_ROLES };

struct deck {
  const struct meeting *meeting;
  struct package *package;
  char *presentation;           /* the name of the part */
  struct box page;              /* the whole slide: x and y are 0 */
  char *layouts[N_ROLES];       /* names of parts */
  const char *language;         /* da-DK, en-GB */
  const char *of_pack;          /* the language of the pack's own texts */
  double wideness;              /* of the template's letters, against Calibri's */
  char **marks;  size_t n_marks;  /* names of shapes whose texts a refresh may replace */
  char **texts;  size_t n_texts;
  bool has_failed;              /* a workbook could not be written */
};

/* ── template.c, layout.c ────────────────────────────────────────────────────────────────────────────────────────── */

/* The built-in template; and its theme. */
struct package *template_make(void);
void theme_put(struct xml *xml);

/* Finds what a deck needs of a template. False with *error where it is no presentation. */
bool deck_begin(struct deck *deck, struct package *package, char **error);
/* Frees all but the package. */
void deck_end(struct deck *deck);
/* The child of this name of the presentation's root, made in its place where it is not there. */
xmlNode *deck_list(struct deck *deck, const char *name);
/* Takes the slides of a template out, and all that names them. */
void deck_remove_slides(struct deck *deck);

extern const char *const layout_names[N_ROLES];
char *layout_find(struct deck *deck, enum role role);
/* The n-th placeholder of these types ("chart obj", in order of preference); `otherwise` where the layout has none. "obj" is also
 * one that does not say its type. A box comes from the layout, else from its master, else from `otherwise`. */
struct place layout_place(struct deck *deck, const char *layout, const char *types, unsigned n, struct box otherwise);
/* The title's place; on slides with content it is above that, wherever the layout has it. And the place of a text that is all of the
 * content. */
struct place layout_title(struct deck *deck, const char *layout);
struct place layout_text(struct deck *deck, const char *layout);
/* Where content goes on a slide without a placeholder for it: below the title. */
struct box layout_body(struct deck *deck, const char *layout);

/* ── slide.c ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

struct slide {
  struct deck *deck;
  const char *layout;
  char *name;                   /* of its part */
  const char *key;              /* what it is about: names of shapes are klynge:KEY:WHAT */
  unsigned next_id;
  struct xml shapes, notes;
};

void slide_begin(struct slide *slide, struct deck *deck, enum role role, const char *key);
/* Adds the slide to the deck. */
void slide_end(struct slide *slide);

/* How a paragraph looks; {0} is the placeholder's own. */
struct style {
  unsigned size;                /* in points; 0: as inherited */
  bool is_bold, has_bullet, is_centred, is_right;
  const char *colour;           /* of the theme: "tx1", "accent1"; NULL: as inherited */
  unsigned after;               /* points below it */
};
/* Appends a paragraph; line breaks of the text are blanks, and what deck_of_pack has marked is in the pack's language. */
void paragraph_put(struct deck *deck, struct xml *xml, const struct style *style, const char *text);

/* The title of the slide. */
void slide_title(struct slide *slide, const char *text);
/* A shape with paragraphs, which are taken. Where it `is_figures`, a refresh may replace it. */
void slide_text(struct slide *slide, struct place place, const char *what, struct xml *paragraphs, bool is_figures);
/* A filled shape without words: `fill` is the XML of its fill and line. */
void slide_shape(struct slide *slide, struct box box, const char *what, const char *preset, const char *fill);
/* For shapes that are no text: the placeholder as XML; and that a refresh may replace what the shape holds. */
void slide_put_holder(struct xml *xml, const struct place *place);
void slide_mark(struct slide *slide, const char *what);
/* A line of the notes. */
void slide_note(struct slide *slide, const char *text);

/* A box of one's own, and its parts: left and top are taken away from `box`. */
struct place place_free(struct box box);
struct box box_left(struct box *box, long long width);
struct box box_top(struct box *box, long long height);

/* A slide with a chart: a line above it and one below, in placeholders of a layout that is made for it, else in parts of where
 * content goes; and such a line, smaller where it is long. */
void slide_lay(struct slide *slide, struct place *above, struct place *middle, struct place *below);
void slide_line(struct slide *slide, struct place place, const char *what, const char *text);

/* ── letters.c ───────────────────────────────────────────────────────────────────────────────────────────────────── */

/* How wide letters of the template's font for texts are: 1 as Calibri's, of which the widths are known, more where they are not. */
double letters_wideness(struct deck *deck);
/* Sizes of letters are said for slides that are 7.5 inches high, as most are; on lower ones, which are shown as large, letters are
 * smaller in the same measure. */
unsigned deck_points(const struct deck *deck, unsigned size);
/* How many letters a text has. */
size_t text_letters(const char *text);
/* How many lines a text takes at this size in this width; and how much height they take, with what stands between lines. */
unsigned text_lines(const struct deck *deck, const char *text, unsigned size, long long width);
long long text_height(const struct deck *deck, const char *text, unsigned size, long long width);

/* ── notes.c, mark.c ─────────────────────────────────────────────────────────────────────────────────────────────── */

/* Gives a slide its notes: paragraphs, taken. */
void notes_add(struct deck *deck, const char *slide, const char *key, struct xml *paragraphs);
/* Remembers that a shape has figures; and writes into the presentation what the texts of all those are. */
void mark_add(struct deck *deck, const char *name);
void mark_write(struct deck *deck);
/* The shape of this name on a slide or in notes, and its part; NULL where there is none. */
xmlNode *mark_find_shape(struct deck *deck, const char *name, struct part **part);
/* Whether a shape says what it said when the deck was written; so too where nothing was remembered of it. */
bool mark_is_untouched(struct deck *deck, const char *name, xmlNode *shape);

/* ── table.c ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

#define MOST_COLUMNS 8
/* A table whose cells are given row by row; what does not fit on one slide goes on to the next. */
struct table {
  unsigned n_columns, size;
  unsigned least_size;                  /* letters may be made smaller down to this, where that saves a slide; 0: they may not */
  bool is_form;                         /* to be filled in: as many of its rows as one slide has room for */
  bool are_texts;                       /* cells of many lines, which begin at the top */
  const char *titles[MOST_COLUMNS];
  unsigned shares[MOST_COLUMNS];        /* of the width, in per cent */
  bool is_right[MOST_COLUMNS];
  const char **cells;  size_t n_rows;   /* n_rows × n_columns, in memory of the caller */
  unsigned least_lines;                 /* of a row; 0: one */
  const char *note;                     /* for the speaker, or NULL */
  const struct deck *deck;              /* set by table_add */
};
/* Adds as many slides with this title as the table needs. */
void table_add(struct deck *deck, const char *key, const char *title, const struct table *table);

/* ── chart.c, sheet.c ────────────────────────────────────────────────────────────────────────────────────────────── */

/* A column of the workbook behind a chart: texts, or numbers with NaN where there is none. */
struct column { const char *title; const char *const *texts; const double *numbers; bool is_percent; };
/* The workbook as a file's bytes, freed by the caller; NULL where there is no place for a file meanwhile. */
char *sheet_make(const struct column *columns, size_t n_columns, size_t n_rows, int32_t date, size_t *length);

/* Bars of one kind, with what is drawn over them. NaN: not there. */
struct bars {
  size_t n;
  const char *const *labels;
  const double *values, *low, *high;
  const double *unknown;                /* as a share of the same whole, on top of the bar; NULL: none */
  const bool *is_few;                   /* of fewer than ten patients: drawn as an outline */
  const char *name, *low_name, *high_name, *unknown_name;
  double line, aim;
  const char *line_name, *aim_name;
  enum meeting_better better;
  bool is_share, are_points;            /* points: not drawn from zero */
  bool are_changes;                     /* numbers with their signs, and zero among them */
  bool are_turned;                      /* labels stand upright */
  unsigned label_size;
};
void chart_bars(struct slide *slide, struct place place, const char *what, const char *described, const struct bars *bars);

#define LEAST_PATIENTS 10               /* of fewer a point is pale, and a funnel of too few others is not drawn */
struct funnel {
  size_t n;
  const char *const *labels;
  const double *sizes, *values;
  double centre, smallest, largest;
  double aim;                           /* NaN: there is none */
  const char *centre_name, *aim_name;
  unsigned label_size;
};
void chart_funnel(struct slide *slide, struct place place, const char *what, const char *described, const struct funnel *funnel);

/* For chart_*.c: adds the part with its workbook and the frame on the slide. The XML, all that stands in c:chart, is taken. */
void chart_add(struct slide *slide, struct place place, const char *what, const char *described, struct xml *chart,
               const struct column *columns, size_t n_columns, size_t n_rows);
/* References to a column, with what is cached of it. */
void chart_put_numbers(struct xml *xml, const struct column *columns, size_t column, size_t n_rows);
void chart_put_texts(struct xml *xml, const struct column *columns, size_t column, size_t n_rows);
void chart_put_name(struct xml *xml, const struct column *columns, size_t column);
/* How letters of a chart look. */
void chart_put_letters(const struct deck *deck, struct xml *xml, unsigned size, bool are_turned);
/* A round step for a scale of this length. */
double chart_step(double highest);
/* The XML of fill and line of bars; and of what is unknown. */
const char *chart_fill(enum meeting_better better);

/* ── names.c ─────────────────────────────────────────────────────────────────────────────────────────────────────── */

/* At most so many letters of a name, without its middle; how many the longest name of a practice has; and how they stand below. */
const char *name_shorten(struct deck *deck, const char *text, size_t most);
size_t name_longest(const struct meeting *meeting);
void name_lay(struct bars *bars, size_t longest);
#define LONGEST_NAME 18                 /* letters of a practice's name under its bar */
/* "8 of 34" below a name; where either is hidden that alone, for one without the other tells nothing. */
const char *name_counts(struct deck *deck, const struct meeting_indicator *indicator, const struct meeting_figure *figure);

/* ── what is told: opening.c, reading.c, programme.c, indicator.c, funnel.c, change.c, closing.c ─────────────────────────── */

void deck_add_opening(struct deck *deck);
/* What has changed in the cluster, where there is an earlier date; and how the charts are read. */
void deck_add_follow_up(struct deck *deck);
void deck_add_reading(struct deck *deck);
void deck_add_programme(struct deck *deck);
void deck_add_indicator(struct deck *deck, const struct meeting_indicator *indicator);
/* The practices between the limits of chance; and what has changed since the earlier date: a chart here, the table at the end. */
void deck_add_funnel(struct deck *deck, const struct meeting_indicator *indicator);
void deck_add_change(struct deck *deck, const struct meeting_indicator *indicator);
void deck_add_change_table(struct deck *deck, const struct meeting_indicator *indicator);
/* Whether a practice's change is told: of few patients on either date it would be read as more than it is. */
bool change_is_told(const struct meeting_indicator *indicator, size_t practice);
/* "−8.3 to +1.8": the interval of a change, whose unit stands beside it already; "" where there is none. */
const char *change_interval(struct deck *deck, const struct meeting_indicator *indicator, const struct meeting_change *change);
/* Whether an indicator before this one has the same figures: packs ask the same once more to see it in other groups. */
bool deck_is_told_before(const struct meeting *meeting, const struct meeting_indicator *indicator);
/* Whether it is asked once more for its groups: then these are shown, and not the same figures again. */
bool deck_is_grouped_again(const struct meeting *meeting, const struct meeting_indicator *indicator);
void deck_add_closing(struct deck *deck);
/* Questions, large, on as many slides as they need. */
void deck_add_questions(struct deck *deck, const char *key, const char *title, const char *const *questions, size_t n);
/* A deck or a template that is there: NULL with *error, which names it, for the file that it was wanted for is another
 * one. The caller frees both. */
struct package *deck_open(const char *path, char **error);
/* A whole deck in memory; the caller frees its package and calls deck_end. False with *error. */
bool deck_make(struct deck *deck, const struct meeting *meeting, const char *template, char **error);

/* A text of the pack, marked for paragraph_put to say in which language it is, so that it is read aloud rightly; for paragraphs alone,
 * and in memory that lives until deck_end. */
const char *deck_of_pack(struct deck *deck, const char *text);
#define PACK_BEGINS '\x02'
#define PACK_ENDS   '\x03'
/* A text in memory that lives until deck_end. */
const char *deck_print(struct deck *deck, const char *format, ...) __attribute__((format(printf, 2, 3)));
#endif
