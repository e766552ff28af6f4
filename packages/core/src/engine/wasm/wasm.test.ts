import fc from "fast-check";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { type Dataset, inputCount, type Split } from "../../data/dataset.ts";
import { allocateImages, imageMemoryOf } from "../../data/image-memory.ts";
import { componentStatistics } from "../../data/standardise.ts";
import { LOSS_NAMES, type LossName } from "../../losses/names.ts";
import { initialiseParameters } from "../../model/linear.ts";
import { createRandom, RandomStream } from "../../random/random.ts";
import { describeEngine } from "../../testing/engine-contract.ts";
import { createTinyDataset } from "../../testing/tiny-dataset.ts";
import type { Engine, EngineSetup, TrainingSlice } from "../engine.ts";
import { createReferenceEngine } from "../reference.ts";
import { detectHost } from "./host.ts";
import { createWasmEngine, type WasmEngineOptions } from "./wasm.ts";

// Losses of the contract's data are of the order of 10: a few units in the last place of float32.
const FLOAT32 = { tolerance: 5e-6 };

describeEngine("wasm, 1 thread", createWasmEngine({ threads: 1 }), FLOAT32);
describeEngine("wasm, 3 threads", createWasmEngine({ threads: 3 }), FLOAT32);
describeEngine("wasm, plain SIMD", createWasmEngine({ threads: 2, host: { simd: "plain" } }), FLOAT32);
describeEngine("wasm, no shared memory", createWasmEngine({ host: { sharedMemory: false } }), FLOAT32);
describeEngine(
  "wasm, no shared memory, plain SIMD",
  createWasmEngine({ host: { sharedMemory: false, simd: "plain" } }),
  FLOAT32,
);

interface SetupOptions {
  readonly loss?: LossName;
  readonly spread?: number;
}

function setupOf(dataset: Dataset, { loss = "softmax", spread = 0.1 }: SetupOptions = {}): EngineSetup {
  const inputs = inputCount(dataset.shape);
  const classes = dataset.classNames.length;
  return {
    shape: dataset.shape,
    classes,
    splits: { train: dataset.train, validation: dataset.validation, test: dataset.test },
    statistics: componentStatistics(dataset.train, inputs),
    loss,
    initial: initialiseParameters(classes, inputs, 5, spread),
  };
}

function epochOf(images: number, batchSize: number, learningRate = 0.05, noise = 5): TrainingSlice {
  const batches = Math.ceil(images / batchSize);
  const keys = Uint32Array.from({ length: 2 * images }, createRandom(5, RandomStream.noise).uint32);
  return {
    order: Uint32Array.from({ length: images }, (_, i) => (i * 7919) % images),
    flips: Uint8Array.from({ length: images }, (_, i) => Number(i % 3 === 0)),
    ...(noise > 0 && { noise: { amount: noise, keys } }),
    batchSize,
    first: 0,
    end: batches,
    learningRates: Float64Array.from({ length: batches }, (_, batch) => learningRate / (1 + batch)),
    lambda: 0.02,
  };
}

interface Figures {
  readonly lossSum: number;
  readonly trainingLosses: readonly number[];
  readonly weights: readonly number[];
  readonly biases: readonly number[];
  readonly probabilities: readonly number[];
  readonly losses: readonly number[];
}

/** An epoch, and what the engine makes of a split after it. */
async function train(engine: Engine, slice: TrainingSlice, split: Split, rows: number): Promise<Figures> {
  const trained = await engine.trainBatches(slice);
  const trainingLosses = [...trained.losses];
  const { probabilities, losses } = await engine.evaluate(split, 0, rows);
  const { weights, biases } = engine.parameters;
  const figures = {
    lossSum: trained.lossSum,
    trainingLosses,
    weights: [...weights],
    biases: [...biases],
    probabilities: [...probabilities],
    losses: [...losses],
  };
  await engine.close();
  return figures;
}

/** Largest absolute difference, over the largest absolute value. */
function relativeDifference(actual: readonly number[], expected: readonly number[]): number {
  expect(actual).toHaveLength(expected.length);
  const differences = actual.map((value, i) => Math.abs(value - (expected[i] ?? Number.NaN)));
  return Math.max(...differences) / Math.max(...expected.map(Math.abs));
}

