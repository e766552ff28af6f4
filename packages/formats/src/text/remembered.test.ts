import { expect, it, vi } from "vitest";
import { remembered } from "./remembered.ts";

it("finds once, and again where it has too much to keep or a text is long", () => {
  const find = vi.fn((text: string) => text.length);
  const length = remembered(find);
  expect([length("ab"), length("ab"), length("abc")]).toEqual([2, 2, 3]);
  expect(find).toHaveBeenCalledTimes(2);
  for (let number = 0; number < 5000; number++) length(`text ${number}`);
  expect([length("ab"), length("x".repeat(1000)), length("x".repeat(1000))]).toEqual([2, 1000, 1000]);
  expect(find).toHaveBeenCalledTimes(2 + 5000 + 3);
});
