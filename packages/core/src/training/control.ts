// What a watcher may ask of a run. Each is applied between two batches, or between two epochs, and answered with a
// control event. What comes after the last batch of the last epoch finds nothing to change, and is not answered.

export type Control =
  /** Wait before the next batch. */
  | { readonly action: "pause" }
  | { readonly action: "resume" }
  /** Go on to the end of an epoch, or of one batch, then pause. An epoch where `unit` is left out. */
  | { readonly action: "step"; readonly unit?: "batch" | "epoch" }
  /** Of the settings, from the next batch on. What is out of range is answered with an alert, and changes nothing. */
  | { readonly action: "learningRate" | "lambda" | "batchSize" | "epochs"; readonly to: number }
  /** Save the parameters as they are now. */
  | { readonly action: "checkpoint" }
  /** Exporters write what they have now. */
  | { readonly action: "export" }
  /** End the run here: evaluate, write what there is to write, and finish. */
  | { readonly action: "stop" };
