import { expect, test } from "vitest";
import type { VariantResult } from "../stages/results.ts";
import { seededOptionalResults } from "../testing/study.ts";
import { gainRows } from "./gains.ts";

const { baseline, variants, ensemble } = seededOptionalResults();

function gaining(difference: number, standardError: number): VariantResult {
  return { ...(variants[0] as VariantResult), gain: { difference, standardError, images: 100 } };
}

test("the greatest gain comes first, the ensemble among the variants, the baseline nowhere", () => {
  const rows = gainRows([baseline, ...variants], ensemble);
  expect(rows).toHaveLength(variants.length + 1);
  const gains = rows.map(({ gain }) => gain);
  expect(gains).toEqual(gains.toSorted((a, b) => b - a));
  expect(rows.find(({ group }) => group === "ensemble")?.gain).toBeCloseTo(0.88, 10);
});

test("points and bars are percentage points, a bar two standard errors each way", () => {
  const [row] = gainRows([gaining(0.0125, 0.002)]);
  expect([row?.low, row?.gain, row?.high].map((value) => value?.toFixed(6))).toEqual([
    "0.850000",
    "1.250000",
    "1.650000",
  ]);
  expect(row?.text).toBe("+1.25 ± 0.40");
  expect(gainRows([gaining(-0.0125, 0.002)])[0]?.text).toBe("−1.25 ± 0.40");
});

test("a bar that reaches zero shows no clear difference", () => {
  const verdicts = [0.005, 0.004, -0.004, -0.005].map((gain) => gainRows([gaining(gain, 0.00225)])[0]?.verdict);
  expect(verdicts).toEqual(["Better", "No clear difference", "No clear difference", "Worse"]);
});
