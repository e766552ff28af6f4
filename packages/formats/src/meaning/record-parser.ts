// A record parsed, its names understood: counters, learning rates and figures, each in its place.
import type { Split } from "@trainscope/core";
import type { RecordEntry } from "../format.ts";
import { describeName, type NameMeaning } from "./describe-name.ts";
import { isScore, splitOfWord } from "./words.ts";

export interface ParsedValue {
  /** As the source calls it. */
  readonly raw: string;
  readonly name: string;
  /** Whether the source itself says the split. */
  readonly isExplicit: boolean;
  readonly split: Split;
  readonly value: number | null;
}

export interface ParsedRecord {
  readonly epoch: number | undefined;
  readonly epochs: number | undefined;
  readonly step: number | undefined;
  readonly steps: number | undefined;
  /** What the source calls its steps. */
  readonly stepName: string;
  readonly batch: number | undefined;
  readonly batches: number | undefined;
  readonly learningRates: readonly { readonly name: string; readonly value: number }[];
  readonly settings: readonly (readonly [name: string, value: number | null])[];
  readonly values: readonly ParsedValue[];
  /** What tells of the machine: how long things took, memory, speed. */
  readonly machine: readonly ParsedValue[];
  readonly time: number | undefined;
  readonly isLoose: boolean;
}

export function isOnlySettings({ values, epoch, step, batch, settings, learningRates }: ParsedRecord): boolean {
  const isPlaced = epoch !== undefined || step !== undefined || batch !== undefined;
  return !isPlaced && values.length === 0 && settings.length + learningRates.length > 0;
}

/** Learning rates at a place. */
export function isOfRatesAlone({ values, learningRates, epoch, step }: ParsedRecord): boolean {
  return values.length === 0 && learningRates.length > 0 && (epoch !== undefined || step !== undefined);
}

/** Not a batch in it, or what was printed without its place. */
export function isOfEpoch({ epoch, step, batch, isLoose }: ParsedRecord): boolean {
  return epoch !== undefined && step === undefined && batch === undefined && !isLoose;
}

export function isHeldOut({ values }: ParsedRecord): boolean {
  return values.length > 0 && values.every(({ split }) => split !== "train");
}

/** Its batches are steps; those without an epoch are of an evaluation. */
export function countedInSteps(record: ParsedRecord): ParsedRecord {
  const { epoch, batch, batches } = record;
  if (batch === undefined) return record;
  const place = epoch === undefined ? {} : { step: batch, steps: batches };
  return { ...record, ...place, batch: undefined, batches: undefined };
}

/** An evaluation before the first step stands at 0. */
export function beforeAll(record: ParsedRecord): number | undefined {
  return isHeldOut(record) ? 0 : undefined;
}

/**
 * Evaluations that count epochs where training counts steps, far behind the step, or batches of their own: of another
 * number than training's steps.
 */
export function isForeignStep(
  { step, steps, epoch, values }: ParsedRecord,
  known: Pick<ParsedRecord, "epoch" | "step" | "steps">,
): boolean {
  if (step === undefined || epoch !== undefined || known.step === undefined) return false;
  if (values.some(({ split }) => split === "train")) return false;
  if (step < known.step && step === known.epoch) return true;
  return values.length > 0 && steps !== undefined && known.steps !== undefined && steps !== known.steps;
}

/** Parses records; what a name means is looked up once. */
export class RecordParser {
  private readonly meanings = new Map<string, NameMeaning>();

  parse(record: RecordEntry): ParsedRecord {
    const counters: Counters = {
      epoch: undefined,
      epochs: undefined,
      step: undefined,
      steps: undefined,
      batch: undefined,
      batches: undefined,
    };
    let learningRates: { name: string; value: number }[] = NONE;
    let settings: (readonly [string, number | null])[] = NONE;
    let values: Valued[] = NONE;
    let machine: Valued[] = NONE;
    let stepName = "step";
    let rank = Number.POSITIVE_INFINITY;
    for (const [raw, value] of record.fields) {
      if (typeof value === "string") continue;
      const meaning = this.meaningOf(raw);
      if (meaning.kind === "counter") {
        if (!isCount(meaning.counter, value) || (meaning.counter === "step" && meaning.rank >= rank)) continue;
        counters[meaning.counter] = value;
        if (meaning.counter !== "step") continue;
        // `STEP: 5/100 -- GLOBAL_STEP: 205`: it is of the first that there are 100.
        if (rank < Number.POSITIVE_INFINITY) counters.steps = undefined;
        rank = meaning.rank;
        stepName = raw;
      } else if (meaning.role === "figure") values = added(values, { raw, meaning, value });
      else if (meaning.role === "setting") settings = added(settings, [meaning.name, value]);
      else if (meaning.role === "learningRate" && value !== null && Number.isFinite(value)) {
        learningRates = added(learningRates, { name: meaning.name, value });
      } else if (isOfMachine(meaning)) machine = added(machine, { raw, meaning, value });
    }
    const split = record.split ?? heldOutByItsClothes(record, values, learningRates.length > 0);
    const { epoch, epochs, step, steps, batch, batches } = counters;
    const parsed = valuesOf(withoutOnlyIndex(values), split);
    const { time, isLoose = false } = record;
    // `steps: 10 loss: 2.5`: what would be how many there are in all is the step where nothing else counts.
    const isLone = values.length > 0 && (step ?? epoch ?? epochs ?? batch) === undefined;
    return {
      epoch,
      epochs,
      step: isLone ? steps : step,
      steps: isLone ? undefined : steps,
      stepName,
      batch,
      batches,
      learningRates,
      settings,
      values: parsed,
      machine: machine.length === 0 ? NONE : machine.map((one) => ofMachine(one, split)),
      time,
      isLoose,
    };
  }

