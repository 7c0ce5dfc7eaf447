/* grammar.y: tokens to tree. An action builds one node; nothing is looked up, no type is known.
 * LALR(1). Three conflicts are settled by %prec, in `subject` and `language`; all else needs none. */
%require "3.8"
%define api.pure full
%define api.prefix {kly_}
%define api.token.prefix {TOK_}
%define api.location.type {struct place}
%define parse.error custom
%define parse.lac full
%locations
%expect 0
%param {struct reading *r}

%code requires { #include "lang/parse/reading.h" }
%code provides { int kly_lex(KLY_STYPE *value, KLY_LTYPE *at, struct reading *r); }
%code {
/* The stack is as long as it may get from the beginning: on the C stack the collector sees the nodes on it. */
#define YYINITDEPTH 4000
#define YYMAXDEPTH 4000
#define YYLLOC_DEFAULT(all, rhs, n) do { \
    (all).from = (n) ? YYRHSLOC(rhs, 1).from : YYRHSLOC(rhs, 0).to; \
    (all).to = YYRHSLOC(rhs, n).to; \
  } while (0)
#define CHILDREN(...)          (struct node *[]){ __VA_ARGS__ }
#define BRANCH_OF(kind, at, ...) \
  reading_branch(r, kind, at, (int)(sizeof CHILDREN(__VA_ARGS__) / sizeof (struct node *)), CHILDREN(__VA_ARGS__))
#define BRANCH(kind, at, ...)  BRANCH_OF(NODE_##kind, at, __VA_ARGS__)
#define NONE(kind, at)         tree_branch(NODE_##kind, at, 0, NULL)
#define LEAF(kind, at)         reading_leaf(r, NODE_##kind, at)
#define WORD(kind, word, at)   tree_leaf(NODE_##kind, at, word)
#define RELATION(kind, at)     tree_leaf(NODE_relation, at, tree_kind_name(kind))
#define ADD(list, item)        tree_append(list, item)
static void kly_error(KLY_LTYPE *at, struct reading *r, const char *message);
}

%union { struct node *node; enum node_kind kind; const char *word; }

%token NAME "a name"  NUMBER "a number"  DATE "a date"  STRING "a text in quotes"
%token UNIT_TEXT "a unit"  DIGITS_CODE "a code"  UP_TO ".."
%token LE "<="  GE ">="  NE "!="

%token LANGUAGE PACK USE TABLE UNIT EVENTS CODES MEASURE PARAMETER DEFINE BANDS INDICATOR PROGRAMME MEETING
%token DATA_SOURCE TEST VERSION WRITTEN_IN POPULATION ABOUT GUIDELINE CONTACT
%token ALSO TEXT NUMBER_TYPE DATE_TYPE CODE EXCEPT NONE_YET SOURCE REVIEWED FROM TO IN AS VALUE PLAUSIBLE TIES MEAN
%token OR AND NOT BETWEEN IS_KNOWN IS_UNKNOWN IS_TRUE IS_FALSE OF
%token INDEX AGE CHANGE_IN OVER DATE_OF APART MEASURED CHOOSE WHEN OTHERWISE ELSE
%token WITHIN AGO SINCE BEFORE AFTER EVER SHARE WHERE COUNT QUARTILES_OF RATE_OF PER PATIENTS
%token BETTER_LOWER BETTER_HIGHER AIM KNOWN ADVICE REFLECT BY ADJUST_BY LIST REPLACES MISSING
%token DURATION MINUTES BLOCK BREAK PRESENTS CLUSTER PRACTICES COMPARED_WITH CONSULTANT WITHOUT SET
%token AS_OF PATIENT BORN ON EXPECT COLUMN ONLY_WHERE MAP
%token LATEST EARLIEST HIGHEST LOWEST MEAN_OF MEDIAN_OF SUM_OF COUNT_OF FIRST LAST ALL_OF ANY_OF NONE_OF
%token AT_LEAST AT_MOST EXACTLY DAYS WEEKS MONTHS YEARS YES NO UNKNOWN OUTSIDE

%nterm <node> declaration pack table columns column type unit events codes members part code single
%nterm <node> measure rows formula formula_product factor parameter define bands indicator kind programme
%nterm <node> minutes meeting places place data_source file_of_table mappings mapping field path renamings renaming
%nterm <node> filters filter foreign_values test patient birth attribute plain entry result when claims claim
%nterm <node> head title name names column_name unit_name number signed_number numbers literal time condition every
%nterm <node> either negation comparison set conditions sum product sign fallback operand window span primary
%nterm <node> series atom occurrence subject arms
%nterm <kind> relation figure each how_many
%nterm <word> duration outcome

