// What stands in TensorBoard's event files, as plain data; both encodings of each kind come to the same.

/** One tag's value. */
export type TensorBoardValue =
  | { readonly kind: "scalar"; readonly tag: string; readonly value: number }
  | { readonly kind: "text"; readonly tag: string; readonly text: string }
  | Histogram
  | Picture
  /** The hyperparameters of the run, as the plugin hparams keeps them. */
  | { readonly kind: "hparams"; readonly values: Readonly<Record<string, string | number | boolean | null>> };

export interface Histogram {
  readonly kind: "histogram";
  readonly tag: string;
  /** Rising; one more than there are counts. */
  readonly edges: readonly number[];
  readonly counts: readonly number[];
}

export interface Picture {
  readonly kind: "image";
  readonly tag: string;
  readonly width: number;
  readonly height: number;
  /** As it was encoded: PNG mostly. */
  readonly bytes: Uint8Array;
}

export interface TensorBoardEvent {
  /** Seconds since 1970. */
  readonly wallTime: number;
  readonly step: number;
  readonly values: readonly TensorBoardValue[];
}
