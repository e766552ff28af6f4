// What entries come to: points on one axis, and what is told beside them.
import type { EventEntry, HistogramEntry, ImageEntry, TextEntry } from "../format.ts";
import type { Axis } from "./axis.ts";

/** Values at one place of the axis. */
export interface Point {
  readonly kind: "point";
  readonly x: number;
  /** By tag; not always finite. */
  readonly values: readonly (readonly [tag: string, value: number | null])[];
  readonly learningRates: readonly { readonly name: string; readonly value: number }[];
  /** What tells of the machine, by tag: how long things took, memory, speed. */
  readonly machine: Point["values"];
  readonly time: number | undefined;
  /** Of how many epochs or steps in all, where the source says. */
  readonly of: number | undefined;
}

/** What entries came to mean. */
export type Meant =
  | { readonly kind: "start"; readonly axis: Axis }
  | Point
  /** What came before was another run or, with an axis, is told again on that axis. */
  | { readonly kind: "restart"; readonly axis?: Axis }
  /** What a person should know of how the source was read. */
  | { readonly kind: "notice"; readonly text: string }
  | { readonly kind: "settings"; readonly values: Readonly<Record<string, string | number | boolean | null>> }
  | TextEntry
  | EventEntry
  | HistogramEntry
  | ImageEntry;

export function pointsFrom(all: readonly Meant[], index: number): readonly Point[] {
  return all.slice(index).filter((one) => one.kind === "point");
}
