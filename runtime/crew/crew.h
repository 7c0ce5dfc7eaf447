/* crew.h: what several threads do together. The caller is one of them and waits for the others, so that no thread is left when the
 * work is done, and what each has written can be read. */
#ifndef KLYNGE_CREW_H
#define KLYNGE_CREW_H
#include <stdint.h>

/* Calls work(context, hand) once in each of up to so many threads at the same time; 0 is 1. The caller's is hand 0. A thread that the
 * system does not give is not missed: what there is to do is taken by whoever is free, not dealt out beforehand. */
void crew_work(uint32_t threads, void (*work)(void *context, uint32_t hand), void *context);
#endif
