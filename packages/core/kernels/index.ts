// The module's exports. The host configures an instance for each thread; each serves the host's jobs until it is told
// to quit. Without threads, the host runs each job itself.
import { finishLast, nextTicket } from "./barrier";
import { evaluate } from "./evaluate";
import { EVALUATE, kind, PREPARE, QUIT, TRAIN } from "./job";
import { prepare, train } from "./train";

export { configure } from "./setup";

/** Tells the host that the last thread has finished the job. */
// @ts-ignore: decorator
@external("env", "done")
declare function done(): void;

export function run(): void {
  const asked = kind();
  if (asked == PREPARE) prepare();
  else if (asked == TRAIN) train();
  else if (asked == EVALUATE) evaluate();
}

export function serve(): void {
  let ticket = 0;
  while (true) {
    ticket = nextTicket(ticket);
    if (kind() == QUIT) return;
    run();
    if (finishLast()) done();
  }
}