%precedence ALONE           /* `count of hba1c`, `first diagnosis` by themselves; a file without `language` … */
%precedence '=' IN error    /* … unless = or in follows: then it belongs to them; or what begins the file is wrong. */

%%

/* ── a file ────────────────────────────────────────────────────────────────────────────────────────────────── */

/* What has been read is in the reading at once, so that it is there too when the rest cannot be read. */
file: language uses declarations

language: %empty %prec ALONE | LANGUAGE NAME | error

uses: %empty                                        { r->uses->at = @$; }
  | uses USE STRING[s]                              { ADD(r->uses, LEAF(use, @s)); }

declarations: %empty                                { r->declarations->at = @$; }
  | declarations declaration[x]                     { ADD(r->declarations, $x); }
  | declarations error

declaration: pack | table | unit | events | codes | measure | parameter | define | bands | indicator
  | programme | meeting | data_source | test

/* ── names and heads ───────────────────────────────────────────────────────────────────────────────────────── */

name: NAME { $$ = LEAF(name, @1); } | soft { $$ = LEAF(name, @1); }

/* Words that mean something only inside one kind of clause: anywhere else they are names like any other. */
soft: VERSION | ABOUT | GUIDELINE | CONTACT | CONSULTANT | TEXT | NUMBER_TYPE | CODE | SOURCE | REVIEWED
  | VALUE | PLAUSIBLE | PATIENTS | AIM | KNOWN | ADVICE | REFLECT | LIST | REPLACES | DURATION | MINUTES
  | BLOCK | BREAK | PRESENTS | CLUSTER | PRACTICES | BORN

names: name[x]                                      { $$ = BRANCH(names, @$, $x); }
  | names[l] ',' name[x]                            { $$ = ADD($l, $x); }

head: anew name[n] title[t]                         { $$ = BRANCH(head, @n, $n, $t); }
  | anew name[n] ALSO name[a] title[t]              { $$ = BRANCH(head, @n, $n, BRANCH(also, @a, $a), $t); }
anew: %empty { yyerrok; } /* where a name begins a declaration, mistakes are told again, however near the last one is */
title: %empty                                       { $$ = NULL; }
  | STRING                                          { $$ = LEAF(title, @1); }

unit_name: UNIT_TEXT { $$ = LEAF(unit, @1); } | NAME { $$ = LEAF(unit, @1); } | STRING { $$ = LEAF(unit, @1); }

number: NUMBER                                      { $$ = LEAF(number, @1); }
  | NUMBER NAME                                     { $$ = BRANCH(quantity, @$, LEAF(number, @1), LEAF(unit, @2)); }
  | NUMBER UNIT_TEXT                                { $$ = BRANCH(quantity, @$, LEAF(number, @1), LEAF(unit, @2)); }

signed_number: number | '-' number[x]                      { $$ = BRANCH(minus, @$, $x); }

numbers: number[x]                                  { $$ = BRANCH(numbers, @$, $x); }
  | numbers[l] ',' number[x]                        { $$ = ADD($l, $x); }

/* A value that stands for itself: of a parameter, a test, a setting. */
literal: signed_number
  | time
  | DATE                                            { $$ = LEAF(date, @1); }
  | STRING                                          { $$ = LEAF(text, @1); }
  | name

duration: DAYS { $$ = "days"; } | WEEKS { $$ = "weeks"; } | MONTHS { $$ = "months"; } | YEARS { $$ = "years"; }

/* ── pack, table, unit, events, codes ──────────────────────────────────────────────────────────────────────── */

pack: PACK anew name[n] title[t]                     { $$ = BRANCH(pack, @$, $n, $t); }
  | pack[l] VERSION STRING[s]                       { $$ = ADD($l, LEAF(version, @s)); }
  | pack[l] WRITTEN_IN NAME[n]                      { $$ = ADD($l, LEAF(written_in, @n)); }
  | pack[l] USE STRING[s]                           { $$ = ADD($l, LEAF(use, @s)); }
  | pack[l] POPULATION condition[x]                 { $$ = ADD($l, BRANCH(population, @x, $x)); }
  | pack[l] ABOUT STRING[s]                         { $$ = ADD($l, LEAF(about, @s)); }
  | pack[l] GUIDELINE STRING[s]                     { $$ = ADD($l, LEAF(guideline, @s)); }
  | pack[l] CONTACT STRING[s]                       { $$ = ADD($l, LEAF(contact, @s)); }

