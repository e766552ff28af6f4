import type { EngineFactory, Split } from "@trainscope/core";
import { createReferenceEngine, createWasmEngine, train } from "@trainscope/core";
import type { RunEndEvent } from "@trainscope/core/events";
import { createTinyDataset } from "@trainscope/core/testing";
import type { TrialStore } from "@trainscope/sweep/trial";
import { beforeAll, describe, expect, it } from "vitest";
import { createStudyAnnouncer } from "./announcer.ts";
import { studyDataOf } from "./data.ts";
import type { StudyEvent } from "./events.ts";
import type { StudyResults } from "./results.ts";
import { plannedStages, withShares } from "./stages.ts";
import { runStudy } from "./study.ts";
import type { StudyOptions } from "./study-options.ts";
import type { StudyTrial, StudyTrialResult } from "./trial.ts";

const dataset = createTinyDataset({ train: 120, validation: 60, test: 40 });
const data = studyDataOf(dataset);

function memoryStore(): TrialStore<StudyTrial> & { readonly kept: Map<string, StudyTrialResult> } {
  const kept = new Map<string, StudyTrialResult>();
  return {
    kept,
    load: async (trial, key) => kept.get(`${trial.id} ${key}`),
    save: async (result, key) => void kept.set(`${result.record.trial.id} ${key}`, result),
  };
}

function optionsOf(events: StudyEvent[], partial: Partial<StudyOptions> = {}): StudyOptions {
  return {
    data,
    quick: true,
    seeds: [0],
    engine: () => createReferenceEngine,
    version: "1",
    threads: 2,
    jobs: 2,
    store: memoryStore(),
    fingerprintOf: ({ name }) => name,
    emit: createStudyAnnouncer(
      (event) => events.push(event),
      () => 0,
    ),
    signal: new AbortController().signal,
    ...partial,
  };
}

/** An engine as another build of it would call itself. */
const built =
  (build: string): EngineFactory =>
  async (setup) => ({ ...(await createReferenceEngine(setup)), build });

/** Without times, which differ from run to run. */
function comparable(results: StudyResults): unknown {
  return JSON.parse(JSON.stringify(results, (key, value) => (key === "milliseconds" ? 0 : value)));
}

