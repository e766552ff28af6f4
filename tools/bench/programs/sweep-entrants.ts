// Who takes part in part (n): `trainscope sweep` as a user starts it, and scikit-learn's GridSearchCV.
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { WholeEntrant } from "../measure-whole.ts";
import type { Missing } from "../protocol/messages.ts";
import { trainscopeCommand } from "./built-command.ts";
import { engineOf } from "./engines.ts";

export interface SweepOutcome {
  readonly trials: number;
  /** The best, on validation, 0 to 1. */
  readonly accuracy: number;
  readonly versions: Readonly<Record<string, string>>;
}

export type SweepEntrant = WholeEntrant<SweepOutcome>;

/** What is searched: each eta with each lambda. Plain data. */
export interface SweepJob {
  /** Holds CIFAR-10's binary files. */
  readonly directory: string;
  readonly etas: readonly number[];
  readonly lambdas: readonly number[];
  readonly epochs: number;
  readonly batch: number;
}

export interface SweepEntrantOptions {
  /** For the job and what is written. */
  readonly folder: string;
  readonly job: SweepJob;
  readonly engine: string;
  readonly threads: number;
  readonly python: string;
  readonly peers?: readonly string[] | undefined;
}

const SCRIPT = join(import.meta.dirname, "../peers/python/sweep_sklearn.py");

export async function writeSweepJob(folder: string, job: SweepJob): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "sweep.json"), JSON.stringify(job));
}

/** Ours first: the others' times are compared with it. */
export function gridEntrants(options: SweepEntrantOptions): SweepEntrant[] {
  const { folder, threads, python, peers } = options;
  const peer: SweepEntrant = {
    name: "scikit-learn",
    isOurs: false,
    command: () => ({ command: python, args: ["-B", SCRIPT, folder, `${threads}`] }),
    // The peer's only line.
    read: (stdout) => JSON.parse(stdout) as SweepOutcome | Missing,
  };
  const isAsked = peers?.some((start) => peer.name.startsWith(start)) ?? true;
  return [ourEntrant(`trainscope ${options.engine}`, options, true), ...(isAsked ? [peer] : [])];
}

/** One trial alone, and two of them side by side; both have all the threads at hand. */
export function sideBySideEntrants(options: SweepEntrantOptions): SweepEntrant[] {
  const { job } = options;
  const withEtas = (count: number): SweepEntrantOptions => ({
    ...options,
    job: { ...job, etas: job.etas.slice(0, count), lambdas: job.lambdas.slice(0, 1) },
  });
  return [ourEntrant("one trial alone", withEtas(1), true), ourEntrant("two side by side", withEtas(2), false)];
}

function ourEntrant(
  name: string,
  { folder, job, engine, threads }: SweepEntrantOptions,
  isOurs: boolean,
): SweepEntrant {
  const { directory, etas, lambdas, epochs, batch } = job;
  const how = ["--engine", engine, ...(engineOf(engine).isThreaded ? ["--threads", `${threads}`] : [])];
  const what = ["--eta", etas.join(","), "--lambda", lambdas.join(","), "--batch", `${batch}`];
  return {
    name,
    isOurs,
    command: (round) =>
      trainscopeCommand(
        "sweep",
        "--strategy",
        "grid",
        "--data",
        directory,
        ...what,
        "--epochs",
        `${epochs}`,
        ...how,
        // A sweep that is there goes on: each round has a folder of its own.
        "--reporter",
        "json",
        "--out",
        join(folder, `${name.replaceAll(" ", "-")}-${round}`),
      ),
    read: ourOutcome,
  };
}

interface SweepEnd {
  readonly type: string;
  readonly results?: { readonly candidates: readonly { readonly mean: number | null }[] };
}

function ourOutcome(stdout: string): SweepOutcome {
  const end = JSON.parse(stdout.trim().split("\n").at(-1) ?? "{}") as SweepEnd;
  const candidates = end.results?.candidates ?? [];
  return { trials: candidates.length, accuracy: candidates[0]?.mean ?? Number.NaN, versions: {} };
}
