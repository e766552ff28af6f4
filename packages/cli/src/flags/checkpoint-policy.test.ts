import { expect, it } from "vitest";
import { checkpointFlags, chooseCheckpoints } from "./checkpoint-policy.ts";

it("what the command says goes before what was recorded, and that before the usual", () => {
  expect(chooseCheckpoints({})).toEqual({ every: 10, keep: 5 });
  expect(chooseCheckpoints({}, { every: 7, keep: 2 })).toEqual({ every: 7, keep: 2 });
  expect(chooseCheckpoints({ checkpointEvery: 0 }, { every: 7, keep: 2 })).toEqual({ every: 0, keep: 2 });
  expect(chooseCheckpoints({ keepCheckpoints: 9 })).toEqual({ every: 10, keep: 9 });
});

it("a fork that a key asks for is given the same", () => {
  const policy = { every: 0, keep: 3 };
  expect(chooseCheckpoints(checkpointFlags(policy), { every: 7, keep: 2 })).toEqual(policy);
});
