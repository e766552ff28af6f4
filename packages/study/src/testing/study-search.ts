// The search of a made-up study.
import { createRandom, RandomStream } from "@trainscope/core";
import { resolveSettings } from "@trainscope/core/settings";
import type { SearchPoint, SearchResult } from "../stages/results.ts";

/** A ridge along which a larger batch wants a higher rate; the highest rate diverges at small batches. */
export function seededSearch(): SearchResult {
  const random = createRandom(17, RandomStream.sample);
  const point = (
    pass: "coarse" | "fine",
    lambda: number,
    learningRate: number,
    batchSize: number,
  ): SearchPoint => {
    const diverged = learningRate >= 0.03 && batchSize < 200;
    const across = Math.log10(learningRate / 0.006) - 0.5 * Math.log10(batchSize / 200);
    const along = Math.log10(lambda / 0.003);
    const accuracy = 0.413 - 0.03 * across ** 2 - 0.012 * along ** 2 + 0.001 * random.normal();
    return {
      pass,
      lambda,
      learningRate,
      batchSize,
      epochs: pass === "coarse" ? 6 : 12,
      validationAccuracy: diverged ? null : accuracy + (pass === "fine" ? 0.003 : 0),
      validationLoss: diverged ? null : 1.7 + (0.413 - accuracy) * 3,
    };
  };
  const coarse = [50, 200].flatMap((batchSize) =>
    [0.0001, 0.001, 0.01, 0.1].flatMap((lambda) =>
      [0.001, 0.003, 0.01, 0.03].map((rate) => point("coarse", lambda, rate, batchSize)),
    ),
  );
  const fine = [0.000215, 0.000464, 0.001, 0.00215, 0.00464].flatMap((lambda) =>
    [0.00577, 0.01, 0.0173].map((rate) => point("fine", lambda, rate, 200)),
  );
  const [first, ...others] = fine as [SearchPoint, ...SearchPoint[]];
  const chosen = others.reduce(
    (best, one) => ((one.validationAccuracy ?? 0) > (best.validationAccuracy ?? 0) ? one : best),
    first,
  );
  return {
    settings: resolveSettings({ flip: 0.5, schedule: { kind: "cosine" } }),
    trainImages: 45_000,
    validationImages: 5000,
    points: [...coarse, ...fine],
    chosen,
  };
}