describe("runStudy", () => {
  const events: StudyEvent[] = [];
  const store = memoryStore();
  let results: StudyResults;

  beforeAll(async () => {
    results = await runStudy(optionsOf(events, { store, seeds: [0, 1] }));
  });

  it("tells its stages in order, with as many steps as planned, in plain data", () => {
    const started = events.flatMap((event) => (event.type === "stage:start" ? [event.stage] : []));
    expect(started).toEqual(["gradient-check", "settings", "improvements", "search", "final", "test"]);
    const stages = plannedStages({ data, quick: true, seeds: [0, 1] });
    for (const { name, steps } of stages) {
      const [from, to] = ["stage:start", "stage:end"].map((type) =>
        events.findIndex((event) => event.type === type && "stage" in event && event.stage === name),
      );
      const within = events.slice(from, to);
      const trials = within.filter(({ type }) => type === "trial:end").length;
      const progress = within.filter(({ type }) => type === "stage:progress").length;
      expect([name, trials + progress]).toEqual([name, steps]);
    }
    expect(withShares(stages).reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 12);
    expect(events.map(({ seq }) => seq)).toEqual([...events.keys()]);
    expect(JSON.parse(JSON.stringify(events))).toEqual(events);
  });

  it("comes to the figures that a run of the same settings comes to, the test split's among them", async () => {
    const [, second] = results.settings;
    const ends = await Promise.all(
      [0, 1].map(
        (seed) =>
          new Promise<RunEndEvent>((resolve, reject) => {
            train({
              dataset,
              settings: { lambda: 0, learningRate: 0.001, epochs: 4, seed },
              engine: createReferenceEngine,
            }).subscribe({ next: (event) => event.type === "run:end" && resolve(event), error: reject });
          }),
      ),
    );
    for (const tag of ["train/cost", "validation/accuracy", "test/loss", "test/cost", "test/accuracy"]) {
      const values = ends.map(({ metrics }) => metrics[tag] ?? Number.NaN);
      values.forEach((value, seed) => {
        expect(second?.figures[tag]?.values[seed]).toBeCloseTo(value, 10);
      });
      expect(second?.figures[tag]?.mean).toBeCloseTo(((values[0] ?? 0) + (values[1] ?? 0)) / 2, 10);
    }
    expect(second?.curves["train/loss"]?.mean).toHaveLength(4);
    expect(second?.frames.map(({ epoch }) => epoch)).toEqual([1, 2, 3, 4]);
  });

  it("chooses by validation: the setting by accuracy, the search by loss", () => {
    const means = results.settings.map(({ figures }) => figures["validation/accuracy"]?.mean ?? 0);
    expect(means[results.best]).toBe(Math.max(...means));
    const { points, chosen } = results.optional?.search ?? { points: [] };
    const fine = points.filter(({ pass }) => pass === "fine");
    expect(chosen?.validationLoss).toBe(Math.min(...fine.map((point) => point.validationLoss ?? Infinity)));
    const { lambda, learningRate, batchSize } = chosen ?? {};
    expect(results.optional?.final.settings).toMatchObject({ lambda, learningRate, batchSize });
  });

  it("compares each variant with the baseline on the images that both have not trained on", () => {
    const { baseline, variants = [] } = results.optional ?? {};
    for (const { id, gain, validationAccuracy, validationImages } of variants) {
      expect([id, gain?.images]).toEqual([id, validationImages]);
      if (validationImages === baseline?.validationImages) {
        const difference = (validationAccuracy ?? 0) - (baseline.validationAccuracy ?? 0);
        expect(gain?.difference).toBeCloseTo(difference, 10);
        // What another seed does to both is in it.
        expect(gain?.standardError).toBeGreaterThanOrEqual(
          Math.SQRT2 * (results.optional?.seedSpread.deviation ?? 1),
        );
      }
    }
    expect(variants.find(({ id }) => id === "all-images")?.trainImages).toBe(176);
    expect(results.optional?.final.heldOutImages).toBe(4);
  });

  it("measures what another seed does by training the baseline with some", () => {
    const { seedSpread, baseline } = results.optional ?? {};
    expect(seedSpread?.runs).toBe(5);
    const accuracies = [...store.kept.values()]
      .filter(({ record }) => /^(variant-baseline|baseline-seed-[1-4])$/.test(record.trial.id))
      .map(({ record }) => record.metrics["validation/accuracy"] ?? Number.NaN);
    const mean = accuracies.reduce((sum, value) => sum + value, 0) / 5;
    const squares = accuracies.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    expect(seedSpread?.deviation).toBeCloseTo(Math.sqrt(squares / 4), 12);
    expect(accuracies).toContain(baseline?.validationAccuracy);
  });

  it("lets those vote that were trained on the same images, and tells their validation accuracies", () => {
    const { ensemble, baseline, variants = [] } = results.optional ?? {};
    const voters = variants.filter(({ trainImages }) => trainImages === baseline?.trainImages);
    expect(ensemble?.members).toEqual(["Baseline", ...voters.map(({ title }) => title)]);
    const accuracies = [baseline, ...voters].map((voter) => voter?.validationAccuracy ?? Number.NaN);
    expect(ensemble?.memberAccuracies[0]).toBe(Math.min(...accuracies));
    expect(ensemble?.memberAccuracies[2]).toBe(Math.max(...accuracies));
  });

  it("goes on from what is kept: nothing is trained again, and the results are the same", async () => {
    const again: StudyEvent[] = [];
    const repeated = await runStudy(optionsOf(again, { store, seeds: [0, 1] }));
    expect(again.filter(({ type }) => type === "trial:start")).toEqual([]);
    expect(again.filter((event) => event.type === "trial:end" && event.reused)).toHaveLength(store.kept.size);
    expect(comparable(repeated)).toEqual(comparable(results));
  });

  it("stopped in the middle and begun again, it comes to the same", async () => {
    const partly = memoryStore();
    const abort = new AbortController();
    const before: StudyEvent[] = [];
    const stopped = runStudy(
      optionsOf(before, {
        store: partly,
        seeds: [0, 1],
        signal: abort.signal,
        emit: (body) => {
          if (body.type === "trial:end" && body.trial === "variant-noise") abort.abort();
        },
      }),
    );
    await expect(stopped).rejects.toMatchObject({ name: "AbortError" });
    expect(partly.kept.size).toBeGreaterThan(8);
    expect(partly.kept.size).toBeLessThan(store.kept.size);
    const resumed = await runStudy(optionsOf([], { store: partly, seeds: [0, 1] }));
    expect(comparable(resumed)).toEqual(comparable(results));
  });

  it("what is missing shares the threads, however much is there; the longest begins first", async () => {
    const partly = memoryStore();
    const wasFirst = [...store.kept].find(([, { record }]) => record.trial.stage === "improvements");
    for (const [key, result] of store.kept) if (key !== wasFirst?.[0]) partly.kept.set(key, result);
    const asked: number[] = [];
    const engine = (threads: number): EngineFactory => {
      return async (setup) => {
        asked.push(threads);
        return await createReferenceEngine(setup);
      };
    };
    await runStudy(optionsOf([], { store: partly, seeds: [0, 1], engine, threads: 8, jobs: 8 }));
    // The first tells what it is; after the one that is trained come those that are examined.
    const [probed, ...others] = asked;
    expect([probed, ...new Set(others)]).toEqual([1, 8]);

    const within = events.flatMap((event) => (event.type === "trial:start" ? [event.trial] : []));
    const first = within.find(({ stage }) => stage === "improvements");
    expect(first?.id).toBe("variant-all-images");
  });

  it("trains anew what other data, engine or settings would change", async () => {
    const changes: Partial<StudyOptions>[] = [
      { fingerprintOf: () => "other" },
      { version: "2" },
      { engine: () => built("other") },
      { quick: false, data: { ...data, optional: null } },
      { seeds: [7] },
    ];
    for (const change of changes) {
      const others: StudyEvent[] = [];
      await runStudy(optionsOf(others, { store, data: { ...data, optional: null }, ...change }));
      expect(others.filter((event) => event.type === "trial:end" && event.reused)).toEqual([]);
    }
  });
});

