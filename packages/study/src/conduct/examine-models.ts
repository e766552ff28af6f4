// Answers of many models, with as few engines as can be: one for those of the same data and loss.

import type { Dataset, EngineFactory, ModelParameters, Split } from "@trainscope/core";
import type { Predictions } from "@trainscope/core/analysis";
import type { Environment } from "@trainscope/core/events";
import type { LossName } from "@trainscope/core/settings";
import { createExaminer } from "./examiner.ts";

export interface ExamineRequest {
  readonly dataset: Dataset;
  readonly loss: LossName;
  readonly parameters: ModelParameters;
  readonly splits: readonly Split[];
}

/** Of the splits that were asked for. */
export type ExaminedModel = Readonly<Partial<Record<Split, Predictions>>>;

export interface ExamineOptions {
  readonly engine: EngineFactory;
  readonly signal: AbortSignal;
  /** Called after each model, with how many are done. */
  readonly onProgress: (done: number, request: ExamineRequest) => void;
}

export interface ExaminedModels {
  /** One for each request, in their order. */
  readonly models: readonly ExaminedModel[];
  readonly environment: Environment;
}

/** Rejects with the signal's reason where it aborts. There is at least one request. */
export async function examineModels(
  requests: readonly ExamineRequest[],
  { engine, signal, onProgress }: ExamineOptions,
): Promise<ExaminedModels> {
  const examined = new Map<ExamineRequest, ExaminedModel>();
  let environment: Environment = { engine: "", precision: "float32", threads: 0 };
  const groups = Map.groupBy(requests, ({ dataset, loss }) => `${loss} ${dataset.name}`);
  for (const group of groups.values()) {
    const [{ dataset, loss }] = group as [ExamineRequest];
    signal.throwIfAborted();
    const examiner = await createExaminer(dataset, loss, engine);
    environment = examiner.environment;
    try {
      for (const request of group) {
        signal.throwIfAborted();
        const answers: Partial<Record<Split, Predictions>> = {};
        for (const split of request.splits) answers[split] = await examiner.examine(request.parameters, split);
        examined.set(request, answers);
        onProgress(examined.size, request);
      }
    } finally {
      await examiner.close();
    }
  }
  return { models: requests.map((request) => examined.get(request) as ExaminedModel), environment };
}
