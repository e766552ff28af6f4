import fc from "fast-check";
import { expect, it } from "vitest";
import { type Control, isModeControl } from "./control.ts";
import { createControlQueue } from "./control-queue.ts";

function takeAll(sent: readonly Control[]): Control[] {
  const waiting = createControlQueue();
  for (const control of sent) waiting.add(control);
  const taken: Control[] = [];
  for (let next = waiting.take(); next !== undefined; next = waiting.take()) taken.push(next);
  return taken;
}

it("208,000 changes of a setting and 24,200 exports are one of each, the setting's newest", () => {
  const changes = Array.from({ length: 208_000 }, (_, i): Control => ({ action: "lambda", to: i }));
  const exports = Array.from({ length: 24_200 }, (): Control => ({ action: "export" }));
  expect(takeAll([...changes, ...exports])).toEqual([{ action: "lambda", to: 207_999 }, { action: "export" }]);
});

const control: fc.Arbitrary<Control> = fc.oneof(
  fc.constantFrom<Control>(
    ...(["pause", "resume", "checkpoint", "export"] as const).map((action) => ({ action })),
    { action: "step" },
    { action: "step", unit: "epoch" },
    { action: "step", unit: "batch" },
  ),
  fc.record({ action: fc.constantFrom("lambda" as const, "learningRate" as const), to: fc.nat() }),
);

it("of any list the newest of each kind are left, in their order, and nothing after a stop", () => {
  fc.assert(
    fc.property(fc.array(control), fc.boolean(), fc.array(control), (before, isStopped, after) => {
      const stop: Control[] = isStopped ? [{ action: "stop" }] : [];
      const taken = takeAll([...before, ...stop, ...after]);
      const counted = isStopped ? before : [...before, ...after];
      const requests = counted.filter((one) => !isModeControl(one));
      const newest = requests.filter(
        (one, i) => !requests.slice(i + 1).some(({ action }) => action === one.action),
      );
      expect(taken.filter((one) => !isModeControl(one))).toEqual(newest);
      const modes = taken.filter(isModeControl);
      expect(modes.length).toBeLessThanOrEqual(2);
      expect(modes.at(-1)?.action).toBe(isStopped ? "stop" : counted.findLast(isModeControl)?.action);
    }),
  );
});

it("a pause that is taken back at once is seen to begin and to end", () => {
  const sent: Control[] = [{ action: "pause" }, { action: "resume" }];
  expect(takeAll(sent)).toEqual(sent);
  expect(takeAll([...sent, ...sent, ...sent])).toEqual(sent);
});