it("a trial is kept under what really computed it, and taken for no other engine's", async () => {
  const store = memoryStore();
  const basic = { store, data: { ...data, optional: null } };
  const trained = async (engine: EngineFactory): Promise<number> => {
    const events: StudyEvent[] = [];
    await runStudy(optionsOf(events, { ...basic, engine: () => engine }));
    return events.filter(({ type }) => type === "trial:start").length;
  };
  const wasm = createWasmEngine({ threads: 1 });
  const withoutSimd = createWasmEngine({ threads: 1, host: { simd: "none" } });
  const plain = createWasmEngine({ threads: 1, host: { simd: "plain" } });
  const environmentsOf = () => new Set([...store.kept.values()].map(({ record }) => record.environment.engine));

  // Where the wasm engine falls back, the reference engine has computed.
  expect(await trained(withoutSimd)).toBe(4);
  expect(environmentsOf()).toEqual(new Set(["reference"]));
  expect(await trained(wasm)).toBe(4);
  expect(environmentsOf()).toEqual(new Set(["reference", "wasm"]));
  expect(await trained(plain)).toBe(4);
  expect(await trained(createReferenceEngine)).toBe(0);
  expect(await trained(createWasmEngine({ threads: 3 }))).toBe(0);

  // One that starts as another than it was found to be is filed as what it was.
  let starts = 0;
  const changing: EngineFactory = (setup) => built(starts++ === 0 ? "first" : "later")(setup);
  expect(await trained(changing)).toBe(4);
  expect(await trained(built("first"))).toBe(4);
  expect(await trained(built("later"))).toBe(0);
});

it("no trial sees a test image, and they are read only when everything is trained", async () => {
  const events: StudyEvent[] = [];
  const readings: { split: Split; trained: number }[] = [];
  let trained = 0;
  const watched: EngineFactory = async (setup) => {
    const engine = await createReferenceEngine(setup);
    return {
      ...engine,
      trainBatches(slice) {
        expect(setup.splits.test.labels).toHaveLength(0);
        trained++;
        return engine.trainBatches(slice);
      },
      evaluate(split, first, end) {
        readings.push({ split, trained });
        return engine.evaluate(split, first, end);
      },
    };
  };
  await runStudy(optionsOf(events, { engine: () => watched }));
  const ofTest = readings.filter(({ split }) => split === "test");
  expect(ofTest.length).toBeGreaterThan(0);
  expect(ofTest.every((reading) => reading.trained === trained)).toBe(true);
});