table: TABLE name[n] '(' columns[c] ')'             { $$ = BRANCH(table, @$, $n, $c); }

columns: column[x]                                  { $$ = BRANCH(columns, @$, $x); }
  | columns[l] ',' column[x]                        { $$ = ADD($l, $x); }

column: column_name[n] type[t]                      { $$ = BRANCH(column, @$, $n, $t); }

column_name: name | reserved                        { $$ = LEAF(name, @1); }

reserved: DATE_TYPE | MEAN | FROM | TO | UNIT | DAYS | WEEKS | MONTHS | YEARS | PATIENT | AGE | INDEX | TEST
  | MEASURE | PACK | SET | ON | BY | COUNT

type: TEXT                                          { $$ = NONE(type_text, @$); }
  | NUMBER_TYPE                                     { $$ = NONE(type_number, @$); }
  | DATE_TYPE                                       { $$ = NONE(type_date, @$); }
  | UNIT                                            { $$ = NONE(type_unit, @$); }
  | CODE name[system]                               { $$ = BRANCH(type_code, @$, $system); }
  | '(' names[n] ')'                                { $$ = BRANCH(type_list, @$, $n); }

unit: UNIT unit_name[u]                             { $$ = BRANCH(unit, @$, $u); }
  | unit[l] ALSO unit_name[u]                       { $$ = ADD($l, BRANCH(also, @u, $u)); }

events: EVENTS head[h] '=' name[t] '.' NAME[c]      { $$ = BRANCH(events, @$, $h, $t, LEAF(name, @c)); }
  | events[l] window[w]                             { $$ = ADD($l, $w); }

codes: CODES head[h] '=' members[m]                 { $$ = BRANCH(codes, @$, $h, $m); }
  | CODES head[h] '=' NONE_YET[m]                   { $$ = BRANCH(codes, @$, $h, BRANCH(members, @m, NONE(none_yet, @m))); }
  | codes[l] SOURCE STRING[s]                       { $$ = ADD($l, LEAF(source, @s)); }
  | codes[l] REVIEWED DATE[d]                       { $$ = ADD($l, LEAF(reviewed, @d)); }

members: part[x]                                    { $$ = BRANCH(members, @$, $x); }
  | part[x] EXCEPT part[e]                          { $$ = BRANCH(members, @$, $x, BRANCH(except, @e, $e)); }
  | members[l] ',' part[x]                          { $$ = ADD($l, $x); }
  | members[l] ',' part[x] EXCEPT part[e]           { $$ = ADD(ADD($l, $x), BRANCH(except, @e, $e)); }

part: code[x]                                       { $$ = BRANCH(part, @$, $x); }
  | part[l] code[x]                                 { $$ = ADD($l, $x); }

code: single
  | single[x] '*'                                   { $$ = BRANCH(prefix, @$, $x); }
  | single[a] UP_TO single[b]                       { $$ = BRANCH(range, @$, $a, $b); }

single: NAME { $$ = LEAF(word, @1); } | NUMBER { $$ = LEAF(word, @1); } | DIGITS_CODE { $$ = LEAF(word, @1); }
  | STRING                                          { $$ = LEAF(text, @1); }

/* ── measure ───────────────────────────────────────────────────────────────────────────────────────────────── */

measure: MEASURE head[h]                            { $$ = BRANCH(measure, @$, $h); }
  | MEASURE head[h] IN unit_name[u]                 { $$ = BRANCH(measure, @$, $h, $u); }
  | measure[l] rows[c]                              { $$ = ADD($l, $c); }
  | measure[l] PLAUSIBLE number[a] TO number[b]     { $$ = ADD($l, BRANCH(plausible, @b, $a, $b)); }
  | measure[l] window[w]                            { $$ = ADD($l, $w); }
  | measure[l] TIES HIGHEST                         { $$ = ADD($l, NONE(ties_highest, @3)); }
  | measure[l] TIES LOWEST                          { $$ = ADD($l, NONE(ties_lowest, @3)); }
  | measure[l] TIES MEAN                            { $$ = ADD($l, NONE(ties_mean, @3)); }

rows: FROM name[t] members[m]                       { $$ = BRANCH(from, @$, $t, $m); }
  | FROM name[t] members[m] IN unit_name[u]         { $$ = BRANCH(from, @$, $t, $m, $u); }
  | FROM name[t] members[m] IN unit_name[u] AS formula[f]
      { $$ = BRANCH(from, @$, $t, $m, $u, BRANCH(as, @f, $f)); }
  | FROM name[t] members[m] AS formula[f]           { $$ = BRANCH(from, @$, $t, $m, BRANCH(as, @f, $f)); }

