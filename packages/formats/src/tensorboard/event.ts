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

/** A histogram of TensorBoard's. */
export type Histogram = Omit<HistogramEntry, "step">;

/** A picture of TensorBoard's. */
export type Picture = Omit<ImageEntry, "step">;

/** An event of TensorBoard's: values by tag, at a step. */
export interface TensorBoardEvent {
  /** Seconds since 1970. */
  readonly wallTime: number;
  readonly step: number;
  readonly values: readonly TensorBoardValue[];
}
