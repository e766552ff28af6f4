// Learning-rate schedules: a plain description, and one pure function from step to rate.

import { TrainscopeError } from "../errors.ts";
import { refuseUnknown } from "../refuse-unknown.ts";
import { describeValue } from "../text/describe-value.ts";

/** How the learning rate goes down, or up and down, over the epochs. */
export type Schedule =
  | { readonly kind: "constant" }
  /** Multiplied by `factor` after every `every` epochs. */
  | { readonly kind: "step"; readonly every: number; readonly factor: number }
  /** Multiplied by `factor` after each epoch. */
  | { readonly kind: "exponential"; readonly factor: number }
  /** Half a cosine from the learning rate to 0 over the whole run (Loshchilov & Hutter 2017, without restarts). */
  | { readonly kind: "cosine" }
  /** Triangular between `minimum` and the learning rate, up and down once every `period` epochs (Smith 2017). */
  | { readonly kind: "cyclical"; readonly minimum: number; readonly period: number };

const FORMS = "constant, step:EVERY:FACTOR, exponential:FACTOR, cosine, cyclical:MINIMUM:PERIOD";

/**
 * The rate of one update. `progress` is the time in epochs since the start, e.g. 2.5 in the middle of the third;
 * step and exponential decay change it at whole epochs only.
 */
export function learningRateAt(schedule: Schedule, base: number, progress: number, epochs: number): number {
  switch (schedule.kind) {
    case "constant":
      return base;
    case "step":
      return base * schedule.factor ** Math.floor(Math.floor(progress) / schedule.every);
    case "exponential":
      return base * schedule.factor ** Math.floor(progress);
    case "cosine":
      return (base * (1 + Math.cos((Math.PI * progress) / epochs))) / 2;
    case "cyclical": {
      const phase = (progress / schedule.period) % 1;
      const height = 1 - Math.abs(2 * phase - 1);
      return schedule.minimum + (base - schedule.minimum) * height;
    }
  }
}

/** What each kind has besides. */
const NUMBERS: Readonly<Record<Schedule["kind"], readonly string[]>> = {
  constant: [],
  step: ["every", "factor"],
  exponential: ["factor"],
  cosine: [],
  cyclical: ["minimum", "period"],
};

/** Throws `BAD_OPTION` where a number of the schedule is out of range, or it has what its kind hasn't. */
export function checkSchedule(schedule: Schedule): void {
  checkKind(schedule);
  refuseUnknown(`the ${schedule.kind} schedule`, schedule, ["kind", ...NUMBERS[schedule.kind]]);
}

function checkKind(schedule: Schedule): void {
  switch (schedule?.kind) {
    case "constant":
    case "cosine":
      return;
    case "step":
      requirePositive("step", "EVERY", schedule.every);
      requirePositive("step", "FACTOR", schedule.factor);
      return;
    case "exponential":
      requirePositive("exponential", "FACTOR", schedule.factor);
      return;
    case "cyclical":
      requirePositive("cyclical", "MINIMUM", schedule.minimum);
      requirePositive("cyclical", "PERIOD", schedule.period);
      return;
    default:
      throw new TrainscopeError(
        "BAD_OPTION",
        `schedule is ${JSON.stringify(schedule)}; expected one of ${FORMS}`,
      );
  }
}

/** Reads `step:10:0.1` and its like. Throws `BAD_OPTION` naming the forms there are. */
export function parseSchedule(text: string): Schedule {
  const [kind, ...rest] = text.split(":");
  const numbers = rest.map((part) => (part.trim() === "" ? Number.NaN : Number(part)));
  const [first = Number.NaN, second = Number.NaN] = numbers;
  const schedule = ((): Schedule | undefined => {
    if (kind === "constant" && rest.length === 0) return { kind };
    if (kind === "cosine" && rest.length === 0) return { kind };
    if (kind === "step" && rest.length === 2) return { kind, every: first, factor: second };
    if (kind === "exponential" && rest.length === 1) return { kind, factor: first };
    if (kind === "cyclical" && rest.length === 2) return { kind, minimum: first, period: second };
    return undefined;
  })();
  if (schedule === undefined) {
    throw new TrainscopeError("BAD_OPTION", `schedule is "${text}"; expected one of ${FORMS}`);
  }
  checkSchedule(schedule);
  return schedule;
}

function requirePositive(kind: string, name: string, value: number): void {
  if (typeof value !== "number" || !Number.isFinite(value) || value <= 0) {
    throw new TrainscopeError(
      "BAD_OPTION",
      `${name} of the ${kind} schedule is ${describeValue(value)}; expected a number above 0`,
    );
  }
}
