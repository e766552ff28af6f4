import { PassThrough } from "node:stream";
import type { Control } from "@trainscope/core";
import type { EventBody } from "@trainscope/core/events";
import { createSourceStore, type Source } from "@trainscope/core/source";
import { at, epochEvents, runStart, stepEvents } from "@trainscope/core/testing";
import { from, Subject } from "rxjs";
import { describe, expect, it } from "vitest";
import { Narrator } from "./narrator.ts";
import { reportSentences } from "./report-sentences.ts";
import { parseTyped } from "./typed-command.ts";

const NO_FORMATS = new Map();
const epochs = epochEvents(40);

describe("a run in sentences", () => {
  it("introduces itself, tells the first epoch, and then keeps a listener's pace", () => {
    const narrator = new Narrator(NO_FORMATS);
    expect(narrator.tell(at(0, runStart()))[0]).toMatch(
      /^Training on CIFAR-10 \(data_batch_1\): 10,000 images, 40 epochs of batches of 100\. Learning rate 0\.001/,
    );
    const told = epochs.flatMap((event) => narrator.tell(event));
    // One second an epoch: the first, every eighth from there, and the last.
    expect(told.map((text) => /^Epoch (\d+) of 40\./.exec(text)?.[1])).toEqual([
      "1",
      "9",
      "17",
      "25",
      "33",
      "40",
    ]);
    expect(told[0]).toBe(
      "Epoch 1 of 40. Training loss 2.1000, accuracy 30.00 percent. Validation loss 2.2500, accuracy 30.00 percent. About 39 seconds left.",
    );
  });

  it("tells steps at the same pace, with what each split told last", () => {
    const narrator = new Narrator(NO_FORMATS);
    const told = stepEvents(260, "validation").flatMap((event) => narrator.tell(event));
    expect(told[1]).toBe("Step 10. Training loss 12.00.");
    expect(told.at(-1)).toBe("Step 260. Training loss 2.3846. Validation loss 2.9000.");
    expect(narrator.status()).toBe(told.at(-1));
  });

  it("says nothing of what a program doesn't tell, and learns its figures as they come", () => {
    const narrator = new Narrator(NO_FORMATS);
    const tell = (body: EventBody) => narrator.tell(at(0, body))[0];
    expect(tell({ type: "run:start", config: {}, metrics: [] })).toMatch(/^Training\. Type help/);
    const timing = { trainMs: 0, evaluateMs: 0 };
    const end = {
      type: "epoch:end",
      epoch: 1,
      epochs: 0,
      learningRate: 0,
      metrics: { "train/loss": 2 },
      timing,
    } as const;
    expect(tell(end)).toBe("Epoch 1. Training loss 2.0000.");
    expect(narrator.status()).toBe("Epoch 1. Training loss 2.0000.");
  });

  it("tells where it stands at any time, and that it is paused", () => {
    const narrator = new Narrator(NO_FORMATS);
    narrator.tell(at(0, runStart()));
    expect(narrator.status()).toBe("The first epoch is still running.");
    for (const event of epochs.slice(0, 9)) narrator.tell(event);
    const control = {
      type: "control",
      action: "pause",
      from: "running",
      to: "paused",
      epoch: 3,
      batch: 100,
    } as const;
    expect(narrator.tell(at(3000, control))).toEqual(["Paused in epoch 3, after batch 100."]);
    expect(narrator.status()).toMatch(/^Epoch 3 of 40\..* Learning rate 0\.001\. Paused\.$/);
    const slower = { ...control, action: "learningRate", from: 0.001, to: 0.0005 } as const;
    narrator.tell(at(4000, slower));
    expect(narrator.status()).toMatch(/ Learning rate 0\.0005\. Paused\.$/);
  });

  it("says alerts as what they are, and the test figures at the end", () => {
    const narrator = new Narrator(NO_FORMATS);
    narrator.tell(at(0, runStart()));
    const alert = { type: "alert", level: "warning", code: "engine", message: "one thread computes" } as const;
    expect(narrator.tell(at(1, alert))).toEqual(["Warning: one thread computes."]);
    const end = { reason: "completed", epochs: 40, keptEpoch: 40, plugins: [] } as const;
    const metrics = { "test/loss": 1.75, "test/accuracy": 0.39 };
    expect(narrator.tell(at(2, { type: "run:end", ...end, metrics }))).toEqual([
      "All epochs done.",
      "Test loss 1.7500, accuracy 39.00 percent.",
    ]);
  });
});

