// Part (f): how our epoch's time grows with images, classes and threads.
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { inputCount } from "@trainscope/core";
import { IMAGE_SHAPE } from "@trainscope/data-cifar";
import { measureEntrants } from "../measure-entrants.ts";
import { engineOf } from "../programs/engines.ts";
import { type Entrant, epochEntrants } from "../programs/entrants.ts";
import type { PartReport } from "../report.ts";
import { pairedRatio, summarise } from "../statistics.ts";
import { digits, percent } from "../table.ts";
import { type EpochJob, writeEpochJob } from "../work/epoch-job.ts";
import { syntheticImages } from "../work/synthetic.ts";

export interface GrowthPartOptions {
  readonly folder: string;
  readonly engine: string;
  readonly rounds: number;
  readonly pauseMs: number;
  readonly isQuick: boolean;
}

const INPUTS = inputCount(IMAGE_SHAPE);

interface Case {
  readonly grows: "images" | "classes" | "threads";
  readonly images: number;
  readonly classes: number;
  readonly threads: number;
}

export async function runGrowth(options: GrowthPartOptions): Promise<PartReport> {
  const { rounds } = options;
  const results = [];
  const errors: string[] = [];
  // One growing thing at a time: its cases are measured in the same rounds, and share the memory with no others.
  for (const grows of ["images", "classes", "threads"] as const) {
    const cases = listCases(options).filter((one) => one.grows === grows);
    const measured = await measureCases(options, cases);
    results.push(...measured.results);
    errors.push(...measured.errors);
  }
  return {
    part: "f",
    title: `(f) One epoch of updates as the work grows: synthetic images, ${rounds} rounds`,
    table: {
      columns: ["grows", "images", "classes", "threads", "median ms", "±", "x first", "GFLOP/s"],
      rows: results.map(({ one, times, ratio, rate }) => [
        one.grows,
        `${one.images}`,
        `${one.classes}`,
        `${one.threads}`,
        digits(times.median),
        percent(times.spread),
        digits(ratio),
        digits(rate),
      ]),
    },
    notes: ["x first: its time over that of its group's first line, the median of each round's ratio."],
    errors,
    data: {
      rounds,
      results: results.map(({ one, times, ratio, rate }) => ({ ...one, ...times, ratio, rate })),
    },
  };
}

function listCases({ isQuick, engine }: GrowthPartOptions): Case[] {
  const images = isQuick ? [50, 100] : [2500, 5000, 10_000, 20_000, 40_000];
  const classes = isQuick ? [2, 10] : [2, 5, 10, 20, 100];
  const middle = isQuick ? 100 : 10_000;
  const counts = engineOf(engine).isThreaded ? threadCounts() : [1];
  return [
    ...images.map((count) => ({ grows: "images", images: count, classes: 10, threads: 1 }) as const),
    ...classes.map((count) => ({ grows: "classes", images: middle, classes: count, threads: 1 }) as const),
    ...counts.map((count) => ({ grows: "threads", images: middle, classes: 10, threads: count }) as const),
  ];
}

/** One, two and all cores. */
function threadCounts(): number[] {
  const cores = availableParallelism();
  return [...new Set([1, 2, cores])].filter((count) => count <= cores);
}

async function measureCases(options: GrowthPartOptions, cases: readonly Case[]) {
  const entrants = new Map<Entrant, Case>();
  for (const one of cases) {
    const { folder, job } = await writeCase(options, one);
    const ours = { folder, job, engine: options.engine, threads: [one.threads], python: "", peers: [] };
    for (const entrant of epochEntrants(ours)) if (entrant.role === "ours") entrants.set(entrant, one);
  }
  const measured = await measureEntrants([...entrants.keys()], { ...options, request: "epoch" });
  const all = [...entrants].flatMap(([entrant, one]) => {
    const list = measured.measurements.get(entrant);
    return list === undefined ? [] : [{ one, milliseconds: list.map(({ ms }) => ms) }];
  });
  const first = all[0]?.milliseconds ?? [];
  const results = all.map(({ one, milliseconds }) => {
    const times = summarise(milliseconds);
    const flops = 4 * one.images * one.classes * INPUTS;
    return { one, times, ratio: pairedRatio(milliseconds, first), rate: flops / times.median / 1e6 };
  });
  return { results, errors: [...measured.failed, ...measured.missing] };
}

async function writeCase(
  options: GrowthPartOptions,
  { images, classes, threads }: Case,
): Promise<{ folder: string; job: EpochJob }> {
  const folder = join(options.folder, `${images}-${classes}-${threads}`);
  const train = syntheticImages(images, classes, IMAGE_SHAPE, 0);
  // Evaluated after the clock has stopped; a few will do.
  const validation = syntheticImages(100, classes, IMAGE_SHAPE, 1);
  const job = await writeEpochJob(folder, { train, validation, classes, shape: IMAGE_SHAPE });
  return { folder, job };
}
