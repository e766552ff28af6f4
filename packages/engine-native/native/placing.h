// On which cores the threads of a pool run. A system that wakes several at once may put two on one core and leave
// another idle: they then take turns, and a job takes longer than on one thread. Virtual machines do so often, since
// their idle cores look like taken ones. So each thread keeps to a core of its own for as long as a job takes.
#ifndef PLACING_H
#define PLACING_H
#include <stdatomic.h>
#include <stdbool.h>

/** As many as Linux has bits in a mask; other systems have fewer. */
#define MOST_CORES 1024
/** Of a thread that the system places. */
#define NO_CORE (-1)

/** The cores that threads of a pool have taken. */
typedef atomic_bool cores[MOST_CORES];

/** One thread's core for a job, and the cores that it may use otherwise. */
typedef struct {
  int core;
  char allowed[MOST_CORES];
} place;

/**
 * Keeps the calling thread to the core that it is on, or, where that is taken, to the next that it may use and no thread
 * of the pool has taken. The system places it where all are taken, and where it tells no cores.
 */
void take_core(cores taken, place *place);
/** The calling thread may use again what it might before it took its core. */
void leave_core(cores taken, place *place);
#endif
