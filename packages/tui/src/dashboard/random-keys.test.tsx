// Whatever is typed, clicked, pasted and resized, in whatever pieces it comes and whatever the run does meanwhile: the
// dashboard lives, asks the run for nothing that it couldn't do, and leaves the terminal as it found it.
import type { Control } from "@trainscope/core";
import type { EventBody, TrainingEvent } from "@trainscope/core/events";
import { checkLiveSetting } from "@trainscope/core/settings";
import { at, control, epochEvents, progress, runStart } from "@trainscope/core/testing";
import fc from "fast-check";
import { Subject } from "rxjs";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { openDashboard } from "./dashboard.tsx";
import { change } from "./testing/events.ts";
import { FIRST_MODES, RandomTerminal } from "./testing/random-terminal.ts";

const ESC = "\u001b";

const keys = fc.constantFrom(
  ..."12345678?h pssbbeeeuucovxqlmi+-=0gn9.-+\r\t\u007f\b",
  ...["[A", "[B", "[C", "[D", "[1;2C", "[1;2D", "[5~", "[6~", "[H", "[F", "[Z", "[3~", "OP", "[15~", "x"].map(
    (end) => ESC + end,
  ),
  "0.01",
  "1e-3",
  "飛",
  "🚀",
  `${ESC}[`,
  `${ESC}]11;rgb:ff`,
  ESC,
  "\u0000",
  "\u0001",
  "\u0003",
);
const mouse = fc
  .record({
    code: fc.constantFrom(0, 1, 2, 3, 64, 65, 32, 128),
    x: fc.nat(240),
    y: fc.nat(70),
    up: fc.boolean(),
  })
  .map(({ code, x, y, up }) => `${ESC}[<${code};${x};${y}${up ? "m" : "M"}`);
const answers = fc.constantFrom(
  `${ESC}]11;rgb:ffff/ffff/ffff${ESC}\\`,
  `${ESC}]11;rgb:00/00/00\u0007`,
  `${ESC}_Gi=31;EINVAL${ESC}\\`,
);
const pastes = fc.string({ unit: "binary", maxLength: 40 });
const input = fc.oneof(
  { weight: 12, arbitrary: keys },
  { weight: 3, arbitrary: mouse },
  { weight: 1, arbitrary: answers },
  { weight: 1, arbitrary: pastes },
  { weight: 1, arbitrary: pastes.map((text) => `${ESC}[200~${text}${ESC}[201~`) },
);

const actions = fc.array(
  fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({ typed: fc.array(input, { minLength: 1, maxLength: 6 }), piece: fc.nat(4) }),
    },
    { weight: 3, arbitrary: fc.record({ events: fc.nat(12) }) },
    { weight: 2, arbitrary: fc.record({ wait: fc.constantFrom(0, 1, 9, 30, 120, 700) }) },
    {
      weight: 1,
      arbitrary: fc.record({
        columns: fc.integer({ min: 20, max: 220 }),
        rows: fc.integer({ min: 5, max: 60 }),
      }),
    },
    { weight: 1, arbitrary: fc.record({ printed: fc.string({ maxLength: 30 }) }) },
  ),
  { maxLength: 25, size: "max" },
);
type Action = Partial<{
  typed: readonly string[];
  /** Characters that come at a time; 0: all. */
  piece: number;
  events: number;
  wait: number;
  columns: number;
  rows: number;
  printed: string;
}>;

