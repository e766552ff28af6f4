// Parts (a) and (b): one epoch of updates, without and with the evaluation of train and validation.
import { compareFigures } from "../compare-figures.ts";
import { measureEntrants } from "../measure-entrants.ts";
import type { Entrant } from "../programs/entrants.ts";
import type { Measurement, Request } from "../protocol/messages.ts";
import { describeGoal, type PartReport } from "../report.ts";
import { pairedRatio, summarise } from "../statistics.ts";
import { digits, percent } from "../table.ts";

export interface EpochPartOptions {
  readonly part: "a" | "b";
  readonly entrants: readonly Entrant[];
  /** For the title, e.g. "10,000 images of CIFAR-10". */
  readonly work: string;
  readonly rounds: number;
  readonly pauseMs: number;
}

/** How many times as long as ours a peer ought to take, with as many threads: by part and by our engine. */
const GOALS: Readonly<Record<"a" | "b", Readonly<Record<string, Readonly<Record<string, number>>>>>> = {
  a: {
    "trainscope native": { "numpy float32": 3.5, "numpy float64": 5, pytorch: 4, "tfjs wasm": 30 },
    "trainscope wasm": { "numpy float32": 2, "numpy float64": 4, pytorch: 4, "tfjs wasm": 30 },
  },
  b: { "trainscope native": { "numpy float32": 4 } },
};

/** Of the C programs, on one thread. One with wider vectors than WebAssembly's has a higher peak: part (e) shows it. */
const LIMIT_GOALS: Readonly<Record<string, number>> = { "trainscope native": 1, "trainscope wasm": 0.8 };
const SCALING_GOAL = 1.8;

interface Result {
  readonly name: string;
  readonly threads: number;
  readonly milliseconds: readonly number[];
  readonly median: number;
  readonly minimum: number;
  readonly spread: number;
  /** Its time over ours with as many threads; `null` where there is none of ours. */
  readonly ratio: number | null;
  readonly goal: number | null;
  readonly loss: number;
  readonly versions: Readonly<Record<string, string>>;
}

export async function runEpochs(options: EpochPartOptions): Promise<PartReport> {
  const { part, work, rounds } = options;
  const request: Request = part === "a" ? "epoch" : "epoch+evaluate";
  const { measurements, versions, missing, failed } = await measureEntrants(options.entrants, {
    ...options,
    request,
  });
  const results = [...measurements.keys()].map((entrant) =>
    resultOf(entrant, versions.get(entrant) ?? {}, measurements, part),
  );
  const what = part === "a" ? "One epoch of updates" : "One epoch of updates, train and validation evaluated";
  return {
    part,
    title: `(${part}) ${what}: ${work}, ${rounds} rounds`,
    table: {
      columns: ["program", "threads", "median ms", "min ms", "±", "x ours", "goal", "loss"],
      rows: results.map((result) => [
        result.name,
        `${result.threads}`,
        digits(result.median),
        digits(result.minimum),
        percent(result.spread),
        digits(result.ratio ?? Number.NaN),
        describeGoal(result.ratio ?? Number.NaN, result.goal ?? undefined),
        result.loss.toFixed(6),
      ]),
    },
    notes: [
      "x ours: its time over ours with as many threads, the median of each round's ratio; above 1 ours is faster.",
      ...describeScaling(measurements),
      ...describeVersions(results),
      ...missing,
    ],
    errors: [...failed, ...checkResults(measurements)],
    data: { request, rounds, results, missing },
  };
}

/** Each thing once, with its version. */
function describeVersions(results: readonly Result[]): string[] {
  const all = results.flatMap(({ versions }) => Object.entries(versions));
  const words = new Set(
    all.filter(([name]) => name !== "vector bits").map(([name, text]) => `${name} ${text}`),
  );
  return words.size === 0 ? [] : [`Versions: ${[...words].join(", ")}.`];
}

type Measurements = ReadonlyMap<Entrant, readonly Measurement[]>;

const timesOf = (list: readonly Measurement[]): number[] => list.map(({ ms }) => ms);

function oursAt(measurements: Measurements, threads: number): number[] | undefined {
  const found = [...measurements].find(([entrant]) => entrant.role === "ours" && entrant.threads === threads);
  return found === undefined ? undefined : timesOf(found[1]);
}

function resultOf(
  entrant: Entrant,
  versions: Readonly<Record<string, string>>,
  measurements: Measurements,
  part: "a" | "b",
): Result {
  const { name, threads } = entrant;
  const list = measurements.get(entrant) ?? [];
  const milliseconds = timesOf(list);
  const base = oursAt(measurements, threads);
  const ours = [...measurements.keys()].find(({ role }) => role === "ours")?.name ?? "";
  const isLimit = part === "a" && name.startsWith("c ") && threads === 1;
  const goal = GOALS[part][ours]?.[name] ?? (isLimit ? LIMIT_GOALS[ours] : undefined) ?? null;
  return {
    name,
    threads,
    milliseconds,
    ...summarise(milliseconds),
    ratio: base === undefined ? null : pairedRatio(milliseconds, base),
    goal,
    loss: list.at(-1)?.loss ?? Number.NaN,
    versions,
  };
}

function describeScaling(measurements: Measurements): string[] {
  const one = oursAt(measurements, 1);
  const two = oursAt(measurements, 2);
  if (one === undefined || two === undefined) return [];
  const ratio = pairedRatio(one, two);
  return [
    `Ours from one thread to two: ${digits(ratio)} times as fast (${describeGoal(ratio, SCALING_GOAL)}).`,
  ];
}

/** Every measurement of everyone against the reference's first. */
function checkResults(measurements: Measurements): string[] {
  const references = [...measurements.keys()].filter(({ name }) => name === "trainscope reference");
  const expected = references.map((entrant) => measurements.get(entrant)?.[0])[0];
  if (expected === undefined) return ["the reference is not there, so no result could be checked"];
  const differences = [...measurements].flatMap(([{ name, threads, tolerance }, list]) =>
    list.flatMap((figures) =>
      compareFigures(figures, expected, tolerance).map((text) => `${name}, ${threads} threads: ${text}`),
    ),
  );
  return [...new Set(differences)];
}
