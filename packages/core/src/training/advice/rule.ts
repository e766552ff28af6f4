// What a rule of the adviser sees of an epoch, and what it can say of the epochs so far.
import type { Axis } from "../../events.ts";
import type { TrainSettings } from "../../settings/settings.ts";

/** `null` where the run has no such figure, or where it is no finite number. */
export interface EpochFigures {
  readonly epoch: number;
  /** In force at the epoch's last batch. */
  readonly learningRate: number;
  readonly trainLoss: number | null;
  readonly trainCost: number | null;
  readonly trainAccuracy: number | null;
  readonly validationLoss: number | null;
}

/** That the rule's trouble is there, in words; that it is over; or `undefined`, where neither is sure. */
export type Finding = { readonly message: string } | "over" | undefined;

/** What the figures are of. */
export interface Conditions {
  /** Of a run of ours, which a remedy can name; of another program's run only its curves are known. */
  readonly settings: TrainSettings | undefined;
  /** What `epoch` of the figures counts. */
  readonly axis: Axis;
  /** On what the loss that isn't training's was taken. */
  readonly heldOut: "validation" | "test";
}

/** Takes one epoch after the other, all under the same learning rate, lambda and batch size where those are known. */
export type Rule = (figures: EpochFigures, conditions: Conditions) => Finding;

/** The last values of a sequence, at most `size`. */
export function keepLast<Value>(values: Value[], value: Value, size: number): void {
  values.push(value);
  if (values.length > size) values.shift();
}

/** Rounded to so many significant digits. */
export function inWords(value: number, digits: number): string {
  return value >= 1e-3 && value < 1e4 ? value.toPrecision(digits) : String(Number(value.toPrecision(digits)));
}

/** A setting worked out from another, without what floating point adds to it: 0.01, and not 0.010000000000000002. */
export function roundSetting(value: number): number {
  return Number(value.toPrecision(3));
}
