// Cores and masks of them are libuv's: Linux, FreeBSD and Windows have them, macOS has not.
#include "placing.h"
#include <uv.h>

static bool take(cores taken, const place *place, int core) {
  return place->allowed[core] && !atomic_exchange(&taken[core], true);
}

static int take_any(cores taken, const place *place, int count) {
  int here = uv_thread_getcpu();
  // From its own on: pools of two programs that both began at the first core would meet there, and others stay idle.
  for (int i = 0; i < count; i++) {
    int core = ((here < 0 ? 0 : here) + i) % count;
    if (take(taken, place, core)) return core;
  }
  return NO_CORE;
}

void take_core(cores taken, place *place) {
  place->core = NO_CORE;
  int count = uv_cpumask_size();
  uv_thread_t self = uv_thread_self();
  if (count <= 0 || count > MOST_CORES) return;
  if (uv_thread_getaffinity(&self, place->allowed, (size_t)count) != 0) return;
  place->core = take_any(taken, place, count);
  if (place->core == NO_CORE) return;
  char only[MOST_CORES] = {0};
  only[place->core] = 1;
  // Where it is refused, the thread stays where the system puts it: slower perhaps, and no harm.
  uv_thread_setaffinity(&self, only, NULL, (size_t)count);
}

void leave_core(cores taken, place *place) {
  if (place->core == NO_CORE) return;
  uv_thread_t self = uv_thread_self();
  uv_thread_setaffinity(&self, place->allowed, NULL, (size_t)uv_cpumask_size());
  atomic_store(&taken[place->core], false);
}