const CLASSES = 3;
const between = fc.constantFrom<EventBody>(
  control("pause"),
  control("resume"),
  control("step"),
  control("stop"),
  change("learningRate", 0.001, 0.01),
  change("batchSize", 100, 7),
  change("epochs", 40, 2),
  progress(1, 50),
  { ...(progress(1, 100) as EventBody & { type: "progress" }), loss: null },
  { type: "alert", level: "warning", code: "overfitting", message: "the gap grows\n\u001b[2J" },
  { type: "alert", level: "error", code: "diverged", message: "the loss is NaN" },
  { type: "alert", level: "info", code: "early-stop", message: "no better" },
  { type: "artifact", plugin: "curves", kind: "curves", title: "curves", path: "runs/curves.png" },
  { type: "checkpoint", epoch: 1, batch: 100, reason: "best", path: "runs/best.bin", best: true },
  { type: "plugin:error", plugin: "飛行機", hook: "update", message: "no", failures: 3, disabled: true },
  {
    type: "plugin:times",
    epoch: 1,
    hooks: [{ plugin: "x", hook: "update", calls: 1, milliseconds: 1, failures: 0 }],
  },
  {
    type: "examination",
    epoch: 1,
    split: "validation",
    confusion: Array.from({ length: CLASSES }, (_, i) => Array.from({ length: CLASSES }, (_, j) => 3 * i + j)),
    trueClass: { right: [0, 2, 5], wrong: [3, 0, 0] },
    mistakes: [{ index: 4, label: 2, probabilities: [0.7, 0.2, 0.1] }],
  },
);
/** Whole epochs with anything that the grammar has anywhere between them; the run may end. */
const runs = fc
  .record({
    epochs: fc.nat(30),
    more: fc.array(fc.record({ place: fc.nat(100), body: between }), { maxLength: 30 }),
    ends: fc.boolean(),
  })
  .map(({ epochs, more, ends }): readonly TrainingEvent[] => {
    const events = epochEvents(epochs, (tag, epoch) => ((epoch * tag.length) % 11 === 0 ? null : 1 / epoch));
    for (const { place, body } of more) events.splice(place % (events.length + 1), 0, at(0, body));
    const end: EventBody = {
      type: "run:end",
      reason: "completed",
      metrics: {},
      epochs,
      keptEpoch: epochs,
      plugins: [],
    };
    const all = [at(0, runStart()), ...events, ...(ends ? [at(1000 * epochs, end)] : [])];
    return all.map((event, seq) => ({ ...event, seq }));
  });

function checkControl(sent: Control): void {
  const { action } = sent;
  if ("to" in sent) checkLiveSetting(sent.action, sent.to);
  else expect(["pause", "resume", "step", "stop", "checkpoint", "export"]).toContain(action);
}

/** What a panel shows that failed in its drawing. */
const FAILURE = /Cannot read|is not a function|is not iterable|Invalid (array|string|count|time)|Maximum call/;

beforeEach(() => {
  // What React and streams wait for among themselves goes on in real time.
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval", "Date"] });
  vi.stubEnv("TERM", "xterm-256color");
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
});

const settled = (): Promise<void> => new Promise((done) => setImmediate(done));

it("random keys, clicks, sizes and events never crash it, and always leave the terminal right", async () => {
  const { log } = console;
  const writes = [process.stdout.write, process.stderr.write];
  const image = new Uint8Array(3072).fill(90);
  const model = {
    classes: CLASSES,
    inputs: 3072,
    weights: new Float32Array(3 * 3072),
    biases: new Float32Array(3),
  };

  async function play(all: readonly Action[], run: readonly TrainingEvent[], depth: number, end: number) {
    const terminal = new RandomTerminal(depth);
    const events = new Subject<TrainingEvent>();
    const controls: Control[] = [];
    const shown = openDashboard({
      events,
      onControl: (sent) => controls.push(sent),
      onQuit: () => {},
      imageOf: () => image,
      parameters: () => model,
      savePicture: async (name) => {
        if (depth === 1) throw new Error("the disk is full");
        return name;
      },
      stdout: terminal as unknown as NodeJS.WriteStream,
      stdin: terminal as unknown as NodeJS.ReadStream,
    });
    await settled();
    let told = 0;
    for (const { typed, piece = 0, events: count = 0, wait, columns, rows, printed } of all) {
      const text = typed?.join("") ?? "";
      const size = piece === 0 ? Math.max(1, text.length) : piece;
      for (let start = 0; start < text.length; start += size) {
        terminal.send(text.slice(start, start + size));
        await settled();
      }
      for (const event of run.slice(told, told + count)) events.next(event);
      told += count;
      if (columns !== undefined && rows !== undefined) terminal.resize(columns, rows);
      if (printed !== undefined) console.log(printed);
      if (wait !== undefined) await vi.advanceTimersByTimeAsync(wait);
      await settled();
      expect(terminal.screen()).not.toMatch(FAILURE);
    }
    if (end === 0) events.complete();
    else if (end === 1) events.error(new Error("the disk is full"));
    else await shown.close();
    const outcome = await shown.done.then(
      () => "done",
      () => "failed",
    );
    expect(outcome).toBe(end === 1 ? "failed" : "done");
    expect(terminal.complaints).toEqual([]);
    expect(terminal.isRestored).toBe(true);
    expect([...terminal.modes].sort()).toEqual(FIRST_MODES);
    expect([terminal.listenerCount("readable"), terminal.listenerCount("resize")]).toEqual([0, 0]);
    expect([events.observed, console.log]).toEqual([false, log]);
    expect([process.stdout.write, process.stderr.write]).toEqual(writes);
    controls.forEach(checkControl);
  }

  await fc.assert(fc.asyncProperty(actions, runs, fc.constantFrom(1, 4, 8, 24), fc.nat(2), play), {
    numRuns: 10,
  });
});
