import { expect, it } from "vitest";
import type { SweepEntrant, SweepOutcome } from "../programs/sweep-entrants.ts";
import { MOST_SIDE_BY_SIDE, runSweeps } from "./sweep.ts";

const right: SweepOutcome = { trials: 64, accuracy: 0.4, versions: {} };

function entrant(name: string, outcome: object, isOurs = false): SweepEntrant {
  const command = { command: process.execPath, args: ["-e", ""] };
  return { name, isOurs, command: () => command, read: () => outcome as SweepOutcome };
}

function runWith(peer: object, threads = 2) {
  return runSweeps({
    sideBySide: [entrant("one", { ...right, trials: 1 }, true), entrant("two", { ...right, trials: 2 })],
    grid: [entrant("ours", right, true), entrant("peer", peer)],
    near: 0.02,
    rounds: 1,
    pauseMs: 0,
    threads,
  });
}

it("each program has a row with its trials; two side by side have a goal, which one thread can't have", async () => {
  const { table, errors } = await runWith({ ...right, accuracy: 0.41 });
  expect(errors).toEqual([]);
  expect(table.rows.map(([name, trials]) => [name, trials])).toEqual([
    ["one", "1"],
    ["two", "2"],
    ["ours", "64"],
    ["peer", "64"],
  ]);
  expect(table.rows.map((row) => row[6]?.startsWith(`≤ ${MOST_SIDE_BY_SIDE}`))).toEqual([
    false,
    true,
    false,
    false,
  ]);
  expect((await runWith(right, 1)).table.rows[1]?.[6]).toBe("");
});

it.each([
  [{ ...right, trials: 32 }, "peer: 32 trials; expected 64"],
  [{ ...right, accuracy: 0.37 }, "peer: best accuracy 37.0 %; expected 40.0 %"],
])("another result is an error: %j", async (peer, message) => {
  expect((await runWith(peer)).errors).toEqual([message]);
});

it("a peer that isn't installed is told, and the rest is measured", async () => {
  const { table, notes, errors } = await runWith({ missing: "sklearn is not installed" });
  expect(errors).toEqual([]);
  expect(notes).toContain("peer is missing: sklearn is not installed");
  expect(table.rows).toHaveLength(3);
});
