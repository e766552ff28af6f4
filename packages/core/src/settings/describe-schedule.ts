import type { Schedule } from "./schedule.ts";

/** A schedule in the form that `--schedule` takes. */
export function describeSchedule(schedule: Schedule): string {
  switch (schedule.kind) {
    case "constant":
    case "cosine":
      return schedule.kind;
    case "step":
      return `step:${schedule.every}:${schedule.factor}`;
    case "exponential":
      return `exponential:${schedule.factor}`;
    case "cyclical":
      return `cyclical:${schedule.minimum}:${schedule.period}`;
  }
}
