import { type Checkpoint, createWasmEngine, type Engine, train } from "@trainscope/core";
import type { EpochEndEvent } from "@trainscope/core/events";
import { createSample } from "@trainscope/data-cifar";
import { filter, lastValueFrom, tap } from "rxjs";
import { expect, it } from "vitest";
import { createCheckpointEvaluator } from "./checkpoint-evaluator.ts";

it("a checkpoint's model answers as it did when the run logged its figures", async () => {
  const dataset = createSample();
  const make = createWasmEngine({ threads: 1 });
  let engine: Engine | undefined;
  let checkpoint: Checkpoint | undefined;
  const settings = { epochs: 2, seed: 3 };
  const last = await lastValueFrom(
    train({
      dataset,
      settings,
      engine: async (setup) => {
        engine = await make(setup);
        return engine;
      },
    }).pipe(
      filter((event): event is EpochEndEvent => event.type === "epoch:end"),
      tap(() => {
        if (engine === undefined) return;
        const { weights, biases, ...shape } = engine.parameters;
        const parameters = { ...shape, weights: weights.slice(), biases: biases.slice() };
        checkpoint = { parameters, settings: { loss: "softmax" } } as Checkpoint;
      }),
    ),
  );
  if (checkpoint === undefined) throw new Error("no checkpoint");
  const evaluator = createCheckpointEvaluator(dataset);
  const details = await evaluator.evaluate(checkpoint, () => true);
  const counts = details?.confusion.flatMap((row, label) =>
    row.map((count, k) => [k === label, count] as const),
  );
  const right = counts?.reduce((sum, [isRight, count]) => sum + (isRight ? count : 0), 0);
  expect(right).toBe(Math.round(1000 * (last.metrics["validation/accuracy"] ?? 0)));
  expect(await evaluator.evaluate(checkpoint, () => false)).toBeUndefined();
  await evaluator.close();
});
