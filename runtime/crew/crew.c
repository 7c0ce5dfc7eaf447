/* crew.c: threads that begin together and end together. */
#include "runtime/crew/crew.h"
#include <pthread.h>
#include <stdlib.h>
#include "runtime/memory/memory.h"

struct hand {
  void (*work)(void *context, uint32_t hand);
  void *context;
  uint32_t number;
  pthread_t thread;
};

static void *begin(void *context) {
  struct hand *hand = context;
  hand->work(hand->context, hand->number);
  return NULL;
}

void crew_work(uint32_t threads, void (*work)(void *context, uint32_t hand), void *context) {
  struct hand *hands = memory_take(threads, sizeof *hands);
  uint32_t started = 1;
  for (; started < threads; started++) {
    struct hand *hand = &hands[started];
    *hand = (struct hand){.work = work, .context = context, .number = started};
    if (pthread_create(&hand->thread, NULL, begin, hand) != 0) break;
  }
  work(context, 0);
  for (uint32_t i = 1; i < started; i++) pthread_join(hands[i].thread, NULL);
  free(hands);
}
