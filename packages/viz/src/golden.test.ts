// Every kind of picture as it is to look: open golden/ to see them. Each function is an example of its own.
import { join } from "node:path";
import { createRandom } from "@trainscope/core";
import { historyOf } from "@trainscope/core/history";
import { describe, test } from "vitest";

import {
  barsSpecification,
  combinedCurvesSpecification,
  compareSpecification,
  curvesSpecification,
  heatMapSpecification,
  histogramSpecification,
  linesSpecification,
  metricCurvesSpecification,
  montageSpecification,
  renderChart,
  renderContactSheet,
  renderMistakes,
  renderWeightMontage,
} from "./index.ts";
import {
  CLASS_NAMES,
  METRICS,
  metric,
  RGB,
  seededHistory,
  seededImages,
  seededMistakes,
  seededWeights,
} from "./testing/fixtures.ts";
import { expectGolden } from "./testing/golden.ts";

const GOLDEN = join(import.meta.dirname, "../golden");

const RUN = {
  dataName: "Seeded example",
  metrics: METRICS,
  settings: { lambda: 0.1, learningRate: 0.001, batchSize: 100, seed: 42 },
};

function accuracyCurves() {
  return renderChart(curvesSpecification(seededHistory(40), { ...RUN, quantity: "accuracy" }), {
    format: "png",
  });
}

function allCurves() {
  const history = seededHistory(40);
  history.series.set("test/accuracy", { x: [40], values: [0.39], total: 1 });
  return renderChart(combinedCurvesSpecification(history, RUN), { format: "png" });
}

function oneEpoch() {
  return renderChart(curvesSpecification(seededHistory(1), { ...RUN, quantity: "accuracy" }), {
    format: "png",
  });
}

function divergingLossWithGap() {
  const history = historyOf([1, 2, 3, 4, 5, 6, 7], {
    "train/loss": [2, null, 90, 1e4, 1e8, 1e13, null],
    "validation/loss": [2.1, 5, 300, 1e5, null, 1e14, null],
  });
  return renderChart(curvesSpecification(history, { quantity: "loss", title: "Diverging" }), { format: "png" });
}

function weightsOfTenClasses() {
  const parameters = { classes: 10, inputs: 3072, weights: seededWeights(10, RGB) };
  const subtitle = "Seeded example · λ = 0.1, η = 0.001, 40 epochs";
  return renderWeightMontage({ parameters, classNames: CLASS_NAMES, shape: RGB, subtitle }, "png");
}

function greyWeightsWithLongNames() {
  const shape = { width: 8, height: 6, channels: 1 };
  const parameters = { classes: 3, inputs: 48, weights: seededWeights(3, shape) };
  const classNames = ['<none> & "other"', "a name much longer than its template is wide, cut short", "zwölf"];
  return renderWeightMontage({ parameters, classNames, shape, enlarge: 16 }, "png");
}

function contactSheet() {
  const rows = CLASS_NAMES.slice(0, 4).map((_, r) => Array.from({ length: 8 - r }, (_, c) => 8 * r + c));
  const images = seededImages(32, RGB);
  const rowNames = CLASS_NAMES.slice(0, 4);
  return renderContactSheet({ images, shape: RGB, rows, rowNames, title: "Seeded images" }, "png");
}

function metricMatrix() {
  const rows = [
    [120, 4, null],
    [9, 80, 12],
    [0, 31, 64.5],
  ];
  const classNames = ["cat", "dog", "a horse"];
  const title = "Confusion, validation, after epoch 3";
  const spec = heatMapSpecification({
    rows,
    title,
    xTitle: "Answer",
    yTitle: "True class",
    rowNames: classNames,
    columnNames: classNames,
  });
  return renderChart(spec, { format: "png" });
}

function metricMatrixOfManyRows() {
  const rows = Array.from({ length: 40 }, (_, i) => Array.from({ length: 90 }, (_, j) => Math.sin(i / 9) * j));
  return renderChart(heatMapSpecification({ rows, title: "Forty rows" }), { format: "png" });
}

