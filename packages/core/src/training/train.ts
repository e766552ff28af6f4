// Training as a cold Observable: it starts when subscribed to, stops when unsubscribed from, and tells everything
// through its events.

import { createControlReceiver } from "../control/control-receiver.ts";
import { TrainscopeError } from "../errors.ts";
import type { RunFiles } from "../plugins/exporter.ts";
import { checkOptionKinds } from "./check-options.ts";
import { EventStream } from "./event-stream.ts";
import { engineFor, resolveOptions } from "./resolve-options.ts";
import { executeRun } from "./run.ts";
import { createRunId } from "./run-id.ts";
import type { TrainOptions } from "./train-options.ts";

/**
 * Trains a linear classifier. The stream ends with `run:end`, whatever happens inside the run; it fails only where
 * the run can't start: `BAD_OPTION` for a wrong setting or script, or a run that can't be continued with these options,
 * `BAD_PLUGIN` for a plugin that doesn't keep its contract, `BAD_DATA` for a dataset that doesn't fit together.
 */
export function train(options: TrainOptions): EventStream {
  return new EventStream((subscriber) => {
    checkOptionKinds(options);
    const abort = new AbortController();
    const controls = createControlReceiver(options.control);
    const { examine = false } = options;
    const start = async (): Promise<void> => {
      const { task, script, exporters, limits } = await resolveOptions(options);
      await executeRun({
        task,
        requests: {
          controls,
          script,
          saveCheckpoint: options.saveCheckpoint,
          checkpointEvery: options.checkpointEvery,
          examine: typeof examine === "function" ? examine : () => examine,
        },
        audience: {
          runId: options.resume?.checkpoint.runId ?? options.runId ?? createRunId(),
          exporters,
          limits,
          now: options.now ?? Date.now,
          signal: abort.signal,
          deliver: (event) => subscriber.next(event),
        },
        engine: engineFor(options),
        files: { write: options.write ?? refuse("write"), append: options.append ?? refuse("append") },
      });
    };
    start()
      .then(
        () => subscriber.complete(),
        (error) => subscriber.error(error),
      )
      .finally(controls.close);
    return () => {
      abort.abort();
      controls.wake();
    };
  });
}

function refuse(way: keyof RunFiles): (name: string) => Promise<string> {
  return async (name) => {
    throw new TrainscopeError("OUTPUT_NOT_WRITABLE", `nowhere to ${way} "${name}" to`, {
      hint: `Give train() the function \`${way}\`.`,
    });
  };
}
