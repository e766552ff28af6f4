import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { allocateImages, createReferenceEngine } from "@trainscope/core";
import { LOSS_NAMES } from "@trainscope/core/settings";
import { createTinyDataset, describeEngine } from "@trainscope/core/testing";
import fc from "fast-check";
import { describe, expect, it, onTestFinished } from "vitest";
import { createNativeEngine } from "./native-engine.ts";
import { nativeSupport } from "./support.ts";
import { epochOf, senseless, setupOf, trainAndEvaluate } from "./testing/training.ts";

const support = nativeSupport();
// Where it wasn't built there is nothing to test; the build has said so.
const allVectors = support.available ? support.allVectors : [];
const describeNative = describe.skipIf(!support.available);

// Losses of the contract's data are of the order of 10: a few units in the last place of float32.
const FLOAT32 = { tolerance: 5e-6 };
for (const vectors of allVectors) {
  describeEngine(`native, ${vectors}, 1 thread`, createNativeEngine({ threads: 1, vectors }), FLOAT32);
  describeEngine(`native, ${vectors}, 3 threads`, createNativeEngine({ threads: 3, vectors }), FLOAT32);
}

/** Largest absolute difference, over the largest absolute value. */
function relativeDifference(actual: readonly number[], expected: readonly number[]): number {
  expect(actual).toHaveLength(expected.length);
  const differences = actual.map((value, i) => Math.abs(value - (expected[i] ?? Number.NaN)));
  return Math.max(...differences) / Math.max(...expected.map(Math.abs));
}

/** The cores that each of this process's threads may use, as Linux tells them. */
async function coresOfThreads(): Promise<ReadonlySet<string>> {
  const threads = await readdir("/proc/self/task");
  // A thread of the test's worker may end in between.
  const told = await Promise.all(
    threads.map((thread) => readFile(`/proc/self/task/${thread}/status`, "utf8").catch(() => undefined)),
  );
  const there = told.filter((status) => status !== undefined);
  return new Set(there.map((status) => /^Cpus_allowed_list:\s*(\S+)/m.exec(status)?.[1] ?? "not told"));
}

