// The wasm and the native engine, float32 on all cores, against the reference engine, float64 on one: on the real CIFAR-10.
import {
  createReferenceEngine,
  createWasmEngine,
  type Engine,
  type EngineFactory,
  train,
} from "@trainscope/core";
import type { LossName } from "@trainscope/core/settings";
import { loadCifar10 } from "@trainscope/data-cifar";
import { createNativeEngine, nativeSupport } from "@trainscope/engine-native";
import { lastValueFrom, tap } from "rxjs";
import { describe, expect, it } from "vitest";
import { cifar10 } from "./support/cifar10.ts";
import { eventsOf, temporaryFolder, trainscope } from "./support/command.ts";

/**
 * Learning rates at which each loss learns steadily. bce's gradients are ten times smaller than softmax's, svm's
 * larger; at rates at which svm's margins jump back and forth over their kinks, any two roundings part company.
 */
const LOSSES: readonly { loss: LossName; eta: number; epochs: number }[] = [
  { loss: "softmax", eta: 0.001, epochs: 20 },
  { loss: "bce", eta: 0.01, epochs: 5 },
  { loss: "svm", eta: 0.000_03, epochs: 5 },
];

/** W and b after one epoch. */
async function parametersAfterEpoch(create: EngineFactory, loss: LossName, eta: number) {
  const dataset = await loadCifar10(cifar10 ?? "", { trainOn: "batch1" });
  const settings = { epochs: 1, loss, learningRate: eta, lambda: 0.1, flip: 0.5, noise: 8 };
  let engine: Engine | undefined;
  let parameters: { weights: number[]; biases: number[] } | undefined;
  const events = train({
    dataset,
    settings,
    engine: async (setup) => {
      engine = await create(setup);
      return engine;
    },
  }).pipe(
    tap((event) => {
      if (event.type !== "epoch:end" || engine === undefined) return;
      parameters = { weights: [...engine.parameters.weights], biases: [...engine.parameters.biases] };
    }),
  );
  await lastValueFrom(events);
  if (parameters === undefined) throw new Error("the run ended before its first epoch did");
  return parameters;
}

/** `|a - b| / |b|`, the lengths of vectors. */
function relativeError(actual: readonly number[], expected: readonly number[]): number {
  const difference = Math.hypot(...actual.map((value, i) => value - (expected[i] ?? Number.NaN)));
  return difference / Math.hypot(...expected);
}

async function metricsOf(engine: string, loss: string, eta: number, epochs: number) {
  const { status, stdout } = await trainscope(
    [
      "train",
      "--data",
      cifar10 ?? "",
      "--no-pictures",
      "--reporter",
      "json",
      "--engine",
      engine,
      "--loss",
      loss,
      "--eta",
      String(eta),
      "--epochs",
      String(epochs),
      "--flip",
      "0.5",
      "--noise",
      "8",
    ],
    { cwd: temporaryFolder() },
  );
  expect(status).toBe(0);
  return eventsOf(stdout).flatMap((event) =>
    event.type === "epoch:end" || event.type === "run:end" ? [event.metrics] : [],
  );
}

const isNative = nativeSupport().available;

describe.skipIf(cifar10 === undefined)("float32 engines against float64, with mirroring and noise", () => {
  it.each(LOSSES)("$loss: parameters after one epoch, to 1e-4 relative", async ({ loss, eta }) => {
    const expected = await parametersAfterEpoch(createReferenceEngine, loss, eta);
    for (const create of [createWasmEngine(), ...(isNative ? [createNativeEngine()] : [])]) {
      const actual = await parametersAfterEpoch(create, loss, eta);
      expect(relativeError(actual.weights, expected.weights)).toBeLessThan(1e-4);
      expect(relativeError(actual.biases, expected.biases)).toBeLessThan(1e-4);
    }
  });

  describe.concurrent("metrics of every epoch, to three decimals", () => {
    it.each(LOSSES)("$loss, $epochs epochs", async ({ loss, eta, epochs }) => {
      const [expected, ...others] = await Promise.all(
        ["reference", "wasm", ...(isNative ? ["native"] : [])].map((engine) =>
          metricsOf(engine, loss, eta, epochs),
        ),
      );
      expect(expected).toHaveLength(epochs + 1);
      for (const actual of others) {
        expect(actual).toHaveLength(epochs + 1);
        actual.forEach((metrics, epoch) => {
          for (const [tag, value] of Object.entries(expected?.[epoch] ?? {})) {
            expect([epoch, tag, Math.abs((metrics[tag] ?? Number.NaN) - (value ?? Number.NaN))]).toEqual([
              epoch,
              tag,
              expect.closeTo(0, 3),
            ]);
          }
        });
      }
    });
  });
});
