import { TrainscopeError } from "@trainscope/core/errors";
import type { ChartSpecification } from "@trainscope/viz";
import { DARK_COLOURS, renderChart } from "@trainscope/viz";
import { asVegaLite } from "@trainscope/viz/parts";
import { collectingLogger } from "@trainscope/viz/testing";
import { compile } from "vega-lite";
import { describe, expect, test } from "vitest";
import type { SettingResult } from "../stages/results.ts";
import {
  curveSpread,
  seededModelOnTest,
  seededOptionalResults,
  seededStudy,
  spreadOf,
} from "../testing/study.ts";
import { studyCharts } from "../testing/study-charts.ts";
import { gainsSpecification } from "./gains.ts";
import { modelConfusionSpecification } from "./model-confusion.ts";
import { probabilityHistogramSpecification } from "./probability-histograms.ts";
import { schedulesSpecification } from "./schedules.ts";
import { searchSpecification } from "./search.ts";
import { settingFigureSpecification } from "./setting-curves.ts";
import { settingsComparisonSpecification } from "./settings-comparison.ts";

const charts = studyCharts();

describe.each(Object.entries(charts))("%s", (_, spec) => {
  test("is plain data and compiles without a warning", () => {
    expect(JSON.parse(JSON.stringify(spec))).toEqual(spec);
    const warnings: unknown[] = [];
    compile(asVegaLite(spec), { logger: collectingLogger(warnings) });
    expect(warnings).toEqual([]);
  });

  test("answers the pointer with names", () => {
    const tooltips = [...JSON.stringify(spec).matchAll(/"tooltip":\[(.*?)\]/g)].map(
      ([, fields = ""]) => fields,
    );
    expect(tooltips.length).toBeGreaterThan(0);
    for (const fields of tooltips) {
      expect(fields.match(/"title":"[^"]+"/g)?.length).toBe(fields.match(/"field":/g)?.length);
    }
  });

  test("has no colour that a dark page couldn't replace", async () => {
    const written = JSON.stringify(spec).match(/"#[0-9a-f]{3,8}"/gi) ?? [];
    const svg = await renderChart(spec, { format: "svg" });
    // A heat map's colours are computed between those of the theme, and then written as rgb().
    const drawn = svg.match(/(?:fill|stroke|stop-color)="(?!none|url|transparent|rgb)[^"]+"/g) ?? [];
    const colours = [...written, ...drawn].map((text) => /"(.*)"/.exec(text)?.[1]);
    expect(colours.length).toBeGreaterThan(10);
    expect(new Set(colours.filter((colour) => !(colour && colour in DARK_COLOURS)))).toEqual(new Set());
  });
});

/** The same runs, stopped after so many epochs, with values that are lost from one on. */
function shortened(setting: SettingResult, epochs: number, lostFrom = epochs): SettingResult {
  const keep = (values: readonly (number | null)[]) =>
    values.slice(0, epochs).map((value, index) => (index < lostFrom ? value : null));
  return {
    ...setting,
    epochs: setting.epochs.slice(0, epochs),
    curves: Object.fromEntries(
      Object.entries(setting.curves).map(([tag, { mean, deviation }]) => [
        tag,
        { mean: keep(mean), deviation: keep(deviation) },
      ]),
    ),
  };
}

describe("results that are out of the ordinary are drawn, too", () => {
  const [setting] = seededStudy({ part: "basic" }).settings as [SettingResult];
  const { search, variants, baseline } = seededOptionalResults();
  const model = seededModelOnTest("model", 0.4, 1);
  const named = (classes: number) => ({
    ...model,
    classes: Array.from({ length: classes }, (_, k) => ({
      name: `class <${k}> & "a rather long name"`,
      images: k,
      recall: null,
      precision: null,
      mostConfusedWith: null,
    })),
    confusion: Array.from({ length: classes }, () => new Array<number>(classes).fill(0)),
  });
  const lost = { ...setting, figures: { "test/loss": spreadOf([null]) }, reasons: ["diverged" as const] };
  const points = search.points.map((point) => ({ ...point, validationAccuracy: null, validationLoss: null }));
  const cases: Record<string, () => ChartSpecification> = {
    "one epoch": () => settingFigureSpecification(shortened(setting, 1), { classes: 10 }),
    "a run that diverged": () => settingFigureSpecification(shortened(lost, 40, 3), { classes: 10 }),
    "a comparison of one epoch": () =>
      settingsComparisonSpecification([shortened(setting, 1)], { tag: "train/loss" }),
    "two classes": () => modelConfusionSpecification(named(2)),
    "a hundred classes without an answer": () => modelConfusionSpecification(named(100)),
    "a search that diverged everywhere": () =>
      searchSpecification({ ...search, points, chosen: points[0] ?? search.chosen }),
    "a search of one point": () => searchSpecification({ ...search, points: [search.chosen] }),
    "one gain of nothing": () => {
      const gain = { difference: 0, standardError: 0, images: 1 };
      return gainsSpecification(variants.slice(0, 1).map((variant) => ({ ...variant, gain })));
    },
    "no schedule but the baseline's": () => schedulesSpecification([baseline]),
    "empty histograms": () =>
      probabilityHistogramSpecification([{ title: "None", right: [0, 0], wrong: [0, 0] }]),
  };
  test.each(Object.entries(cases))("%s", async (_, make) => {
    const warnings: unknown[] = [];
    compile(asVegaLite(make()), { logger: collectingLogger(warnings) });
    expect(warnings).toEqual([]);
    const svg = await renderChart(make(), { format: "svg" });
    expect(svg).not.toMatch(/NaN|Infinity|undefined/);
  });

  test("nothing at all is refused with a name", () => {
    expect(() => searchSpecification({ ...search, points: [] })).toThrow(TrainscopeError);
    expect(() => gainsSpecification([baseline])).toThrow("no value of gain to draw in");
    expect(() => settingsComparisonSpecification([setting], { tag: "train/speed" })).toThrow("train/speed");
    const empty = { ...setting, curves: { "train/loss": curveSpread([[null]]) }, figures: {} };
    expect(() => settingFigureSpecification(empty, { classes: 10 })).toThrow(
      'no value of loss, cost or accuracy to draw in "λ = 0, η = 0.1"; expected at least 1',
    );
  });
});
