import { expect, it } from "vitest";
import { mirrorOrder } from "./mirror.ts";

it("mirrors each row of each plane, and twice is once nothing", () => {
  const order = mirrorOrder({ width: 3, height: 2, channels: 2 });
  expect([...order]).toEqual([2, 1, 0, 5, 4, 3, 8, 7, 6, 11, 10, 9]);
  expect([...order].map((j) => order[j])).toEqual(Array.from(order, (_, j) => j));
});
