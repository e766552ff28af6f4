import { resolveSettings } from "@trainscope/core/settings";
import { metricInfo, stepEvents } from "@trainscope/core/testing";
import { describe, expect, it } from "vitest";
import { comparedRun } from "./compared-run.ts";
import { bestRuns, bestTestRuns, createComparison, metricOf } from "./comparison.ts";
import { comparisonCsv } from "./comparison-csv.ts";
import { comparisonObject } from "./comparison-json.ts";
import { alignmentAsked, alignmentOf, curveOf } from "./curve.ts";
import { describeComparison } from "./describe-comparison.ts";
import { endMade, eventsMade, loggedOf, manyMade, readMade, runMade } from "./testing/runs.ts";
import { unusualOf, usualSettings } from "./unusual.ts";

const ACCURACY = "validation/accuracy";
const accuracy = metricInfo("validation", "accuracy");

describe("comparedRun", () => {
  it("counts the time that epochs took, and no pause between them", () => {
    expect(runMade({ accuracies: [0.1, 0.2, 0.3] }).clock.seconds).toEqual([3, 6, 9]);
  });

  it("takes the later of an epoch that is told twice, with all that came after the earlier", () => {
    const events = eventsMade({ accuracies: [0.1, 0.2, 0.3] });
    const again = eventsMade({ first: 2, accuracies: [0.5] }).slice(1);
    const { history, clock } = loggedOf([...events, ...again]);
    expect([history.epochs, history.series.get(ACCURACY)?.values, clock.seconds]).toEqual([
      [1, 2],
      [0.1, 0.5],
      [3, 6],
    ]);
  });

  it("is at no end that it was continued after", () => {
    const environment = { engine: "wasm", precision: "float32", threads: 2 } as const;
    const end = endMade({ "test/accuracy": 0.4 }, 2);
    const resumed = { type: "run:resume", epoch: 2, batch: 20, environment } as const;
    expect(runMade({ accuracies: [0.1], after: [end] })).toMatchObject({
      state: "completed",
      test: { "test/accuracy": 0.4 },
    });
    expect(runMade({ accuracies: [0.1], after: [end, resumed], processState: "died" })).toMatchObject({
      state: "died",
      test: {},
    });
  });

  it("of a metric that a run began without, its name says what better is, and what doesn't say has no best", () => {
    const run = runMade({ metrics: [], accuracies: [0.2, 0.1] });
    expect(run.metrics.get(ACCURACY)).toMatchObject({ name: "accuracy", direction: "max", unit: "fraction" });
    expect(run.best.get(ACCURACY)).toMatchObject({ value: 0.2 });
    const point = { type: "point", x: 2, metrics: { "train/norm": 3, odd: 2 } } as const;
    const other = runMade({ metrics: [], accuracies: [0.2], after: [point] });
    expect(other.metrics.get("train/norm")).toMatchObject({ direction: "none" });
    expect(other.metrics.get("odd")).toMatchObject({ name: "odd", direction: "none" });
    expect([...other.best.keys()]).toEqual([ACCURACY]);
  });

  it("takes what run.json says where the log has lost its beginning", () => {
    const read = readMade({ accuracies: [0.1] });
    const settings = resolveSettings({ learningRate: 0.5, epochs: 7 });
    const record = { settings, data: { name: "recorded" }, startedAt: "2026-01-01T00:00:00.000Z" };
    const run = comparedRun({ ...read, record, logged: loggedOf([]) });
    expect([run.settings.get("eta"), run.settings.get("data"), run.epochs]).toEqual([
      "0.5",
      "recorded",
      { done: 0, planned: 7 },
    ]);
  });
});

