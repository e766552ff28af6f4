// What makes a file of a run's events, by the name of its format.
import { jsonLineOf } from "./figures.ts";
import type { Recorder } from "./recording-exporter.ts";
import { Summary } from "./summary.ts";
import { TensorBoardFile } from "./tensorboard.ts";

/** One that has heard of nothing yet. */
export function recorderOf(format: "jsonl" | "markdown" | "tensorboard"): Recorder {
  if (format === "tensorboard") return new TensorBoardFile();
  return format === "markdown" ? new Summary() : jsonLines();
}

function jsonLines(): Recorder {
  const lines: string[] = [];
  return {
    take(event) {
      lines.push(jsonLineOf(event));
    },
    content: () => lines.join(""),
  };
}