describe("where runs diverge", () => {
  /** Engines whose loss is no number from the first batch on, where the run is to diverge. */
  const diverging =
    (diverges: (loss: string) => boolean): EngineFactory =>
    async (setup) => {
      const engine = await createReferenceEngine(setup);
      if (!diverges(setup.loss)) return engine;
      return {
        ...engine,
        async trainBatches() {
          await engine.load({ ...engine.parameters, weights: engine.parameters.weights.map(() => Number.NaN) });
          return { lossSum: Number.NaN, losses: Float64Array.of(Number.NaN) };
        },
      };
    };

  it("a variant that does has no figures, no gain and no vote, and the rest stands", async () => {
    const engine = diverging((loss) => loss === "bce");
    const { optional } = await runStudy(optionsOf([], { engine: () => engine }));
    const variant = optional?.variants.find(({ id }) => id === "binary-cross-entropy");
    expect(variant).toMatchObject({
      reason: "diverged",
      validationAccuracy: null,
      gain: null,
      testAccuracy: null,
    });
    expect(optional?.ensemble?.members).toHaveLength(16);
    expect(optional?.ensemble?.members).not.toContain("Binary cross-entropy");
    expect(optional?.variants.filter(({ gain }) => gain === null)).toHaveLength(1);
  });

  it("all four settings may, and have no figures then", async () => {
    const basic = { ...data, optional: null };
    const engine = diverging(() => true);
    const { settings } = await runStudy(optionsOf([], { engine: () => engine, data: basic }));
    for (const { figures, reasons } of settings) {
      expect(reasons).toEqual(["diverged"]);
      expect(figures["validation/loss"]?.mean).toBeNull();
      expect(figures["test/loss"]?.mean).toBeNull();
      expect(figures["test/accuracy"]?.mean).toBeNull();
    }
  });

  it("a search in which all do says so", async () => {
    let trained = 0;
    const factory: EngineFactory = async (setup) => {
      // Settings and variants, and the baseline's other seeds, come first: 4, 18 and 4.
      const create = trained++ < 26 ? createReferenceEngine : diverging(() => true);
      return await create(setup);
    };
    await expect(runStudy(optionsOf([], { engine: () => factory, jobs: 1 }))).rejects.toMatchObject({
      code: "TRIAL_FAILED",
      message: "every point of the search diverged: there is nothing to choose",
    });
  });
});

it("refuses data without validation or test images, before it trains", async () => {
  const without = { ...dataset, test: { images: new Uint8Array(0), labels: new Uint8Array(0) } };
  const events: StudyEvent[] = [];
  await expect(runStudy(optionsOf(events, { data: studyDataOf(without) }))).rejects.toMatchObject({
    code: "BAD_DATA",
    message: "tiny, test split: 0 images; expected at least 1",
  });
  expect(events).toEqual([]);
});

it("checks the gradient with what it is given", async () => {
  const row = { inputs: 2, images: 1, lambda: 0, parameters: 9, maxAbsoluteDifference: 1, maxRelativeError: 1 };
  const checkGradients: StudyOptions["checkGradients"] = async ({ dataset: given }, cases, onRows) => {
    expect(given).toBe(dataset);
    expect(cases.length).toBeGreaterThan(1);
    onRows?.([{ ...row, passed: false }]);
    return [{ ...row, passed: false }];
  };
  const events: StudyEvent[] = [];
  const basic = { ...data, optional: null };
  const { gradientCheck } = await runStudy(optionsOf(events, { data: basic, checkGradients }));
  expect(gradientCheck).toMatchObject({ rows: [row], passed: false });
  expect(events.find((event) => event.type === "stage:end")).toMatchObject({
    stage: "gradient-check",
    text: expect.stringContaining("FAILED"),
  });
});

it("a basic study has no optional part", async () => {
  const results = await runStudy(optionsOf([], { data: { ...data, optional: null } }));
  expect(results).toMatchObject({ part: "basic", optional: null });
});

it("says which trial failed, keeps those that were done, and ends the others", async () => {
  const store = memoryStore();
  let created = 0;
  const engine: EngineFactory = async (setup) => {
    const made = await createReferenceEngine(setup);
    created++;
    // The first only tells what it is.
    return created < 4 ? made : { ...made, trainBatches: () => Promise.reject(new Error("out of order")) };
  };
  const study = runStudy(optionsOf([], { engine: () => engine, store, jobs: 1 }));
  await expect(study).rejects.toMatchObject({
    code: "TRIAL_FAILED",
    message: expect.stringMatching(/λ = 0\.1, η = 0\.001.*out of order/),
  });
  expect(store.kept.size).toBe(2);
  expect(created).toBe(4);
});
