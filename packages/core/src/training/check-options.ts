// The kinds of what a program gives to `train`, before anything looks into it.

import { TrainscopeError } from "../errors.ts";
import { describeValue } from "../text/describe-value.ts";
import type { Resumption } from "./run-history.ts";
import type { TrainOptions } from "./train-options.ts";

interface Kind {
  readonly expected: string;
  readonly fits: (value: unknown) => boolean;
}

const FUNCTION: Kind = { expected: "a function", fits: (value) => typeof value === "function" };
const LIST: Kind = { expected: "a list", fits: Array.isArray };
const OBJECT: Kind = {
  expected: "an object",
  fits: (value) => typeof value === "object" && value !== null && !Array.isArray(value),
};
/** What is within is looked at where it is used. */
const ANY: Kind = { expected: "anything", fits: () => true };

function isCheckpoint(value: unknown): boolean {
  if (!OBJECT.fits(value)) return false;
  const { parameters, settings } = value as Record<string, unknown>;
  return OBJECT.fits(parameters) && OBJECT.fits(settings);
}

function isResumption({ checkpoint, events }: Partial<Resumption>): boolean {
  return isCheckpoint(checkpoint) && Array.isArray(events);
}

const KINDS: Readonly<Record<keyof TrainOptions, Kind>> = {
  dataset: ANY,
  settings: OBJECT,
  metrics: ANY,
  exporters: ANY,
  plugins: ANY,
  engine: {
    expected: "a function that makes an engine, like createWasmEngine()",
    fits: FUNCTION.fits,
  },
  control: {
    expected: "an Observable of controls",
    fits: (value) => OBJECT.fits(value) && typeof (value as { subscribe?: unknown }).subscribe === "function",
  },
  script: LIST,
  saveCheckpoint: FUNCTION,
  checkpointEvery: ANY,
  resume: {
    expected: "an object with a checkpoint and the events before it",
    fits: (value) => OBJECT.fits(value) && isResumption(value as Partial<Resumption>),
  },
  fork: { expected: "a checkpoint, as decodeCheckpoint gives it", fits: isCheckpoint },
  examine: {
    expected: "true, false or a function",
    fits: (value) => typeof value === "boolean" || FUNCTION.fits(value),
  },
  runId: { expected: "a text", fits: (value) => typeof value === "string" },
  write: FUNCTION,
  append: FUNCTION,
  limits: OBJECT,
  now: FUNCTION,
};

/** Throws `BAD_OPTION` for an option that is unknown or of another kind. One that is `undefined` counts as left out. */
export function checkOptionKinds(options: TrainOptions): void {
  if (!OBJECT.fits(options)) throw wrong("what train() was given", options, "an object");
  for (const [name, value] of Object.entries(options)) {
    if (!Object.hasOwn(KINDS, name)) {
      throw new TrainscopeError("BAD_OPTION", `unknown option "${name}" of train()`, {
        hint: `The options are ${Object.keys(KINDS).join(", ")}.`,
      });
    }
    const { expected, fits } = KINDS[name as keyof TrainOptions];
    if (value !== undefined && !fits(value)) throw wrong(name, value, expected);
  }
}

function wrong(name: string, found: unknown, expected: string): TrainscopeError {
  return new TrainscopeError("BAD_OPTION", `${name} is ${describeValue(found)}; expected ${expected}`);
}
