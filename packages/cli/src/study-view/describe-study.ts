import type { StudyStartEvent } from "@trainscope/study";

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
    seeds.length === 1 ? `seed ${seeds[0]}` : `seeds ${seeds[0]} to ${seeds.at(-1)}`,
    `${jobs} job${jobs === 1 ? "" : "s"}`,
  ];
}
