// What a watcher may ask of a run. Each is applied between two batches, or between two epochs, and answered with a
// control event. What comes after the last batch of the last epoch finds nothing to change, and is not answered.

export type Control =
  /** Wait before the next batch. */
  | { readonly action: "pause" }
  | { readonly action: "resume" }
  /** Go on to the end of an epoch, then pause. */
  | { readonly action: "step" }
  /** End the run here: evaluate, write what there is to write, and finish. */
  | { readonly action: "stop" };
