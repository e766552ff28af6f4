// Where the threads of a job meet. A thread that is early looks for a while, which costs less than to be put to
// sleep and woken where all of them run, and then sleeps, so that it doesn't take a core from the one it waits for
// where other programs want the cores too.
import { barrierWords, threads } from "./setup";

// Words, each on a cache line of its own: looking at one doesn't slow down who writes another.
const ARRIVED: usize = 0;
const PHASE: usize = 64;
const SLEEPERS: usize = 128;
const ABANDONED: usize = 192;
const TICKET: usize = 256;
const FINISHED: usize = 320;

/** Looks before sleep: some 30 microseconds. With 2,000 instead an epoch took 1.15 times as long, with 200,000 as long. */
const LOOKS = 60000;

/** Whether the host has given up: a thread has died, or the engine is closed. */
export function isAbandoned(): bool {
  return atomic.load<i32>(barrierWords + ABANDONED) != 0;
}

/** Waits until every thread has arrived. False: the host has given up. */
export function meet(): bool {
  if (threads == 1) return true;
  const phase = atomic.load<i32>(barrierWords + PHASE);
  // The host sets this first and then changes the phase: whoever has seen the new phase sees this too.
  if (isAbandoned()) return false;
  if (atomic.add<i32>(barrierWords + ARRIVED, 1) == <i32>threads - 1) {
    atomic.store<i32>(barrierWords + ARRIVED, 0);
    atomic.store<i32>(barrierWords + PHASE, phase + 1);
    if (atomic.load<i32>(barrierWords + SLEEPERS) > 0) atomic.notify(barrierWords + PHASE, -1);
  } else {
    waitForChange(barrierWords + PHASE, phase);
  }
  return !isAbandoned();
}

/** Waits until the host gives out a ticket other than `last`, and gives that. */
export function nextTicket(last: i32): i32 {
  waitForChange(barrierWords + TICKET, last);
  return atomic.load<i32>(barrierWords + TICKET);
}

/** Whether the calling thread is the last of them to finish the job. */
export function finishLast(): bool {
  if (atomic.add<i32>(barrierWords + FINISHED, 1) != <i32>threads - 1) return false;
  atomic.store<i32>(barrierWords + FINISHED, 0);
  return true;
}

function waitForChange(word: usize, value: i32): void {
  for (let look = 0; look < LOOKS; look++) {
    if (atomic.load<i32>(word) != value) return;
  }
  atomic.add<i32>(barrierWords + SLEEPERS, 1);
  while (atomic.load<i32>(word) == value) atomic.wait<i32>(word, value);
  atomic.sub<i32>(barrierWords + SLEEPERS, 1);
}