describe("createComparison", () => {
  it("tells settings that differ, live changes among them, from where on", () => {
    const change = (to: number, epoch: number, batch: number) =>
      ({ type: "control", action: "learningRate", from: 0.001, to, epoch, batch }) as const;
    const { runs, differing } = createComparison([
      runMade({ runId: "a", settings: { lambda: 0 } }),
      runMade({
        runId: "b",
        settings: { lambda: 0 },
        after: [change(0.0005, 12, 0), change(0.1, 13, 4), change(0.2, 14, 100)],
      }),
    ]);
    expect(differing).toEqual(["eta"]);
    expect(runs[1]?.settings.get("eta")).toBe(
      "0.001, 0.0005 from epoch 12, 0.1 from epoch 13, batch 5, 0.2 from epoch 15",
    );
  });

  it("has as few words for a run as set it apart", () => {
    const comparison = createComparison([
      runMade({ runId: "a" }),
      runMade({ runId: "b", settings: { learningRate: 0.01, batchSize: 20 } }),
      runMade({ runId: "c", settings: { loss: "svm" } }),
    ]);
    const usual = usualSettings(comparison);
    expect(comparison.runs.map((run) => unusualOf(run, comparison, usual))).toEqual([
      "",
      "eta 0.01, batch 20",
      "loss svm",
    ]);
  });

  it("calls runs by labels, and else by as much of their ids' ends as tells them apart", () => {
    const namesOf = (...runs: Parameters<typeof runMade>[0][]) =>
      createComparison(runs.map(runMade)).runs.map(({ name }) => name);
    expect(namesOf({ runId: "1-2-abc" }, { runId: "1-2-xyz" })).toEqual(["abc", "xyz"]);
    expect(namesOf({ runId: "1-2-abc" }, { runId: "1-3-abc" })).toEqual(["2-abc", "3-abc"]);
    expect(namesOf({ runId: "1-2-abc", label: "base" }, { runId: "1-2-xyz" })).toEqual(["base", "xyz"]);
    expect(namesOf({ runId: "1-a", label: "base" }, { runId: "1-b", label: "base" })).toEqual([
      "base (a)",
      "base (b)",
    ]);
    expect(namesOf({ runId: "1-a", key: "x" }, { runId: "1-a", key: "y" })).toEqual(["a #1", "a #2"]);
    const means = ["x", "y", "z"].map((key) => ({ runId: key === "z" ? "1-b" : "1-a", key, label: "mean" }));
    expect(namesOf(...means)).toEqual(["mean #1", "mean #2", "mean #3"]);
  });

  it.each([
    ["max", ["b"]],
    ["min", ["a", "c"]],
    ["none", []],
  ] as const)("marks the best values where the direction is %s, all that are equal", (direction, expected) => {
    const info = metricInfo("validation", "accuracy", { direction });
    const { runs } = createComparison([
      runMade({ runId: "a", metrics: [info], accuracies: [0.1] }),
      runMade({
        runId: "b",
        metrics: [info],
        accuracies: [0.3, 0.4],
        after: [endMade({ "test/accuracy": 0.2 })],
      }),
      runMade({ runId: "c", metrics: [info], accuracies: [0.1, null] }),
      runMade({ runId: "d", metrics: [info] }),
    ]);
    expect([...bestRuns(runs, info)].map(({ runId }) => runId)).toEqual(expected);
    expect([...bestTestRuns(runs, info)].map(({ runId }) => runId)).toEqual(direction === "none" ? [] : ["b"]);
  });

  it("compares runs of other metrics, each with what it has, and names the metrics there are", () => {
    const speed = metricInfo("train", "speed", { direction: "max" });
    const other = { runId: "b", metrics: [speed] };
    const timing = { trainMs: 0, evaluateMs: 0 };
    const end = {
      type: "epoch:end",
      epoch: 1,
      epochs: 0,
      learningRate: 0,
      metrics: { "train/speed": 5 },
      timing,
    } as const;
    const events = [...eventsMade(other), { v: 1, seq: 9, runId: "b", time: 0, ...end } as const];
    const comparison = createComparison([
      runMade({ runId: "a", accuracies: [0.1] }),
      comparedRun({ ...readMade(other), logged: loggedOf(events) }),
    ]);
    expect(comparison.metrics.map(({ tag }) => tag)).toEqual([ACCURACY, "train/speed"]);
    expect(curveOf(comparison.runs[1] ?? expect.unreachable(), ACCURACY, "axis").values).toEqual([]);
    expect(() => metricOf(comparison, "nix")).toThrow('no run has a value of the metric "nix"');
    expect(metricOf(comparison, undefined).tag).toBe(ACCURACY);
  });
});

