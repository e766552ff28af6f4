import { describe, expect, it } from "vitest";
import { createComparison } from "./comparison.ts";
import { comparisonCsv } from "./comparison-csv.ts";
import { comparisonObject } from "./comparison-json.ts";
import { describeComparison } from "./describe-comparison.ts";
import { groupBySeed, meanAndHalf } from "./group-by-seed.ts";
import { probabilityWithin, t95 } from "./student.ts";
import { endMade, runMade } from "./testing/runs.ts";

const ACCURACY = "validation/accuracy";

/** Three seeds of one setting, one of another; the third has an epoch less. */
const RUNS = [
  runMade({
    runId: "r-a",
    settings: { seed: 0 },
    accuracies: [0.1, 0.3, 0.2],
    after: [endMade({ "test/accuracy": 0.2 })],
  }),
  runMade({
    runId: "r-b",
    settings: { seed: 1 },
    accuracies: [0.2, 0.5, 0.2],
    after: [endMade({ "test/accuracy": 0.4 })],
  }),
  runMade({
    runId: "r-c",
    settings: { seed: 2 },
    accuracies: [0.3, 0.4],
    after: [endMade({ "test/accuracy": 0.3 })],
  }),
  runMade({ runId: "r-d", settings: { seed: 0, learningRate: 0.01 }, accuracies: [0.2] }),
];
/** Of 0.1, 0.2 and 0.3: the deviation is 0.1, t with two degrees of freedom 4.302653 (any table). */
const HALF = (4.302653 * 0.1) / Math.sqrt(3);

describe("groupBySeed", () => {
  it("makes one of runs that differ in nothing but their seed, and leaves the others", () => {
    const grouped = groupBySeed(RUNS);
    expect(grouped.map(({ label, group }) => [label, group?.seeds])).toEqual([
      ["mean of 3", ["0", "1", "2"]],
      [null, undefined],
    ]);
    expect(grouped[1]).toBe(RUNS[3]);
    expect(grouped[0]?.settings.get("seed")).toBe("0, 1, 2");
    // In whatever order they were read.
    expect(groupBySeed(RUNS.toReversed())[1]?.settings.get("seed")).toBe("0, 1, 2");
  });

  it("has the mean at the points that all of the runs have, its band, and the best of the mean", () => {
    const [mean] = groupBySeed(RUNS);
    const series = mean?.history.series.get(ACCURACY);
    expect(series?.x).toEqual([1, 2]);
    expect(series?.values).toEqual([expect.closeTo(0.2), expect.closeTo(0.4)]);
    const halves = [expect.closeTo(HALF, 6), expect.closeTo(HALF, 6)];
    expect(mean?.group?.halfWidths.get(ACCURACY)).toEqual(halves);
    expect(mean?.best.get(ACCURACY)).toEqual({ x: 2, value: expect.closeTo(0.4) });
    expect(mean?.test).toEqual({ "test/accuracy": expect.closeTo(0.3) });
    expect(mean?.group?.testHalfWidths.get("test/accuracy")).toBeCloseTo(HALF, 6);
    // Each epoch takes 3 s.
    expect(mean?.clock).toEqual({ x: [1, 2], seconds: [3, 6] });
  });

  it("takes a value that is missing of one run for missing of the mean", () => {
    const [mean] = groupBySeed([
      runMade({ runId: "a", settings: { seed: 0 }, accuracies: [0.1, null] }),
      runMade({ runId: "b", settings: { seed: 1 }, accuracies: [0.2, 0.5] }),
    ]);
    expect(mean?.history.series.get(ACCURACY)?.values).toEqual([expect.closeTo(0.15), null]);
    expect(mean?.group?.halfWidths.get(ACCURACY)?.[1]).toBeNull();
  });

  it("runs whose seed nobody knows stay apart", () => {
    const { settings, ...run } = runMade({ accuracies: [0.1] });
    const logs = ["one", "two"].map((key) => ({ ...run, key, settings: new Map<string, string>() }));
    expect(groupBySeed(logs)).toHaveLength(2);
  });
});

describe("a comparison of means", () => {
  const comparison = createComparison(groupBySeed(RUNS));

  it("as a table has n and the half width of the band", () => {
    const [head, first, second] = describeComparison(comparison, comparison.metrics[0]);
    expect(head).toMatch(/^run +n +eta +seed +best validation\/accuracy +test\/accuracy/);
    expect(first).toMatch(
      /^mean of 3 +3 +0\.001 +0, 1, 2 +40\.00 % ± 24\.84 % after 2 \* +30\.00 % ± 24\.84 % \*/,
    );
    expect(second).toMatch(/^d +1 +0\.01 +0 +20\.00 % after 1 /);
  });

  it("as CSV has low, high and n beside the value; without means it has not", () => {
    const lines = [...comparisonCsv(comparison)].join("").split("\n");
    expect(lines[0]).toBe("run,epoch,seconds,tag,value,low,high,n");
    const [, , , , value, low, high, n] = lines.find((line) => line.startsWith("r-a,1,"))?.split(",") ?? [];
    expect([value, low, high].map(Number)).toEqual(
      [0.2, 0.2 - HALF, 0.2 + HALF].map((one) => expect.closeTo(one, 6)),
    );
    expect(n).toBe("3");
    expect(lines.find((line) => line.startsWith("r-d,1,"))).toMatch(/,0\.2,,,1$/);
    expect([...comparisonCsv(createComparison(RUNS))].join("")).toContain("run,epoch,seconds,tag,value\n");
  });

  it("as JSON says which runs, and the edges of the band", () => {
    const [mean, alone] = comparisonObject(comparison).runs;
    const group = mean && "group" in mean ? mean.group : undefined;
    expect(group).toMatchObject({ n: 3, runs: ["r-a", "r-b", "r-c"], seeds: ["0", "1", "2"] });
    const band = group?.bands[ACCURACY] as { low: number[]; high: number[] };
    expect(band.low[1]).toBeCloseTo(0.4 - HALF, 6);
    expect(band.high[1]).toBeCloseTo(0.4 + HALF, 6);
    expect(alone).not.toHaveProperty("group");
  });
});

describe("Student's t", () => {
  // Two-sided 95 %, as printed in any table.
  it.each([
    [1, 12.7062],
    [2, 4.30265],
    [3, 3.18245],
    [4, 2.77645],
    [5, 2.57058],
    [9, 2.26216],
    [10, 2.22814],
    [30, 2.04227],
    [1000, 1.96234],
  ])("with %d degrees of freedom lies within ± %d with 95 %%", (freedom, expected) => {
    expect(t95(freedom)).toBeCloseTo(expected, 4);
    expect(probabilityWithin(expected, freedom)).toBeCloseTo(0.95, 5);
  });

  it("the band of equal values has no width", () => {
    expect(meanAndHalf([0.5, 0.5])).toEqual({ mean: 0.5, half: 0 });
  });
});
