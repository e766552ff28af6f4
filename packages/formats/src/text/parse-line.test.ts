import { describe, expect, it } from "vitest";
import { parseLine } from "./parse-line.ts";

function fieldsOf(line: string): unknown {
  return Object.fromEntries(parseLine(line, { hasEpochs: true, hasPairs: false })?.fields ?? []);
}

describe("a number in brackets after a figure", () => {
  it.each([
    ["is its mean", "loss 0.5 (0.4)", { loss: 0.4 }],
    ["of a reward, which may be negative", "reward 5.0 (-1.0)", { reward: -1 }],
    ["of any name that isn't known", "advantage=0.2 (-0.1)", { advantage: -0.1 }],
    ["or, with a sign, by how much it has changed", "reward 5.0 (+1.0)", { reward: 5 }],
    ["as of a loss that goes down", "loss: 0.5 (-0.1)", { loss: 0.5 }],
    ["or what an accuracy lacks of a hundred", "Acc@1 81.1 (18.9)", { "Acc@1": 81.1 }],
    ["or how long it took", "norm = 0.5 (50 iterations in 1.2s)", { norm: 0.5 }],
    ["and of a share, which is never negative", "acc: 85.2 (-0.3)", { acc: 85.2 }],
  ])("%s", (_, text, figures) => {
    expect(fieldsOf(`Epoch 1 ${text}`)).toEqual({ epoch: 1, ...figures });
  });
});

it.each([
  ["of Fortran", "f=  7.25000D-01", { f: 0.725 }],
  ["of Julia", "loss = 1.5f-3", { loss: 0.0015 }],
  ["of NumPy", "loss: np.float64(0.25)", { loss: 0.25 }],
  ["in a list", "loss: [0.5, nan]", { "loss/0": 0.5, "loss/1": Number.NaN }],
  ["alone in a list", "episodic_return=[23.]", { episodic_return: 23 }],
])("a number %s", (_, text, figures) => {
  expect(fieldsOf(`Epoch 1 ${text}`)).toEqual({ epoch: 1, ...figures });
});

it.each([
  ["Step 1 loss 0.5 | 149226 tok/s", { step: 1, loss: 0.5, tokens_per_second: 149_226 }],
  ["Batch [50]\tSpeed: 1234.5 samples/sec\tloss=0.5", { samples_per_second: 1234.5, loss: 0.5 }],
])("how much is got through in a second: %s", (line, figures) => {
  expect(fieldsOf(line)).toMatchObject(figures);
});

describe("a split by itself after a figure of another", () => {
  it.each([
    ["has its measure", "train acc: 0.8, val: 0.7", { "train acc": 0.8, "val acc": 0.7 }],
    ["in per cent", "train acc: 80%, val: 70%", { "train acc": 80, "val acc": 70 }],
    [
      "as a share, where that one is told so",
      "train acc: 80/100, val: 35/50",
      { "train acc": 0.8, "val acc": 0.7 },
    ],
    ["but not of a count", "train acc: 0.8, val: 35/50", { "train acc": 0.8 }],
  ])("%s", (_, text, figures) => {
    expect(fieldsOf(`Epoch 1 ${text}`)).toEqual({ epoch: 1, ...figures });
  });

  it("counts batches before any figure", () => {
    expect(fieldsOf("Epoch 1 Train: 100/400 loss: 0.5")).toMatchObject({ epoch: 1, batch: 100, batches: 400 });
  });
});

describe("a counter before a dash", () => {
  it.each([
    ["step 100 - 2024-11-30 12:00:05 - loss: 0.5", { step: 100, loss: 0.5 }],
    ["step 100-2024-11-30 loss: 0.5", { loss: 0.5 }],
    ["iter 100 - 3/10 - loss 0.52", { iter: 100, loss: 0.52 }],
    ["Step 100 -0.53", { step: 100 }],
    ["batch 1-100: loss 0.5", { batch: 100, loss: 0.5 }],
    ["Minibatch[   1- 100, 10%]: loss = 0.5", { batch: 100, loss: 0.5 }],
    ["iter [100 - 3]: loss 0.5", { loss: 0.5, iter: 100 }],
  ])("%s", (line, fields) => {
    expect(fieldsOf(line)).toMatchObject(fields);
  });
});

it.each(["commit: 3d45 step 5", "commit: 3f2 step 5"])("a hexadecimal word is no number: %s", (line) => {
  expect(fieldsOf(line)).not.toHaveProperty("commit");
});

describe("a whole number after a split, and a comma", () => {
  it.each([
    ["Train 3, loss: 0.5", { epoch: 3, "train loss": 0.5 }],
    ["Test 3, test acc: 0.5", { epoch: 3 }],
  ])("is an epoch before a measure: %s", (line, fields) => {
    expect(fieldsOf(line)).toMatchObject(fields);
  });

  it.each(["Train 50000, Test: 10000", "Train 45000, val: 5000, test: 10000", "Train 3, seed: 42"])(
    "else is none: %s",
    (line) => {
      expect(fieldsOf(line)).toEqual({});
    },
  );
});

describe("splits by themselves beside a loss", () => {
  it.each([
    ["in per cent are accuracies", "Train: 90%, Val: 80%", { "Train accuracy": 90, "Val accuracy": 80 }],
    ["else are what they are called", "Train: 12, Val: 3", { Train: 12, Val: 3 }],
    ["one alone may be how much is done", "Train: 90%", { Train: 90 }],
  ])("%s", (_, text, figures) => {
    expect(fieldsOf(`Epoch 1 Loss: 0.5, ${text}`)).toEqual({ epoch: 1, Loss: 0.5, ...figures });
  });
});
