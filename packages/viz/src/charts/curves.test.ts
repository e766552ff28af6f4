import type { History } from "@trainscope/core";
import { TrainscopeError } from "@trainscope/core/errors";
import { appendValues, createHistory, historyOf } from "@trainscope/core/history";
import { compile } from "vega-lite";
import { describe, expect, test } from "vitest";
import { METRICS, metric, seededHistory } from "../testing/fixtures.ts";
import { collectingLogger } from "../testing/logger.ts";
import { combinedCurvesSpecification, curvesSpecification } from "./curves.ts";
import type { Panel } from "./layer.ts";
import type { ChartSpecification } from "./specification.ts";
import { asVegaLite } from "./vega-lite-checked.ts";

type Row = Readonly<Record<string, unknown>>;

/** The rows a layer of the given mark draws; with several such layers, all their rows. */
function rowsOf(spec: ChartSpecification | Panel, mark: string): Row[] {
  const { layer } = spec as Panel;
  return layer
    .filter((one) => "mark" in one && typeof one.mark === "object" && one.mark.type === mark)
    .flatMap((one) => (one.data as { values: Row[] }).values);
}

/** Without the strips that answer the pointer, which are rules too. */
function baselinesOf(spec: ChartSpecification): Row[] {
  return rowsOf(spec, "rule").filter((row) => "text" in row);
}

function axisTitles(spec: ChartSpecification): unknown[] {
  const { encoding } = (spec as Panel).layer.find(
    (one) => "mark" in one && typeof one.mark === "object" && one.mark.type === "line",
  ) as {
    encoding: Record<"x" | "y", { axis: { title: string } }>;
  };
  return [encoding.x.axis.title, encoding.y.axis.title];
}

function byEpoch(series: Record<string, (number | null)[]>): History {
  const epochs = Object.values(series)[0]?.map((_, index) => index + 1) ?? [];
  return historyOf(epochs, series);
}

describe("one quantity", () => {
  test("every split that has the tag gets a line, an epoch a point, and nothing else does", () => {
    const spec = curvesSpecification(seededHistory(3), { quantity: "loss" });
    const rows = rowsOf(spec, "line");
    expect(rows.map(({ epoch, series }) => `${series} ${epoch}`)).toEqual([
      "Train 1",
      "Train 2",
      "Train 3",
      "Validation 1",
      "Validation 2",
      "Validation 3",
    ]);
    expect(rows[0]?.value).toBe(seededHistory(3).series.get("train/loss")?.values[0]);
  });

  test("axes are named with units", () => {
    const titles = (quantity: string) => axisTitles(curvesSpecification(seededHistory(3), { quantity }));
    expect(titles("loss")).toEqual(["Epoch", "Loss (nats per image)"]);
    expect(titles("cost")).toEqual(["Epoch", "Cost (loss + λΣW²)"]);
    expect(titles("accuracy")).toEqual(["Epoch", "Accuracy (%)"]);
  });

  test("the hinge loss isn't measured in nats", () => {
    const spec = curvesSpecification(seededHistory(3), { quantity: "loss", settings: { loss: "svm" } });
    expect(axisTitles(spec)[1]).toBe("Loss (hinge, per image)");
  });

  test("a fraction is shown in per cent, whatever the metric's name", () => {
    const metrics = [metric("top-5-accuracy", { unit: "fraction", display: { baseline: 0.5 } })];
    const history = byEpoch({ "train/top-5-accuracy": [0.5, 0.75] });
    const spec = curvesSpecification(history, { quantity: "top-5-accuracy", metrics });
    expect(rowsOf(spec, "line").map(({ value }) => value)).toEqual([50, 75]);
    expect(axisTitles(spec)[1]).toBe("Top 5 accuracy (%)");
    expect(baselinesOf(spec)).toEqual([{ value: 50, text: "Baseline 50\u00a0%" }]);
  });

  test("a metric of another unit is shown in it", () => {
    const metrics = [metric("gradient-norm", { unit: "per step" })];
    const history = byEpoch({ "train/gradient-norm": [3, 2] });
    expect(axisTitles(curvesSpecification(history, { quantity: "gradient-norm", metrics }))[1]).toBe(
      "Gradient norm (per step)",
    );
  });

  test("null and what is no finite number is a gap, and a value between gaps a point", () => {
    const history = byEpoch({ "train/loss": [2, Number.NaN, 1.5, null, 1.2, 1.1] });
    const spec = curvesSpecification(history, { quantity: "loss" });
    expect(rowsOf(spec, "line").map(({ value }) => value)).toEqual([2, null, 1.5, null, 1.2, 1.1]);
    expect(rowsOf(spec, "point").map(({ epoch }) => epoch)).toEqual([1, 3]);
  });

  test("a run of one epoch shows as points, named where they stand", () => {
    const history = byEpoch({ "train/accuracy": [0.31], "validation/accuracy": [0.295] });
    const spec = curvesSpecification(history, { quantity: "accuracy", classes: 10 });
    expect(rowsOf(spec, "point")).toHaveLength(2);
    const labels = rowsOf(spec, "text").map(({ text }) => text);
    expect(labels).toEqual(["Chance 10\u00a0%", "31.0\u00a0% train", "29.5\u00a0% validation"]);
  });

  test("the metric's baseline is drawn; without one there is no line", () => {
    const history = seededHistory(5);
    const accuracy = curvesSpecification(history, { quantity: "accuracy", metrics: METRICS });
    expect(baselinesOf(accuracy)).toEqual([{ value: 10, text: "Chance 10\u00a0%" }]);
    expect(baselinesOf(curvesSpecification(history, { quantity: "cost", metrics: METRICS }))).toEqual([]);
  });

  test("the title names the quantity, the subtitle data and settings", () => {
    const settings = { lambda: 0.1, learningRate: 0.001, batchSize: 100, seed: 42 };
    const spec = curvesSpecification(seededHistory(2), { quantity: "cost", dataName: "CIFAR-10", settings });
    expect(spec.title).toEqual({
      text: ["Cost"],
      subtitle: ["CIFAR-10 · λ = 0.1, η = 0.001, batch 100, seed 42"],
    });
  });

  test("ten thousand epochs are thinned to what can be seen, the extremes kept", () => {
    const values = Array.from({ length: 10_000 }, (_, index) => 2 + Math.sin(index) / 10);
    values[4321] = 9;
    values[8765] = 0.5;
    const rows = rowsOf(curvesSpecification(byEpoch({ "train/loss": values }), { quantity: "loss" }), "line");
    expect(rows.length).toBeLessThan(1500);
    expect(rows.map(({ value }) => value)).toEqual(expect.arrayContaining([9, 0.5, values[0], values[9999]]));
    const epochs = rows.map(({ epoch }) => Number(epoch));
    expect(epochs).toEqual(epochs.toSorted((a, b) => a - b));
  });

  test("a quantity without a value is refused, and the error names the tags there are", () => {
    const draw = () => curvesSpecification(byEpoch({ "train/loss": [1] }), { quantity: "speed" });
    expect(draw).toThrow(TrainscopeError);
    expect(draw).toThrow("no value of speed to draw; the tags are: train/loss");
    expect(() => curvesSpecification(createHistory(), { quantity: "loss" })).toThrow("the tags are: none");
  });
});