describeNative("native engine", () => {
  it.runIf(process.platform === "linux")("binds no thread to a core once a job is done", async () => {
    const before = await coresOfThreads();
    const setup = setupOf(createTinyDataset({ train: 64, validation: 16 }));
    // One thread more than there are cores: it takes none.
    const engine = await createNativeEngine({ threads: Math.min(availableParallelism() + 1, 16) })(setup);
    onTestFinished(() => engine.close());
    await engine.trainBatches(epochOf(64, 8));
    expect(await coresOfThreads()).toEqual(before);
  });

  describe.each(LOSS_NAMES)("%s", (loss) => {
    it("gives the same bits with any vectors on any number of threads", async () => {
      const dataset = createTinyDataset({ classes: 12, train: 400, validation: 300 });
      const setup = setupOf(dataset, loss);
      const options = allVectors.flatMap((vectors) =>
        [1, 2, 3, 7, 16].map((threads) => ({ vectors, threads })),
      );
      const [one, ...others] = await Promise.all(
        options.map(async (each) =>
          trainAndEvaluate(await createNativeEngine(each)(setup), epochOf(400, 150), 300),
        ),
      );
      for (const other of others) expect(other).toEqual(one);
    });

    it("agrees with float64, and all vectors to the bit, for any shape, classes, batch size and threads", async () => {
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
          const setup = setupOf(senseless(shape, classes, images), loss);
          // A margin at its kink may fall on either side in float32, so svm's gradient may jump by an image's part:
          // small steps and no small batches keep that below the bound.
          const least = loss === "svm" ? 20 : 1;
          const slice = epochOf(images, Math.max(least, batchSize), loss === "svm" ? 0.0005 : 0.01, amount);
          const rows = Math.min(images, 100);
          const expected = await trainAndEvaluate(await createReferenceEngine(setup), slice, rows);
          const [actual, ...others] = await Promise.all(
            allVectors.map(async (vectors) =>
              trainAndEvaluate(await createNativeEngine({ threads, vectors })(setup), slice, rows),
            ),
          );
          if (actual === undefined) throw new Error("there are no vectors");
          for (const other of others) expect(other).toEqual(actual);
          const bound = loss === "svm" ? 1e-3 : 1e-4;
          expect(relativeDifference(actual.weights, expected.weights)).toBeLessThan(bound);
          expect(relativeDifference(actual.biases, expected.biases)).toBeLessThan(bound);
          expect(relativeDifference(actual.losses, expected.losses)).toBeLessThan(bound);
          expect(relativeDifference(actual.trainingLosses, expected.trainingLosses)).toBeLessThan(bound);
          expect(Math.abs(actual.lossSum / expected.lossSum - 1)).toBeLessThan(bound);
        }),
        { numRuns: 20 },
      );
    });
  });

  // Every processor and compiler comes to these: who changes the order of additions changes them, and what runs come to.
  it.each([
    ["softmax", "dc3e6d7b7b1bdc9e"],
    ["bce", "8b47c9a064adf769"],
    ["svm", "d872c4a47540d8eb"],
  ] as const)("%s: the bits that are written down here", async (loss, expected) => {
    const setup = setupOf(senseless({ width: 20, height: 20, channels: 3 }, 12, 300), loss);
    const engine = await createNativeEngine({ threads: 2 })(setup);
    const figures = await trainAndEvaluate(engine, epochOf(300, 150, 0.003), 300);
    expect(figures.weights.every(Number.isFinite)).toBe(true);
    const hash = createHash("sha256");
    for (const name of ["weights", "biases", "trainingLosses", "probabilities", "losses"] as const) {
      hash.update(Buffer.from(Float32Array.from(figures[name]).buffer));
    }
    expect(hash.digest("hex").slice(0, 16)).toBe(expected);
  });

  it("a diverging run ends in NaN, and goes on from loaded parameters, padding and all", async () => {
    const setup = setupOf(senseless({ width: 5, height: 1, channels: 1 }, 3, 40));
    const engine = await createNativeEngine({ threads: 2 })(setup);
    const diverging = { ...epochOf(40, 10), learningRates: new Float64Array(4).fill(1e30) };
    expect((await engine.trainBatches(diverging)).lossSum).not.toSatisfy(Number.isFinite);
    expect(engine.parameters.weights.some(Number.isNaN)).toBe(true);
    await engine.load(setup.initial);
    const actual = await trainAndEvaluate(engine, epochOf(40, 10), 40);
    expect(actual).toEqual(await trainAndEvaluate(await createNativeEngine()(setup), epochOf(40, 10), 40));
  });

  it("a batch size beyond 32 bits is one batch of everything", async () => {
    const setup = setupOf(createTinyDataset());
    const expected = await trainAndEvaluate(await createNativeEngine()(setup), epochOf(60, 60), 30);
    const huge = { ...epochOf(60, 60), batchSize: 2 ** 32 + 1 };
    expect(await trainAndEvaluate(await createNativeEngine()(setup), huge, 30)).toEqual(expected);
  });

  it("computes with images wherever they lie, in memory that is shared or not", async () => {
    const dataset = createTinyDataset({ train: 200, validation: 100 });
    const { images } = dataset.train;
    const shared = allocateImages(images.length + 5).subarray(5);
    expect(shared.buffer).toBeInstanceOf(SharedArrayBuffer);
    shared.set(images);
    const expected = await trainAndEvaluate(
      await createNativeEngine()(setupOf(dataset)),
      epochOf(200, 10),
      100,
    );
    const elsewhere = setupOf({ ...dataset, train: { ...dataset.train, images: shared } });
    const actual = await trainAndEvaluate(await createNativeEngine()(elsewhere), epochOf(200, 10), 100);
    expect(actual).toEqual(expected);
  });

  it("closed, its parameters stay, and whatever is asked of it is refused", async () => {
    const setup = setupOf(createTinyDataset({ train: 200, validation: 100 }));
    const engine = await createNativeEngine({ threads: 2 })(setup);
    await engine.trainBatches(epochOf(200, 10));
    const weights = [...engine.parameters.weights];
    await Promise.all([engine.close(), engine.close()]);
    await engine.close();
    expect([...engine.parameters.weights]).toEqual(weights);
    const closed = { code: "ENGINE_FAILED", message: "the engine is closed" };
    await expect(engine.trainBatches(epochOf(200, 10))).rejects.toMatchObject(closed);
    await expect(engine.evaluate("train", 0, 10)).rejects.toMatchObject(closed);
    await expect(engine.load(setup.initial)).rejects.toMatchObject(closed);
    expect(() => engine.copyState()).toThrow("the engine is closed");
  });

  it.each([1, 2])(
    "closed while %i threads train, the job is refused and W stays that of the job before",
    async (threads) => {
      const setup = setupOf(createTinyDataset({ train: 20_000 }));
      const engine = await createNativeEngine({ threads })(setup);
      await engine.trainBatches(epochOf(20_000, 100));
      const before = [...engine.parameters.weights];
      // Batches of one image: no machine is done with 20,000 before the next line.
      const training = engine.trainBatches(epochOf(20_000, 1));
      const refused = expect(training).rejects.toMatchObject({ code: "ENGINE_FAILED" });
      await engine.close();
      await refused;
      expect([...engine.parameters.weights]).toEqual(before);
    },
  );

  it("two engines on the same images at once do not disturb each other", async () => {
    const setup = setupOf(createTinyDataset({ train: 200, validation: 100 }));
    const slices = [epochOf(200, 10), epochOf(200, 30, 0.2)];
    const alone = [];
    for (const slice of slices) {
      alone.push(await trainAndEvaluate(await createNativeEngine({ threads: 2 })(setup), slice, 100));
    }
    const together = slices.map(async (slice) =>
      trainAndEvaluate(await createNativeEngine({ threads: 2 })(setup), slice, 100),
    );
    expect(await Promise.all(together)).toEqual(alone);
  });

  it("reads bytes alone", async () => {
    const setup = setupOf(createTinyDataset());
    const train = { images: Float32Array.from(setup.splits.train.images), labels: setup.splits.train.labels };
    await expect(createNativeEngine()({ ...setup, splits: { ...setup.splits, train } })).rejects.toMatchObject({
      code: "NOT_SUPPORTED",
      message: "the native engine reads images as bytes; the dataset has features",
    });
  });

  it("refuses what would read beyond the images", async () => {
    const engine = await createNativeEngine({ threads: 1 })(setupOf(createTinyDataset()));
    const slice = { ...epochOf(60, 10), order: new Uint32Array(60).fill(60) };
    await expect(engine.trainBatches(slice)).rejects.toThrow("images is not what the engine's binding takes");
    await expect(engine.evaluate("test", 10, 21)).rejects.toThrow("images is not what");
    expect((await engine.trainBatches(epochOf(60, 10))).lossSum).toSatisfy(Number.isFinite);
    await engine.close();
  });

  it("names its vectors, and its kernels alike with all of them", async () => {
    const builds = new Set<string | undefined>();
    for (const vectors of allVectors) {
      const engine = await createNativeEngine({ threads: 2, vectors })(setupOf(createTinyDataset()));
      expect(engine).toMatchObject({ name: "native", precision: "float32", threads: 2, vectors });
      builds.add(engine.build);
      await engine.close();
    }
    expect([...builds]).toEqual([expect.stringMatching(/^[0-9a-f]{12}$/)]);
  });

  it.each([0, 1.5, 17, Number.NaN])("refuses %s threads", (threads) => {
    expect(() => createNativeEngine({ threads })).toThrow(/expected a whole number, 1 to 16/);
  });

  it("refuses vectors that the processor has not, and names those that it has", () => {
    const refused = expect.objectContaining({
      code: "NOT_SUPPORTED",
      message: expect.stringContaining(`expected one of ${allVectors.join(", ")} on this processor`),
    });
    expect(() => createNativeEngine({ vectors: "mmx" })).toThrow(refused);
  });

  it.each([
    ["that is forgotten lets the program end", "await engine.trainBatches(epochOf(60, 10));", ""],
    [
      "keeps the program alive while it computes",
      "engine.trainBatches(epochOf(60, 10)).then(() => process.stdout.write('done'));",
      "done",
    ],
    ["at work lets the program be ended", "engine.trainBatches(epochOf(60, 1)); process.exit(0);", ""],
  ])("an engine %s", (_, work, output) => {
    const program = `
      const { createNativeEngine } = await import("./src/index.ts");
      const { epochOf, senseless, setupOf } = await import("./src/testing/training.ts");
      const setup = setupOf(senseless({ width: 8, height: 8, channels: 3 }, 3, 60));
      const engine = await createNativeEngine({ threads: 2 })(setup);
      ${work}`;
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ["--conditions=@trainscope/source", "--input-type=module", "--eval", program],
      { cwd: join(import.meta.dirname, ".."), encoding: "utf8" },
    );
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: output, stderr: "" });
  });
});