/* The arithmetic of a conversion: numbers and `value`, so that a window after it is the measure's. */
formula: formula_product
  | formula[a] '+' formula_product[b]               { $$ = BRANCH(add, @$, $a, $b); }
  | formula[a] '-' formula_product[b]               { $$ = BRANCH(subtract, @$, $a, $b); }

formula_product: factor
  | formula_product[a] '*' factor[b]                { $$ = BRANCH(multiply, @$, $a, $b); }
  | formula_product[a] '/' factor[b]                { $$ = BRANCH(divide, @$, $a, $b); }

factor: VALUE                                       { $$ = NONE(value, @$); }
  | NUMBER                                          { $$ = LEAF(number, @1); }
  | '-' factor[x]                                   { $$ = BRANCH(minus, @$, $x); }
  | '(' formula[x] ')'                              { $$ = $x; }

/* ── parameter, define, bands, indicator ───────────────────────────────────────────────────────────────────── */

parameter: PARAMETER head[h] '=' literal[x]         { $$ = BRANCH(parameter, @$, $h, $x); }
define: DEFINE head[h] '=' condition[x]             { $$ = BRANCH(define, @$, $h, $x); }
bands: BANDS head[h] '=' sum[x] BY numbers[n]       { $$ = BRANCH(bands, @$, $h, $x, $n); }

indicator: INDICATOR head[h] kind[k]                { $$ = BRANCH(indicator, @$, $h, $k); }
  | indicator[l] BETTER_LOWER                       { $$ = ADD($l, NONE(better_lower, @2)); }
  | indicator[l] BETTER_HIGHER                      { $$ = ADD($l, NONE(better_higher, @2)); }
  | indicator[l] AIM number[x]                      { $$ = ADD($l, BRANCH(aim, @x, $x)); }
  | indicator[l] KNOWN STRING[s]                    { $$ = ADD($l, LEAF(known, @s)); }
  | indicator[l] ADVICE STRING[s]                   { $$ = ADD($l, LEAF(advice, @s)); }
  | indicator[l] REFLECT STRING[s]                  { $$ = ADD($l, LEAF(reflect, @s)); }
  | indicator[l] BY names[n]                        { $$ = ADD($l, BRANCH(by, @n, $n)); }
  | indicator[l] ADJUST_BY names[n]                 { $$ = ADD($l, BRANCH(adjust_by, @n, $n)); }
  | indicator[l] LIST STRING[s]                     { $$ = ADD($l, LEAF(list, @s)); }
  | indicator[l] REPLACES name[n]                   { $$ = ADD($l, BRANCH(replaces, @n, $n)); }
  | indicator[l] MISSING                            { $$ = ADD($l, NONE(missing_counts_as_no, @2)); }

kind: SHARE WHERE condition[b]                      { $$ = BRANCH(share, @$, BRANCH(where, @b, $b)); }
  | SHARE OF condition[a] WHERE condition[b]
      { $$ = BRANCH(share, @$, BRANCH(of, @a, $a), BRANCH(where, @b, $b)); }
  | COUNT WHERE condition[b]                        { $$ = BRANCH(count, @$, BRANCH(where, @b, $b)); }
  | MEAN_OF sum[x]                                  { $$ = BRANCH(mean, @$, $x); }
  | MEAN_OF sum[x] OF condition[a]                  { $$ = BRANCH(mean, @$, $x, BRANCH(of, @a, $a)); }
  | MEDIAN_OF sum[x]                                { $$ = BRANCH(median, @$, $x); }
  | MEDIAN_OF sum[x] OF condition[a]                { $$ = BRANCH(median, @$, $x, BRANCH(of, @a, $a)); }
  | QUARTILES_OF sum[x]                             { $$ = BRANCH(quartiles, @$, $x); }
  | QUARTILES_OF sum[x] OF condition[a]             { $$ = BRANCH(quartiles, @$, $x, BRANCH(of, @a, $a)); }
  | RATE_OF condition[x] PER NUMBER[n] PATIENTS     { $$ = BRANCH(rate, @$, $x, LEAF(number, @n)); }
  | error                                           { $$ = NONE(wrong, @$); }

/* ── expressions, loosest first. `and` and `or` side by side need parentheses: neither may stand in the other  */

condition: negation | every | either

