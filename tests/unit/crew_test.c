/* crew_test.c: work is done once by each hand, and all of it is done when the call returns. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include "runtime/crew/crew.h"

enum { HANDS = 9, TASKS = 5000 };
struct work { pthread_t caller; atomic_uint calls[HANDS], next, done[TASKS]; bool first_is_caller; };

static void work(void *context, uint32_t hand) {
  struct work *work = context;
  assert_true(hand < HANDS);
  atomic_fetch_add(&work->calls[hand], 1);
  if (hand == 0) work->first_is_caller = pthread_equal(work->caller, pthread_self());
  for (uint32_t i; (i = atomic_fetch_add(&work->next, 1)) < TASKS;) atomic_fetch_add(&work->done[i], 1);
}

static void each_hand_works_once(void **state) {
  (void)state;
  for (uint32_t threads = 0; threads <= HANDS; threads++) {
    struct work all = {.caller = pthread_self()};
    crew_work(threads, work, &all);
    assert_true(all.first_is_caller);
    for (uint32_t i = 0; i < HANDS; i++) assert_int_equal(atomic_load(&all.calls[i]), i == 0 || i < threads);
    for (uint32_t i = 0; i < TASKS; i++) assert_int_equal(atomic_load(&all.done[i]), 1);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(each_hand_works_once)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
