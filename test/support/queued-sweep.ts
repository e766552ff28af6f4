// What the tests of sweeps on a queue share: a small study, workers that are started again as a service would, and its table.
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect } from "vitest";
import { temporaryFolder, trainscope } from "./command.ts";
import { type Started, type StartOptions, start } from "./started.ts";

/** 12 trainings. */
export const STUDY = [
  "--eta",
  "1e-3,1e-2,1e-1",
  "--lambda",
  "0,0.1",
  "--strategy",
  "grid",
  "--epochs",
  "20",
  "--seeds",
  "2",
];
export const TRAININGS = 12;
export const SWEEP = ["sweep", "--data", "sample", "--engine", "wasm", "--reporter", "json"];

export interface Table {
  readonly candidates: readonly {
    readonly point: Readonly<Record<string, number>>;
    readonly mean: number | null;
  }[];
}

export const tableIn = (out: string): Table => JSON.parse(readFileSync(join(out, "results.json"), "utf8"));

export interface Undisturbed {
  readonly table: Table;
  /** As `modelsIn` has them. */
  readonly models: ReadonlyMap<string, string>;
}

let whole: Promise<Undisturbed> | undefined;

/** What the study comes to that nobody disturbs, on this machine alone; found out once. */
export function undisturbed(): Promise<Undisturbed> {
  whole ??= trainAlone();
  return whole;
}

async function trainAlone(): Promise<Undisturbed> {
  const out = join(temporaryFolder(), "undisturbed");
  const { status, stderr } = await trainscope([...SWEEP, ...STUDY, "--out", out]);
  expect([status, stderr]).toEqual([0, ""]);
  return { table: tableIn(out), models: modelsIn(out) };
}

/** The bits of each model that a store has, by its file's name. */
export function modelsIn(store: string): ReadonlyMap<string, string> {
  const folder = join(store, "trials");
  const names = readdirSync(folder).filter((name) => name.endsWith(".bin"));
  const hashOf = (name: string): string =>
    createHash("sha256")
      .update(readFileSync(join(folder, name)))
      .digest("hex");
  return new Map(names.sort().map((name) => [name, hashOf(name)]));
}

export interface Told {
  readonly type: string;
  readonly reused?: boolean;
  readonly message?: string;
  /** Of the images. */
  readonly fingerprint?: string;
  readonly task?: { readonly title: string };
  readonly outcome?: { readonly reused: boolean };
}

/** A last line may be torn. */
export function toldIn(stdout: string): readonly Told[] {
  return stdout
    .split("\n")
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Told);
}

export const ended = (stdout: string): readonly Told[] =>
  toldIn(stdout).filter(({ type }) => type === "trial:end");

/** Of the trainings that the workers have told the end of those that they have not found in the store. */
export function trainedBy(workers: readonly Started[]): readonly string[] {
  const trained = workers
    .flatMap(({ stdout }) => ended(stdout()))
    .filter(({ outcome }) => outcome?.reused === false);
  return trained.map(({ task }) => task?.title ?? "").sort();
}

const SETTINGS = ["0.001", "0.01", "0.1"].flatMap((eta) => [`lambda 0, eta ${eta}`, `lambda 0.1, eta ${eta}`]);
/** As workers call them, in alphabetical order. */
export const TITLES: readonly string[] = SETTINGS.flatMap((name) => [
  `${name}, seed 0`,
  `${name}, seed 1`,
]).sort();

/** Each training is in the sweep's log once. */
export function expectCountedOnce(out: string): void {
  const lines = readFileSync(join(out, "outcomes.jsonl"), "utf8").split("\n").filter(Boolean);
  expect(lines).toHaveLength(TRAININGS);
  expect(new Set(lines.map((line) => JSON.parse(line).key)).size).toBe(TRAININGS);
}

/** Seconds without a word from a worker: short, so that tests don't wait, and longer than a busy machine lets one wait for its turn. */
export const LOCK = "8";

export function startWorker(url: string, store: string, lock = LOCK, options: StartOptions = {}): Started {
  const flags = ["--data", "sample", "--engine", "wasm", "--threads", "1", "--reporter", "json"];
  return start(["worker", url, ...flags, "--store", store, "--lock", lock], options);
}

/** Signals that strike workers, each right after it has written a checkpoint, all together so often. */
export function createFaults(folder: string, signal: NodeJS.Signals, most: number) {
  mkdirSync(folder);
  const traces = (start: string): readonly string[] =>
    readdirSync(folder)
      .filter((name) => name.startsWith(start))
      .map((name) => name.slice(start.length))
      .sort();
  return {
    environment: {
      NODE_OPTIONS: `--import=${pathToFileURL(join(import.meta.dirname, "worker-faults.mjs"))}`,
      WORKER_FAULT: signal,
      WORKER_FAULTS: `${most}`,
      WORKER_FAULT_FOLDER: folder,
    },
    /** Checkpoints after which a signal struck. */
    struck: () => traces("struck-"),
    /** Those that a worker went on from. */
    resumed: () => traces("resumed-"),
  };
}

/** What the worker has begun last. */
export function lastBegun({ stdout }: Started): string | undefined {
  return toldIn(stdout()).findLast(({ type }) => type === "trial:start")?.task?.title;
}
