import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createReferenceEngine, type Dataset } from "@trainscope/core";
import { TrainscopeError } from "@trainscope/core/errors";
import { createTinyDataset } from "@trainscope/core/testing";
import type { IssuedJob } from "@trainscope/sweep";
import { expect, it, onTestFinished } from "vitest";
import { newDefinition } from "./definition.ts";
import type { SweepEventBody } from "./events.ts";
import type { SweepSoFar } from "./results.ts";
import { runStoredSweep, type StoredSweepOptions } from "./run-stored-sweep.ts";
import { findSweepFolder } from "./sweep-folder.ts";

type Conditions = Partial<Pick<StoredSweepOptions, "queue" | "signal" | "onStopped">> & {
  readonly path?: string;
  readonly issued?: readonly IssuedJob[];
  readonly onEvent?: (event: SweepEventBody) => void;
};

function temporaryFolder(): string {
  const path = mkdtempSync(join(tmpdir(), "trainscope-sweep-"));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

async function run(
  dataset: Dataset,
  changes: Parameters<typeof newDefinition>[0] = {},
  { path = temporaryFolder(), issued, onEvent, ...conditions }: Conditions = {},
) {
  const definition = newDefinition({
    settings: { epochs: 3, batchSize: 10 },
    space: { learningRate: { kind: "log", from: 1e-3, to: 1 } },
    strategy: "grid",
    ...changes,
  });
  const found = await findSweepFolder(path);
  const folder = { ...found, issued: issued ?? found.issued };
  await folder.open({ definition, fingerprint: "", dataName: dataset.name });
  const told: SweepEventBody[] = [];
  const results = await runStoredSweep({
    definition,
    dataset,
    folder,
    fingerprint: "",
    version: "test",
    tell() {},
    lanes: 2,
    engine: createReferenceEngine,
    emit(event) {
      told.push(event);
      onEvent?.(event);
    },
    signal: new AbortController().signal,
    ...conditions,
  });
  return { results, told };
}

it("chooses on validation only: other test labels change nothing but what the winner comes to there", async () => {
  const dataset = createTinyDataset();
  const other = {
    ...dataset,
    test: { ...dataset.test, labels: dataset.test.labels.map((label) => 1 - Math.sign(label)) },
  };
  const [one, two] = [(await run(dataset)).results, (await run(other)).results];
  expect(two.candidates).toEqual(one.candidates);
  expect(two.winner?.candidate).toBe(one.winner?.candidate);
  expect(two.winner?.test).not.toEqual(one.winner?.test);
});

it("by validation/loss the least is the best", async () => {
  const { results } = await run(createTinyDataset(), { objective: "validation/loss" });
  const means = results.candidates.map(({ mean }) => mean as number);
  expect(means).toEqual(means.toSorted((a, b) => a - b));
  expect(means.length).toBeGreaterThan(2);
});

it("a training that diverges is last, and where all do there is no winner and no test", async () => {
  const space = { learningRate: { kind: "choice", values: [1e300, 0.01] } } as const;
  const some = await run(createTinyDataset(), { space });
  expect(some.results.candidates.map(({ point, mean }) => [point.learningRate, mean === null])).toEqual([
    [0.01, false],
    [1e300, true],
  ]);
  const none = await run(createTinyDataset(), { space: { learningRate: { kind: "choice", values: [1e300] } } });
  expect(none.results.winner).toBeNull();
});

it("tells each training, and each setting once all its seeds have come back", async () => {
  const { told } = await run(createTinyDataset(), { seeds: 3 });
  const typesOf = (type: string) => told.filter((event) => event.type === type).length;
  expect(["sweep:start", "trial:end", "candidate:end"].map(typesOf)).toEqual([1, 12, 4]);
});

it("where the one that trains in full diverges, the winner is the best of the others", async () => {
  // Each of six steps an epoch multiplies weights by -2e11: squared, they are no number after the first epoch, and before
  // the end of the third.
  const { results } = await run(createTinyDataset(), {
    settings: { epochs: 9, batchSize: 10, learningRate: 0.1 },
    space: { lambda: { kind: "choice", values: [1e12, 2e12, 3e12] } },
    strategy: "halving",
    reduction: 3,
    leastEpochs: 1,
    budget: 3,
  });
  const lost = results.candidates.find(({ mean }) => mean === null);
  expect(lost).toMatchObject({ rank: 3, epochs: 3 });
  expect(results.winner).toMatchObject({ candidate: results.candidates[0]?.candidate, epochs: 1 });
});

it("what a queue trained counts where the sweep goes on without one", async () => {
  const path = temporaryFolder();
  // Other figures than trainings here would come to.
  const environment = { engine: "elsewhere", precision: "float32", threads: 1 } as const;
  const queue: StoredSweepOptions["queue"] = {
    where: "a queue",
    async run(_key, { settings }, { onStart }) {
      onStart("worker 1");
      const values = { "validation/accuracy": settings.learningRate / 10, "validation/loss": 1 };
      return { v: 1, reason: "completed", milliseconds: 1, reused: false, file: "a", environment, values };
    },
  };
  const queued = await run(createTinyDataset(), {}, { path, queue });
  const again = await run(createTinyDataset(), {}, { path });
  expect(queued.told.filter(({ type }) => type === "trial:start")).toHaveLength(4);
  expect(again.results).toEqual(queued.results);
  expect(again.told.filter(({ type }) => type === "trial:start")).toEqual([]);
  expect(again.told.filter((event) => event.type === "trial:end" && !event.reused)).toEqual([]);
});

it("settings that are the same once the usual ones are filled in are trained once for both", async () => {
  const [short, long] = [{ learningRate: 0.1 }, { learningRate: 0.1, batchSize: 10 }];
  const { results, told } = await run(
    createTinyDataset(),
    { space: { learningRate: { kind: "choice", values: [0.1] } } },
    { issued: [{ candidate: 1, epochs: 3, known: 0, point: long }] },
  );
  expect(results.candidates.map(({ point }) => point)).toEqual(expect.arrayContaining([short, long]));
  expect(results.candidates[0]?.mean).toBe(results.candidates[1]?.mean);
  expect(told.filter(({ type }) => type === "trial:start")).toHaveLength(1);
});

it("a training that is lost is none that diverged: it is named, and no figure of its setting is made up", async () => {
  const space = { learningRate: { kind: "choice", values: [1e-3, 0.01] } } as const;
  const queue: StoredSweepOptions["queue"] = {
    where: "nowhere",
    async run(_, { settings: { learningRate, seed } }) {
      if (learningRate === 1e-3 && seed === 1) throw new TrainscopeError("TRIAL_LOST", "given up");
      const values = { "validation/accuracy": 0.25, "validation/loss": 2 };
      return {
        v: 1,
        reason: "completed",
        values,
        milliseconds: 1,
        reused: false,
        file: "",
        environment: { engine: "elsewhere", precision: "float32", threads: 1 },
      };
    },
  };
  const { results, told } = await run(createTinyDataset(), { space, seeds: 2 }, { queue });
  expect(results.candidates.map(({ values, lost, mean }) => ({ values, lost, mean }))).toEqual([
    { values: { 0: 0.25, 1: 0.25 }, lost: [], mean: 0.25 },
    { values: { 0: 0.25, 1: null }, lost: [1], mean: null },
  ]);
  expect(told.filter(({ type }) => type === "trial:lost")).toHaveLength(1);
});

it("where it is stopped it gives what has come back by then, ranked, and nothing where that is nothing", async () => {
  const stoppedAfter = async (count: number) => {
    const abort = new AbortController();
    const soFar: SweepSoFar[] = [];
    let ended = 0;
    const onStopped = async (found: SweepSoFar): Promise<void> => void soFar.push(found);
    const onEvent = ({ type }: SweepEventBody): void => {
      if (type === (count === 0 ? "sweep:start" : "candidate:end") && ++ended >= count) abort.abort();
    };
    const stopped = run(createTinyDataset(), {}, { signal: abort.signal, onStopped, onEvent });
    await expect(stopped).rejects.toThrow("aborted");
    return soFar;
  };
  expect(await stoppedAfter(0)).toEqual([]);
  const [soFar] = await stoppedAfter(2);
  expect(soFar).not.toHaveProperty("winner");
  const means = soFar?.candidates.map(({ mean }) => mean ?? 0) ?? [];
  expect(means.length).toBeGreaterThanOrEqual(2);
  expect(means).toEqual(means.toSorted((a, b) => b - a));
});
