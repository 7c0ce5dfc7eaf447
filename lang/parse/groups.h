/* groups.h: what a message calls a keyword where many would do. SOFT words may also be names. */
#ifndef KLYNGE_PARSE_GROUPS_H
#define KLYNGE_PARSE_GROUPS_H

enum group {
  GROUP_WORD, GROUP_SOFT, GROUP_DECLARATION, GROUP_CLAUSE, GROUP_KIND, GROUP_CONDITION, GROUP_VALUE, GROUP_JOIN,
  GROUP_COMPARISON, GROUP_CALCULATION, GROUP_WINDOW, GROUP_TIME
};
#endif