every: negation[a] AND negation[b]                  { $$ = BRANCH(and, @$, $a, $b); }
  | every[l] AND negation[x]                        { $$ = ADD($l, $x); }

either: negation[a] OR negation[b]                  { $$ = BRANCH(or, @$, $a, $b); }
  | either[l] OR negation[x]                        { $$ = ADD($l, $x); }

negation: comparison
  | NOT negation[x]                                 { $$ = BRANCH(not, @$, $x); }

/* Left of the comparison `between` stands one operand (or parentheses): `between … ago` begins in the same way and
 * is that operand's window. */
comparison: sum
  | sum[a] relation[o] sum[b]                       { $$ = BRANCH_OF($o, @$, $a, $b); }
  | operand[x] BETWEEN sum[a] AND sum[b]            { $$ = BRANCH(between, @$, $x, $a, $b); }
  | sum[x] IN set[s]                                { $$ = BRANCH(in, @$, $x, $s); }
  | sum[x] IS_KNOWN                                 { $$ = BRANCH(is_known, @$, $x); }
  | sum[x] IS_UNKNOWN                               { $$ = BRANCH(is_unknown, @$, $x); }
  | sum[x] IS_TRUE                                  { $$ = BRANCH(is_true, @$, $x); }
  | sum[x] IS_FALSE                                 { $$ = BRANCH(is_false, @$, $x); }
  | each[q] operand[x] relation[o] sum[b]           { $$ = BRANCH_OF($q, @$, $x, RELATION($o, @o), $b); }
  | each[q] operand[x] BETWEEN sum[a] AND sum[b]    { $$ = BRANCH_OF($q, @$, $x, RELATION(NODE_between, @3), $a, $b); }
  | how_many[q] NUMBER[n] OF operand[x] relation[o] sum[b]
      { $$ = BRANCH_OF($q, @$, LEAF(number, @n), $x, RELATION($o, @o), $b); }
  | how_many[q] NUMBER[n] OF operand[x] BETWEEN sum[a] AND sum[b]
      { $$ = BRANCH_OF($q, @$, LEAF(number, @n), $x, RELATION(NODE_between, @5), $a, $b); }

relation: '=' { $$ = NODE_equal; } | NE { $$ = NODE_unequal; } | '<' { $$ = NODE_less; }
  | LE { $$ = NODE_less_equal; } | '>' { $$ = NODE_greater; } | GE { $$ = NODE_greater_equal; }

each: ALL_OF { $$ = NODE_all_of; } | ANY_OF { $$ = NODE_any_of; } | NONE_OF { $$ = NODE_none_of; }
how_many: AT_LEAST { $$ = NODE_at_least; } | AT_MOST { $$ = NODE_at_most; } | EXACTLY { $$ = NODE_exactly; }

/* `drug in (metformin, statin) within 6 months` */
set: '(' conditions[l] ')'                          { $$ = BRANCH(set, @$, $l); }
  | set[l] window[w]                                { $$ = ADD($l, $w); }

conditions: condition[x]                            { $$ = BRANCH(list, @$, $x); }
  | conditions[l] ',' condition[x]                  { $$ = ADD($l, $x); }

sum: product
  | sum[a] '+' product[b]                           { $$ = BRANCH(add, @$, $a, $b); }
  | sum[a] '-' product[b]                           { $$ = BRANCH(subtract, @$, $a, $b); }

product: sign
  | product[a] '*' sign[b]                          { $$ = BRANCH(multiply, @$, $a, $b); }
  | product[a] '/' sign[b]                          { $$ = BRANCH(divide, @$, $a, $b); }

sign: fallback
  | '-' sign[x]                                     { $$ = BRANCH(minus, @$, $x); }

fallback: operand
  | fallback[a] ELSE operand[b]                     { $$ = BRANCH(else, @$, $a, $b); }

/* Windows, `measured` and `apart` follow the whole phrase before them, in any order. */
operand: primary
  | operand[x] window[w]                            { $$ = BRANCH(windowed, @$, $x, $w); }
  | operand[x] MEASURED                             { $$ = BRANCH(measured, @$, $x); }
  | operand[x] AT_LEAST span[d] APART               { $$ = BRANCH(apart, @$, $x, $d); }

window: WITHIN span[d]                              { $$ = BRANCH(within, @$, $d); }
  | BETWEEN sum[a] AND sum[b] AGO                   { $$ = BRANCH(between_ago, @$, $a, $b); }
  | SINCE primary[d]                                { $$ = BRANCH(since, @$, $d); }
  | BEFORE primary[d]                               { $$ = BRANCH(before, @$, $d); }
  | AFTER primary[d]                                { $$ = BRANCH(after, @$, $d); }
  | EVER                                            { $$ = NONE(ever, @$); }

