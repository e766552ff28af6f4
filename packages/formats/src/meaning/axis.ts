// What the x axis of a run counts, decided from the first records that hold figures.
import { isOfRatesAlone, type ParsedRecord } from "./record-parser.ts";

/** What a log counts. */
export type Axis = "epoch" | "step";

/**
 * How a record's place is found. `epoch`, `step`: as told. `batch`: batches restart in each epoch, so a place is a part
 * of an epoch. `running`: the same without a known number of batches, so they are counted on. `order`: nothing counts.
 */
export type Counting = "epoch" | "step" | "batch" | "running" | "order";

export interface Plan {
  readonly axis: Axis;
  readonly counting: Counting;
  /** Batches an epoch, where the source doesn't say but the records show; only for `batch`. */
  readonly batches: number | undefined;
  /** Whether the first epoch is 0. */
  readonly isFromZero: boolean;
  /** Batches are counted on from epoch to epoch, of all epochs: they are steps. */
  readonly areBatchesSteps: boolean;
  /** How often a figure comes at one fractional epoch, which was rounded then; 1 where it isn't. */
  readonly crowd: number;
}

const AXES: Readonly<Record<Counting, Axis>> = {
  epoch: "epoch",
  batch: "epoch",
  step: "step",
  running: "step",
  order: "step",
};

/** `records` in order, those with figures among them. */
export function decideAxis(records: readonly ParsedRecord[]): Plan {
  const evidence = gather(records);
  const counting = countingOf(evidence);
  const { isFromZero } = evidence;
  const isRounded = counting === "epoch" && hasFractions(evidence);
  return {
    axis: AXES[counting],
    counting,
    areBatchesSteps: countsOn(evidence),
    batches: batchesOf(evidence),
    isFromZero,
    crowd: isRounded ? evidence.crowd : 1,
  };
}

/**
 * Where batch 0 is told, and every fiftieth after it, the one after the last would end the epoch. A last one that is no
 * fiftieth was told because it is the last.
 */
function batchesOf({ longest, hasZero, smallest = 1 }: Evidence): number | undefined {
  if (longest === undefined || !hasZero) return longest;
  return longest + (longest % smallest === 0 ? smallest : 1);
}

/** Whether more records could hardly change what was decided. */
export function isConclusive(records: readonly ParsedRecord[]): boolean {
  const evidence = gather(records);
  const { epochs, steps, repeats, restarts, declared, batches } = evidence;
  if (batches > 0 || restarts) return (declared && (repeats || epochs.size > 1)) || epochs.size >= 3;
  if (steps.size === 0) return epochs.size >= 2;
  return repeats || (epochs.size === 0 ? steps.size >= 3 : epochs.size >= 4);
}

interface Evidence {
  readonly epochs: Set<number>;
  readonly steps: Set<number>;
  /** Records that tell a batch within an epoch. */
  batches: number;
  /** Records with figures that tell a step and no epoch, or an epoch and no step. */
  stepOnly: number;
  both: number;
  /** One figure came more than once in an epoch, at different steps or batches. */
  repeats: boolean;
  /** Steps begin anew in each epoch. */
  restarts: boolean;
  /** How often batches went on in a new epoch, and how often they began anew. */
  goneOn: number;
  begunAnew: number;
  /** A batch was told that isn't the last one of its epoch. */
  isWithin: boolean;
  /** The source says how many batches an epoch has. */
  declared: boolean;
  longest: number | undefined;
  /** Whether a batch 0 was told, and the smallest other. */
  hasZero: boolean;
  smallest: number | undefined;
  isFromZero: boolean;
  crowd: number;
}

/** PaddleSeg's `epoch: 2, iter: 30/1000`, where an epoch has twenty. */
function countsOn({ goneOn, begunAnew, repeats, steps }: Evidence): boolean {
  return steps.size === 0 && begunAnew === 0 && goneOn > (repeats ? 0 : 1);
}

function hasFractions({ epochs }: Evidence): boolean {
  return [...epochs].some((epoch) => !Number.isInteger(epoch));
}

