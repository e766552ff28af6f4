import type { StudyStartEvent } from "@trainscope/core";

/** A study in a few words: its part, its seeds, and how many trials run at a time. */
export function describeStudy({
  part,
  quick,
  seeds,
  jobs,
}: Pick<StudyStartEvent, "part" | "quick" | "seeds" | "jobs">): readonly string[] {
  return [
    part,
    ...(quick ? ["quick"] : []),
    `seed${seeds.length === 1 ? "" : "s"} ${seeds.join(" ")}`,
    `${jobs} job${jobs === 1 ? "" : "s"}`,
  ];
}
