// The module's exports. The host configures an instance for each thread; each serves the host's jobs until the
// host gives up. Without threads, the host runs each job itself.
import { finishLast, isAbandoned, nextTicket } from "./barrier";
import { evaluate } from "./evaluate";
import { ADOPT, EVALUATE, kind, LOAD, TRAIN } from "./job";
import { layOutScratch } from "./scratch";
import { setUp } from "./setup";
import { adoptOwnWeights, importOwnWeights, train } from "./train";


/** Tells the host that the last thread has finished the job. */
// @ts-ignore: decorator
@external("env", "done")
declare function done(): void;

/** Before the first job: `table` is as `setUp` reads it. Gives the bytes of scratch that the thread uses. */
export function configure(table: usize, thread: usize): usize {
  setUp(table, thread);
  return layOutScratch();
}

export function run(): void {
  const asked = kind();
  if (asked == LOAD) importOwnWeights();
  else if (asked == TRAIN) train();
  else if (asked == EVALUATE) evaluate();
  else if (asked == ADOPT) adoptOwnWeights();
}

export function serve(): void {
  let ticket = 0;
  while (true) {
    ticket = nextTicket(ticket);
    if (isAbandoned()) return;
    run();
    if (finishLast()) done();
  }
}