span: time | name

time: NUMBER duration[d]                            { $$ = BRANCH(duration, @$, LEAF(number, @1), WORD(unit, $d, @d)); }

primary: number | time | series
  | DATE                                            { $$ = LEAF(date, @1); }
  | STRING                                          { $$ = LEAF(text, @1); }
  | INDEX                                           { $$ = NONE(index, @$); }
  | AGE                                             { $$ = NONE(age, @$); }
  | figure[f] series[x]                             { $$ = BRANCH_OF($f, @$, $x); }
  | COUNT_OF subject[x]                             { $$ = BRANCH(count_of, @$, $x); }
  | occurrence
  | DATE_OF occurrence[x]                           { $$ = BRANCH(date_of, @$, $x); }
  | DATE_OF figure[f] series[x]                     { $$ = BRANCH(date_of, @$, BRANCH_OF($f, @f, $x)); }
  | duration[d] SINCE primary[x]                    { $$ = BRANCH(time_since, @$, WORD(unit, $d, @d), $x); }
  | CHANGE_IN series[x] OVER span[d]                { $$ = BRANCH(change, @$, $x, $d); }
  | how_many[q] NUMBER[n] OF '(' condition[x] ',' conditions[l] ')'
      { $$ = BRANCH_OF($q, @$, LEAF(number, @n), $x, $l); }
  | CHOOSE arms[l] condition[x] OTHERWISE           { $$ = BRANCH(choose, @$, $l, BRANCH(otherwise, @x, $x)); }

figure: LATEST { $$ = NODE_latest; } | EARLIEST { $$ = NODE_earliest; } | HIGHEST { $$ = NODE_highest; }
  | LOWEST { $$ = NODE_lowest; } | MEAN_OF { $$ = NODE_mean_of; } | MEDIAN_OF { $$ = NODE_median_of; }
  | SUM_OF { $$ = NODE_sum_of; }

series: atom
  | FIRST NUMBER[n] atom[x]                         { $$ = BRANCH(first_values, @$, LEAF(number, @n), $x); }
  | LAST NUMBER[n] atom[x]                          { $$ = BRANCH(last_values, @$, LEAF(number, @n), $x); }

atom: name
  | name[t] '.' NAME[c]                             { $$ = BRANCH(column, @$, $t, LEAF(name, @c)); }
  | '(' condition[x] ')'                            { $$ = BRANCH(group, @$, $x); }

occurrence: FIRST subject[x]                        { $$ = BRANCH(first_event, @$, $x); }
  | LAST subject[x]                                 { $$ = BRANCH(last_event, @$, $x); }

/* What is counted or dated: a series, or an event test. `count of drug = metformin` and `count of hba1c = 2` have one
 * shape: the checker knows which it is. */
subject: series %prec ALONE
  | series[x] '=' primary[s]                        { $$ = BRANCH(equal, @$, $x, $s); }
  | series[x] IN '(' conditions[l] ')'              { $$ = BRANCH(in, @$, $x, BRANCH(set, @l, $l)); }

arms: condition[v] WHEN condition[c] ','            { $$ = BRANCH(arms, @$, BRANCH(when, @$, $v, $c)); }
  | arms[l] condition[v] WHEN condition[c] ','      { $$ = ADD($l, BRANCH(when, @v, $v, $c)); }

/* ── programme, meeting ────────────────────────────────────────────────────────────────────────────────────── */

programme: PROGRAMME title[t]                       { $$ = BRANCH(programme, @$, $t); }
  | programme[l] DURATION minutes[m]                { $$ = ADD($l, BRANCH(length, @m, $m)); }
  | programme[l] BLOCK head[h] minutes[m]           { $$ = ADD($l, BRANCH(block, @h, $h, $m)); }
  | programme[l] BREAK minutes[m]                   { $$ = ADD($l, BRANCH(break, @m, $m)); }
  | programme[l] PRESENTS names[n]                  { $$ = ADD($l, BRANCH(presents, @n, $n)); }
  | programme[l] ABOUT STRING[s]                    { $$ = ADD($l, LEAF(about, @s)); }
  | programme[l] REFLECT STRING[s]                  { $$ = ADD($l, LEAF(reflect, @s)); }

minutes: NUMBER[n] MINUTES                          { $$ = LEAF(number, @n); }

