import type { StudyEvent } from "@trainscope/study";
import { describe, expect, it } from "vitest";
import {
  at,
  BEGINNING,
  epochsOf,
  stateAfter,
  studyStart,
  trialEnd,
  trialOf,
  wholeTrial,
} from "../testing/study.ts";
import { addToStudy } from "./add-event.ts";
import { initialStudyState, type StudyState } from "./state.ts";
import { timeLeft } from "./time-left.ts";
import { studyShare } from "./work.ts";

/** Settings and figures alone, half of the time each. */
const HALVES = [
  { name: "settings", title: "Four settings", steps: 4, share: 0.5 },
  { name: "figures", title: "Figures", steps: 10, share: 0.5 },
] as const;

const start: readonly StudyEvent[] = [
  at(0, studyStart(HALVES)),
  at(0, { type: "stage:start", stage: "settings" }),
];

function leftAfter(events: readonly StudyEvent[]): number | undefined {
  const state = stateAfter(events);
  return timeLeft(state, state.time);
}

describe("timeLeft", () => {
  it("is unknown until there is something to tell it from", () => {
    expect(leftAfter(start)).toBeUndefined();
    expect(
      leftAfter([
        ...start,
        at(500, { type: "stage:progress", stage: "settings", done: 1, steps: 4, text: "" }),
      ]),
    ).toBeUndefined();
  });

  it("is what remains at the pace so far", () => {
    // A quarter of a half in 40 s: a trial takes 40 s, and figures as long as all four.
    expect(leftAfter([...start, ...wholeTrial(trialOf(0), 0)])).toBeCloseTo(120_000 + 160_000, -3);
  });

  it("is not shortened by trials that were kept from before", () => {
    const kept = [trialEnd(trialOf(0), 0, 0.3, true), trialEnd(trialOf(1), 0, 0.3, true)];
    expect(leftAfter([...start, ...kept])).toBeUndefined();
    const state = stateAfter([...start, ...kept, ...wholeTrial(trialOf(2), 0)]);
    expect(timeLeft(state, state.time)).toBeCloseTo(40_000 + 160_000, -3);
    expect(studyShare(state).reused).toBeCloseTo(0.25);
  });

  it("falls at once where much of a later stage was kept from before", () => {
    const before = stateAfter([
      ...BEGINNING,
      ...[0, 1, 2, 3].flatMap((index) => wholeTrial(trialOf(index), 10_000 + index * 40_000)),
    ]);
    const kept = Array.from({ length: 15 }, (_, index) =>
      trialEnd(trialOf(index, "improvements"), 170_000, 0.3, true),
    );
    const after = kept.reduce(addToStudy, before);
    expect(timeLeft(before, 170_000)).toBeGreaterThan(150_000);
    expect(timeLeft(after, 170_000)).toBeLessThan(60_000);
  });

  it("weighs trials by their images: one of five times as many counts five times", () => {
    const large = trialOf(0);
    const [begin, run, ...epochs] = wholeTrial(large, 0);
    const [, smallRun] = epochsOf(trialOf(1), 0, 0);
    if (run?.type !== "trial:event" || run.event.type !== "run:start" || !begin || !smallRun)
      throw new Error("no run");
    const { event } = run;
    if (event.data === undefined) throw new Error("no data");
    const larger = { ...run, event: { ...event, data: { ...event.data, train: 50_000, validation: 50_000 } } };
    const others = [1, 2, 3].flatMap((index) => epochsOf(trialOf(index), 0, 0));
    const state = stateAfter([...start, begin, larger, ...others, ...epochs.slice(0, -1)]);
    expect(studyShare(state).done).toBeCloseTo(0.5 * (5 / 8));
  });

  it("comes down by about the time that passes, without jumps, and is right within a third", () => {
    const events = [
      ...start,
      ...[0, 1, 2, 3].flatMap((index) => wholeTrial(trialOf(index), index * 40_000)),
      at(160_000, { type: "stage:end", stage: "settings", text: "" }),
      at(160_000, { type: "stage:start", stage: "figures" }),
      ...Array.from({ length: 10 }, (_, index) =>
        // Somewhat quicker than its share says.
        at(172_000 + index * 12_000, {
          type: "stage:progress",
          stage: "figures",
          done: index + 1,
          steps: 10,
          text: "",
        }),
      ),
    ];
    const end = 280_000;
    let state: StudyState = initialStudyState();
    let before: number | undefined;
    for (const event of events) {
      const passed = event.time - (state.time ?? 0);
      state = addToStudy(state, event);
      const left = timeLeft(state, event.time);
      if (left !== undefined && before !== undefined) {
        expect(left - before).toBeLessThan(5000);
        expect(before - left).toBeLessThan(passed + 0.35 * before + 5000);
      }
      if (left !== undefined && event.time > 20_000) {
        expect(left).toBeLessThan((end - event.time) * 1.34 + 5000);
        expect(left).toBeGreaterThan((end - event.time) * 0.66 - 5000);
      }
      before = left;
    }
    expect(before).toBeLessThan(1000);
  });

  it("counts down between events, and no further than half of what the pace says", () => {
    const state = stateAfter([...start, ...wholeTrial(trialOf(0), 0)]);
    const now = timeLeft(state, 40_000) ?? 0;
    expect(timeLeft(state, 50_000)).toBeCloseTo(now - 10_000, -3);
    expect(timeLeft(state, 4_000_000)).toBeGreaterThan(now);
  });
});
