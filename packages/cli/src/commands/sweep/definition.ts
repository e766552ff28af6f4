// What a sweep is: plain data, kept in its folder, so that the sweep goes on as it was or with what was changed of it.
import { isDeepStrictEqual } from "node:util";
import { TrainscopeError } from "@trainscope/core/errors";
import type { SWEEP_OBJECTIVES, SWEEP_STRATEGIES } from "@trainscope/core/plugins";
import { resolveSettings, type TrainSettings } from "@trainscope/core/settings";
import { describeValue } from "@trainscope/core/text";
import {
  gridPoints,
  gridSize,
  gridStrategy,
  halvingStrategy,
  randomStrategy,
  type SearchSpace,
  type Strategy,
  tpeStrategy,
} from "@trainscope/sweep";
import { checkSpace } from "@trainscope/sweep/space";
import { MOST_SEEDS } from "../../input/parsers.ts";
import { SWEPT_FLAGS } from "./swept-flags.ts";
import { checkSweptValues, dimensionText } from "./swept-settings.ts";

export type StrategyName = (typeof SWEEP_STRATEGIES)[number];
export type Objective = (typeof SWEEP_OBJECTIVES)[number];

export interface SweepDefinition {
  /** Those of every trial, where its point has no other. */
  readonly settings: TrainSettings;
  readonly space: SearchSpace;
  readonly strategy: StrategyName;
  /** Settings to be tried; `null` for all of a grid. */
  readonly budget: number | null;
  /** Trainings of each, with the seeds from `settings.seed` on. */
  readonly seeds: number;
  readonly objective: Objective;
  /** For halving: one in so many goes on, for so many times as many epochs. */
  readonly reduction: number;
  /** For halving: the first rung has at least so many; `null` for the usual. */
  readonly leastEpochs: number | null;
  /** Settings at a time, at most, where what comes next depends on results. */
  readonly ahead: number;
}

/** What can be given for a sweep that begins, or changed of one that is there. */
export type SweepChanges = Partial<Omit<SweepDefinition, "settings">> & {
  readonly settings?: Partial<TrainSettings>;
};

const DEFAULTS: Omit<SweepDefinition, "settings" | "space" | "strategy"> = {
  budget: null,
  seeds: 1,
  objective: "validation/accuracy",
  reduction: 3,
  leastEpochs: null,
  ahead: 8,
};
const USUAL_BUDGET = 32;
/** Rungs below the highest, where nothing else is asked for. */
const USUAL_RUNGS = 3;
/** More would be a table that nobody reads, and points that no memory holds. */
const MOST_POINTS = 100_000;

/** Throws `BAD_OPTION` for what doesn't fit together. */
export function newDefinition({ settings, ...changes }: SweepChanges): SweepDefinition {
  const strategy = changes.strategy ?? "random";
  return checked({
    ...DEFAULTS,
    strategy,
    space: {},
    ...changes,
    settings: resolveSettings(settings ?? {}),
    budget: changes.budget ?? (strategy === "grid" ? null : USUAL_BUDGET),
  });
}

/**
 * Settings that the space has already keep their order, new ones come after them. Throws `BAD_OPTION` for what would make
 * all trials others, and for what doesn't fit together.
 */
export function editedDefinition(
  before: SweepDefinition,
  { settings = {}, space, ...changes }: SweepChanges,
  folder: string,
): SweepDefinition {
  for (const [name, value] of Object.entries({ ...settings, objective: changes.objective })) {
    const was = name === "objective" ? before.objective : before.settings[name as keyof TrainSettings];
    if (value === undefined || JSON.stringify(value) === JSON.stringify(was)) continue;
    const flag = ["objective", "epochs", "seed"].includes(name) ? `--${name}` : name;
    throw new TrainscopeError(
      "BAD_OPTION",
      `${flag} is ${describeValue(value)}; the sweep in ${folder} has ${describeValue(was)}`,
      { hint: "That would be another sweep, of which nothing is trained: name another folder with --out." },
    );
  }
  const strategy = changes.strategy ?? before.strategy;
  const budget = changes.budget ?? before.budget ?? (strategy === "grid" ? null : USUAL_BUDGET);
  return checked({ ...before, ...changes, strategy, budget, space: { ...before.space, ...space } });
}

/**
 * Of one that runs: what is to be tried may be changed, and nothing that what runs has been decided by. Throws as
 * `editedDefinition`.
 */
