/* tree_test.c: building, finding and printing nodes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>
#include "lang/memory.h"
#include "lang/tree/tree.h"

static const struct place here = { 3, 7 };

static char *printed(const struct node *node) {
  char *text = NULL;
  size_t length;
  FILE *out = open_memstream(&text, &length);
  tree_print(node, out);
  fclose(out);
  char *copy = memory_copy(text, length);
  free(text);
  return copy;
}

static struct node *pair(enum node_kind kind, struct node *a, struct node *b) {
  struct node *const children[] = { a, b };
  return tree_branch(kind, here, 2, children);
}

static void absent_children_are_left_out(void **state) {
  (void)state;
  const struct node *head = pair(NODE_head, tree_leaf(NODE_name, here, "mp1"), NULL);
  assert_int_equal(tree_count(head), 1);
  assert_string_equal(tree_child(head, 0)->text, "mp1");
  assert_null(tree_child(head, 1));
  assert_null(tree_find(head, NODE_title));
}

static void find_gives_the_first_of_a_kind(void **state) {
  (void)state;
  struct node *names = pair(NODE_names, tree_leaf(NODE_name, here, "a"), tree_leaf(NODE_name, here, "b"));
  assert_string_equal(tree_find(names, NODE_name)->text, "a");
}

static void appending_widens_place_and_depth(void **state) {
  (void)state;
  struct node *list = tree_branch(NODE_names, here, 0, NULL);
  assert_int_equal(list->depth, 1);
  tree_append(list, tree_leaf(NODE_name, (struct place){ 9, 12 }, "a"));
  assert_int_equal(list->depth, 2);
  assert_int_equal(list->at.from, 3);
  assert_int_equal(list->at.to, 12);
  tree_append(list, pair(NODE_also, tree_leaf(NODE_name, here, "b"), NULL));
  tree_append(list, tree_leaf(NODE_name, here, "c"));
  assert_int_equal(list->depth, 3);
  assert_int_equal(list->at.to, 12);
}

static void operators_carry_their_word(void **state) {
  (void)state;
  assert_string_equal(pair(NODE_less_equal, NULL, NULL)->text, "<=");
  assert_string_equal(pair(NODE_equal, NULL, NULL)->text, "=");
  assert_string_equal(pair(NODE_exactly, NULL, NULL)->text, "exactly");
  assert_null(pair(NODE_minus, NULL, NULL)->text);
  assert_null(pair(NODE_relation, NULL, NULL)->text);
}

static void prints_a_node_a_line(void **state) {
  (void)state;
  struct node *head = pair(NODE_head, tree_leaf(NODE_name, here, "mp1"), tree_leaf(NODE_title, here, "two\nlines"));
  struct node *above = pair(NODE_greater, tree_leaf(NODE_name, here, "hba1c"), tree_leaf(NODE_number, here, "58"));
  const struct node *tree = pair(NODE_indicator, head, above);
  assert_string_equal(printed(tree), "(indicator\n"
                                     "  (head\n"
                                     "    (name mp1)\n"
                                     "    (title two\\nlines))\n"
                                     "  (>\n"
                                     "    (name hba1c)\n"
                                     "    (number 58)))\n");
}

static void prints_only_what_it_is_given(void **state) {
  (void)state;
  struct node *first = tree_leaf(NODE_name, here, "a");
  pair(NODE_names, first, tree_leaf(NODE_name, here, "b"));
  assert_string_equal(printed(first), "(name a)\n");
}

/* As deep as no parser lets it become: a printer that called itself would need the stack for it. */
static void prints_a_deep_tree(void **state) {
  (void)state;
  enum { DEPTH = 5000 };
  struct node *tree = tree_leaf(NODE_name, here, "a");
  for (int i = 1; i < DEPTH; i++) tree = pair(NODE_not, tree, NULL);
  assert_int_equal(tree->depth, DEPTH);
  const char *text = printed(tree);
  assert_string_equal(text + strlen(text) - 3, "))\n");
}

int main(void) {
  memory_start(abort);
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(absent_children_are_left_out),
    cmocka_unit_test(find_gives_the_first_of_a_kind),
    cmocka_unit_test(appending_widens_place_and_depth),
    cmocka_unit_test(operators_carry_their_word),
    cmocka_unit_test(prints_a_node_a_line),
    cmocka_unit_test(prints_only_what_it_is_given),
    cmocka_unit_test(prints_a_deep_tree),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
