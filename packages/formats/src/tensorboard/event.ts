// What stands in TensorBoard's event files, as plain data; both encodings of each kind come to the same.
import type { HistogramEntry, ImageEntry } from "../format.ts";

/** One tag's value. */
export type TensorBoardValue =
  | { readonly kind: "scalar"; readonly tag: string; readonly value: number }
  | { readonly kind: "text"; readonly tag: string; readonly text: string }
  | Histogram
  | Picture
  /** The hyperparameters of the run, as the plugin hparams keeps them. */
  | { readonly kind: "hparams"; readonly values: Readonly<Record<string, string | number | boolean | null>> };

export type Histogram = Omit<HistogramEntry, "step">;
export type Picture = Omit<ImageEntry, "step">;

export interface TensorBoardEvent {
  /** Seconds since 1970. */
  readonly wallTime: number;
  readonly step: number;
  readonly values: readonly TensorBoardValue[];
}
