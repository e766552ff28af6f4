// Threads, locks and the clock are libuv's, which Node.js brings on every system.
#include "pool.h"
#include "placing.h"
#include <stdatomic.h>
#include <stdlib.h>
#include <uv.h>
#if defined(__x86_64__) || defined(__i386__)
#include <immintrin.h>
#define rest() _mm_pause()
#elif defined(__aarch64__)
#define rest() __asm__ volatile("isb")
#else
#define rest() ((void)0)
#endif

/** Nanoseconds of looking before sleep. See DECISIONS.md. */
#define PATIENCE 30000
/** Looks between two at the clock. */
#define LOOKS 64

/** On a cache line of its own: looking at one doesn't slow down who writes another. */
typedef struct {
  atomic_uint value;
  char rest_of_line[CACHE_LINE - sizeof(atomic_uint)];
} word;

typedef struct {
  pool *pool;
  size_t number;
  uv_thread_t thread;
} member;

struct pool {
  word arrived, phase, finished, ticket, sleepers, abandoned;
  uv_mutex_t mutex;
  uv_cond_t changed;
  void (*run)(void *context, size_t thread);
  void (*done)(void *context);
  void *context;
  size_t threads;
  cores taken;
  member members[];
};

static void wait_for_change(pool *pool, word *word, unsigned value) {
  uint64_t start = uv_hrtime();
  do {
    for (int look = 0; look < LOOKS; look++) {
      if (atomic_load_explicit(&word->value, memory_order_acquire) != value) return;
      rest();
    }
  } while (uv_hrtime() - start < PATIENCE);
  uv_mutex_lock(&pool->mutex);
  // Said before the last look: whoever changes the word after that look sees it, and wakes.
  atomic_fetch_add(&pool->sleepers.value, 1);
  while (atomic_load(&word->value) == value) uv_cond_wait(&pool->changed, &pool->mutex);
  atomic_fetch_sub(&pool->sleepers.value, 1);
  uv_mutex_unlock(&pool->mutex);
}

static void change(pool *pool, word *word) {
  atomic_fetch_add(&word->value, 1);
  if (atomic_load(&pool->sleepers.value) == 0) return;
  uv_mutex_lock(&pool->mutex);
  uv_cond_broadcast(&pool->changed);
  uv_mutex_unlock(&pool->mutex);
}

bool pool_is_abandoned(pool *pool) { return atomic_load(&pool->abandoned.value) != 0; }

bool pool_meet(pool *pool) {
  unsigned phase = atomic_load(&pool->phase.value);
  // Asked after the phase is read: a stop that comes before is seen here, one that comes later changes this phase.
  if (pool->threads == 1 || pool_is_abandoned(pool)) return !pool_is_abandoned(pool);
  if (atomic_fetch_add(&pool->arrived.value, 1) == pool->threads - 1) {
    atomic_store(&pool->arrived.value, 0);
    change(pool, &pool->phase);
  } else {
    wait_for_change(pool, &pool->phase, phase);
  }
  return !pool_is_abandoned(pool);
}

static void run_placed(const member *member) {
  pool *pool = member->pool;
  place place;
  // One thread is in nobody's way.
  if (pool->threads > 1) take_core(pool->taken, &place);
  pool->run(pool->context, member->number);
  if (pool->threads > 1) leave_core(pool->taken, &place);
}

static void serve(void *argument) {
  member *member = argument;
  pool *pool = member->pool;
  unsigned ticket = 0;
  while (true) {
    wait_for_change(pool, &pool->ticket, ticket);
    if (pool_is_abandoned(pool)) return;
    ticket++;
    run_placed(member);
    if (atomic_fetch_add(&pool->finished.value, 1) == pool->threads - 1) {
      atomic_store(&pool->finished.value, 0);
      if (!pool_is_abandoned(pool)) pool->done(pool->context);
    }
  }
}

void pool_run(pool *pool) { change(pool, &pool->ticket); }

static void stop_threads(pool *pool, size_t started) {
  atomic_store(&pool->abandoned.value, 1);
  change(pool, &pool->phase);
  change(pool, &pool->ticket);
  for (size_t number = 0; number < started; number++) uv_thread_join(&pool->members[number].thread);
  uv_cond_destroy(&pool->changed);
  uv_mutex_destroy(&pool->mutex);
  free(pool);
}

pool *pool_start(size_t threads, void (*run)(void *, size_t), void (*done)(void *), void *context, int *error) {
  pool *pool = calloc(1, sizeof *pool + threads * sizeof *pool->members);
  *error = pool == NULL ? UV_ENOMEM : uv_mutex_init(&pool->mutex);
  if (*error != 0) {
    free(pool);
    return NULL;
  }
  *error = uv_cond_init(&pool->changed);
  if (*error != 0) {
    uv_mutex_destroy(&pool->mutex);
    free(pool);
    return NULL;
  }
  pool->run = run;
  pool->done = done;
  pool->context = context;
  pool->threads = threads;
  for (size_t number = 0; number < threads; number++) {
    member *member = &pool->members[number];
    member->pool = pool;
    member->number = number;
    *error = uv_thread_create(&member->thread, serve, member);
    if (*error != 0) {
      // Those that have started wait for their first job.
      stop_threads(pool, number);
      return NULL;
    }
  }
  return pool;
}

void pool_stop(pool *pool) { stop_threads(pool, pool->threads); }
