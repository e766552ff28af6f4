// A thread of the gradient check: checks its classes in one case after another, and ends. Started by on-threads.ts.
import { parentPort, workerData } from "node:worker_threads";
import {
  type ClassRange,
  checkGradient,
  type GradientCheckCase,
  type GradientCheckOptions,
  type GradientCheckRow,
} from "@trainscope/core/gradient-check";

export interface ThreadWork {
  readonly options: GradientCheckOptions;
  readonly cases: readonly GradientCheckCase[];
  readonly classes: ClassRange;
}

/** `ready` comes first, then the rows of each case. */
export type ThreadMessage = "ready" | readonly GradientCheckRow[];

const post = (message: ThreadMessage): void => parentPort?.postMessage(message);

const { options, cases, classes } = workerData as ThreadWork;
post("ready");
for (const chosen of cases) post(await checkGradient(options, chosen, classes));