it.each([
  ["pause", { kind: "control", control: { action: "pause" } }],
  [" Rate 5e-4 ", { kind: "control", control: { action: "learningRate", to: 5e-4 } }],
  ["size=50", { kind: "control", control: { action: "batchSize", to: 50 } }],
  ["quit", { kind: "quit" }],
  ["", undefined],
])("%j is understood", (line, command) => {
  expect(parseTyped(line)).toEqual(command);
});

it.each(["rate", "rate fast", "rate 1 2", "constructor", "pause now", "__proto__ 1"])(
  "%j is answered",
  (line) => {
    expect(parseTyped(line)).toMatchObject({ kind: "unknown" });
  },
);

it("does what is typed, and answers what it doesn't know, until the run ends", async () => {
  const input = new PassThrough();
  const events = new Subject<ReturnType<typeof at>>();
  const asked: Control[] = [];
  let text = "";
  const done = reportSentences(events, {
    formats: NO_FORMATS,
    input,
    onControl: (control) => asked.push(control),
    onQuit: () => {},
    print: (...lines) => {
      text += lines.map((line) => `${line}\n`).join("");
    },
  });
  events.next(at(0, runStart()));
  input.write("lambda 0.5\nfaster\nstatus\n");
  await new Promise((resolve) => setImmediate(resolve));
  expect(asked).toEqual([{ action: "lambda", to: 0.5 }]);
  expect(text).toContain('"faster" is no command');
  expect(text).toContain("The first epoch is still running.");
  input.end();
  await new Promise((resolve) => setImmediate(resolve));
  expect(text).toMatch(/Nothing more can be typed\. Ctrl-C stops and saves\.\n$/);
  events.next(
    at(1, { type: "checkpoint", epoch: 1, batch: 0, reason: "asked", path: "best.json", best: true }),
  );
  events.complete();
  await done;
  expect(text.match(/Nothing more/g)).toHaveLength(1);
});

const WATCHED = { kind: "watched", name: "stdin" } as const;

it.each([
  [{ kind: "training" }, "Ctrl-C stops and saves.", "rate 0.0005"],
  [WATCHED, "Ctrl-C leaves.", "quit: leave it."],
  [{ ...WATCHED, isOurs: true, mayControl: true }, "Ctrl-C stops the program.", "rate 0.0005"],
  [
    { kind: "attached", mayControl: false, processState: "alive", lastHeartbeat: 0 },
    "Ctrl-C leaves.",
    "quit: leave it.",
  ],
] as const)("%j promises no more than it does", async (kind, words, help) => {
  const input = new PassThrough();
  const events = new Subject<ReturnType<typeof at>>();
  const source = createSourceStore<Source>(kind);
  let text = "";
  const done = reportSentences(events, {
    formats: NO_FORMATS,
    input,
    source,
    onControl() {},
    onQuit() {},
    print: (...lines) => {
      text += lines.map((line) => `${line}\n`).join("");
    },
  });
  input.end("help\n");
  await new Promise((resolve) => setImmediate(resolve));
  expect(text).toContain(help);
  expect(text).toContain(`Nothing more can be typed. ${words}\n`);
  expect(text.includes("stops and saves") || text.includes("without saving")).toBe(kind.kind === "training");
  events.complete();
  await done;
});

it("tells the newest figures at the end, where they were left to wait, and once", async () => {
  const told = async (...all: readonly ReturnType<typeof at>[]) => {
    let text = "";
    const print = (...lines: readonly string[]) => {
      text += lines.map((line) => `${line}\n`).join("");
    };
    const input = new PassThrough();
    await reportSentences(from(all), { formats: NO_FORMATS, input, onControl() {}, onQuit() {}, print });
    return text.match(/^Epoch \d+|^Step \d+|^Stopped/gm);
  };
  const some = epochEvents(4).filter(({ type }) => type === "epoch:end");
  const end = {
    type: "run:end",
    reason: "stopped",
    epochs: 4,
    keptEpoch: 4,
    metrics: {},
    plugins: [],
  } as const;
  expect(await told(at(0, runStart()), ...some)).toEqual(["Epoch 1", "Epoch 4"]);
  expect(await told(at(0, runStart()), ...some, at(9000, end))).toEqual(["Epoch 1", "Epoch 4", "Stopped"]);
  const quick = stepEvents(30, "validation").map((event) => ({ ...event, time: event.time / 10 }));
  expect(await told(...quick)).toEqual(["Step 10", "Step 30"]);
});