describe("a fork", () => {
  const parent = runMade({ runId: "p", accuracies: [0.1, 0.2, 0.3, 0.4] });
  const fork = runMade({
    runId: "f",
    first: 3,
    accuracies: [0.6, 0.7],
    parent: { runId: "p", epoch: 2, batch: 100 },
  });
  const second = runMade({
    runId: "s",
    first: 5,
    accuracies: [0.9],
    parent: { runId: "f", epoch: 5, batch: 3 },
  });

  it("is drawn from its parent's place, in epochs and in time, and so is a fork of it", () => {
    const [, forked, twice] = createComparison([parent, fork, second]).runs;
    if (forked === undefined || twice === undefined) return expect.unreachable();
    expect(curveOf(forked, ACCURACY, "axis")).toEqual({
      at: [2, 3, 4],
      values: [0.2, 0.6, 0.7],
      isForked: true,
    });
    expect(curveOf(forked, ACCURACY, "time").at).toEqual([6, 9, 12]);
    expect(curveOf(twice, ACCURACY, "time")).toEqual({ at: [12, 15], values: [0.7, 0.9], isForked: true });
  });

  it("is where it was when its parent is only read for that, and begins by itself where it can't be", () => {
    const ofFork = (...ancestors: (typeof parent)[]) => {
      const [, forked] = createComparison([runMade({ runId: "x" }), fork], ancestors).runs;
      return curveOf(forked ?? expect.unreachable(), ACCURACY, "time");
    };
    expect(ofFork(parent)).toMatchObject({ at: [6, 9, 12], isForked: true });
    expect(ofFork()).toMatchObject({ at: [3, 6], isForked: false });
  });

  it("of itself, as a log that was tampered with may say, is none", () => {
    const one = runMade({
      runId: "a",
      first: 2,
      accuracies: [0.1],
      parent: { runId: "b", epoch: 9, batch: 0 },
    });
    const other = runMade({ runId: "b", accuracies: [0.1], parent: { runId: "a", epoch: 9, batch: 0 } });
    expect(createComparison([one, other]).runs).toHaveLength(2);
  });
});

describe("what other programs get", () => {
  const comparison = createComparison([
    runMade({ runId: 'a, "b"', accuracies: [0.1, null], after: [endMade({ "test/accuracy": 0.25 }, 2)] }),
    runMade({ runId: "c", settings: { seed: 1 }, problems: ["events.jsonl, line 2: it is no JSON"] }),
  ]);

  it("is CSV in long form, quoted where it has to be, empty where a value is missing", () => {
    expect([...comparisonCsv(comparison)].join("")).toBe(
      [
        "run,epoch,seconds,tag,value",
        '"a, ""b""",1,3,validation/accuracy,0.1',
        '"a, ""b""",2,6,validation/accuracy,',
        '"a, ""b""",2,6,test/accuracy,0.25',
        "",
      ].join("\n"),
    );
  });

  it("is CSV in which no name is a formula, and none does anything to a terminal", () => {
    const names = ["=1+2", "+1", "-1", "@SUM(A1)", "\u001b]0;own\u0007=1", "two\nlines"];
    const runs = names.map((runId) => runMade({ runId, accuracies: [0.1] }));
    const csv = [...comparisonCsv(createComparison(runs))].join("");
    expect(csv.match(/^.+(?=,1,3,)/gm)).toEqual(["'=1+2", "'+1", "'-1", "'@SUM(A1)", "'=1", "two lines"]);
  });

  it("is JSON with curves, bests and the settings that differ", () => {
    expect(comparisonObject(comparison)).toMatchObject({
      v: 1,
      differing: ["seed"],
      best: { [ACCURACY]: ['a, "b"'] },
      runs: [
        { state: "completed", best: { [ACCURACY]: { epoch: 1, value: 0.1 } }, curves: { seconds: [3, 6] } },
        { state: "no-end", settings: { seed: "1" }, problems: ["events.jsonl, line 2: it is no JSON"] },
      ],
    });
  });

  it("is a table, with what is damaged below its run", () => {
    const lines = describeComparison(comparison, accuracy);
    expect(lines[0]).toMatch(/^run +seed +best validation\/accuracy +test\/accuracy +done +state$/);
    expect(lines[1]).toMatch(/^a, "b" +0 +10\.00 % after 1 \* +25\.00 % \* +2\/40 +completed$/);
    expect(lines[2]).toMatch(/^c +1 +- +- +0\/40 +no end known$/);
    expect(lines.slice(3)).toEqual(["  damaged: events.jsonl, line 2: it is no JSON"]);
  });
});

