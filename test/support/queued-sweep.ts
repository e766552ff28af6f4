// What the tests of sweeps on a queue share: a small study, workers that are started again as a service would, and its table.
import { readFileSync } from "node:fs";
import { join } from "node:path";
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
  readonly candidates: readonly { readonly point: object; readonly mean: number | null }[];
}

export const tableIn = (out: string): Table => JSON.parse(readFileSync(join(out, "results.json"), "utf8"));

let whole: Promise<Table> | undefined;

/** What the study comes to that nobody disturbs, on this machine alone; found out once. */
export function undisturbed(): Promise<Table> {
  whole ??= trainAlone();
  return whole;
}

async function trainAlone(): Promise<Table> {
  const out = join(temporaryFolder(), "undisturbed");
  const { status, stderr } = await trainscope([...SWEEP, ...STUDY, "--out", out]);
  expect([status, stderr]).toEqual([0, ""]);
  return tableIn(out);
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

/** Each training is in the sweep's log once. */
export function expectCountedOnce(out: string): void {
  const lines = readFileSync(join(out, "outcomes.jsonl"), "utf8").split("\n").filter(Boolean);
  expect(lines).toHaveLength(TRAININGS);
  expect(new Set(lines.map((line) => JSON.parse(line).key)).size).toBe(TRAININGS);
}

/** Seconds without a word from a worker: short, so that tests don't wait. */
export const LOCK = "2";

export function startWorker(url: string, store: string, lock = LOCK, options: StartOptions = {}): Started {
  const flags = ["--data", "sample", "--engine", "wasm", "--threads", "1", "--reporter", "json"];
  return start(["worker", url, ...flags, "--store", store, "--lock", lock], options);
}

/** What the worker has begun last. */
export function lastBegun({ stdout }: Started): string | undefined {
  return toldIn(stdout()).findLast(({ type }) => type === "trial:start")?.task?.title;
}
