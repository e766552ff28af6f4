// What is asked of the engine, and what metrics do meanwhile.
import { expect, it } from "vitest";
import { createReferenceEngine } from "../engine/reference.ts";
import { observeRun } from "../testing/observed-run.ts";
import { createTinyDataset } from "../testing/tiny-dataset.ts";

it("the validation split is evaluated, and its figures are worked out, before the training split's; the engine is always one piece ahead", async () => {
  const order: string[] = [];
  const dataset = createTinyDataset({ train: 50, validation: 40, test: 0 });
  await observeRun({
    dataset,
    settings: { epochs: 1, batchSize: 25, learningRate: 0.05, lambda: 0 },
    create: async (setup) => {
      const engine = await createReferenceEngine(setup);
      return {
        ...engine,
        evaluationRows: 20,
        evaluate(split, first, end) {
          order.push(`engine ${split} ${first}-${end}`);
          return engine.evaluate(split, first, end);
        },
      };
    },
    metrics: [
      {
        name: "watching",
        splits: ["train", "validation"],
        direction: "none",
        init: (_, { split }) => split,
        update(split) {
          order.push(`update ${split}`);
          return split;
        },
        result(split) {
          order.push(`result ${split}`);
          return 0;
        },
      },
    ],
  });
  expect(order).toEqual([
    "engine validation 0-20",
    "engine validation 20-40",
    "update validation",
    "engine train 0-20",
    "update validation",
    "result validation",
    "engine train 20-40",
    "update train",
    "engine train 40-50",
    "update train",
    "update train",
    "result train",
  ]);
});
