import { expect, it } from "vitest";
import { SECOND, sweepStart, told, trialEvents } from "./testing/sweep.ts";
import { playTimes } from "./watch-sweep.ts";

it("plays a sweep at its own pace, and not the night before it was gone on with", () => {
  const trial = { point: { learningRate: 0.01 }, seed: 0, lane: 1, accuracy: 0.3 };
  const bodies = (candidate: number) => [sweepStart(), ...trialEvents({ candidate, ...trial }, 1)];
  const night = 8 * 3600 * SECOND;
  const second = told(bodies(1)).map((event) => ({ ...event, time: event.time + night }));
  expect(playTimes([...told(bodies(0)), ...second], 10)).toEqual(
    [0, 1, 2, 3, 3, 4, 5, 6].map((seconds) => (seconds * SECOND) / 10),
  );
});
