// The exporter of the weights: one template a class, as they are when the run has ended, or when it is asked for them.
import type { Artifact, RunContext, StreamExporter } from "@trainscope/core";
import { resolveSettings } from "@trainscope/core/settings";
import { from } from "rxjs";
import { describeSettings, joinCaption } from "../caption.ts";
import { renderSceneTwice } from "../pictures/render-scene.ts";
import { layOutWeightMontage, type WeightMontageOptions } from "../pictures/weight-montage.ts";
import { createRecordings, type RecordedRun, whenAsked } from "./record.ts";
import { writePicture } from "./write-picture.ts";

const TITLE = "Weight templates";

/**
 * Writes `weights.svg` and, where node-canvas is installed, `weights.png` when the run has ended, and whenever an export is asked for, with at least
 * one epoch finished.
 */
export function weightsExporter(): StreamExporter {
  const recordingOf = createRecordings();
  return {
    name: "weights",
    connect: (events, run) =>
      // The options hold a copy of the weights, made while the event that asks for them is being delivered.
      whenAsked(events, recordingOf(run), (recorded) => from(writeMontage(montageOf(recorded, run), run))),
  };
}

function montageOf(
  { settings, end, batches, history, changes }: RecordedRun,
  run: RunContext,
): WeightMontageOptions {
  const { classes, inputs, weights } = run.parameters();
  const { lambda, learningRate, schedule } = resolveSettings(settings);
  const epochs = end?.keptEpoch ?? history.epochs.at(-1) ?? 0;
  const trained = [
    count(epochs, "epoch", "epochs"),
    ...(batches > 0 ? [count(batches, "batch", "batches")] : []),
  ];
  return {
    parameters: { classes, inputs, weights: weights.slice() },
    classNames: run.classNames,
    shape: run.shape,
    title: TITLE,
    subtitle: joinCaption([
      run.dataName,
      `${describeSettings({ lambda, learningRate, schedule })}, ${trained.join(" and ")}`,
      ...changes,
      "each template scaled from its least to its greatest weight",
    ]),
  };
}

function count(number: number, one: string, many: string): string {
  return `${number} ${number === 1 ? one : many}`;
}

async function* writeMontage(options: WeightMontageOptions, run: RunContext): AsyncGenerator<Artifact> {
  const drawn = await renderSceneTwice(layOutWeightMontage(options));
  yield* writePicture({ kind: "weights", title: TITLE, name: "weights", drawn }, run);
}