function gather(records: readonly ParsedRecord[]): Evidence {
  const evidence: Evidence = {
    epochs: new Set(),
    steps: new Set(),
    batches: 0,
    stepOnly: 0,
    both: 0,
    repeats: false,
    restarts: false,
    declared: false,
    longest: undefined,
    isFromZero: false,
    hasZero: false,
    smallest: undefined,
    crowd: 1,
    goneOn: 0,
    begunAnew: 0,
    isWithin: false,
  };
  const last = new Map<string, { epoch: number; step: number }>();
  const crowds = new Map<string, { readonly crowd: number; readonly value: number | null }>();
  let epoch: number | undefined;
  const hasFigures = records.some(({ values }) => values.length > 0);
  for (const record of records) {
    epoch = record.epoch ?? epoch;
    if (record.epoch !== undefined && record.epoch < 1) evidence.isFromZero = true;
    // Where there are learning rates alone, they count.
    if (record.values.length === 0 && (hasFigures || !isOfRatesAlone(record))) continue;
    count(evidence, record, epoch, last);
    for (const { raw, value } of record.values) {
      const key = `${epoch} ${raw}`;
      const before = crowds.get(key) ?? { crowd: 0, value: undefined };
      // A summary that is told again is no further point.
      const crowd = before.crowd + (Object.is(before.value, value) ? 0 : 1);
      crowds.set(key, { crowd, value });
      evidence.crowd = Math.max(evidence.crowd, crowd);
    }
  }
  return evidence;
}

function count(
  evidence: Evidence,
  record: ParsedRecord,
  epoch: number | undefined,
  last: Map<string, { epoch: number; step: number }>,
): void {
  if (epoch !== undefined) evidence.epochs.add(epoch);
  if (record.step !== undefined) evidence.steps.add(record.step);
  const isTrained = record.values.some(({ split }) => split === "train");
  if (record.batch !== undefined && isTrained) {
    evidence.batches++;
    noteBatch(evidence, record.batch);
    evidence.declared ||= record.batches !== undefined;
    evidence.isWithin ||= record.batches !== undefined && record.batch < record.batches;
  }
  const place = record.batch ?? record.step;
  if (place === undefined) return;
  if (record.epoch === undefined && record.step !== undefined) evidence.stepOnly++;
  if (epoch === undefined || (record.epoch === undefined && record.batch === undefined)) return;
  evidence.both++;
  for (const { raw, split } of record.values) {
    const key = `${split} ${raw}`;
    const before = last.get(key);
    last.set(key, { epoch, step: place });
    if (before === undefined || split !== "train") continue;
    if (before.epoch === epoch && before.step !== place) evidence.repeats = true;
    if (record.batch === undefined && epoch > before.epoch && place < before.step) evidence.restarts = true;
    if (record.batch === undefined) noteBatch(evidence, place);
    else if (epoch > before.epoch) evidence[place > before.step ? "goneOn" : "begunAnew"]++;
  }
}

function noteBatch(evidence: Evidence, batch: number): void {
  evidence.longest = Math.max(evidence.longest ?? 1, batch);
  if (batch === 0) evidence.hasZero = true;
  else evidence.smallest = Math.min(evidence.smallest ?? batch, batch);
}

function countingOf(evidence: Evidence): Counting {
  const { epochs, steps, batches, stepOnly, both, repeats, restarts, declared } = evidence;
  if (batches > 0 && epochs.size > 0 && steps.size === 0) {
    if (countsOn(evidence)) return "step";
    if (!repeats) return evidence.isWithin && epochs.size === 1 ? "batch" : "epoch";
    return declared || epochs.size > 1 ? "batch" : "running";
  }
  if (restarts) return repeats ? "batch" : "epoch";
  if (steps.size === 0) return epochs.size > 0 ? "epoch" : batches > 0 ? "running" : "order";
  if (steps.size === 1 && epochs.size === 0 && stepOnly > 1 && steps.has(0)) return "order";
  if (hasFractions(evidence)) return "step";
  if (both > 0) return repeats ? "step" : "epoch";
  return "step";
}
