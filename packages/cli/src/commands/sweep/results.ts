// What a sweep came to: its settings ranked by validation, and the winner on the test split. As data, table and CSV.
import type { TrainSettings } from "@trainscope/core/settings";
import { type CsvValue, toCsv } from "@trainscope/core/text";
import type { Point, SearchSpace } from "@trainscope/sweep";
import { formatFraction, formatNumber, tableLines } from "@trainscope/tui/text";
import type { Objective, StrategyName } from "./definition.ts";
import { SWEPT_FLAGS } from "./swept-flags.ts";
import { pointTexts } from "./swept-settings.ts";

/** A figure of each seed; `null` where its training diverged or was lost. */
export type SeedValues = Readonly<Record<string, number | null>>;

/** What a setting's trainings came to. */
export interface Figure {
  readonly values: SeedValues;
  /** Seeds whose training was given up, so that nothing is known of it. */
  readonly lost: readonly number[];
  /** `null` where one of its trainings diverged or was lost. */
  readonly mean: number | null;
}

export interface CandidateResult extends Figure {
  /** From 1, the best. */
  readonly rank: number;
  readonly candidate: number;
  readonly point: Point;
  /** Of its longest training. */
  readonly epochs: number;
  /** Of the sample; `null` where there are fewer than two. */
  readonly deviation: number | null;
}

export interface SweepResults {
  readonly v: 1;
  readonly dataName: string;
  readonly strategy: StrategyName;
  readonly objective: Objective;
  readonly settings: TrainSettings;
  readonly space: SearchSpace;
  readonly candidates: readonly CandidateResult[];
  /** `null` where of every candidate at least one training diverged or was lost. */
  readonly winner: {
    readonly candidate: number;
    readonly point: Point;
    readonly epochs: number;
    /** Accuracy on the test split, of the model of each seed. */
    readonly test: { readonly values: SeedValues; readonly mean: number };
  } | null;
}

/** What there is of a sweep that was stopped: the test split hasn't been read. */
export type SweepSoFar = Omit<SweepResults, "winner">;

export function spreadOf(values: SeedValues): Pick<CandidateResult, "mean" | "deviation"> {
  const numbers = Object.values(values).filter((value) => value !== null);
  const count = numbers.length;
  if (count === 0 || count < Object.keys(values).length) return { mean: null, deviation: null };
  const mean = numbers.reduce((sum, value) => sum + value, 0) / count;
  const squares = numbers.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, deviation: count < 2 ? null : Math.sqrt(squares / (count - 1)) };
}

export type FigureState = "done" | "diverged" | "lost";

/** Lost where nothing worse is known of it. */
export function figureState({ values, lost, mean }: Figure): FigureState {
  if (mean !== null) return "done";
  const hasDiverged = Object.entries(values).some(
    ([seed, value]) => value === null && !lost.includes(Number(seed)),
  );
  return lost.length > 0 && !hasDiverged ? "lost" : "diverged";
}

/** Whether no setting has a figure, and one of them may have when it is tried once more. */
export function cameToNothing({ candidates, winner }: SweepResults): boolean {
  return winner === null && candidates.some(({ lost }) => lost.length > 0);
}

/** Its mean, or why it has none. */
export function formatMean(objective: Objective, figure: Figure): string {
  return figure.mean === null ? figureState(figure) : formatObjective(objective, figure.mean);
}

/** What the training with that seed came to. */
export function formatSeed(objective: Objective, { values, lost }: Figure, seed: number): string {
  const value = values[seed] ?? null;
  if (value !== null) return formatObjective(objective, value);
  return lost.includes(seed) ? "lost" : "diverged";
}

export function formatObjective(objective: Objective, value: number): string {
  return objective === "validation/accuracy" ? formatFraction(value) : formatNumber(value);
}

const MOST_ROWS = 20;

/** The table of the best, what was lost, and the winner. */
export function describeResults(results: SweepResults): readonly string[] {
  const { candidates, objective, winner } = results;
  const names = settingColumns(candidates);
  const hasSpread = candidates.some(({ deviation }) => deviation !== null);
  const rows = candidates.slice(0, MOST_ROWS).map((one) => {
    const texts = new Map(pointTexts(one.point));
    return [
      String(one.rank),
      ...names.map((name) => texts.get(name) ?? "-"),
      String(one.epochs),
      formatMean(objective, one),
      ...(hasSpread ? [formatDeviation(objective, one.deviation)] : []),
    ];
  });
  const head = ["rank", ...names, "epochs", objective, ...(hasSpread ? ["±"] : [])];
  const more = candidates.length - rows.length;
  return [
    ...tableLines([head, ...rows]),
    ...(more > 0 ? [`and ${more} more in results.csv`] : []),
    ...describeLost(results),
    winner === null
      ? `no winner: ${noWinnerReason(results)}`
      : `test accuracy of the winner: ${formatFraction(winner.test.mean)}${countText(winner.test.values)}`,
  ];
}

function describeLost({ candidates }: SweepResults): readonly string[] {
  const settings = candidates.filter(({ lost }) => lost.length > 0);
  if (settings.length === 0) return [];
  const count = settings.reduce((sum, { lost }) => sum + lost.length, 0);
  const again = count === 1 ? "it" : "them";
  return [
    `lost: ${plural(count, "training")} of ${plural(settings.length, "setting")} came to nothing; the same command tries ${again} once more`,
  ];
}

export function noWinnerReason({ candidates }: Pick<SweepResults, "candidates">): string {
  const isLost = candidates.some(({ lost }) => lost.length > 0);
  return `of every setting at least one training diverged${isLost ? " or was lost" : ""}`;
}

export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

function countText(values: SeedValues): string {
  const count = Object.keys(values).length;
  return count > 1 ? `, the mean of ${count} seeds` : "";
}

/** Of the sample, in the unit of the figure. */
export function formatDeviation(objective: Objective, deviation: number | null): string {
  if (deviation === null) return "-";
  return objective === "validation/accuracy" ? (100 * deviation).toFixed(2) : formatNumber(deviation);
}

/** A line a candidate, the best first, with the figure of each seed. */
export function resultsCsv({ candidates, objective }: SweepResults): string {
  const names = settingColumns(candidates);
  const seeds = [...new Set(candidates.flatMap(({ values }) => Object.keys(values)))];
  const header = ["rank", "candidate", ...names, "epochs", objective, "deviation", "n", "state"];
  const rows = candidates.map((one): readonly CsvValue[] => {
    const texts = new Map(pointTexts(one.point));
    return [
      one.rank,
      one.candidate,
      ...names.map((name) => cellOf(one.point, name, texts)),
      one.epochs,
      one.mean,
      one.deviation,
      Object.keys(one.values).length,
      figureState(one),
      ...seeds.map((seed) => one.values[seed] ?? null),
    ];
  });
  return toCsv([...header, ...seeds.map((seed) => `seed ${seed}`)], rows);
}

/** Numbers in full. */
function cellOf(point: Point, name: string, texts: ReadonlyMap<string, string>): CsvValue {
  const value = point[SWEPT_FLAGS.find((flag) => flag.name === name)?.setting ?? ""];
  return typeof value === "number" ? value : (texts.get(name) ?? null);
}

/** Of the settings that any candidate has, in the order of the flags. */
export function settingColumns(candidates: readonly Pick<CandidateResult, "point">[]): readonly string[] {
  const found = new Set(candidates.flatMap(({ point }) => pointTexts(point).map(([name]) => name)));
  return SWEPT_FLAGS.map(({ name }) => name).filter((name) => found.has(name));
}