describe("wasm engine", () => {
  describe.each(LOSS_NAMES)("%s", (loss) => {
    it("gives the same bits on any number of threads", async () => {
      const dataset = createTinyDataset({ classes: 12, train: 400, validation: 300 });
      const slice = epochOf(400, 150);
      const [one, ...others] = await Promise.all(
        [1, 2, 3, 4, 7, 16].map(async (threads) =>
          train(await createWasmEngine({ threads })(setupOf(dataset, { loss })), slice, "validation", 300),
        ),
      );
      for (const other of others) expect(other).toEqual(one);
    });

    it("agrees with float64 for any shape, classes, batch size and number of threads", async () => {
      const example = fc.record({
        width: fc.integer({ min: 1, max: 40 }),
        height: fc.integer({ min: 1, max: 9 }),
        channels: fc.constantFrom(1, 3),
        classes: fc.integer({ min: 2, max: 23 }),
        images: fc.integer({ min: 1, max: 150 }),
        batchSize: fc.integer({ min: 1, max: 200 }),
        threads: fc.integer({ min: 1, max: 5 }),
        amount: fc.constantFrom(0, 1, 127),
      });
      await fc.assert(
        fc.asyncProperty(example, async ({ classes, images, batchSize, threads, amount, ...shape }) => {
          const setup = setupOf(senseless(shape, classes, images), { loss });
          // A margin at its kink may fall on either side in float32, so svm's gradient may jump by an image's part:
          // small steps and no small batches keep that below the bound.
          const least = loss === "svm" ? 20 : 1;
          const slice = epochOf(images, Math.max(least, batchSize), loss === "svm" ? 0.0005 : 0.01, amount);
          const expected = await train(
            await createReferenceEngine(setup),
            slice,
            "train",
            Math.min(images, 100),
          );
          const actual = await train(
            await createWasmEngine({ threads })(setup),
            slice,
            "train",
            Math.min(images, 100),
          );
          const bound = loss === "svm" ? 1e-3 : 1e-4;
          expect(relativeDifference(actual.weights, expected.weights)).toBeLessThan(bound);
          expect(relativeDifference(actual.biases, expected.biases)).toBeLessThan(bound);
          expect(relativeDifference(actual.losses, expected.losses)).toBeLessThan(bound);
          expect(relativeDifference(actual.trainingLosses, expected.trainingLosses)).toBeLessThan(bound);
          expect(Math.abs(actual.lossSum / expected.lossSum - 1)).toBeLessThan(bound);
        }),
        { numRuns: 25 },
      );
    });

    it("large scores neither overflow nor lose the small probabilities", async () => {
      const dataset = createTinyDataset({ classes: 6, train: 100, validation: 90 });
      const setup = setupOf(dataset, { loss, spread: 4 });
      const reference = await createReferenceEngine(setup);
      const expected = await reference.evaluate("validation", 0, 90);
      const engine = await createWasmEngine({ threads: 2 })(setup);
      const actual = await engine.evaluate("validation", 0, 90);
      actual.probabilities.forEach((probability, i) => {
        const wanted = expected.probabilities[i] ?? Number.NaN;
        // Scores are of the order of 30, so float32 leaves their exponentials some 1e-5 relative. Below 1e-38 it has none.
        expect(Math.abs(probability - wanted)).toBeLessThan(1e-4 * wanted + 1e-37);
      });
      expect(relativeDifference([...actual.losses], [...expected.losses])).toBeLessThan(1e-5);
      await engine.close();
    });
  });

  it("a diverging run ends in NaN, and not in a number that looks right", async () => {
    const dataset = createTinyDataset({ classes: 3, train: 300 });
    const engine = await createWasmEngine({ threads: 2 })(setupOf(dataset));
    const slice = { ...epochOf(300, 10), learningRates: new Float64Array(30).fill(1e30) };
    expect((await engine.trainBatches(slice)).lossSum).not.toSatisfy(Number.isFinite);
    await engine.close();
  });

  it("goes on from loaded parameters after it has diverged, padding and all", async () => {
    const setup = setupOf(senseless({ width: 5, height: 1, channels: 1 }, 3, 40));
    const engine = await createWasmEngine({ threads: 2 })(setup);
    await engine.trainBatches({ ...epochOf(40, 10), learningRates: new Float64Array(4).fill(1e30) });
    expect(engine.parameters.weights.some(Number.isNaN)).toBe(true);
    await engine.load(setup.initial);
    const actual = await train(engine, epochOf(40, 10), "train", 40);
    expect(actual).toEqual(await train(await createWasmEngine()(setup), epochOf(40, 10), "train", 40));
  });

  it("a batch size beyond 32 bits is one batch of everything", async () => {
    const setup = setupOf(createTinyDataset());
    const huge = { ...epochOf(60, 60), batchSize: 2 ** 32 + 1 };
    const expected = await train(await createWasmEngine()(setup), epochOf(60, 60), "train", 60);
    expect(await train(await createWasmEngine()(setup), huge, "train", 60)).toEqual(expected);
  });

  it("closed, its parameters stay, and whatever is asked of it is refused", async () => {
    const setup = setupOf(shareImages(createTinyDataset({ train: 200, validation: 100 })));
    const engine = await createWasmEngine({ threads: 2 })(setup);
    await engine.trainBatches(epochOf(200, 10));
    const { parameters } = engine;
    const weights = [...parameters.weights];
    await Promise.all([engine.close(), engine.close()]);
    await engine.close();

    const [one, other] = await Promise.all([createWasmEngine()(setup), createWasmEngine()(setup)]);
    expect(one?.parameters.weights.byteOffset).not.toBe(other?.parameters.weights.byteOffset);
    await one.trainBatches(epochOf(200, 10, 1));
    expect([...parameters.weights]).toEqual(weights);
    await expect(engine.trainBatches(epochOf(200, 10))).rejects.toThrow("the engine is closed");
    await expect(engine.evaluate("train", 0, 10)).rejects.toThrow("the engine is closed");
    await expect(engine.load(setup.initial)).rejects.toThrow("the engine is closed");
    await one.close();
    await other.close();
  });

  it("closed while it trains, the job is refused too", async () => {
    const engine = await createWasmEngine({ threads: 2 })(setupOf(createTinyDataset({ train: 20_000 })));
    const training = engine.trainBatches(epochOf(20_000, 1));
    const refused = expect(training).rejects.toThrow("the engine is closed");
    await engine.close();
    await refused;
  });

  it("computes with images where they lie, and gives back what it takes beside them", async () => {
    const dataset = shareImages(createTinyDataset({ train: 200, validation: 100 }));
    const { memory } = imageMemoryOf(dataset.train.images) ?? {};
    const setup = setupOf(dataset);
    const slice = epochOf(200, 10);
    const copied = setupOf(createTinyDataset({ train: 200, validation: 100 }));
    const expected = await train(await createWasmEngine({ threads: 2 })(copied), slice, "validation", 100);

    expect(await train(await createWasmEngine({ threads: 2 })(setup), slice, "validation", 100)).toEqual(
      expected,
    );
    const pages = memory?.buffer.byteLength;
    for (let again = 0; again < 3; again++) {
      expect(await train(await createWasmEngine({ threads: 2 })(setup), slice, "validation", 100)).toEqual(
        expected,
      );
    }
    expect(memory?.buffer.byteLength).toBe(pages);
  });

  it("two engines on the same images at once do not disturb each other", async () => {
    const setup = setupOf(shareImages(createTinyDataset({ train: 200, validation: 100 })));
    const slice = epochOf(200, 10);
    const other = epochOf(200, 30, 0.2);
    const alone = [
      await train(await createWasmEngine({ threads: 2 })(setup), slice, "validation", 100),
      await train(await createWasmEngine({ threads: 1 })(setup), other, "validation", 100),
    ];
    const engines = [
      await createWasmEngine({ threads: 2 })(setup),
      await createWasmEngine({ threads: 1 })(setup),
    ];
    const together = await Promise.all(
      engines.map((engine, i) => train(engine, i === 0 ? slice : other, "validation", 100)),
    );
    expect(together).toEqual(alone);
  });

  it("a thread that dies at work ends the job with an error that names it, and every job after", async () => {
    const { createWorker } = detectHost();
    if (createWorker === undefined) throw new Error("this test needs worker threads");
    const workers: ReturnType<typeof createWorker>[] = [];
    const host = {
      createWorker: () => {
        const worker = createWorker();
        workers.push(worker);
        return worker;
      },
    };
    const dataset = createTinyDataset({ train: 20_000 });
    const engine = await createWasmEngine({ threads: 3, host })(setupOf(dataset));
    // Batches of one image: the threads meet 20,000 times, and wait for each other at most of them.
    const training = engine.trainBatches(epochOf(20_000, 1));
    await workers[1]?.terminate();
    await expect(training).rejects.toMatchObject({
      code: "ENGINE_FAILED",
      message: expect.stringContaining("compute thread 2 of 3 died"),
    });
    await expect(engine.evaluate("train", 0, 10)).rejects.toMatchObject({ code: "ENGINE_FAILED" });
    await engine.close();
  });

  it("W is that of the job before where a thread dies at work", async () => {
    const { createWorker } = detectHost();
    if (createWorker === undefined) throw new Error("this test needs worker threads");
    const first = createWorker();
    let made = 0;
    const host = { createWorker: () => (made++ === 0 ? first : createWorker()) };
    const setup = setupOf(createTinyDataset({ train: 20_000 }));
    const engine = await createWasmEngine({ threads: 2, host })(setup);
    await engine.trainBatches(epochOf(20_000, 100));
    const before = [...engine.parameters.weights];
    const training = engine.trainBatches(epochOf(20_000, 1));
    await first.terminate();
    await expect(training).rejects.toMatchObject({ code: "ENGINE_FAILED" });
    await engine.close();
    expect([...engine.parameters.weights]).toEqual(before);
  });

  it("threads that have started are ended where another does not start", async () => {
    const { createWorker } = detectHost();
    if (createWorker === undefined) throw new Error("this test needs worker threads");
    const started: string[] = [];
    const host = {
      createWorker: () => {
        if (started.length === 2) throw new Error("no third");
        const worker = createWorker();
        started.push("running");
        const index = started.length - 1;
        return {
          ...worker,
          terminate: async () => {
            await worker.terminate();
            started[index] = "ended";
          },
        };
      },
    };
    const engine = await createWasmEngine({ threads: 3, host })(setupOf(createTinyDataset()));
    expect(started).toEqual(["ended", "ended"]);
    expect(engine.notice).toContain("threads did not start (no third)");
    await engine.close();
  });

  it("where a policy forbids WebAssembly, the reference engine serves, and only as long as that lasts", async () => {
    const host = { simd: "plain" as const, sharedMemory: false };
    const refusal = new WebAssembly.CompileError("refused by policy");
    const compile = vi.spyOn(WebAssembly, "compile").mockRejectedValue(refusal);
    onTestFinished(() => compile.mockRestore());
    vi.resetModules();
    const fresh = await import("./wasm.ts");
    const setup = setupOf(createTinyDataset());
    const refused = await fresh.createWasmEngine({ host })(setup);
    expect(refused.name).toBe("reference");
    expect(refused.notice).toContain("this host forbids to compile WebAssembly (refused by policy)");
    compile.mockRestore();
    const engine = await fresh.createWasmEngine({ host })(setup);
    expect(engine.name).toBe("wasm");
    await engine.close();
  });

  it("where it doesn't start for any other reason, that is an error, and no other engine serves", async () => {
    const cause = new RangeError("no memory");
    const memory = vi.spyOn(WebAssembly, "Memory").mockImplementation(
      class {
        constructor() {
          throw cause;
        }
      } as never,
    );
    onTestFinished(() => memory.mockRestore());
    await expect(createWasmEngine({ threads: 2 })(setupOf(createTinyDataset()))).rejects.toMatchObject({
      name: "TrainscopeError",
      code: "ENGINE_FAILED",
      cause,
      message: "the wasm engine did not start: no memory",
      hint: expect.stringContaining("reference engine"),
    });
  });

  it("names its vectors and its kernels, the same for any number of threads", async () => {
    const setup = setupOf(createTinyDataset());
    const described = async (options: WasmEngineOptions) => {
      const engine = await createWasmEngine(options)(setup);
      await engine.close();
      const { simd, build } = engine;
      return { simd, build };
    };
    const relaxed = await described({ threads: 1, host: { simd: "relaxed" } });
    const plain = await described({ threads: 1, host: { simd: "plain" } });
    expect(relaxed).toEqual({ simd: "128 bit, relaxed", build: expect.stringMatching(/^[0-9a-f]{12}$/) });
    expect(plain).toEqual({ simd: "128 bit", build: expect.stringMatching(/^[0-9a-f]{12}$/) });
    expect(plain.build).not.toBe(relaxed.build);
    expect(await described({ threads: 3, host: { simd: "plain" } })).toEqual(plain);
    expect(await described({ host: { simd: "plain", sharedMemory: false } })).toEqual(plain);
    expect(await described({ host: { simd: "none" } })).toEqual({});
  });

  it("where the images' memory can't grow, the engine takes one of its own", async () => {
    const setup = setupOf(shareImages(createTinyDataset({ train: 200, validation: 100 })));
    const expected = await train(await createWasmEngine()(setup), epochOf(200, 10), "train", 200);
    const data = shareImages(createTinyDataset({ train: 200, validation: 100 }));
    const another = setupOf(data);
    const { memory } = imageMemoryOf(data.train.images) ?? {};
    if (memory === undefined) throw new Error("this test needs shared memory");
    vi.spyOn(memory, "grow").mockImplementation(() => {
      throw new RangeError("no more");
    });
    const engine = await createWasmEngine()(another);
    expect([engine.name, engine.notice]).toEqual(["wasm", undefined]);
    expect(await train(engine, epochOf(200, 10), "train", 200)).toEqual(expected);
  });

  it.each([
    ["no shared memory", { sharedMemory: false }, { name: "wasm", threads: 1 }],
    ["no SIMD", { simd: "none" as const }, { name: "reference", threads: 1 }],
    ["threads did not start (no)", { createWorker: refuse }, { name: "wasm", threads: 1 }],
  ])("%s: another way serves, and says so", async (reason, host, expected) => {
    const setup = setupOf(createTinyDataset());
    const engine = await createWasmEngine({ threads: 2, host })(setup);
    expect(engine).toMatchObject(expected);
    expect(engine.notice).toContain(reason === "no SIMD" ? "no WebAssembly SIMD" : reason);
    expect((await engine.trainBatches(epochOf(60, 10))).lossSum).toSatisfy(Number.isFinite);
    await engine.close();
  });

  it("on a host that has everything there is nothing to say", async () => {
    const engine = await createWasmEngine({ threads: 2 })(setupOf(createTinyDataset()));
    expect(engine.notice).toBeUndefined();
    expect(engine).toMatchObject({ name: "wasm", precision: "float32", threads: 2 });
    await engine.close();
  });

  it.each([0, 1.5, 17, Number.NaN])("refuses %s threads", (threads) => {
    expect(() => createWasmEngine({ threads })).toThrow(/expected a whole number, 1 to 16/);
  });
});

function refuse(): never {
  throw new Error("no");
}

/** Images and labels without any sense, which every shape has. */
function senseless(shape: Dataset["shape"], classes: number, images: number): Dataset {
  const inputs = inputCount(shape);
  const split = {
    images: Uint8Array.from({ length: images * inputs }, (_, i) => (i * 7919 + ((i * i) % 127)) % 256),
    labels: Uint8Array.from({ length: images }, (_, i) => (i * 31) % classes),
  };
  const classNames = Array.from({ length: classes }, (_, k) => `class ${k}`);
  return { name: "senseless", classNames, shape, train: split, validation: split, test: split };
}

/** The same dataset with its images in one memory that the engine can use. */
function shareImages(dataset: Dataset): Dataset {
  const { train, validation, test } = dataset;
  const parts = [train, validation, test];
  const shared = allocateImages(parts.reduce((total, { images }) => total + images.length, 0));
  let next = 0;
  const [a, b, c] = parts.map(({ images, labels }) => {
    shared.set(images, next);
    next += images.length;
    return { images: shared.subarray(next - images.length, next), labels };
  });
  return { ...dataset, train: a ?? train, validation: b ?? validation, test: c ?? test };
}
