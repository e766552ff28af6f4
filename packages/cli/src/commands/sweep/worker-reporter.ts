// What a worker does, as lines for people or as an event a line for programs.
import { jsonText, type Print } from "@trainscope/tui/output";
import type { WorkerReporter } from "./queue-flags.ts";
import { formatObjective } from "./results.ts";
import type { TrialOutcome, TrialTask } from "./trial-task.ts";

export type WorkerEvent =
  | {
      readonly type: "worker:start";
      readonly name: string;
      readonly queue: string;
      readonly prefix: string;
      /** Trainings at a time. */
      readonly slots: number;
      readonly dataName: string;
      readonly fingerprint: string;
      readonly store: string;
    }
  | { readonly type: "trial:start"; readonly task: TrialTask }
  | { readonly type: "trial:end"; readonly task: TrialTask; readonly outcome: TrialOutcome }
  | { readonly type: "worker:end" };

export function createWorkerReporter(reporter: WorkerReporter, print: Print): (event: WorkerEvent) => void {
  if (reporter === "json") return (event) => print(jsonText({ ...event, time: Date.now() }));
  return (event) => print(...linesOf(event));
}

function linesOf(event: WorkerEvent): readonly string[] {
  switch (event.type) {
    case "worker:start": {
      const { name, queue, prefix, slots, dataName, fingerprint, store } = event;
      return [
        `data: ${dataName}, checksum ${fingerprint.slice(0, 12)}`,
        `worker: ${name}, ${slots} ${slots === 1 ? "training" : "trainings"} at a time; store: ${store}`,
        `waits for trials of ${queue}, prefix ${prefix}`,
      ];
    }
    case "trial:start":
      return [`began | ${event.task.title}`];
    case "trial:end": {
      const { title, epochs } = event.task;
      const { values, reason, milliseconds, reused } = event.outcome;
      const accuracy = values["validation/accuracy"];
      const figure =
        reason === "diverged" || accuracy === null
          ? "diverged"
          : formatObjective("validation/accuracy", accuracy);
      return [
        [
          "ended",
          title,
          `${epochs} epoch${epochs === 1 ? "" : "s"}`,
          `validation/accuracy ${figure}`,
          reused ? "was in the store" : `${(milliseconds / 1000).toFixed(1)} s`,
        ].join(" | "),
      ];
    }
    case "worker:end":
      return ["drained"];
  }
}
