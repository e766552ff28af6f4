// Results depend on nothing that a metric does to what it is lent.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createReferenceEngine } from "../engine/reference.ts";
import { createWasmEngine } from "../engine/wasm/wasm.ts";
import { type ObservedRun, observeRun, ofType } from "../testing/observed-run.ts";
import { createTinyDataset } from "../testing/tiny-dataset.ts";
import type { AnyMetric, MetricBatch } from "./metric.ts";

const ARRAYS = ["probabilities", "losses", "labels", "images", "weights", "biases"] as const;
type ArrayName = (typeof ARRAYS)[number];

interface Scribble {
  readonly array: ArrayName;
  /** Where, as a share of the length. */
  readonly place: number;
  readonly value: number;
  readonly way: "entry" | "fill" | "memory" | "transfer" | "keep";
}

function arrayOf(batch: MetricBatch, name: ArrayName) {
  if (name === "images") return batch.images();
  return name === "weights" || name === "biases" ? batch.parameters[name] : batch[name];
}

function apply(batch: MetricBatch, { array: name, place, value, way }: Scribble, kept: Uint8Array[]): void {
  const array = arrayOf(batch, name);
  const bytes = new Uint8Array(array.buffer as ArrayBuffer, array.byteOffset, array.byteLength);
  if (way === "entry") array[Math.floor(place * array.length)] = value;
  else if (way === "fill") array.fill(value);
  else if (way === "memory") bytes.fill(value);
  else if (way === "transfer") structuredClone(array.buffer, { transfer: [array.buffer as ArrayBuffer] });
  else for (const old of kept) old.fill(value);
  kept.push(bytes);
}

function scribbler(scribbles: readonly Scribble[]): AnyMetric {
  const kept: Uint8Array[] = [];
  return {
    name: "scribbler",
    splits: ["train", "validation", "test"],
    direction: "min",
    init: () => 0,
    update(_, batch) {
      for (const scribble of scribbles) apply(batch, scribble, kept);
      return 0;
    },
    result: () => 1,
  };
}

/** A sum over all that a metric is lent, which any change would show in. */
const sum: AnyMetric = {
  name: "sum",
  splits: ["train", "validation", "test"],
  direction: "min",
  init: () => 0,
  update(state: number, batch) {
    let total = state;
    for (const name of ARRAYS) {
      arrayOf(batch, name).forEach((value: number, i: number) => {
        total += value * (1 + (i % 7));
      });
    }
    return total;
  },
  result: (state: number) => state,
};

/** Figures of all but the scribbler, and the parameters that it ended with. */
function comparable({ events, parameters }: ObservedRun) {
  const figures = [...ofType(events, "epoch:end"), ...ofType(events, "run:end")].map(({ metrics }) =>
    Object.entries(metrics).filter(([tag]) => !tag.endsWith("/scribbler")),
  );
  const { keptEpoch, reason } = ofType(events, "run:end")[0] ?? {};
  return { figures, parameters, keptEpoch, reason };
}

const scribble: fc.Arbitrary<Scribble> = fc.record({
  array: fc.constantFrom(...ARRAYS),
  place: fc.double({ min: 0, max: 0.999, noNaN: true }),
  value: fc.integer({ min: 1, max: 255 }),
  way: fc.constantFrom("entry", "fill", "memory", "transfer", "keep"),
});

/** As Node.js' Buffer is one: a Uint8Array whose `slice` is a view of the same bytes. */
class BytesLikeBuffer extends Uint8Array {
  override slice(start?: number, end?: number) {
    return this.subarray(start, end) as Uint8Array<ArrayBuffer>;
  }
}

function likeBuffer(bytes: Uint8Array): BytesLikeBuffer {
  const own = new BytesLikeBuffer(bytes.length);
  own.set(bytes);
  return own;
}

const settings = {
  epochs: 3,
  batchSize: 25,
  learningRate: 0.05,
  lambda: 0.01,
  keep: "best" as const,
  monitor: "validation/accuracy",
};

describe.each([
  ["reference", createReferenceEngine, 20],
  ["wasm", createWasmEngine({ threads: 1 }), 20],
] as const)("%s: a metric that writes into what it is lent", (_, create, numRuns) => {
  it("changes no figure, no parameter and none of the caller's data, before and behind another metric", async () => {
    const dataset = createTinyDataset();
    const before = structuredClone(dataset);
    const expected = comparable(await observeRun({ create, dataset, settings, metrics: [sum] }));
    await fc.assert(
      fc.asyncProperty(
        fc.array(scribble, { minLength: 1, maxLength: 4 }),
        fc.boolean(),
        async (list, isFirst) => {
          const metrics = isFirst ? [scribbler(list), sum] : [sum, scribbler(list)];
          expect(comparable(await observeRun({ create, dataset, settings, metrics }))).toEqual(expected);
          expect(dataset).toEqual(before);
        },
      ),
      { numRuns },
    );
  });

  it("does so with labels that are a Buffer, too, over several evaluations", async () => {
    // Enough rows for more than one call of evaluate.
    const plain = createTinyDataset({ train: 20_000, validation: 100, test: 50 });
    const labels = likeBuffer(plain.train.labels);
    const dataset = { ...plain, train: { images: likeBuffer(plain.train.images), labels } };
    const once = { ...settings, epochs: 1, batchSize: 1000 };
    const expected = comparable(await observeRun({ create, dataset: plain, settings: once, metrics: [sum] }));
    expect(comparable(await observeRun({ create, dataset, settings: once, metrics: [sum] }))).toEqual(expected);
    expect([...labels]).toEqual([...plain.train.labels]);
  });

  it.each(ARRAYS)(
    "is named where it wrote into the %s, has no figure, and is disabled after three times",
    async (array) => {
      const metrics = [scribbler([{ array, place: 0.5, value: 77, way: "fill" }]), sum];
      const { events } = await observeRun({ create, settings, metrics });
      const errors = ofType(events, "plugin:error");
      expect(errors).toHaveLength(3);
      const message = `it wrote into the batch's ${array}, which is for reading only`;
      expect(errors[2]).toMatchObject({ plugin: "scribbler", hook: "update", message, disabled: true });
      expect(ofType(events, "epoch:end")[0]?.metrics["train/scribbler"]).toBeNull();
    },
  );
});

it("a batch can't be given other fields", async () => {
  const metric = {
    ...sum,
    update: (state: number, batch: MetricBatch) => Object.assign(batch, { lambda: 9 }) && state,
  };
  const { events } = await observeRun({ settings, metrics: [metric] });
  expect(ofType(events, "plugin:error")[0]?.message).toMatch(/read.?only/);
});