export function editedWhileRunning(
  before: SweepDefinition,
  changes: SweepChanges,
  folder: string,
): SweepDefinition {
  const edited = editedDefinition(before, changes, folder);
  for (const name of ["strategy", "seeds", "ahead"] as const) {
    if (edited[name] === before[name]) continue;
    throw new TrainscopeError(
      "BAD_OPTION",
      `--${name} is ${describeValue(edited[name])}; the sweep that runs in ${folder} has ${describeValue(before[name])}`,
      {
        hint: "While it runs, what is searched and --budget can be edited. Stop it to change that: the same flags then go on from there.",
      },
    );
  }
  return edited;
}

/** What differs, for people: `budget 4, now 8`. */
export function describeEdit(before: SweepDefinition, after: SweepDefinition): string {
  const counts = (["budget", "reduction", "leastEpochs"] as const).map((name) => {
    const texts = [before, after].map((one) => one[name] ?? (name === "budget" ? "all" : "as usual"));
    return [name === "leastEpochs" ? "least epochs" : name, ...texts] as const;
  });
  const settings = SWEPT_FLAGS.map(({ name, setting }) => {
    const texts = [before, after].map(({ space }) => dimensionText(setting, space[setting]));
    return [name, ...texts] as const;
  });
  return [...counts, ...settings]
    .filter(([, was, is]) => was !== is)
    .map(([name, was, is]) => `${name} ${was}, now ${is}`)
    .join("; ");
}

export function isSameDefinition(one: SweepDefinition, other: SweepDefinition): boolean {
  return isDeepStrictEqual(one, other);
}

/** Throws `BAD_OPTION` for what doesn't fit together. */
export function checked(definition: SweepDefinition): SweepDefinition {
  const { space, strategy } = definition;
  checkSpace(space);
  checkSweptValues(space);
  if (definition.seeds > MOST_SEEDS) {
    throw new TrainscopeError("BAD_OPTION", `seeds is ${definition.seeds}; expected 1 to ${MOST_SEEDS}`);
  }
  if (strategy === "grid") {
    // Counted before they are made.
    const most = gridSize(space);
    if (most > MOST_POINTS) {
      throw new TrainscopeError("BAD_OPTION", `the grid has ${most} points; expected at most ${MOST_POINTS}`, {
        hint: "Take fewer values, or --strategy random or tpe with a budget.",
      });
    }
  }
  const { leastEpochs, settings } = definition;
  if (strategy === "halving" && leastEpochs !== null && leastEpochs > settings.epochs) {
    throw new TrainscopeError(
      "BAD_OPTION",
      `--least-epochs is ${leastEpochs}; expected at most ${settings.epochs}, the epochs in full`,
    );
  }
  strategyOf(definition);
  return definition;
}

export function strategyOf(definition: SweepDefinition): Strategy {
  const { space, strategy, settings, reduction } = definition;
  const { epochs, seed } = settings;
  const limits = { budget: definition.budget ?? Number.POSITIVE_INFINITY, epochs, seed };
  switch (strategy) {
    case "grid":
      return gridStrategy(space, limits);
    case "random":
      return randomStrategy(space, limits);
    case "tpe":
      return tpeStrategy(space, limits);
    case "halving": {
      return halvingStrategy(space, { ...limits, reduction, leastEpochs: leastEpochsOf(definition) });
    }
  }
}

/** Of halving: that each setting is trained for at least. */
export function leastEpochsOf({ leastEpochs, settings, reduction }: SweepDefinition): number {
  return leastEpochs ?? Math.ceil(settings.epochs / reduction ** USUAL_RUNGS);
}

/** Settings that are tried in all, those of earlier definitions not among them. */
export function plannedCandidates({ space, strategy, budget }: SweepDefinition): number {
  const most = budget ?? Number.POSITIVE_INFINITY;
  // No setting is tried twice, so that choices alone come to an end.
  const hasOnlyChoices = Object.values(space).every((dimension) => dimension?.kind === "choice");
  const isCounted = strategy === "grid" || (hasOnlyChoices && gridSize(space) <= MOST_POINTS);
  return isCounted ? Math.min(most, gridPoints(space).length) : most;
}

export function seedsOf({ settings, seeds }: SweepDefinition): readonly number[] {
  return Array.from({ length: seeds }, (_, turn) => settings.seed + turn);
}

/** What is minimised, from the figure that the user knows. */
export function scoreOf(objective: Objective, value: number): number {
  return objective === "validation/accuracy" ? -value : value;
}
