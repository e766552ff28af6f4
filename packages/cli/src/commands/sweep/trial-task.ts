// One training as a task: plain data that may come from another machine, and what it came to, which may as well. Both are checked
// as they come in; nothing in them is followed: files are named by what this side makes of the settings.
import { createHash } from "node:crypto";
import { isTrainscopeError } from "@trainscope/core/errors";
import type { Environment, RunEndReason } from "@trainscope/core/events";
import { SWEEP_OBJECTIVES } from "@trainscope/core/plugins";
import { type Checked, COUNT, checkShape, NUMBER, oneOf, STRING, shapeOf } from "@trainscope/core/schema";
import { resolveSettings, type TrainSettings } from "@trainscope/core/settings";
import { type Trial, trialKey } from "@trainscope/sweep/trial";
import * as z from "zod/mini";
import type { Objective } from "./definition.ts";

export interface TrialTask {
  readonly v: 1;
  /** That is to train it, with its version: another one's results may be others. */
  readonly program: string;
  readonly dataName: string;
  /** Of the images that are trained on and validated with. */
  readonly fingerprint: string;
  /** For people. */
  readonly title: string;
  /** In all; fewer than the settings say leave the trial to be gone on with. */
  readonly epochs: number;
  readonly settings: TrainSettings;
}

export interface TrialOutcome {
  readonly v: 1;
  readonly reason: Exclude<RunEndReason, "failed">;
  /** Figures of the validation split. */
  readonly values: ObjectiveValues;
  readonly milliseconds: number;
  /** Of what computed it. */
  readonly environment: Environment;
  /** Found in the worker's store, not trained. */
  readonly reused: boolean;
  /** With its curves, in the worker's store: for people, nothing opens it by this name. */
  readonly file: string;
  /** Of each epoch, by tag; left out where it travels. */
  readonly series?: Readonly<Record<string, readonly (number | null)[]>>;
}

export type ObjectiveValues = Readonly<Record<Objective, number | null>>;

export function objectiveValues(metrics: Readonly<Record<string, unknown>>): ObjectiveValues {
  return Object.fromEntries(
    SWEEP_OBJECTIVES.map((tag) => [tag, typeof metrics[tag] === "number" ? metrics[tag] : null]),
  ) as ObjectiveValues;
}

/** Its settings name it: where the same ones are tried again, whatever for, what is kept is found. */
export function trialOf({ epochs, title, settings }: TrialTask): Trial {
  return {
    id: `epochs-${epochs}-seed-${settings.seed}`,
    title,
    data: "assignment",
    settings,
    keepsFrames: false,
  };
}

/** Whatever computes it: who asks doesn't know who will. */
const ANYTHING: Environment = { engine: "any", precision: "float32", threads: 1 };

/** The same for all that come to the same, but for what computes. */
export function taskKey(task: TrialTask): string {
  const trial = trialOf(task);
  const { program: version, fingerprint: dataFingerprint } = task;
  const text = trialKey(trial, { version, dataFingerprint, environment: ANYTHING });
  return `${trial.id}-${createHash("sha256").update(text).digest("hex").slice(0, 32)}`;
}

/**
 * Of those that train the same study: version and images are in it, so that none takes what it can't train. `program` as tasks name
 * it.
 */
export function queueNameOf({ program, fingerprint }: Pick<TrialTask, "program" | "fingerprint">): string {
  return `trials-${program.replace(/[^\w.-]+/g, "-")}-${fingerprint.slice(0, 12)}`;
}

const SHORT = STRING.check(z.maxLength(500, "a string of at most 500 characters"));
const FINGERPRINT = z
  .string("a checksum")
  .check(z.regex(/^[0-9a-f]{64}$/, "a checksum: 64 hexadecimal digits"));
const FIGURE = z.union([NUMBER, z.null()], "a number or null");

const TASK = shapeOf({
  v: z.literal(1, "1"),
  program: SHORT,
  dataName: SHORT,
  fingerprint: FINGERPRINT,
  title: SHORT,
  epochs: COUNT.check(z.minimum(1, "a whole number of at least 1")),
  settings: z.record(STRING, z.unknown(), "an object"),
});

/** Settings that train wouldn't take are refused, too, a task that came under another's key, and one of another study. */
export function checkTrialTask(
  key: string,
  value: unknown,
  study: Pick<TrialTask, "program" | "fingerprint">,
): Checked<TrialTask> {
  const found = checkShape(TASK, value);
  if ("reason" in found) return found;
  try {
    const task: TrialTask = { ...found.value, settings: resolveSettings(found.value.settings) };
    if (task.epochs > task.settings.epochs) {
      return {
        reason: `epochs is ${task.epochs}; expected at most ${task.settings.epochs}, as in its settings`,
      };
    }
    for (const name of ["program", "fingerprint"] as const) {
      if (task[name] !== study[name]) return { reason: `${name} is ${task[name]}; expected ${study[name]}` };
    }
    return taskKey(task) === key ? { value: task } : { reason: "its key is not that of its settings" };
  } catch (error) {
    if (isTrainscopeError(error)) return { reason: error.message };
    throw error;
  }
}

const REASONS = ["completed", "stopped", "early-stop", "diverged"] as const;

const OUTCOME = shapeOf({
  v: z.literal(1, "1"),
  reason: oneOf(REASONS),
  values: shapeOf({ "validation/accuracy": FIGURE, "validation/loss": FIGURE }),
  milliseconds: NUMBER,
  environment: shapeOf({
    engine: SHORT,
    precision: oneOf(["float32", "float64"]),
    threads: COUNT,
    simd: z.exactOptional(SHORT),
    vectors: z.exactOptional(SHORT),
    build: z.exactOptional(SHORT),
    processor: z.exactOptional(SHORT),
    runtime: z.exactOptional(SHORT),
  }),
  reused: z.boolean("true or false"),
  file: SHORT,
});

export function checkTrialOutcome(value: unknown): Checked<TrialOutcome> {
  return checkShape(OUTCOME, value);
}