  private meaningOf(raw: string): NameMeaning {
    let meaning = this.meanings.get(raw);
    if (meaning === undefined) {
      meaning = describeName(raw);
      this.meanings.set(raw, meaning);
    }
    return meaning;
  }
}

type Counters = Record<"epoch" | "epochs" | "step" | "steps" | "batch" | "batches", number | undefined>;

/** Most records have only one kind of fields: the empty list of the others is shared. */
const NONE: never[] = [];

function added<Item>(items: Item[], item: Item): Item[] {
  if (items.length === 0) return [item];
  items.push(item);
  return items;
}

/** LightGBM counts training among its sets: where `valid_1` stands beside it alone, it needs no number. */
function withoutOnlyIndex(values: Valued[]): Valued[] {
  const heldOut = values.filter(({ meaning }) => meaning.split === "validation");
  const isOnly = heldOut.length > 0 && heldOut.every(({ meaning }) => /^1[/_]/.test(meaning.name));
  if (!isOnly || !values.some(({ meaning }) => meaning.split === "train")) return values;
  return values.map((one) =>
    one.meaning.split === "validation"
      ? { ...one, meaning: { ...one.meaning, name: one.meaning.name.slice(2) } }
      : one,
  );
}

type ValueMeaning = NameMeaning & { readonly kind: "value" };

interface Valued {
  readonly raw: string;
  readonly meaning: ValueMeaning;
  readonly value: number | null;
}

/** A moment is none of it: it only says when something was told. */
function isOfMachine({ role, name }: ValueMeaning): boolean {
  return role === "machine" || (role === "time" && !MOMENT.test(name));
}

const MOMENT = /(?:^|[^a-z])(?:timestamp|datetime|date|wall|wall_?time)(?:$|[^a-z])/i;

function ofMachine({ raw, meaning, value }: Valued, split: Split | undefined): ParsedValue {
  const own = meaning.split ?? split;
  return { raw, name: meaning.name, value, isExplicit: own !== undefined, split: own ?? "train" };
}

/** Epochs may be fractional; all others are whole. */
function isCount(counter: string, value: number | null): value is number {
  return (
    value !== null && value >= 0 && Number.isFinite(value) && (counter === "epoch" || Number.isInteger(value))
  );
}

/**
 * MMEngine logs an evaluation as it logs training, with the loader's time, but without loss, learning rate and epoch.
 */
function heldOutByItsClothes(
  record: RecordEntry,
  values: readonly Valued[],
  hasRate: boolean,
): Split | undefined {
  if (hasRate || values.some(({ meaning }) => meaning.isLoss)) return undefined;
  const { fields } = record;
  if (!fields.some(([name]) => name === "data_time")) return undefined;
  return fields.some(([name]) => name === "epoch") ? undefined : "validation";
}

function valuesOf(values: readonly Valued[], split: Split | undefined): ParsedValue[] {
  const isMixed = split === undefined && scoresAreHeldOut(values);
  const isOfAccuracies = areAccuracies(values);
  return values.map(({ raw, meaning, value }) => {
    const name = isOfAccuracies && splitOfWord(meaning.name) !== undefined ? "accuracy" : meaning.name;
    const own = meaning.split ?? split;
    const bare = isMixed && isEvaluated(name) && !hasHeldOut(values, name) ? "validation" : meaning.usually;
    return { raw, name, value, isExplicit: own !== undefined, split: own ?? bare };
  });
}

/**
 * `Loss: 1.2, Train: 0.9, Val: 0.8, Test: 0.8`: several splits by themselves beside a loss are one measure of the model, which is its
 * accuracy where it could be one. Numbers above 1 may be seconds or counts: printed text names those with a sign of per cent.
 */
function areAccuracies(values: readonly Valued[]): boolean {
  const bare = values.filter(({ meaning }) => splitOfWord(meaning.name) !== undefined);
  const isShare = bare.every(({ value }) => value === null || (value >= 0 && value <= 1));
  return bare.length > 1 && isShare && values.some(({ meaning }) => isNamedLoss(meaning));
}

/** Where losses name their split (`train_loss`, `valid_loss`), a score without one is taken on what is held out. */
function scoresAreHeldOut(values: readonly Valued[]): boolean {
  return (
    values.some(({ meaning }) => meaning.isLoss && meaning.split === "validation") &&
    !values.some(({ meaning }) => isNamedLoss(meaning) && meaning.split === undefined)
  );
}

function isNamedLoss({ isLoss, name }: ValueMeaning): boolean {
  return isLoss && /loss/i.test(name);
}

/** A perplexity is that of the loss that was evaluated, counts of hits and misses are of what was held out. */
const EVALUATED = /err|^(?:ppl|perplexity|[tf][pn])$/i;

function isEvaluated(name: string): boolean {
  return isScore(name) || EVALUATED.test(name);
}

function hasHeldOut(values: readonly Valued[], name: string): boolean {
  return values.some(({ meaning }) => meaning.split === "validation" && meaning.name === name);
}
