// The contract suite of an engine: every engine passes it with one call.
import { describe, expect, it } from "vitest";
import { inputCount, type Split } from "../data/dataset.ts";
import { mirrorOrder } from "../data/mirror.ts";
import { componentStatistics } from "../data/standardise.ts";
import type { Engine, EngineFactory, TrainingSlice } from "../engine/engine.ts";
import { LOSS_NAMES, type LossName } from "../losses/names.ts";
import { createParameters, initialiseParameters } from "../model/linear.ts";
import { drawNoise, type Noise } from "../random/noise.ts";
import { createRandom, RandomStream } from "../random/random.ts";
import { type NaiveModel, naiveLoss, naiveRows, naiveScores, naiveSoftmax, naiveStep } from "./naive.ts";
import { createTinyDataset } from "./tiny-dataset.ts";

/** How close to float64 arithmetic an engine has to come. */
export interface EngineContractOptions {
  /** Largest absolute difference of a parameter, loss or probability from float64 arithmetic by hand. */
  readonly tolerance: number;
}

// 53 images in batches of 10: the last batch holds 3. Seven classes are no multiple of any tile.
const dataset = createTinyDataset({ classes: 7, train: 53, validation: 31, test: 12 });
const inputs = inputCount(dataset.shape);
const BATCH = 10;
const BATCHES = 6;
const LEARNING_RATE = 0.05;
const LAMBDA = 0.02;

function setupOf(loss: LossName) {
  return {
    shape: dataset.shape,
    classes: 7,
    splits: { train: dataset.train, validation: dataset.validation, test: dataset.test },
    statistics: componentStatistics(dataset.train, inputs),
    loss,
    initial: initialiseParameters(7, inputs, 3, 0.1),
  };
}

function sliceOf(partial: Partial<TrainingSlice> = {}): TrainingSlice {
  return {
    order: Uint32Array.from({ length: 53 }, (_, i) => (i * 17) % 53),
    batchSize: BATCH,
    first: 0,
    end: BATCHES,
    learningRates: new Float64Array(BATCHES).fill(LEARNING_RATE),
    lambda: LAMBDA,
    ...partial,
  };
}

function noiseOf(amount: number): Noise {
  const random = createRandom(9, RandomStream.noise);
  return { amount, keys: Uint32Array.from({ length: 2 * 53 }, random.uint32) };
}

/**
 * By how much each component of the image at each place of the order was moved, worked out from what the engine
 * learns: from W = 0 and b = 0 each class has the probability 1/7, so one step of 1 on one image leaves 6/7 x in the
 * row of its label.
 */
async function observeMoves(engine: Engine, slice: TrainingSlice): Promise<number[][]> {
  const { means, deviations } = setupOf("softmax").statistics;
  const moves: number[][] = [];
  for (const [place, image] of slice.order.entries()) {
    await engine.load(createParameters(7, inputs));
    const learningRates = new Float64Array(53).fill(1);
    const one = { batchSize: 1, first: place, end: place + 1, learningRates, lambda: 0 };
    await engine.trainBatches({ ...slice, ...one });
    const label = dataset.train.labels[image] ?? 0;
    const row = Array.from(engine.parameters.weights.subarray(label * inputs, (label + 1) * inputs));
    moves.push(
      row.map((weight, j) => {
        const byte = (7 / 6) * weight * (deviations[j] ?? 0) + (means[j] ?? 0);
        return byte - (dataset.train.images[image * inputs + j] ?? 0);
      }),
    );
  }
  return moves;
}

function asNaive({ parameters }: Pick<Engine, "parameters">): NaiveModel {
  const weights = Array.from(parameters.weights);
  return {
    weights: Array.from({ length: 7 }, (_, k) => weights.slice(k * inputs, (k + 1) * inputs)),
    biases: Array.from(parameters.biases),
  };
}

function largestDifference(actual: NaiveModel, expected: NaiveModel): number {
  const flatten = ({ weights, biases }: NaiveModel): number[] => [...weights.flat(), ...biases];
  const wanted = flatten(expected);
  return Math.max(...flatten(actual).map((value, index) => Math.abs(value - (wanted[index] ?? Number.NaN))));
}

function sum(values: ArrayLike<number>): number {
  return Array.from(values).reduce((total, value) => total + value, 0);
}

/**
 * The contract suite of engines, to be called in a test file of vitest: against float64 arithmetic by hand.
 */
