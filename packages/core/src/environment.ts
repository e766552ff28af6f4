// What a run computes with, as it is recorded and compared when the run goes on.

/** What computes. Threads and `vectors` change no bit of the results; all else may. What isn't known is left out. */
export interface Environment {
  readonly engine: string;
  readonly precision: "float32" | "float64";
  readonly threads: number;
  /** See `Engine`. */
  readonly simd?: string;
  /** See `Engine`. */
  readonly vectors?: string;
  /** See `Engine`. */
  readonly build?: string;
  /** As its maker calls it. */
  readonly processor?: string;
  /** E.g. "Node.js 24.11.0", or what a browser calls itself. */
  readonly runtime?: string;
}