meeting: MEETING head[h] OF names[n]                { $$ = BRANCH(meeting, @$, $h, BRANCH(of, @n, $n)); }
  | meeting[l] CLUSTER places[p]                    { $$ = ADD($l, BRANCH(cluster, @p, $p)); }
  | meeting[l] PRACTICES places[p]                  { $$ = ADD($l, BRANCH(practices, @p, $p)); }
  | meeting[l] ON DATE[d]                           { $$ = ADD($l, LEAF(on, @d)); }
  | meeting[l] AS_OF DATE[d]                        { $$ = ADD($l, LEAF(as_of, @d)); }
  | meeting[l] COMPARED_WITH DATE[d]                { $$ = ADD($l, LEAF(compared_with, @d)); }
  | meeting[l] CONSULTANT STRING[s]                 { $$ = ADD($l, LEAF(consultant, @s)); }
  | meeting[l] CONTACT STRING[s]                    { $$ = ADD($l, LEAF(contact, @s)); }
  | meeting[l] WITHOUT names[n]                     { $$ = ADD($l, BRANCH(without, @n, $n)); }
  | meeting[l] SET name[n] '=' literal[x]           { $$ = ADD($l, BRANCH(set, @n, $n, $x)); }

places: place[x]                                    { $$ = BRANCH(places, @$, $x); }
  | places[l] ',' place[x]                          { $$ = ADD($l, $x); }

place: name
  | NUMBER                                          { $$ = LEAF(word, @1); }
  | DIGITS_CODE                                     { $$ = LEAF(word, @1); }
  | STRING                                          { $$ = LEAF(text, @1); }

/* ── data source ───────────────────────────────────────────────────────────────────────────────────────────── */

data_source: DATA_SOURCE head[h]                    { $$ = BRANCH(data_source, @$, $h); }
  | data_source[l] file_of_table[t]                 { $$ = ADD($l, $t); }

file_of_table: name[t] FROM STRING[f] mappings[m]   { $$ = BRANCH(file, @$, $t, LEAF(path, @f), $m); }
  | name[t] FROM STRING[f] mappings[m] ONLY_WHERE filters[c]
      { $$ = BRANCH(file, @$, $t, LEAF(path, @f), $m, BRANCH(only_where, @c, $c)); }

mappings: mapping[x]                                { $$ = BRANCH(mappings, @$, $x); }
  | mappings[l] ',' mapping[x]                      { $$ = ADD($l, $x); }

mapping: column_name[n] '=' field[f]                { $$ = BRANCH(mapping, @$, $n, $f); }
  | column_name[n] '=' STRING[s]                    { $$ = BRANCH(mapping, @$, $n, LEAF(text, @s)); }
  | column_name[n] '=' NUMBER[s]                    { $$ = BRANCH(mapping, @$, $n, LEAF(number, @s)); }

field: path
  | field[f] '(' renamings[p] ')'                   { $$ = BRANCH(renamed, @$, $f, $p); }
  | field[f] IN name[system]                        { $$ = BRANCH(in_system, @$, $f, $system); }
  | field[f] IN COLUMN path[c]                      { $$ = BRANCH(in_column, @$, $f, $c); }
  | field[f] AFTER STRING[s]                        { $$ = BRANCH(after, @$, $f, LEAF(text, @s)); }
  | field[f] MAP STRING[s] TO name[system]          { $$ = BRANCH(map, @$, $f, LEAF(path, @s), $system); }

path: column_name
  | COLUMN STRING[s]                                { $$ = LEAF(text, @s); }
  | path[p] '.' NAME[c]                             { $$ = BRANCH(inside, @$, $p, LEAF(name, @c)); }
  | path[p] '[' ']'                                 { $$ = BRANCH(each, @$, $p); }

renamings: renaming[x]                              { $$ = BRANCH(renamings, @$, $x); }
  | renamings[l] ',' renaming[x]                    { $$ = ADD($l, $x); }

renaming: single[a] single[b]                       { $$ = BRANCH(renaming, @$, $a, $b); }

/* Rows of a foreign file are chosen by plain comparisons with their text. */
filters: filter
  | filters[a] AND filter[b]                        { $$ = BRANCH(and, @$, $a, $b); }

filter: path[f] relation[o] single[x]               { $$ = BRANCH_OF($o, @$, $f, $x); }
  | path[f] IN '(' foreign_values[l] ')'            { $$ = BRANCH(in, @$, $f, $l); }

