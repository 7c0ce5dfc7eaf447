/* style.c: how the page looks. Colours have the contrast that WCAG AA asks for, in light and in dark; nothing is told
 * by colour alone. Paper is always light, and an indicator begins on a page of its own. */
#include "runtime/webpage/inner.h"

/* Where the system sets colours itself (forced colours), letters follow of themselves and drawings by these names. */
#define COLOURS \
  ":root{color-scheme:light dark;--ink:#1b1b1b;--dim:#4d4d4d;--line:#8a8a8a;--grid:#dcdcdc;--head:#17365d;" \
  "--bar:#00589c;\n" \
  "--mark:#a83f00;--tint:#fff1e0;--aim:#3f6b00;--paper:#fff}\n" \
  "@media screen and (prefers-color-scheme:dark){:root{--ink:#ececec;--dim:#bdbdbd;--line:#8a8a8a;--grid:#3c4248;" \
  "--head:#a9cdf2;\n" \
  "--bar:#74b6f0;--mark:#ffab66;--tint:#3a2d20;--aim:#a3d66b;--paper:#15181c}}\n" \
  "@media (forced-colors:active){:root{--ink:CanvasText;--dim:CanvasText;--line:CanvasText;--grid:GrayText;" \
  "--bar:CanvasText;\n" \
  "--mark:Highlight;--aim:CanvasText;--paper:Canvas}}\n"

#define TEXT \
  "html{scroll-padding-top:4rem}\n" \
  "body{margin:0;font:1rem/1.5 system-ui,sans-serif;color:var(--ink);background:var(--paper);" \
  "overflow-wrap:anywhere}\n" \
  "header,main,footer{max-width:64rem;margin:0 auto;padding:0 1rem}\n" \
  "h1,h2,h3{color:var(--head);line-height:1.25}h1{margin:1.5rem 0 .5rem}h2{margin:1.5rem 0 .5rem}" \
  "h3{margin:1.75rem 0 .5rem}\n" \
  ".indicator{margin-top:2.5rem;border-top:2px solid var(--line)}p{margin:.5rem 0}" \
  "header p,.indicator>ul li,dd{max-width:46rem}\n" \
  "a,summary{color:var(--bar)}.dim,footer{color:var(--dim)}footer{padding-block:2rem}" \
  ".first span{margin-right:1.5rem}\n" \
  ".caveat{border-left:4px solid var(--mark);padding-left:.75rem;font-weight:600}\n" \
  ".unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}\n" \
  ".bar{position:sticky;top:0;z-index:2;background:var(--paper);padding:.5rem 0;display:flex;flex-wrap:wrap;" \
  "gap:.25rem 2rem}\n" \
  "select{font:inherit;max-width:100%}.choose{min-width:0}[hidden]{display:none}\n" \
  ":focus-visible{outline:3px solid var(--mark);outline-offset:2px}\n" \
  "details{margin:1.5rem 0}summary{cursor:pointer}dt{font-weight:700;margin-top:.75rem}dd{margin:0}dd p{margin:0}" \
  "ul{margin:.25rem 0}\n"

#define TABLES \
  ".scroll{overflow-x:auto}table{border-collapse:collapse;font-variant-numeric:tabular-nums;overflow-wrap:normal}\n" \
  "th,td{padding:.2rem .75rem;text-align:right;border-bottom:1px solid var(--line)}thead th{vertical-align:bottom}" \
  "td{white-space:nowrap}\n" \
  "th:first-child{text-align:left}tbody th{font-weight:400;position:relative;min-width:3rem}.all *{font-weight:700}\n" \
  ".sort thead th{white-space:nowrap}th button{font:inherit;background:none;border:0;color:inherit;cursor:pointer;" \
  "padding:.15rem 0}\n" \
  "th button::after{content:'\\2195'/'';display:inline-block;width:1.1em;text-align:right;color:var(--dim);" \
  "font-weight:400}\n" \
  "[aria-sort=ascending] button::after{content:'\\2191'/'';color:var(--ink)}" \
  "[aria-sort=descending] button::after{content:'\\2193'/'';color:var(--ink)}\n" \
  "tr.chosen>*{font-weight:700;background:var(--tint)}tr.chosen th::before{content:'\\25b8'/'';position:absolute;" \
  "left:0;color:var(--mark)}\n" \
  ".own{font-weight:700;background:var(--tint)}.own span{display:block;font-weight:400;font-size:.875em}\n" \
  "@media (max-width:40rem){th,td{padding:.2rem .4rem}.scroll{font-size:.875rem;scroll-padding-left:9rem}" \
  ".scroll th:first-child{position:sticky;left:0;z-index:1;max-width:8rem;background:var(--paper)}\n" \
  ".overview th:first-child{min-width:7rem}.scroll .chosen th:first-child{background:var(--tint)}}\n"