export function describeEngine(
  name: string,
  createEngine: EngineFactory,
  { tolerance }: EngineContractOptions,
): void {
  async function withEngine(loss: LossName, body: (engine: Engine) => Promise<void>): Promise<void> {
    const engine = await createEngine(setupOf(loss));
    try {
      await body(engine);
    } finally {
      await engine.close();
    }
  }

  describe(`engine ${name}`, () => {
    it("starts from the parameters it was given, and leaves the caller's alone", async () => {
      const setup = setupOf("softmax");
      const before = Array.from(setup.initial.weights);
      const engine = await createEngine(setup);
      await engine.trainBatches(sliceOf());
      expect(Array.from(setup.initial.weights)).toEqual(before);
      expect(Array.from(engine.parameters.weights)).not.toEqual(before);
      await engine.close();
    });

    it("goes on from parameters that are loaded as if it had started from them", async () => {
      const setup = setupOf("softmax");
      const expected = await createEngine({ ...setup, initial: initialiseParameters(7, inputs, 11, 0.2) });
      const engine = await createEngine(setup);
      await engine.trainBatches(sliceOf());
      await engine.load(initialiseParameters(7, inputs, 11, 0.2));
      expect(engine.parameters).toEqual(expected.parameters);
      for (const trained of [engine, expected]) await trained.trainBatches(sliceOf());
      expect(engine.parameters).toEqual(expected.parameters);
      await engine.close();
      await expected.close();
    });

    it("goes on from a copy of its state with the same bits, in its updates and in what it evaluates", async () => {
      const [engine, other] = [await createEngine(setupOf("softmax")), await createEngine(setupOf("softmax"))];
      await engine.trainBatches(sliceOf());
      const { parameters, scaledWeights } = engine.copyState();
      expect(parameters).toEqual(engine.parameters);
      await other.load(parameters, scaledWeights);
      for (const slice of [undefined, sliceOf({ learningRates: new Float64Array(BATCHES).fill(0.1) })]) {
        if (slice) for (const trained of [engine, other]) await trained.trainBatches(slice);
        expect(other.parameters).toEqual(engine.parameters);
        const evaluated = [engine, other].map(async (each) =>
          (await each.evaluate("test", 0, 12)).losses.slice(),
        );
        const [expected, losses] = await Promise.all(evaluated);
        expect(losses).toEqual(expected);
      }
      const kept = engine.copyState();
      expect(kept.parameters).not.toEqual(parameters);
      await engine.close();
      await other.close();
    });

    describe.each(LOSS_NAMES)("%s", (loss) => {
      it("an epoch of updates agrees with the formulas written out, a smaller last batch included", () =>
        withEngine(loss, async (engine) => {
          let expected = asNaive({ parameters: setupOf(loss).initial });
          const rows = naiveRows(dataset, "train");
          const slice = sliceOf();
          const order = Array.from(slice.order);
          const losses: number[] = [];
          for (let start = 0; start < order.length; start += BATCH) {
            const chosen = order.slice(start, start + BATCH);
            const batch = chosen.map((index) => rows[index] ?? []);
            const labels = chosen.map((index) => dataset.train.labels[index] ?? 0);
            batch.forEach((row, i) => {
              losses.push(naiveLoss(loss, naiveScores(expected, row), labels[i] ?? 0));
            });
            expected = naiveStep(expected, batch, labels, {
              loss,
              learningRate: LEARNING_RATE,
              lambda: LAMBDA,
            });
          }
          const trained = await engine.trainBatches(slice);
          expect(largestDifference(asNaive(engine), expected)).toBeLessThan(tolerance);
          expect(trained.losses).toHaveLength(53);
          losses.forEach((value, place) => {
            expect(Math.abs((trained.losses[place] ?? Number.NaN) - value)).toBeLessThan(tolerance);
          });
          expect(Math.abs(trained.lossSum - sum(losses)) / 53).toBeLessThan(tolerance);
          expect(Math.abs(trained.lossSum - sum(trained.losses)) / 53).toBeLessThan(tolerance);
        }));

      it("the first loss that is no finite number is of the batch after the update that did it", () =>
        withEngine(loss, async (engine) => {
          // The update takes 2 lambda eta of W away, which no number can hold.
          const learningRates = new Float64Array(BATCHES).fill(1e-12);
          learningRates[3] = 1e300;
          const { lossSum, losses } = await engine.trainBatches(
            sliceOf({ first: 1, learningRates, lambda: 1e10 }),
          );
          const place = losses.findIndex((value) => !Number.isFinite(value));
          expect(1 + Math.floor(place / BATCH)).toBe(4);
          expect(lossSum).not.toSatisfy(Number.isFinite);
        }));

      it("evaluates every row of a split, in pieces of any size, as the formulas say", () =>
        withEngine(loss, async (engine) => {
          const model = asNaive(engine);
          for (const split of ["train", "validation", "test"] satisfies Split[]) {
            const rows = naiveRows(dataset, split);
            for (let first = 0; first < rows.length; first += 9) {
              const end = Math.min(first + 9, rows.length);
              const { size, losses, probabilities, labels } = await engine.evaluate(split, first, end);
              expect([size, losses.length, probabilities.length]).toEqual([
                end - first,
                end - first,
                (end - first) * 7,
              ]);
              for (let row = 0; row < size; row++) {
                const scores = naiveScores(model, rows[first + row] ?? []);
                const label = dataset[split].labels[first + row] ?? 0;
                expect(labels[row]).toBe(label);
                expect(Math.abs((losses[row] ?? Number.NaN) - naiveLoss(loss, scores, label))).toBeLessThan(
                  tolerance,
                );
                const expected =
                  loss === "bce" ? scores.map((s) => 1 / (1 + Math.exp(-s))) : naiveSoftmax(scores);
                expected.forEach((probability, k) => {
                  const actual = probabilities[row * 7 + k] ?? Number.NaN;
                  expect(Math.abs(actual - probability)).toBeLessThan(tolerance);
                });
              }
            }
          }
        }));
    });

    it("what is evaluated stays as it is while the next rows are", async () => {
      const engine = await createEngine(setupOf("softmax"));
      const first = await engine.evaluate("train", 0, 9);
      const copy = {
        probabilities: [...first.probabilities],
        losses: [...first.losses],
        labels: [...first.labels],
      };
      const second = await engine.evaluate("train", 9, 20);
      expect([...first.probabilities]).toEqual(copy.probabilities);
      expect([...first.losses]).toEqual(copy.losses);
      expect([...first.labels]).toEqual(copy.labels);
      expect([...second.probabilities.subarray(0, 7)]).not.toEqual(copy.probabilities.slice(0, 7));
      await engine.close();
    });

    it("a copy of its members, as another engine around it is made of, is an engine", async () => {
      const [engine, expected] = [
        await createEngine(setupOf("softmax")),
        await createEngine(setupOf("softmax")),
      ];
      const copy = { ...engine };
      await expected.trainBatches(sliceOf());
      await copy.trainBatches(sliceOf());
      expect(copy.copyState()).toEqual(expected.copyState());
      expect((await copy.evaluate("test", 0, 12)).losses).toEqual(
        (await expected.evaluate("test", 0, 12)).losses,
      );
      await copy.load(setupOf("softmax").initial);
      expect(engine.parameters).not.toEqual(expected.parameters);
      await copy.close();
      await expected.close();
    });

    it("a slice without a batch changes nothing", async () => {
      const engine = await createEngine(setupOf("softmax"));
      const before = engine.parameters.weights.slice();
      const { lossSum, losses } = await engine.trainBatches(sliceOf({ first: 1, end: 1 }));
      expect([lossSum, losses.length]).toEqual([0, 0]);
      expect(engine.parameters.weights).toEqual(before);
      await engine.close();
    });

    it("an epoch in slices gives the bits of an epoch in one", async () => {
      const whole = await createEngine(setupOf("softmax"));
      const sliced = await createEngine(setupOf("softmax"));
      const { losses } = await whole.trainBatches(sliceOf());
      const slicedLosses: number[] = [];
      for (const [first, end] of [
        [0, 1],
        [1, 4],
        [4, BATCHES],
      ] as const) {
        slicedLosses.push(...(await sliced.trainBatches(sliceOf({ first, end }))).losses);
        await sliced.evaluate("validation", 0, 5);
      }
      expect(slicedLosses).toEqual([...losses]);
      expect(sliced.parameters.weights).toEqual(whole.parameters.weights);
      expect(sliced.parameters.biases).toEqual(whole.parameters.biases);
      await whole.close();
      await sliced.close();
    });

    it("a mirrored image trains like that image stored mirrored, standardised by the same figures", async () => {
      const mirror = mirrorOrder(dataset.shape);
      const flips = Uint8Array.from({ length: 53 }, (_, place) => place % 2);
      const slice = sliceOf();
      const images = dataset.train.images.slice();
      slice.order.forEach((image, place) => {
        if (flips[place] === 0) return;
        for (let j = 0; j < inputs; j++) {
          images[image * inputs + j] = dataset.train.images[image * inputs + (mirror[j] ?? 0)] ?? 0;
        }
      });
      const setup = setupOf("softmax");
      const stored = await createEngine({
        ...setup,
        splits: { ...setup.splits, train: { images, labels: dataset.train.labels } },
      });
      const flipped = await createEngine(setup);
      await stored.trainBatches(slice);
      await flipped.trainBatches({ ...slice, flips });
      expect(flipped.parameters.weights).toEqual(stored.parameters.weights);
      await stored.close();
      await flipped.close();
    });

    it("noise moves bytes by whole numbers in range, each equally often, another way at each place", async () => {
      const amount = 9;
      const engine = await createEngine(setupOf("softmax"));
      const moves = (await observeMoves(engine, sliceOf({ noise: noiseOf(amount) }))).flat();
      const whole = moves.map(Math.round);
      expect(Math.max(...moves.map((move, i) => Math.abs(move - (whole[i] ?? Number.NaN))))).toBeLessThan(0.01);
      expect(new Set(whole).size).toBe(2 * amount + 1);
      expect([Math.min(...whole), Math.max(...whole)]).toEqual([-amount, amount]);
      const mean = moves.reduce((sum, move) => sum + move, 0) / moves.length;
      const variance = moves.reduce((sum, move) => sum + move ** 2, 0) / moves.length;
      // Of 2a + 1 equally likely whole numbers: a (a + 1) / 3, and a fourth moment of (3a^2 + 3a - 1) / 5 times that.
      const expected = (amount * (amount + 1)) / 3;
      const fourth = (expected * (3 * amount ** 2 + 3 * amount - 1)) / 5;
      expect(Math.abs(mean)).toBeLessThan(4 * Math.sqrt(expected / moves.length));
      expect(Math.abs(variance - expected)).toBeLessThan(
        4 * Math.sqrt((fourth - expected ** 2) / moves.length),
      );
      await engine.close();
    });

    it("noise is the whole numbers that drawNoise gives, and none where there is none", async () => {
      const engine = await createEngine(setupOf("softmax"));
      for (const noise of [noiseOf(1), noiseOf(127), undefined]) {
        const observed = await observeMoves(engine, sliceOf(noise && { noise }));
        const drawn = observed.map((_, place) => {
          const out = new Int8Array(inputs);
          if (noise !== undefined) drawNoise(out, noise, place);
          return [...out];
        });
        // Adding 0 makes 0 of -0.
        expect(observed.map((moves) => moves.map((move) => Math.round(move) + 0))).toEqual(drawn);
      }
      await engine.close();
    });

    it("an epoch with noise and mirroring in slices gives the bits of an epoch in one", async () => {
      const slice = { flips: Uint8Array.from({ length: 53 }, (_, place) => place % 2), noise: noiseOf(30) };
      const whole = await createEngine(setupOf("softmax"));
      const sliced = await createEngine(setupOf("softmax"));
      await whole.trainBatches(sliceOf(slice));
      for (const [first, end] of [
        [0, 3],
        [3, BATCHES],
      ] as const) {
        await sliced.trainBatches(sliceOf({ ...slice, first, end }));
      }
      expect(sliced.parameters.weights).toEqual(whole.parameters.weights);
      await whole.close();
      await sliced.close();
    });

    it("a mirrored image with noise is mirrored first", async () => {
      const mirror = mirrorOrder(dataset.shape);
      const noise = noiseOf(20);
      const engine = await createEngine(setupOf("softmax"));
      const plain = await observeMoves(engine, sliceOf({ noise }));
      const both = await observeMoves(engine, sliceOf({ noise, flips: new Uint8Array(53).fill(1) }));
      const slice = sliceOf();
      both.forEach((moves, place) => {
        const start = (slice.order[place] ?? 0) * inputs;
        moves.forEach((move, j) => {
          const { images } = dataset.train;
          const mirrored = (images[start + (mirror[j] ?? 0)] ?? 0) - (images[start + j] ?? 0);
          expect(Math.abs(move - mirrored - (plain[place]?.[j] ?? Number.NaN))).toBeLessThan(0.02);
        });
      });
      await engine.close();
    });

    it("a batch larger than what is read at once trains like the formulas say", async () => {
      const large = createTinyDataset({ classes: 7, train: 350 });
      const rows = naiveRows(large, "train");
      const setup = setupOf("softmax");
      const engine = await createEngine({
        ...setup,
        splits: { train: large.train, validation: large.validation, test: large.test },
        statistics: componentStatistics(large.train, inputs),
      });
      const initial = asNaive({ parameters: setup.initial });
      const expected = naiveStep(initial, rows, Array.from(large.train.labels), {
        loss: "softmax",
        learningRate: LEARNING_RATE,
        lambda: LAMBDA,
      });
      const { losses } = await engine.trainBatches(
        sliceOf({ order: Uint32Array.from({ length: 350 }, (_, i) => i), batchSize: 350, end: 1 }),
      );
      rows.forEach((row, i) => {
        const loss = naiveLoss("softmax", naiveScores(initial, row), large.train.labels[i] ?? 0);
        expect(Math.abs((losses[i] ?? Number.NaN) - loss)).toBeLessThan(tolerance);
      });
      expect(largestDifference(asNaive(engine), expected)).toBeLessThan(tolerance);
      await engine.close();
    });
  });
}
