import { describe, expect, it } from "vitest";
import { cameToNothing, describeResults, resultsCsv, type SweepResults } from "./results.ts";
import { sweepResults } from "./testing/sweep.ts";

/** The results of a sweep whose settings so far from the top have each lost a training. */
function withLost(...ranks: readonly number[]): SweepResults {
  const results = sweepResults(4);
  const candidates = results.candidates.map((one) =>
    ranks.includes(one.rank)
      ? { ...one, values: { ...one.values, 1: null }, lost: [1], mean: null, deviation: null }
      : one,
  );
  return { ...results, candidates, winner: candidates[0]?.mean == null ? null : results.winner };
}

describe("what a sweep came to", () => {
  it("names what was lost as lost, and says that it is tried again", () => {
    const lines = describeResults(withLost(3));
    expect(lines[3]).toMatch(/^3 .* lost +-$/);
    expect(lines.at(-2)).toBe(
      "lost: 1 training of 1 setting came to nothing; the same command tries it once more",
    );
    expect(lines.at(-1)).toMatch(/^test accuracy of the winner: /);
  });

  it("gives what was lost as the reason where there is no winner", () => {
    const lines = describeResults(withLost(1, 2, 3));
    expect(lines.at(-2)).toContain("lost: 3 trainings of 3 settings came to nothing");
    expect(lines.at(-1)).toBe("no winner: of every setting at least one training diverged or was lost");
  });

  it("came to nothing where no setting has a figure and one of them may yet have", () => {
    const diverged = { ...sweepResults(4), winner: null };
    expect([withLost(3), withLost(1, 2, 3), diverged].map(cameToNothing)).toEqual([false, true, false]);
  });

  it("is told apart in CSV by the state, as cells without a figure are empty", () => {
    const [head = "", ...rows] = resultsCsv(withLost(3)).trimEnd().split("\r\n");
    const at = head.split(",").indexOf("state");
    expect(rows.map((row) => row.split(",")[at])).toEqual(["done", "done", "lost", "diverged"]);
  });
});
