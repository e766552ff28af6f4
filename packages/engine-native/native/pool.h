// The threads of an engine: they wait for jobs, and meet within one. A thread that is early looks for a while, which
// costs less than to be put to sleep and woken where all of them run, and then sleeps, so that it doesn't take a core
// from the one it waits for where other programs want the cores too.
#ifndef POOL_H
#define POOL_H
#include <stdbool.h>
#include <stddef.h>

#define CACHE_LINE 64

typedef struct pool pool;

/**
 * Starts threads that wait for jobs. `run` is a thread's part of a job; `done` is called by the last thread that has
 * finished its part. NULL, and no thread is left, where the system gives none: `error` is libuv's number.
 */
pool *pool_start(size_t threads, void (*run)(void *context, size_t thread), void (*done)(void *context), void *context,
                 int *error);
/** All threads do the job. One at a time. */
void pool_run(pool *pool);
/** Waits until every thread has arrived. False: the pool is being stopped, and what is under way is to be left. */
bool pool_meet(pool *pool);
bool pool_is_abandoned(pool *pool);
/** Waits until all threads have ended, which takes as long as they take to meet, or to do a block of rows. */
void pool_stop(pool *pool);
#endif
