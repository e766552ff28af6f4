import { expect, it } from "vitest";
import { valueRange } from "./value-range.ts";

it.each([
  ["fraction", {}, [0, 1]],
  ["%", {}, [0, 100]],
  ["fraction", { range: [-1, 1] }, [-1, 1]],
  ["nats", {}, undefined],
  [null, {}, undefined],
] as const)("of the unit %s, with the display %j: %j", (unit, display, range) => {
  expect(valueRange({ unit, display })).toEqual(range);
});
