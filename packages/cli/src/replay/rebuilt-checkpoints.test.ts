import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Checkpoint, createReferenceEngine, type Dataset, train } from "@trainscope/core";
import { isPersisted, type TrainingEvent } from "@trainscope/core/events";
import { resolveSettings } from "@trainscope/core/settings";
import { createSample } from "@trainscope/data-cifar";
import type { StoredRun } from "@trainscope/runs";
import { NO_LABEL } from "@trainscope/runs/labels";
import { createRunRecord } from "@trainscope/runs/record";
import { lastValueFrom, tap } from "rxjs";
import { beforeAll, expect, it, vi } from "vitest";
import { createRebuiltCheckpoints, type RebuiltOptions } from "./rebuilt-checkpoints.ts";

const sample = createSample();
const first = (split: Dataset["train"], rows: number): Dataset["train"] => ({
  labels: split.labels.subarray(0, rows),
  images: split.images.subarray(0, rows * 3072),
});
const dataset: Dataset = {
  ...sample,
  train: first(sample.train, 60),
  validation: first(sample.validation, 20),
  test: first(sample.test, 20),
};
const settings = resolveSettings({ epochs: 5, batchSize: 20 });
const record = createRunRecord({
  runId: "run",
  settings,
  dataset,
  source: "sample",
  part: { trainOn: "batch1", labels: "fine" },
  version: "1.2.3",
  engine: "reference",
  threads: undefined,
  modules: { config: null, plugins: [], metrics: [], pictures: true },
  script: [],
});

/** Its log, and its model after each epoch, had it kept them all. */
async function trained(checkpointEvery: number) {
  const events: TrainingEvent[] = [];
  const models = new Map<number, readonly number[]>();
  await lastValueFrom(
    train({
      dataset,
      settings,
      metrics: [],
      engine: createReferenceEngine,
      runId: "run",
      checkpointEvery,
      async saveCheckpoint({ epoch, parameters }) {
        models.set(epoch, [...parameters.weights]);
        return `epoch-${epoch}`;
      },
    }).pipe(tap((event) => void (isPersisted(event) && events.push(event)))),
  );
  return { events, models };
}

let folder = "";
let events: readonly TrainingEvent[] = [];
let models: ReadonlyMap<number, readonly number[]>;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "trainscope-rebuilt-"));
  ({ models } = await trained(1));
  ({ events } = await trained(0));
  return () => rmSync(folder, { recursive: true, force: true });
});

function rebuilt(shown: readonly TrainingEvent[] = events) {
  const run: StoredRun = {
    folder,
    runId: "run",
    record,
    source: undefined,
    events: shown,
    problems: [],
    label: NO_LABEL,
  };
  const findMeans = vi.fn(async () => ({ dataset, metrics: [] }));
  const making: (number | undefined)[] = [];
  const onMaking = (epoch: number | undefined): void => void making.push(epoch);
  const onOtherMeans = vi.fn<RebuiltOptions["onOtherMeans"]>();
  const options = { run, checkpoints: [], findMeans, onMaking, onOtherMeans };
  return { making, findMeans, onOtherMeans, ...createRebuiltCheckpoints(options) };
}

const weightsOf = (checkpoint: Checkpoint | undefined) => checkpoint && [...checkpoint.parameters.weights];
const wanted = (): AbortSignal => new AbortController().signal;

it("gives the model of an epoch to the bit, and goes on from one that was made before", async () => {
  const { make, kept, making, findMeans } = rebuilt();
  expect(weightsOf(await make(2, wanted()))).toEqual(models.get(2));
  expect(weightsOf(kept(1))).toEqual(models.get(1));
  expect(weightsOf(await make(4, wanted()))).toEqual(models.get(4));
  expect(making).toEqual([2, undefined, 4, undefined]);
  expect(findMeans).toHaveBeenCalledTimes(1);
});

it("makes none that isn't wanted any more, or that the run took long for", async () => {
  const { make, findMeans } = rebuilt();
  const unwanted = new AbortController();
  const made = make(3, unwanted.signal);
  unwanted.abort();
  expect(await made).toBeUndefined();
  const slow = events.map((event) =>
    event.type === "epoch:end" ? { ...event, timing: { trainMs: 3000, evaluateMs: 1000 } } : event,
  );
  const slowly = rebuilt(slow);
  expect(await slowly.make(3, wanted())).toBeUndefined();
  expect(weightsOf(await slowly.make(2, wanted()))).toEqual(models.get(2));
  expect(findMeans).not.toHaveBeenCalled();
});

it("says once what computes now otherwise than in the run", async () => {
  const own = rebuilt();
  await own.make(2, wanted());
  expect(own.onOtherMeans).not.toHaveBeenCalled();
  const foreign = rebuilt(
    events.map((event) =>
      event.type === "run:start" && event.environment
        ? { ...event, environment: { ...event.environment, runtime: "Node.js 1.0.0" } }
        : event,
    ),
  );
  expect((await foreign.make(2, wanted()))?.environment?.runtime).toBe("Node.js 1.0.0");
  await foreign.make(4, wanted());
  expect(foreign.onOtherMeans.mock.calls).toEqual([
    [[`runtime Node.js 1.0.0 before, Node.js ${process.versions.node} now`]],
  ]);
});
