import { at, metricInfo, runStart } from "@trainscope/core/testing";
import { describe, expect, it } from "vitest";
import { chartView } from "../panels/chart-view.ts";
import { stateAfter } from "../testing/events.ts";
import { sceneOf } from "../testing/scenes.ts";
import { figuresOf } from "./metrics.ts";

const RATES = ["learning_rate/encoder", "learning_rate/decoder"];

function stateWith(names: readonly string[]) {
  const metrics = ["loss", ...names].map((name) => metricInfo("train", name));
  const points = [1, 2, 3].map((x) => {
    const values = metrics.map(({ tag }, index): [string, number] => [tag, (index + 1) / x]);
    return at(x, { type: "point", x, metrics: Object.fromEntries(values) });
  });
  return stateAfter([at(0, runStart(metrics)), ...points]);
}

describe("learning rates", () => {
  it("of several groups of parameters share a chart, each with its own name", () => {
    const state = stateWith(RATES);
    const { charted, listed } = figuresOf(state);
    expect(charted.map(({ name }) => name)).toEqual(["loss", "learning rates"]);
    expect(listed.map(({ name }) => name)).toEqual(["loss", ...RATES]);
    const [, rates] = charted;
    if (rates === undefined) throw new Error("no chart of learning rates");
    const { curves } = chartView(sceneOf(state, {}), rates);
    expect(curves.map(({ name, values }) => [name, values])).toEqual([
      ["encoder", [2, 1, 2 / 3]],
      ["decoder", [3, 1.5, 1]],
    ]);
    expect(new Set(curves.map(({ color }) => color)).size).toBe(2);
  });

  it("of one group have a chart of that name", () => {
    const { charted } = figuresOf(stateWith(["learning_rate"]));
    expect(charted.map(({ name, rates }) => [name, rates])).toEqual([
      ["loss", undefined],
      ["learning_rate", undefined],
    ]);
  });
});