describe("several quantities", () => {
  test("of names that differ in punctuation only are drawn side by side", () => {
    const history = byEpoch({ "train/a-b": [1, 2], "train/a b": [3, 4], "train/a_b": [5, 6] });
    const spec = combinedCurvesSpecification(history, { quantities: ["a-b", "a b", "a_b"] });
    const warnings: unknown[] = [];
    compile(asVegaLite(spec), { logger: collectingLogger(warnings) });
    expect(warnings).toEqual([]);
  });

  test("those without a value are left out", () => {
    const history = byEpoch({ "train/loss": [null, null], "train/accuracy": [0.1, 0.1] });
    const { hconcat } = combinedCurvesSpecification(history) as unknown as { hconcat: Panel[] };
    expect(hconcat).toHaveLength(1);
    expect(() => combinedCurvesSpecification(createHistory())).toThrow(TrainscopeError);
  });
});

test("specifications are plain data, leave the history alone, and compile without a warning", () => {
  const history = seededHistory(12);
  history.series.set("test/accuracy", { x: [12], values: [0.39], total: 1 });
  const before = structuredClone(history);
  const options = { metrics: METRICS, dataName: `<&"'>` };
  const warnings: unknown[] = [];
  for (const spec of [
    ...["loss", "cost", "accuracy"].map((quantity) => curvesSpecification(history, { ...options, quantity })),
    combinedCurvesSpecification(history, options),
  ]) {
    expect(JSON.parse(JSON.stringify(spec))).toEqual(spec);
    compile(asVegaLite(spec), { logger: collectingLogger(warnings) });
  }
  expect(warnings).toEqual([]);
  expect(history).toEqual(before);
});

test("the pointer gets the values of the epoch beneath it, with their units", () => {
  const history = byEpoch({ "train/accuracy": [0.25, null], "validation/accuracy": [0.2, 0.3] });
  const spec = curvesSpecification(history, { quantity: "accuracy" });
  expect(rowsOf(spec, "rule").filter((row) => "epoch" in row)).toEqual([
    { epoch: 1, s0: "20.0\u00a0%" },
    { epoch: 2, s0: "30.0\u00a0%" },
  ]);
});

test("splits at different paces stand each at its own steps, and the axis says what it counts", () => {
  const history = createHistory();
  const header = { v: 1, seq: 0, runId: "run", time: 0, type: "point" } as const;
  for (let x = 10; x <= 500; x += 10) {
    appendValues(history, { ...header, x, metrics: { "train/loss": 100 / x } });
    if (x % 250 === 0) appendValues(history, { ...header, x, metrics: { "validation/loss": x } });
  }
  const spec = curvesSpecification(history, { quantity: "loss", along: "step" });
  const rows = rowsOf(spec, "line");
  expect(rows.filter(({ series }) => series === "Validation").map(({ epoch }) => epoch)).toEqual([250, 500]);
  expect(rows.filter(({ series }) => series === "Train")).toHaveLength(50);
  expect(axisTitles(spec)[0]).toBe("Step");
  const strip = rowsOf(spec, "rule").find(({ epoch }) => epoch === 260);
  expect(strip).toMatchObject({ s0: "0.385", s1: "250" });
});