it("a thousand runs are compared", () => {
  const { runs } = createComparison(manyMade(1000));
  expect(new Set(runs.map(({ name }) => name)).size).toBe(1000);
});

describe("runs that count steps", () => {
  const metrics = [metricInfo("validation", "loss")];
  const events = stepEvents(500, "validation").map((event) =>
    event.type === "run:start" ? { ...event, metrics } : event,
  );
  const stepsOf = (runId: string) => comparedRun({ ...readMade({ runId }), logged: loggedOf(events) });
  const byEpochs = runMade({ runId: "e", accuracies: [0.1, 0.2] });

  it("are compared by steps, each curve at its own pace, and by the time at which they came", () => {
    const comparison = createComparison([stepsOf("s"), stepsOf("t")]);
    const [run = expect.unreachable()] = comparison.runs;
    expect(comparison.axis).toBe("step");
    expect(curveOf(run, "validation/loss", "axis").at).toEqual([250, 500]);
    expect(curveOf(run, "validation/loss", "time").at).toEqual([250, 500]);
    expect(run.epochs).toEqual({ done: 500, planned: null });
    const lines = [...comparisonCsv(comparison)].join("").trimEnd().split("\n");
    expect([lines[0], lines.length]).toEqual(["run,step,seconds,tag,value", 1 + 2 * 52]);
    expect(lines).toContain("s,250,250,validation/loss,2.9");
    const [json = expect.unreachable()] = comparisonObject(comparison).runs;
    expect(json.best["validation/loss"]).toEqual({ step: 500, value: 2.7 });
    expect(json.curves.points?.["validation/loss"]).toEqual({
      x: [250, 500],
      seconds: [250, 500],
      values: [2.9, 2.7],
    });
  });

  it("beside runs that count epochs have only time in common", () => {
    const comparison = createComparison([stepsOf("s"), byEpochs]);
    expect(comparison.axis).toBeUndefined();
    expect([alignmentOf(comparison, "axis"), alignmentOf(createComparison([byEpochs]), "axis")]).toEqual([
      "time",
      "axis",
    ]);
    expect(alignmentAsked(comparison, undefined)).toBe("axis");
    expect(() => alignmentAsked(comparison, "epoch")).toThrow(/^--by is epoch, but s counts steps$/);
    expect(() => alignmentAsked(createComparison([byEpochs]), "step")).toThrow("but e counts epochs");
    const lines = [...comparisonCsv(comparison)].join("").split("\n");
    expect(lines[0]).toBe("run,epoch,step,seconds,tag,value");
    expect(lines).toContain("s,,250,250,validation/loss,2.9");
    expect(lines).toContain("e,2,,6,validation/accuracy,0.2");
  });
});
