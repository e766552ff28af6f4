import { describe, expect, it } from "vitest";
import { LineEntries } from "./line-entries.ts";

function read(text: string) {
  const reader = new LineEntries();
  return [...reader.push(new TextEncoder().encode(text)), ...reader.end()];
}

describe("LineEntries", () => {
  it.each([
    ["escapes without an end", "\u001b]8;;".repeat(200_000)],
    ["a number after the other", "5%".repeat(50_000)],
    ["digits", "1".repeat(100_000)],
    ["an open string", `{"a": "${"x".repeat(100_000)}`],
    ["open braces", "{".repeat(100_000)],
    ["one long word", `${"a".repeat(100_000)}:`],
    ["a name of signs", `${"_".repeat(50_000)}=1`],
    ["backspaces", "ab\b".repeat(20_000)],
    ["long words before brackets", `${"a".repeat(4090)} [x]\n`.repeat(1000)],
    ["blanks before a word", `${" ".repeat(4090)}x\n`.repeat(1000)],
  ])("one line can't hold it up: %s", { timeout: 5000 }, (_, line) => {
    expect(read(`${line}\nepoch 1 loss 0.5\n`)).toContainEqual(
      expect.objectContaining({
        kind: "record",
        fields: [
          ["epoch", 1],
          ["loss", 0.5],
        ],
      }),
    );
  });

  it("colours and links are no part of a line", () => {
    expect(read("\u001b[1mepoch 1\u001b[0m \u001b]8;;http://x\u0007loss\u001b]8;;\u0007 0.5\n")).toMatchObject([
      {
        fields: [
          ["epoch", 1],
          ["loss", 0.5],
        ],
      },
    ]);
  });

  it("of a long line that is no figure the end is told", () => {
    expect(read(`${"x".repeat(5000)} the end\n`)).toEqual([
      { kind: "text", level: "info", text: expect.stringMatching(/^\.\.\.x+ the end$/) },
    ]);
  });

  it("an object of texts alone is told as it stands", () => {
    const line = '{"status": "saving", "path": "a.pt"}';
    expect(read(`${line}\n`)).toEqual([{ kind: "text", level: "info", text: line }]);
  });

  it("reads UTF-16, as Windows' shells write it", () => {
    const bytes = new Uint8Array(Buffer.from("\ufeffepoch 1 loss 0.5\r\n", "utf16le"));
    expect(new LineEntries().push(bytes)).toMatchObject([
      {
        fields: [
          ["epoch", 1],
          ["loss", 0.5],
        ],
      },
    ]);
  });

  it("a table of splits ends with its last row", () => {
    const table = "| train | val |\n| loss | 0.5 | 0.6 |\n|------|-----|-----|\n| accuracy | 0.7 |  |\n";
    const after = [
      "2024-11-30T12:00:05 | INFO | Epoch 2 loss 0.5",
      "Epoch 3:  50%|####   | 50/100 [00:01<00:01, 9it/s, loss=0.3]",
      "epoch 4 | loss 0.3 | acc 0.9",
    ];
    expect(read(table + after.join("\n"))).toMatchObject([
      { fields: [["train loss", 0.5], ["validation loss", 0.6]] }, // biome-ignore format: one line a record
      { fields: [["train accuracy", 0.7]] },
      { fields: [["epoch", 2], ["loss", 0.5]] }, // biome-ignore format: one line a record
      { fields: [["epoch", 3], ["loss", 0.3]] }, // biome-ignore format: one line a record
      { fields: [["epoch", 4], ["loss", 0.3], ["acc", 0.9]] }, // biome-ignore format: one line a record
    ]);
  });

  it.each(["checkpoint | a.pt | b.pt", "memory | 0.5 | many"])(
    "what a table of splits has no figure for is told in the log: %s",
    (line) => {
      expect(read(`| train | val |\n${line}\n`)).toEqual([{ kind: "text", level: "info", text: line }]);
    },
  );

  it("what is indented below a line that counts is told at once", () => {
    const reader = new LineEntries();
    const push = (text: string) => reader.push(new TextEncoder().encode(text));
    push("Epoch 1:\n");
    expect(push("  train_loss: 0.5\n")).toMatchObject([{ kind: "record" }]);
    expect(push("  val_loss: 0.6\n")).toMatchObject([{ kind: "record" }]);
    push("Validation:\n");
    expect(push("  loss: 0.7\n")).toMatchObject([{ kind: "record" }]);
  });

  it("where a block had figures and no count, the next ones are told at once", () => {
    const reader = new LineEntries();
    const push = (text: string) => reader.push(new TextEncoder().encode(text));
    push("Validation:\n  loss: 0.7\nValidation:\n");
    expect(push("  loss: 0.6\n")).toMatchObject([{ kind: "record" }]);
  });

  it("a block that counts leaves its texts to the log", () => {
    const block = "Result for a:\n  loss: 0.5\n  error: CUDA out of memory\n  training_iteration: 3\n\n";
    expect(read(block)).toMatchObject([
      { kind: "text", text: "Result for a:" },
      { kind: "text", level: "error", text: "error: CUDA out of memory" },
      { kind: "record", fields: [["loss", 0.5], ["training_iteration", 3]] }, // biome-ignore format: one line a record
    ]);
  });

  it("a pattern is tried on the rows of a block, too", () => {
    const reader = new LineEntries(/ppl: (?<validation_loss>\S+)/);
    const entries = reader.push(new TextEncoder().encode("Result:\n  step: 5\n  loss: 1\n  ppl: 3\n"));
    expect(entries).toContainEqual(expect.objectContaining({ fields: [["validation_loss", 3]] }));
  });

  it.each(["error: 2 files missing", "Process ended, exit with error 1", "exit_with_error: 1"])(
    "an error by itself is a message: %s",
    (line) => {
      expect(read(`${line}\n`)).toMatchObject([{ kind: "text", text: line }]);
    },
  );

  it.each([
    ["test error: 0.12", [["test error", 0.12]]],
    ["mean squared error: 0.12", [["mean squared error", 0.12]]],
    ["Epoch 1 error: 0.12", [["epoch", 1], ["error", 0.12]]], // biome-ignore format: one line a record
    ["error: 0.12, accuracy: 0.88", [["error", 0.12], ["accuracy", 0.88]]], // biome-ignore format: one line a record
  ])("but a figure with a split, a place or another figure: %s", (line, fields) => {
    expect(read(`${line}\n`)).toMatchObject([{ fields }]);
  });

  it("of two lists that follow each other without a word neither takes the other's place", () => {
    const list = (value: number) =>
      ` Average Precision  (AP) @[ IoU=0.50:0.95 | area=   all | maxDets=100 ] = ${value}\n`;
    const names = read(`iter 10 loss 0.5\n${list(0.4)}${list(0.3)}iter 20 loss 0.4\n${list(0.5)}${list(0.4)}`)
      .flatMap((entry) => (entry.kind === "record" ? entry.fields : []))
      .filter(([name]) => name.endsWith("AP"));
    expect(names).toEqual([
      ["AP", 0.4],
      ["list_2/AP", 0.3],
      ["AP", 0.5],
      ["list_2/AP", 0.4],
    ]);
  });

  it.each([
    ["JSON", (epoch: number) => `{"epoch": ${epoch}, "loss": 0.5}\n`],
    ["a dict of Python's", (epoch: number) => `{'epoch': ${epoch}, 'loss': 0.5}\n`],
    ["a heading", (epoch: number) => `Epoch ${epoch}/3\n`],
    ["text", (epoch: number) => `epoch ${epoch} loss 0.5\n`],
  ])("each evaluation begins anew, whatever tells of the training between: %s", (_, training) => {
    const list = (task: string, value: number) =>
      `IoU metric: ${task}\n Average Precision  (AP) @[ IoU=0.50:0.95 | area=   all | maxDets=100 ] = ${value}\n`;
    const log = [1, 2, 3].map((epoch) => `${training(epoch)}${list("bbox", 0.4)}${list("segm", 0.3)}`).join("");
    const names = read(log)
      .flatMap((entry) => (entry.kind === "record" ? entry.fields : []))
      .flatMap(([name]) => (name.endsWith("AP") ? [name] : []));
    expect(names).toEqual(["bbox/AP", "segm/AP", "bbox/AP", "segm/AP", "bbox/AP", "segm/AP"]);
  });

  it("lists without a word and without end come to a few names", () => {
    const list = " Average Precision  (AP) @[ IoU=0.50:0.95 | area=   all | maxDets=100 ] = 0.5\n";
    const names = read(`iter 10 loss 0.5\n${list.repeat(1000)}`)
      .flatMap((entry) => (entry.kind === "record" ? entry.fields : []))
      .flatMap(([name]) => (name.endsWith("AP") ? [name] : []));
    expect(new Set(names).size).toBe(4);
  });
});
