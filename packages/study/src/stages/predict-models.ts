// Predictions of many models, with as few engines as can be: one for those of the same data and loss.

import type { Dataset, EngineFactory, ModelParameters, Split } from "@trainscope/core";
import type { Predictions } from "@trainscope/core/analysis";
import type { Environment } from "@trainscope/core/events";
import type { LossName } from "@trainscope/core/settings";
import { createPredictor } from "./predictor.ts";

export interface PredictionRequest {
  readonly dataset: Dataset;
  readonly loss: LossName;
  readonly parameters: ModelParameters;
  readonly splits: readonly Split[];
}

/** Of the splits that were asked for. */
export type ModelPredictions = Readonly<Partial<Record<Split, Predictions>>>;

export interface PredictionOptions {
  readonly engine: EngineFactory;
  readonly signal: AbortSignal;
  /** Called after each model, with how many are done. */
  readonly onProgress: (done: number, request: PredictionRequest) => void;
}

export interface AllPredictions {
  /** One for each request, in their order. */
  readonly models: readonly ModelPredictions[];
  readonly environment: Environment;
}

/** Rejects with the signal's reason where it aborts. There is at least one request. */
export async function predictModels(
  requests: readonly PredictionRequest[],
  { engine, signal, onProgress }: PredictionOptions,
): Promise<AllPredictions> {
  const predicted = new Map<PredictionRequest, ModelPredictions>();
  let environment: Environment = { engine: "", precision: "float32", threads: 0 };
  const groups = Map.groupBy(requests, ({ dataset, loss }) => `${loss} ${dataset.name}`);
  for (const group of groups.values()) {
    const [{ dataset, loss }] = group as [PredictionRequest];
    signal.throwIfAborted();
    const predictor = await createPredictor(dataset, loss, engine);
    environment = predictor.environment;
    try {
      for (const request of group) {
        signal.throwIfAborted();
        const predictions: Partial<Record<Split, Predictions>> = {};
        for (const split of request.splits)
          predictions[split] = await predictor.predict(request.parameters, split);
        predicted.set(request, predictions);
        onProgress(predicted.size, request);
      }
    } finally {
      await predictor.close();
    }
  }
  return { models: requests.map((request) => predicted.get(request) as ModelPredictions), environment };
}
