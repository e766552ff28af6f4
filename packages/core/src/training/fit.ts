// Training for whoever wants what comes out of it, and no events.
import { lastValueFrom, tap } from "rxjs";
import { takesOf } from "../data/has-features.ts";
import type { Engine, EngineSetup } from "../engine/engine.ts";
import { TrainscopeError } from "../errors.ts";
import type { MetricValues, RunEndEvent, TrainingEvent } from "../events.ts";
import { appendValues, createHistory, type History } from "../history/history.ts";
import { isValuesEvent } from "../history/values-event.ts";
import type { Classifier } from "../model/classifier.ts";
import { copyParameters } from "../model/linear.ts";
import { checkOptionKinds } from "./check-options.ts";
import { engineFor } from "./resolve-options.ts";
import { train } from "./train.ts";
import type { TrainOptions } from "./train-options.ts";

/** What `fit` resolves with. */
export interface Fitted {
  /** With the parameters that the run ended with; of the best epoch where `keep` is "best". */
  readonly model: Classifier;
  /** Of that model: every tag, the test split's among them. */
  readonly metrics: MetricValues;
  /** A series a tag, as in Keras' `History`. */
  readonly history: History;
}

/**
 * Trains to the end and gives the model. `train` tells what goes on meanwhile.
 *
 * Rejects with what `train` fails with before a run can start, and with `RUN_FAILED` where the run diverged or failed.
 *
 * @example
 * const { model, metrics } = await fit({ dataset, settings: { epochs: 5 } });
 * console.log(metrics["test/accuracy"], predict(model, images).labels);
 */
export async function fit(options: TrainOptions): Promise<Fitted> {
  checkOptionKinds(options);
  let trained: { readonly engine: Engine; readonly setup: EngineSetup } | undefined;
  const create = engineFor(options);
  const history = createHistory();
  let reason = "";
  const observe = (event: TrainingEvent): void => {
    if (isValuesEvent(event)) appendValues(history, event);
    else if (event.type === "alert" && event.level === "error") reason = event.message;
  };
  const start = async (setup: EngineSetup): Promise<Engine> => {
    const engine = await create(setup);
    trained = { engine, setup };
    return engine;
  };
  const engine = create.takesFeatures ? Object.assign(start, { takesFeatures: true as const }) : start;
  const events = train({ ...options, engine }).pipe(tap(observe));
  const end = (await lastValueFrom(events)) as RunEndEvent;
  if (end.reason === "diverged" || end.reason === "failed" || trained === undefined) {
    throw new TrainscopeError("RUN_FAILED", `the run ${end.reason} after ${end.epochs} epochs: ${reason}`);
  }
  const { parameters } = trained.engine;
  const { statistics, shape, loss, splits } = trained.setup;
  return {
    model: {
      parameters: copyParameters(parameters),
      statistics,
      shape,
      loss,
      ...takesOf(splits.train),
      classNames: options.dataset.classNames,
    },
    metrics: end.metrics,
    history,
  };
}