function metricCurves() {
  const x = Array.from({ length: 21 }, (_, i) => i / 20);
  const curves = [0.3, 0.6, 0.9].map((power, k) => ({
    name: CLASS_NAMES[k] ?? "",
    x,
    y: x.map((at, i) => (k === 1 && i === 9 ? null : at ** power)),
  }));
  const axes = ["False positive rate", "True positive rate"] as const;
  const title = "Roc curves, test, after epoch 40";
  const spec = metricCurvesSpecification({ curves }, { title, axes, diagonal: true });
  return renderChart(spec, { format: "png" });
}

function ownLines() {
  const x = Array.from({ length: 30 }, (_, i) => 10 * (i + 1));
  const spec = linesSpecification({
    x,
    series: [
      { name: "p50", values: x.map((at) => 12 + at / 40), deviations: x.map((at) => 1 + at / 200) },
      { name: "p99", values: x.map((at, i) => (i === 12 ? null : 30 + (at / 60) ** 2)) },
    ],
    xTitle: "Requests per second",
    yTitle: "Latency (ms)",
    title: "Latency by load",
    baseline: { value: 40, label: "Promised" },
  });
  return renderChart(spec, { format: "png" });
}

function ownBars() {
  const spec = barsSpecification({
    names: ["cat", "a name that is longer than others", "dog"],
    series: [
      { name: "before", values: [3, -1.25, null] },
      { name: "after", values: [5, 0.5, 2.25] },
    ],
    xTitle: "Gain (points)",
    title: "What it gains",
  });
  return renderChart(spec, { format: "png" });
}

function ownHistogram() {
  const random = createRandom(5, 0);
  const normal = (mean: number) => Array.from({ length: 400 }, () => mean + 3 * random.normal());
  const series = [
    { name: "before", values: normal(20) },
    { name: "after", values: normal(16) },
  ];
  return renderChart(histogramSpecification({ series, xTitle: "Latency (ms)", yTitle: "Requests" }), {
    format: "png",
  });
}

function montage() {
  const images = seededWeights(10, RGB);
  return renderChart(montageSpecification({ images, shape: RGB, names: CLASS_NAMES, title: "Templates" }), {
    format: "png",
  });
}

function worstMistakes() {
  const subtitle = "Seeded example · λ = 0.1, η = 0.001";
  return renderMistakes({ mistakes: seededMistakes(10), shape: RGB, subtitle }, "png");
}

function comparedRuns() {
  const accuracy = metric("accuracy", {
    tag: "validation/accuracy",
    split: "validation",
    direction: "max",
    unit: "fraction",
    display: { baseline: 0.1, range: [0, 1] },
  });
  const { epochs, series } = seededHistory(30);
  const values = (series.get("validation/accuracy")?.values ?? []).map((value) => value ?? 0);
  const runs = Array.from({ length: 9 }, (_, index) => {
    const own = values.slice(0, 30 - 2 * (index % 3)).map((value) => value + 0.02 * index);
    const value = Math.max(...own);
    const best = { at: own.indexOf(value) + 1, value };
    return {
      name: `run-${index}`,
      detail: `eta 0.00${index + 1}`,
      at: epochs,
      values: own,
      isForked: false,
      best,
    };
  });
  const fork = {
    name: "a fork",
    detail: "lambda 0",
    at: epochs.slice(11),
    values: values.slice(11),
    isForked: true,
  };
  const options = { dataName: "Seeded example", otherwise: "lambda 0.1", along: "epoch" } as const;
  const specification = compareSpecification([...runs, { ...fork, best: undefined }], {
    ...options,
    metric: accuracy,
  });
  return renderChart(specification, { format: "png" });
}

describe("pictures look as they did", () => {
  const examples = {
    accuracyCurves,
    allCurves,
    oneEpoch,
    divergingLossWithGap,
    weightsOfTenClasses,
    greyWeightsWithLongNames,
    contactSheet,
    worstMistakes,
    comparedRuns,
    metricMatrix,
    metricMatrixOfManyRows,
    metricCurves,
    ownLines,
    ownBars,
    ownHistogram,
    montage,
  };
  for (const [name, draw] of Object.entries(examples)) {
    test(name, async () => expectGolden(GOLDEN, name, await draw()));
  }
});
