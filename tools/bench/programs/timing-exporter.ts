// Given to the command with --plugin: writes how long the run's epochs took, whatever reporter shows them.
import { defineExporter } from "@trainscope/core";
import { concatMap, filter, toArray } from "rxjs";

export interface RunTiming {
  /** Milliseconds of updates, all epochs. */
  readonly trainMs: number;
  /** Milliseconds from the start of the first epoch to the end of the last. */
  readonly wholeMs: number;
}

export default defineExporter({
  name: "bench-timing",
  critical: true,
  connect: (events, run) =>
    events.pipe(
      filter((event) => event.type === "epoch:start" || event.type === "epoch:end"),
      toArray(),
      concatMap(async (seen) => {
        const ends = seen.filter((event) => event.type === "epoch:end");
        const timing: RunTiming = {
          trainMs: ends.reduce((sum, { timing }) => sum + timing.trainMs, 0),
          wholeMs: (ends.at(-1)?.time ?? Number.NaN) - (seen[0]?.time ?? Number.NaN),
        };
        return {
          kind: "timing",
          title: "Timing",
          path: await run.write("timing.json", JSON.stringify(timing)),
        };
      }),
    ),
});