foreign_values: single[x]                           { $$ = BRANCH(list, @$, $x); }
  | foreign_values[l] ',' single[x]                 { $$ = ADD($l, $x); }

/* ── test ──────────────────────────────────────────────────────────────────────────────────────────────────── */

test: TEST anew STRING[s]                           { $$ = BRANCH(test, @$, LEAF(title, @s)); }
  | test[l] AS_OF DATE[d]                           { $$ = ADD($l, LEAF(as_of, @d)); }
  | test[l] SET name[n] '=' literal[x]              { $$ = ADD($l, BRANCH(set, @n, $n, $x)); }
  | test[l] patient[p]                              { $$ = ADD($l, $p); }
  | test[l] EXPECT claims[c]                        { $$ = ADD($l, BRANCH(expect, @c, $c)); }
  | test[l] EXPECT name[p] claims[c]                { $$ = ADD($l, BRANCH(expect, @c, $p, $c)); }

/* Rows follow their patient: only there may a line begin with a name. */
patient: PATIENT birth[b]                           { $$ = BRANCH(patient, @$, $b); }
  | PATIENT name[n] birth[b]                        { $$ = BRANCH(patient, @$, $n, $b); }
  | patient[l] name[n] entry[w] when[d]             { $$ = ADD($l, BRANCH(row, @n, $n, $w, $d)); }

birth: BORN DATE[d]                                 { $$ = BRANCH(attributes, @$, LEAF(born, @d)); }
  | BORN UNKNOWN                                    { $$ = BRANCH(attributes, @$, NONE(born_unknown, @$)); }
  | AGE NUMBER[n]                                   { $$ = BRANCH(attributes, @$, LEAF(age, @n)); }
  | birth[l] ',' attribute[x]                       { $$ = ADD($l, $x); }

attribute: name
  | FROM DATE[d]                                    { $$ = LEAF(from, @d); }
  | TO DATE[d]                                      { $$ = LEAF(to, @d); }
  | name[n] '=' plain[x]                            { $$ = BRANCH(attribute, @$, $n, $x); }

plain: single
  | DATE                                            { $$ = LEAF(date, @1); }

entry: %empty                                       { $$ = NULL; }
  | NAME                                            { $$ = LEAF(word, @1); }
  | DIGITS_CODE                                     { $$ = LEAF(word, @1); }
  | STRING                                          { $$ = LEAF(text, @1); }
  | result
  | result[x] CODE single[c]                        { $$ = BRANCH(coded, @$, $x, $c); }

result: signed_number
  | '<' number[x]                                   { $$ = BRANCH(below, @$, $x); }
  | '>' number[x]                                   { $$ = BRANCH(above, @$, $x); }

when: ON DATE[d]                                    { $$ = LEAF(on, @d); }
  | FROM DATE[d]                                    { $$ = LEAF(from, @d); }
  | FROM DATE[d] TO DATE[e]                         { $$ = BRANCH(span, @$, LEAF(from, @d), LEAF(to, @e)); }

claims: claim[x]                                    { $$ = BRANCH(claims, @$, $x); }
  | claims[l] ',' claim[x]                          { $$ = ADD($l, $x); }

claim: name[n] outcome[o]                           { $$ = BRANCH(claim, @$, $n, WORD(outcome, $o, @o)); }
  | name[n] '=' literal[x]                          { $$ = BRANCH(claim, @$, $n, $x); }

outcome: YES { $$ = "yes"; } | NO { $$ = "no"; } | UNKNOWN { $$ = "unknown"; } | OUTSIDE { $$ = "outside"; }

%%

/* Only for a stack that is full; a wrong token goes through the function below instead. */
static void kly_error(KLY_LTYPE *at, struct reading *r, const char *message) {
  (void)message;
  reading_too_deep(r, *at);
}

/* One wrong token: hand it over with all that could have stood there. */
static int yyreport_syntax_error(const yypcontext_t *context, struct reading *r) {
  yysymbol_kind_t kinds[YYNTOKENS], wrong = yypcontext_token(context);
  const char *names[YYNTOKENS];
  int n = yypcontext_expected_tokens(context, kinds, YYNTOKENS);
  for (int i = 0; i < n; i++) names[i] = yysymbol_name(kinds[i]);
  const char *token = wrong == YYSYMBOL_YYEMPTY ? "" : yysymbol_name(wrong);
  syntax_unexpected(r, *yypcontext_location(context), token, names, n < 0 ? 0 : n);
  return 0;
}

const char *token_name(int token) { return yysymbol_name(YYTRANSLATE(token)); }
