// What a chart needs to know of the metric it shows: how it is called, in which unit, from where it is judged.

import type { MetricInfo } from "@trainscope/core/events";
import { valueRange } from "@trainscope/core/history";
import type { LossName } from "@trainscope/core/settings";
import { fixedPercent } from "@trainscope/core/text";
import { isExtreme, scientific } from "./numbers.ts";

/** A figure as charts show it: its name, its unit, how it is scaled, from where it is judged. */
export interface Quantity {
  readonly name: string;
  readonly title: string;
  readonly unit: string | undefined;
  /** Values are shown multiplied by this: 100 where a fraction is shown in per cent. */
  readonly factor: number;
  readonly scale: "linear" | "log" | undefined;
  /** As shown. */
  readonly range: readonly [number, number] | undefined;
  readonly baseline: Baseline | undefined;
  /** A value as shown, with its unit where that is short. */
  format(shown: number): string;
}

export interface Baseline {
  /** As shown. */
  readonly value: number;
  /** The value with its unit. */
  readonly text: string;
  readonly label: string;
}

export interface QuantityContext {
  /** The metrics of the run, as `run:start` lists them. */
  readonly metrics?: readonly MetricInfo[] | undefined;
  readonly loss?: LossName | undefined;
  /** Number of classes: 1 in so many guesses is right by chance. */
  readonly classes?: number | undefined;
}

/** A metric by its name without the split, as `run:start` describes it where it is listed there. */
export function describeQuantity(name: string, context: QuantityContext): Quantity {
  const info = context.metrics?.find((metric) => metric.name === name);
  const isFraction = info === undefined ? name === "accuracy" : info.unit === "fraction";
  const factor = isFraction ? 100 : 1;
  const title = titleOf(name);
  // What another program tells of its run has its own units.
  const loss = context.loss ?? (info === undefined ? "softmax" : undefined);
  const unit = isFraction ? "%" : unitOf(name, info, loss);
  const range = info && valueRange(info);
  return {
    name,
    title,
    unit,
    factor,
    scale: info?.display.scale,
    range: range && [range[0] * factor, range[1] * factor],
    baseline: baselineOf(name, info, context.classes, factor),
    format: isFraction ? (shown) => `${fixedPercent(shown, 1)}\u00a0%` : threeDigits,
  };
}

/** Of anybody's numbers: shown as they are, under the title that they were given. */
export function plainQuantity(plain: {
  readonly title: string;
  readonly scale?: "linear" | "log" | undefined;
  readonly range?: readonly [number, number] | undefined;
  readonly baseline?: Pick<Baseline, "value" | "label"> | undefined;
}): Quantity {
  const { title, scale, range, baseline } = plain;
  return {
    name: title,
    title,
    unit: undefined,
    factor: 1,
    scale,
    range,
    format: threeDigits,
    baseline: baseline && { ...baseline, text: threeDigits(baseline.value) },
  };
}

/** `39.1 ± 0.3 %`: the deviation with as many decimals as the value. Both as shown. */
export function formatSpread(quantity: Quantity, value: number, deviation: number | undefined): string {
  const text = quantity.format(value);
  if (deviation === undefined) return text;
  const [, digits = "", unit = ""] = /^(-?[\d.]+)(\D*)$/.exec(text) ?? [];
  if (digits === "") return `${text} ± ${threeDigits(deviation)}`;
  const decimals = digits.split(".")[1]?.length ?? 0;
  return `${digits} ± ${deviation.toFixed(decimals)}${unit}`;
}

/** `top-5-accuracy` becomes `Top 5 accuracy`. */
function titleOf(name: string): string {
  const words = name.replaceAll("-", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function unitOf(name: string, info: MetricInfo | undefined, loss: LossName | undefined): string | undefined {
  if (name === "loss" && loss === "svm") return "hinge, per image";
  if (name === "loss" && (loss === "softmax" || info?.unit === "nats")) return "nats per image";
  if (name === "cost" && (loss === "svm" || loss === "softmax")) return "loss + λΣW²";
  return info?.unit ?? undefined;
}

function baselineOf(
  name: string,
  info: MetricInfo | undefined,
  classes: number | undefined,
  factor: number,
): Baseline | undefined {
  const value =
    info?.display.baseline ?? (name === "accuracy" && classes !== undefined ? 1 / classes : undefined);
  if (value === undefined) return undefined;
  const shown = value * factor;
  const text = factor === 100 ? `${Number(shown.toPrecision(3))}\u00a0%` : threeDigits(shown);
  return { value: shown, text, label: GUESSED.has(name) ? "Chance" : "Baseline" };
}

/** Quantities whose baseline is what guessing gives. */
const GUESSED: ReadonlySet<string> = new Set(["loss", "accuracy"]);

function threeDigits(shown: number): string {
  if (isExtreme(shown)) return scientific(shown);
  return Math.abs(shown) >= 100 ? shown.toFixed(0) : shown.toPrecision(3);
}
