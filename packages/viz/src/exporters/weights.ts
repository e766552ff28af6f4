// The exporter of the weights: one template a class, as they are when the run has ended.
import type { Artifact, Exporter, RunContext } from "@trainscope/core";
import { from } from "rxjs";
import { describeSettings, joinCaption } from "../caption.ts";
import { renderWeightMontage, type WeightMontageOptions } from "../pictures/weight-montage.ts";
import { type FinishedRun, whenRunEnds } from "./record.ts";

/** Writes `weights.png` and `weights.svg` when the run has ended, with at least one epoch finished. */
export function weightsExporter(): Exporter {
  return {
    name: "weights",
    connect: (events, run) =>
      // The options hold a copy of the weights, made while run:end is being delivered.
      whenRunEnds(events, (finished) => from(writeMontage(montageOf(finished, run), run))),
  };
}

function montageOf({ start, end, history, changes }: FinishedRun, run: RunContext): WeightMontageOptions {
  const { classes, inputs, weights } = run.parameters();
  const { lambda, learningRate, schedule } = start.config;
  const epochs = end.keptEpoch ?? history.epochs.at(-1) ?? 0;
  return {
    parameters: { classes, inputs, weights: weights.slice() },
    classNames: run.classNames,
    shape: run.shape,
    title: "Weight templates",
    subtitle: joinCaption([
      run.dataName,
      `${describeSettings({ lambda, learningRate, schedule })}, ${epochs} ${epochs === 1 ? "epoch" : "epochs"}`,
      ...changes,
      "each template scaled from its least to its greatest weight",
    ]),
  };
}

async function* writeMontage(options: WeightMontageOptions, run: RunContext): AsyncGenerator<Artifact> {
  for (const format of ["png", "svg"] as const) {
    const path = await run.write(`weights.${format}`, renderWeightMontage(options, format));
    yield { kind: "weights", title: `${options.title} (${format.toUpperCase()})`, path };
  }
}
