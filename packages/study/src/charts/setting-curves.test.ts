import type { Panel } from "@trainscope/viz/parts";
import { describe, expect, test } from "vitest";
import type { SettingResult } from "../stages/results.ts";
import { seededStudy } from "../testing/study.ts";
import { describeSeeds, settingCurvesSpecification } from "./setting-curves.ts";

type Row = Readonly<Record<string, unknown>>;

function rowsOf(setting: SettingResult, mark: string): Row[] {
  const spec = settingCurvesSpecification(setting, { quantity: "accuracy", classes: 10 }) as unknown as Panel;
  return spec.layer
    .filter((one) => "mark" in one && typeof one.mark === "object" && one.mark.type === mark)
    .flatMap((one) => (one.data as { values: Row[] }).values);
}

const [one] = seededStudy({ part: "basic" }).settings as [SettingResult];
const [three] = seededStudy({ part: "basic", seeds: 3 }).settings as [SettingResult];

describe("a setting's curves", () => {
  test("are named by λ and η", () => {
    const spec = settingCurvesSpecification(one, { quantity: "loss", classes: 10 });
    expect((spec.title as { text: string[] }).text).toEqual(["λ = 0, η = 0.1: loss"]);
  });

  test("of one seed have no band, and say nothing of seeds", () => {
    expect(rowsOf(one, "area")).toEqual([]);
    expect(describeSeeds([one])).toBe("");
  });

  test("of several seeds have a band of one standard deviation each way, and say so", () => {
    const { mean, deviation } = three.curves["validation/accuracy"] ?? { mean: [], deviation: [] };
    const band = rowsOf(three, "area").filter(({ epoch }) => epoch === 7)[1];
    expect(Number(band?.low)).toBeCloseTo(100 * (Number(mean[6]) - Number(deviation[6])), 9);
    expect(Number(band?.high)).toBeCloseTo(100 * (Number(mean[6]) + Number(deviation[6])), 9);
    expect(describeSeeds([three])).toBe("Mean of 3 seeds, ± one standard deviation");
  });

  test("end with the test value as a named point, ± where there are seeds", () => {
    expect(rowsOf(one, "point").map(({ epoch, series }) => [epoch, series])).toEqual([[40, "Test"]]);
    const { mean, deviation } = three.figures["test/accuracy"] ?? { mean: null, deviation: null };
    const text = `${(100 * Number(mean)).toFixed(1)} ± ${(100 * Number(deviation)).toFixed(1)}\u00a0% test`;
    expect(rowsOf(three, "text").map((row) => row.text)).toContain(text);
  });

  test("tell the data's name beside what lines are, not in its place", () => {
    const spec = settingCurvesSpecification(three, { quantity: "loss", classes: 10, dataName: "Some data" });
    expect(JSON.stringify(spec.title)).toContain("Some data · Mean of 3 seeds, ± one standard deviation");
  });

  test("tell how many runs diverged", () => {
    expect(describeSeeds([{ ...three, reasons: ["completed", "diverged", "completed"] }])).toBe(
      "Mean of 3 seeds, ± one standard deviation · 1 of 3 runs diverged",
    );
    expect(describeSeeds([{ ...one, reasons: ["diverged"] }])).toBe("The run diverged");
  });
});
