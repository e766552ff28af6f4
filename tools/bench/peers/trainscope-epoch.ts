// An engine of trainscope: usage `node trainscope-epoch.ts JOB ENGINE THREADS`.
import { readFileSync } from "node:fs";
import { type Split, squaredNorm } from "@trainscope/core";
import { engineOf } from "../programs/engines.ts";
import { serve } from "../protocol/serve.ts";
import { readEpochJob } from "../work/epoch-job.ts";

const [, , folder = "", name = "", threads = "1"] = process.argv;
const { job, order, train, validation, statistics, initial } = await readEpochJob(folder);
const engine = await engineOf(name).create(Number(threads))({
  shape: job.shape,
  classes: job.classes,
  splits: { train, validation, test: { images: new Uint8Array(0), labels: new Uint8Array(0) } },
  statistics,
  loss: "softmax",
  initial,
});

const { lambda, batch: batchSize } = job;
const batches = Math.ceil(job.images / batchSize);
const learningRates = new Float64Array(batches).fill(job.eta);

/** Mean loss and accuracy, counted as the trainer's metrics do. */
async function figuresOf(split: Split, rows: number): Promise<{ loss: number; accuracy: number }> {
  let loss = 0;
  let hits = 0;
  for (let first = 0; first < rows; first += engine.evaluationRows) {
    const { size, probabilities, losses, labels } = await engine.evaluate(
      split,
      first,
      Math.min(first + engine.evaluationRows, rows),
    );
    for (let row = 0; row < size; row++) {
      loss += losses[row] as number;
      let best = 0;
      for (let k = 1; k < job.classes; k++) {
        const at = row * job.classes;
        if ((probabilities[at + k] as number) > (probabilities[at + best] as number)) best = k;
      }
      if (best === labels[row]) hits++;
    }
  }
  return { loss: loss / rows, accuracy: hits / rows };
}

const { version } = JSON.parse(readFileSync(new URL("../../../package.json", import.meta.url), "utf8")) as {
  version: string;
};

await serve(
  { trainscope: version },
  {
    reset: () => engine.load(initial),
    async epoch() {
      await engine.trainBatches({ order, batchSize, first: 0, end: batches, learningRates, lambda });
    },
    async evaluate() {
      const train = await figuresOf("train", job.images);
      const validation = await figuresOf("validation", job.validationImages);
      const penalty = lambda * squaredNorm(engine.parameters.weights);
      return {
        ...train,
        cost: train.loss + penalty,
        validationLoss: validation.loss,
        validationCost: validation.loss + penalty,
        validationAccuracy: validation.accuracy,
      };
    },
    close: () => engine.close(),
  },
);