#define CHARTS \
  ".chart{display:grid;grid-template-columns:fit-content(35%) 1fr max-content;margin:1rem 0;font-size:.875rem;" \
  "line-height:1.25}\n" \
  ".rows,.rows li,.axis{display:grid;grid-column:1/-1;grid-template-columns:subgrid}.rows{margin:0;padding:0}\n" \
  ".rows li{position:relative;align-items:center;min-height:1.5rem;cursor:pointer}\n" \
  ".name{position:relative;text-align:right;padding:.1rem .9rem}.value{text-align:right;padding-left:.9rem;" \
  "font-variant-numeric:tabular-nums}\n" \
  ".strip{position:relative;grid-column:2;align-self:stretch}.strip svg{position:absolute;inset:0;width:100%;" \
  "height:100%;overflow:visible}\n" \
  ".axis{height:1.5rem}.strip text{font-size:.875rem;fill:var(--ink)}\n" \
  ".tip{position:absolute;top:100%;right:0;z-index:1;padding:.2rem .6rem;border:1px solid var(--ink);" \
  "background:var(--paper);clip-path:inset(50%)}\n" \
  ".rows:not(.quiet) li:hover .tip,.rows:not(.quiet) li:focus-visible .tip{clip-path:none}" \
  ".rows li:focus-visible{z-index:1}\n" \
  ".rows li:hover{background:var(--tint);z-index:1}.rows .chosen{font-weight:700;background:var(--tint)}\n" \
  ".chosen .name::before{content:'\\25b8'/'';position:absolute;left:0;color:var(--mark)}.tip{font-weight:400}\n" \
  "svg .grid{stroke:var(--grid)}svg .interval{stroke:var(--ink);stroke-width:1.5}svg .dot{fill:var(--bar);" \
  "stroke:var(--bar);stroke-width:2}\n" \
  "svg .cluster{stroke:var(--ink);stroke-width:2;stroke-dasharray:8 4}svg .aim{stroke:var(--aim);stroke-width:2;" \
  "stroke-dasharray:2 2}\n" \
  "svg .few,.chosen svg .few{fill:var(--paper)}.chosen svg .dot{fill:var(--mark);stroke:var(--mark)}" \
  ".chosen svg .interval{stroke-width:3}\n" \
  ".signs{grid-column:1/-1;list-style:none;padding:0;margin:.75rem 0 0;display:flex;flex-wrap:wrap;" \
  "gap:.25rem 1.5rem;color:var(--dim)}\n" \
  ".sign{width:1.75rem;height:1.25rem;vertical-align:middle}\n"

/* Backgrounds are not printed: what is marked is bold and has its sign. A long chart breaks between two practices. */
#define PAPER \
  "@page{size:A4;margin:14mm 15mm;@bottom-right{content:counter(page) ' / ' counter(pages);font:8pt sans-serif}}\n" \
  "@media print{:root{color-scheme:light}html{font-size:9pt}body{line-height:1.35}" \
  "header,main,footer{max-width:none;padding:0}\n" \
  ".bar,th button::after{display:none!important}.indicator{break-before:page;border:0;margin:0}" \
  ".indicator h2{margin-top:0}h1,h2,h3,summary,dt{break-after:avoid}\n" \
  ".chart,tr,dd p,li{break-inside:avoid}table{font-size:8.5pt}th,td{padding-block:.05rem}" \
  "thead{display:table-header-group}.scroll{overflow:visible}\n" \
  ".rows li{min-height:1.35rem;background:none}a{color:inherit;text-decoration:none}summary{list-style:none;" \
  "color:var(--head);font-weight:700}\n" \
  ".long{break-inside:auto}.long .rows li{min-height:1.15rem}.long .name{padding-block:0}" \
  "details::details-content{display:block;content-visibility:visible}.tip{display:none}h3{margin-top:1rem}" \
  "svg{print-color-adjust:exact}}\n"

#define MOTION "@media (prefers-reduced-motion:no-preference){html{scroll-behavior:smooth}}\n"

const char html_style[] = COLOURS TEXT TABLES CHARTS PAPER MOTION;
