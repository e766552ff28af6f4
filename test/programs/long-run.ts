// Shows a run of 10,000 epochs on the built dashboard, a frame an epoch, and prints as JSON what its memory and its
// frames came to. Run by long-run.test.ts and by the benchmarks, with --expose-gc; the argument is another number of epochs.
import { EventEmitter } from "node:events";
import { mock } from "node:test";
import { getHeapSpaceStatistics } from "node:v8";
import type { TrainingEvent } from "@trainscope/core/events";
import { appendValues, createHistory, isValuesEvent } from "@trainscope/core/history";
import { Subject } from "rxjs";
import { createParameters, eventsOfEpoch, INPUTS, NUMBERS_PER_EPOCH, startOf } from "./made-up-run.ts";

/** What is watched, in turn: the keys that lead there, and those that undo what stays when another tab is chosen. */
const LOOKS: readonly { readonly name: string; readonly keys: string; readonly undo?: string }[] = [
  { name: "overview", keys: "1" },
  { name: "overview, half of the run", keys: "1+", undo: "0" },
  { name: "overview, smoothed", keys: "1m", undo: "mm" },
  { name: "metrics", keys: "2" },
  { name: "weights", keys: "3" },
  { name: "classes", keys: "4" },
  { name: "samples", keys: "5" },
  { name: "log", keys: "6" },
  { name: "plugins", keys: "7" },
  { name: "help", keys: "8" },
];
/** Frames in which one of them is watched. */
const STAY = 5;
/** How many frames are compared, at the start and at the end. */
const COMPARED = 500;
/** Between those a frame is drawn after each so many epochs. */
const SELDOM = 10;

/** What is printed. */
export interface LongRun {
  readonly epochs: number;
  readonly numbersPerEpoch: number;
  /** Bytes after a tenth of the epochs and after all, and by how much the history's own numbers grew meanwhile. */
  readonly memory: { readonly tenth: number; readonly end: number; readonly ofHistory: number };
  readonly frames: number;
  /** Written to the terminal. */
  readonly bytes: number;
  /** Median CPU ms of a frame by what was watched: of the first frames, and of the last. */
  readonly first: Readonly<Record<string, number>>;
  readonly last: Readonly<Record<string, number>>;
}

const epochs = Number(process.argv[2] ?? 10_000);

/** A terminal of 120 x 40 with colours, which counts what is written to it and takes keys. */
class CountingTerminal extends EventEmitter {
  readonly isTTY = true;
  readonly columns = 120;
  readonly rows = 40;
  bytes = 0;
  writes = 0;
  #keys: string | null = null;

  write(text: string, done?: () => void): boolean {
    this.bytes += text.length;
    this.writes++;
    done?.();
    return true;
  }

  type(key: string): void {
    this.#keys = key;
    this.emit("readable");
  }

  read(): string | null {
    const keys = this.#keys;
    this.#keys = null;
    return keys;
  }

  hasColors = (): boolean => true;
  getColorDepth = (): number => 24;
  setRawMode = (): this => this;
  setEncoding(): void {}
  ref(): void {}
  unref(): void {}
}

const settled = (): Promise<void> => new Promise((done) => setImmediate(done));

/** In ms. That of the thread alone is counted by the system's clock ticks, some of which are longer than a frame. */
function cpuTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** What lives long: neither code compiled meanwhile, nor tables that V8 makes larger and smaller by megabytes. */
async function bytesInUse(): Promise<number> {
  // What a first collection finds to be unreachable may hold more that only the next can free.
  for (let round = 0; round < 3; round++) {
    await settled();
    globalThis.gc?.();
  }
  const old = getHeapSpaceStatistics().find(({ space_name }) => space_name === "old_space");
  return (old?.space_used_size ?? Number.NaN) + process.memoryUsage().arrayBuffers;
}

/** By how much the history's own numbers grow the memory, from the first epoch to the second. */
async function historyBytes(first: number, last: number): Promise<number> {
  const history = createHistory();
  let before = 0;
  for (let epoch = 1; epoch <= last; epoch++) {
    for (const event of eventsOfEpoch(epoch, last)) if (isValuesEvent(event)) appendValues(history, event);
    if (epoch === first) before = await bytesInUse();
  }
  const after = await bytesInUse();
  return history.epochs.length === last ? after - before : Number.NaN;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}

// Measured before anything is shown: what a dashboard leaves is freed some time later, which would count against it.
const ofHistory = await historyBytes(epochs / 10, epochs);

// As the command has it. React reads it when it is loaded.
process.env.NODE_ENV = "production";
const { showDashboard } = await import("@trainscope/tui");

// Frames come by timers: a day of them in seconds.
mock.timers.enable({ apis: ["setInterval", "Date"] });
const FRAME_MS = 400;
const events = new Subject<TrainingEvent>();
const terminal = new CountingTerminal();
const model = createParameters();
const image = Uint8Array.from({ length: INPUTS }, (_, i) => (i * 97) % 251);
const shown = showDashboard(events, {
  control: () => {},
  imageOf: () => image,
  parameters: () => model.parameters,
  stdout: terminal as unknown as NodeJS.WriteStream,
  stdin: terminal as unknown as NodeJS.ReadStream,
});

interface Frame {
  readonly look: string;
  readonly ms: number;
}

const frames: Frame[] = [];

async function type(keys: string): Promise<void> {
  for (const key of keys) {
    terminal.type(key);
    await settled();
  }
}

let look = LOOKS[0];

/** One frame, and what it costs. */
async function drawFrame(): Promise<void> {
  if (frames.length % STAY === 0) {
    await type(look?.undo ?? "");
    look = LOOKS[(frames.length / STAY) % LOOKS.length];
    await type(look?.keys ?? "");
  }
  const start = cpuTime();
  mock.timers.tick(FRAME_MS);
  await settled();
  frames.push({ look: look?.name ?? "", ms: cpuTime() - start });
}

/** The same picture each time, so that what is kept for it is the same. */
async function bytesOfFirstTab(): Promise<number> {
  await type("13456781");
  const bytes = await bytesInUse();
  await type(look?.keys ?? "");
  return bytes;
}

let [tenth, end] = [Number.NaN, Number.NaN];
events.next(startOf(epochs));
for (let epoch = 1; epoch <= epochs; epoch++) {
  model.move(epoch);
  for (const event of eventsOfEpoch(epoch, epochs)) events.next(event);
  const isCompared = epoch <= COMPARED || epoch > epochs - COMPARED;
  if (isCompared || epoch % SELDOM === 0) await drawFrame();
  if (epoch === epochs / 10) tenth = await bytesOfFirstTab();
  if (epoch === epochs) end = await bytesOfFirstTab();
}
events.complete();
await shown;

function frameTimes(part: readonly Frame[]): Record<string, number> {
  const ofLook = Map.groupBy(part, ({ look }) => look);
  return Object.fromEntries(
    [...ofLook].map(([look, all]) => [look, Math.round(1000 * median(all.map(({ ms }) => ms))) / 1000]),
  );
}

const result: LongRun = {
  epochs,
  numbersPerEpoch: NUMBERS_PER_EPOCH,
  memory: { tenth, end, ofHistory },
  frames: frames.length,
  bytes: terminal.bytes,
  first: frameTimes(frames.slice(0, COMPARED)),
  last: frameTimes(frames.slice(-COMPARED)),
};
console.log(JSON.stringify(result));
