// What training loops print, as templates that say what is to come of them, and what is printed beside a training.
import { describe, expect, it } from "vitest";
import { TableBuilder } from "../meaning/run-table.ts";
import { BY_EPOCH, BY_STEP } from "../testing/printed-templates.ts";
import { createLineReader } from "./line-entries.ts";

const EPOCHS = 4;

describe("what loops print", () => {
  it.each(BY_EPOCH)("%s", (template) => {
    const first = template.includes("{e0}") ? 0 : 1;
    expectCurves(template, "epoch", (index) => index + first);
  });

  it.each(BY_STEP)("%s", (template) => {
    expectCurves(template, "step", (index) => 100 * (index + 1));
  });

  it.each([
    { batches: [0, 50, 100, 150, 187], last: 187 / 188 },
    { batches: [0, 100, 199], last: 199 / 200 },
    { batches: [0, 50, 100, 150], last: 150 / 200 },
    { batches: [50, 100, 150, 187], last: 1 },
  ])("of an epoch whose length isn't said, batches $batches lie in it", ({ batches, last }) => {
    const lines = [0, 1, 2].flatMap((epoch) =>
      batches.map((batch) => `epoch ${epoch} batch ${batch} loss 0.5`),
    );
    const xs = curvesOf(lines.join("\n"))
      .curves.get("train/loss")
      ?.map(([x]) => x);
    const ends = xs?.filter((_, index) => index % batches.length === batches.length - 1);
    expect(ends).toEqual([last, 1 + last, 2 + last]);
  });

  it("batches that are told behind their figures are parts of the epoch above", () => {
    const lines = [1, 2].flatMap((epoch) => [
      `Epoch ${epoch}\n-------------------------------`,
      ...[1, 2].map((part) => `loss: ${(2 / (epoch + part)).toFixed(6)}  [${3000 * part}/ 6000]`),
      `Test Error: \n Accuracy: ${epoch}0.0%, Avg loss: 0.5 `,
    ]);
    const { axis, curves } = curvesOf(lines.join("\n"));
    expect(axis).toBe("epoch");
    expect(curves.get("train/loss")?.map(([x]) => x)).toEqual([0.5, 1, 1.5, 2]);
    expect(curves.get("test/accuracy")).toEqual([[1, 10], [2, 20]]); // biome-ignore format: points read better in a line
  });

  it("iterations that go on from epoch to epoch are steps", () => {
    const lines = [1, 1, 2, 2, 3].flatMap((epoch, index) => [
      `[TRAIN] epoch: ${epoch}, iter: ${10 * (index + 1)}/1000, loss: 0.5, lr: 0.01`,
      "76/76 [==============================] - 5s 66ms/step - batch_cost: 0.0658",
      `[EVAL] #Images: 76 mIoU: 0.${index}`,
    ]);
    const { axis, curves } = curvesOf(lines.join("\n"));
    expect(axis).toBe("step");
    expect(curves.get("train/loss")?.map(([x]) => x)).toEqual([10, 20, 30, 40, 50]);
    expect(curves.get("validation/mIoU")?.map(([x]) => x)).toEqual([10, 20, 30, 40, 50]);
  });

  it("batches that are told with their epoch, as of no batches in all, are its parts", () => {
    const lines = [0, 1].flatMap((epoch) => [
      ...[0, 100, 200].map((batch) => `DEBUG TRAIN Batch ${epoch}/${batch} loss 0.${epoch + 1} lr 0.01 rank 0`),
      `DEBUG CV Batch ${epoch}/0 loss 21.6 history loss 20.1 rank 0`,
      `INFO Epoch ${epoch} CV info cv_loss 0.${epoch + 3}`,
    ]);
    const { axis, curves } = curvesOf(lines.join("\n"));
    expect(axis).toBe("epoch");
    expect(curves.get("train/loss")?.map(([x]) => x)).toEqual([0, 1 / 3, 2 / 3, 1, 1 + 1 / 3, 1 + 2 / 3]);
    expect(curves.get("validation/loss")).toEqual([[0, 0.3], [1, 0.4]]); // biome-ignore format: points read better in a line
  });

  it("thousands are parted by commas, also before another comma", () => {
    const { curves } = curvesOf(
      "<epoch: 0, iter:     500, lr:1e-4> l_pix: 0.5\n<epoch: 0, iter:   1,000, lr:1e-4> l_pix: 0.4\n",
    );
    expect(curves.get("train/l_pix")).toEqual([[500, 0.5], [1000, 0.4]]); // biome-ignore format: points read better in a line
  });

  it("the settings of a training are none of its figures", () => {
    const settings = "INFO {'train': {'log_interval': 200, 'epochs': 20000}, 'model': {'channels': 192}}";
    expect([...curvesOf(`${settings}\nEpoch 1 loss 0.5\n`).curves.keys()]).toEqual(["train/loss"]);
  });

  it("rows that are numbered by pandas", () => {
    const rows = [
      "   epoch  train_loss  val_loss",
      "0      1      0.5123    0.6123",
      "1      2      0.4123    0.5623",
    ];
    const { curves } = curvesOf(rows.join("\n"));
    expect(curves.get("train/loss")).toEqual([[1, 0.5123], [2, 0.4123]]); // biome-ignore format: points read better in a line
  });

  it("a table below a header whose names are one blank apart", () => {
    const rows = ["epoch train_loss val_loss", "1 0.5 0.6", "2 0.4 0.5"];
    expect(curvesOf(rows.join("\n"))).toEqual({
      axis: "epoch",
      curves: new Map([
        ["train/loss", [[1, 0.5], [2, 0.4]]], // biome-ignore format: points read better in a line
        ["validation/loss", [[1, 0.6], [2, 0.5]]], // biome-ignore format: points read better in a line
      ]),
    });
  });
});

