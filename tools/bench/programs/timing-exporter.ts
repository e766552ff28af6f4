// Given to the command with --plugin: writes how long the run's epochs took, whatever reporter shows them.
import { defineExporter } from "@trainscope/core";
import { concatMap, filter, map, toArray } from "rxjs";

export interface RunTiming {
  /** Milliseconds of updates, all epochs. */
  readonly trainMs: number;
  /** Milliseconds from the start of the first epoch to the end of the last. */
  readonly wholeMs: number;
  /** Processor time in between of the main thread, in milliseconds. */
  readonly mainThreadMs: number;
}

export default defineExporter({
  name: "bench-timing",
  critical: true,
  connect: (events, run) =>
    events.pipe(
      filter((event) => event.type === "epoch:start" || event.type === "epoch:end"),
      map((event) => ({ event, mainThreadMs: mainThreadMs() })),
      toArray(),
      concatMap(async (seen) => {
        const [first, last] = [seen[0], seen.at(-1)];
        const timing: RunTiming = {
          trainMs: seen.reduce(
            (sum, { event }) => sum + (event.type === "epoch:end" ? event.timing.trainMs : 0),
            0,
          ),
          wholeMs: (last?.event.time ?? Number.NaN) - (first?.event.time ?? Number.NaN),
          mainThreadMs: (last?.mainThreadMs ?? Number.NaN) - (first?.mainThreadMs ?? Number.NaN),
        };
        return {
          kind: "timing",
          title: "Timing",
          path: await run.write("timing.json", JSON.stringify(timing)),
        };
      }),
    ),
});

/** What the thread that shows and orchestrates has computed so far. */
function mainThreadMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}