describe("what is printed beside a training", () => {
  const TRAINING = "Epoch 1 loss: 0.52 acc: 0.9\nEpoch 2 loss: 0.42 acc: 0.95\n";
  const REPORT =
    "              precision    recall  f1-score   support\n\n           0       0.97      0.98      0.97       980\n           1       0.96      0.98      0.97      1135\n\n";
  const FRAME = "   mean radius  mean texture\n0        17.99         10.38\n1        20.57         17.77\n";
  const BENCHMARK = "1 0.523\n2 0.519\n4 0.301\n";
  const SERIES = "0    0.5\n1    0.25\nName: x, dtype: float64\n";
  const SECONDS = "Timing:\n  step: 0.25\n  forward: 0.1\n";
  const MEMORY = "Memory per rank (MB):\n  step: 12\n  rank0: 100\n";

  it.each([
    ["a report of classes below", TRAINING + REPORT],
    ["a report of classes above", REPORT + TRAINING],
    ["the head of a data frame above", FRAME + TRAINING],
    ["a series above, after a line of text", `Data is read\n${SERIES}${TRAINING}`],
    ["a benchmark above", `Threads and seconds:\n${BENCHMARK}${TRAINING}`],
    ["a benchmark below", TRAINING + BENCHMARK],
    ["how long its parts took", TRAINING + SECONDS],
    ["how long its parts took, above", SECONDS + TRAINING],
    ["what memory it took", TRAINING + MEMORY],
    ["what memory it took, above", MEMORY + TRAINING],
  ])("leaves its curves as they are: %s", (_, text) => {
    const { axis, curves } = curvesOf(text);
    expect(axis).toBe("epoch");
    expect(curves.get("train/loss")).toEqual([[1, 0.52], [2, 0.42]]); // biome-ignore format: points read better in a line
    expect(curves.get("train/acc") ?? curves.get("train/accuracy")).toEqual([[1, 0.9], [2, 0.95]]); // biome-ignore format: points read better in a line
    expect([...curves.keys()].filter((tag) => /column|support|forward/.test(tag))).toEqual([]);
  });

  it("seconds of splits are no accuracies", () => {
    const { curves } = curvesOf("Epoch 1 Loss: 0.5, Train: 12, Val: 3, Test: 5\n");
    expect(curves.get("train/loss")).toEqual([[1, 0.5]]);
    expect([...curves.keys()].filter((tag) => tag.endsWith("accuracy"))).toEqual([]);
  });

  it.each([
    ["a report of classes", REPORT],
    ["a data frame", FRAME],
    ["two tables", `Threads:\n${BENCHMARK}Again:\n${BENCHMARK}`],
  ])("is no training by itself: %s", (_, text) => {
    expect([...curvesOf(text).curves.keys()]).toEqual([]);
  });

  it("rows after other text are told when nothing more comes for a while, if they are the last and some", () => {
    const rows = ["Begins", "1 0.5", "2 0.4", "3 0.3"];
    const pushed = (lines: readonly string[]) => {
      const reader = createLineReader();
      reader.push(new TextEncoder().encode(`${lines.join("\n")}\n`));
      return { reader, settled: reader.settle?.() };
    };
    expect(pushed(rows).settled).toEqual([]);
    expect(pushed([...rows, "4 0.2", "Ends"]).settled).toEqual([]);
    const { reader, settled } = pushed([...rows, "4 0.2"]);
    expect(settled).toHaveLength(4);
    expect(reader.push(new TextEncoder().encode("5 0.1\n"))).toHaveLength(1);
    expect(reader.end()).toEqual([]);
  });

  it("rows alone are told as they come", () => {
    const reader = createLineReader();
    const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
    reader.push(bytes("# made by a script\n1 0.5\n"));
    expect(reader.push(bytes("2 0.4\n"))).toHaveLength(2);
    expect(reader.push(bytes("3 0.3\n"))).toHaveLength(1);
  });

  it("so many rows below other text are no data frame", () => {
    const rows = Array.from({ length: 70 }, (_, index) => `${index} ${(1 / (index + 1)).toFixed(4)}`);
    expect(curvesOf(`Begins\n${rows.join("\n")}`).curves.get("train/column_2")).toHaveLength(70);
  });
});

/** Reads the template with other values in each of its rounds, and expects them as they were put in. */
function expectCurves(template: string, axis: "epoch" | "step", xOf: (round: number) => number): void {
  const expected = new Map<string, [number, number][]>();
  let text = "";
  for (let round = 0; round < EPOCHS; round++) {
    let place = 0;
    text += template.replace(/\{([a-zA-Z0-9_@/()-]+)\}/g, (_, name: string) => {
      const counters: Record<string, number> = {
        e: round + 1,
        e0: round,
        n: EPOCHS,
        s: 100 * (round + 1),
        S: 400,
      };
      const counter = counters[name];
      if (counter !== undefined) return String(counter);
      const value = (100 * round + 7 * ++place + 11) / 1000;
      if (name !== "-") expected.set(name, [...(expected.get(name) ?? []), [xOf(round), value]]);
      return value.toFixed(4);
    });
    text += "\n";
  }
  const found = curvesOf(text);
  expect(found.axis).toBe(axis);
  expect(found.curves).toEqual(expected);
}

function curvesOf(text: string): { axis: string; curves: Map<string, number[][]> } {
  const builder = new TableBuilder();
  const reader = createLineReader();
  builder.push(reader.push(new TextEncoder().encode(text)));
  builder.push(reader.end());
  const { axis, series } = builder.end();
  const curves = new Map(
    series.map((one) => {
      const { xs, ys } = one.points();
      return [one.tag, xs.map((x, index) => [x, ys[index] ?? Number.NaN])];
    }),
  );
  return { axis, curves };
}
