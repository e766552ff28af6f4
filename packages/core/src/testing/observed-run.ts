// A run of the tiny dataset, with all that it told and the parameters it ended with.
import type { Engine, EngineFactory, TrainingSlice } from "../engine/engine.ts";
import { createReferenceEngine } from "../engine/reference.ts";
import type { TrainingEvent } from "../events.ts";
import { train } from "../training/train.ts";
import type { TrainOptions } from "../training/train-options.ts";
import { createTinyDataset } from "./tiny-dataset.ts";

export interface ObservedOptions extends Omit<Partial<TrainOptions>, "engine"> {
  readonly create?: EngineFactory;
  readonly onEvent?: (event: TrainingEvent, parameters: () => number[]) => void;
  /** Called before each slice of training. */
  readonly onSlice?: (slice: TrainingSlice) => void;
}

export interface ObservedRun {
  readonly events: readonly TrainingEvent[];
  /** W and b as the run left them. */
  readonly parameters: readonly number[];
}

export async function observeRun(options: ObservedOptions): Promise<ObservedRun> {
  const { create = createReferenceEngine, onEvent, onSlice, ...others } = options;
  const events: TrainingEvent[] = [];
  let engine: Engine | undefined;
  const parameters = () => [...(engine?.parameters.weights ?? []), ...(engine?.parameters.biases ?? [])];
  await new Promise<void>((complete, error) => {
    train({
      dataset: createTinyDataset(),
      ...others,
      engine: async (setup) => {
        const made = await create(setup);
        engine = made;
        if (onSlice === undefined) return made;
        return {
          ...made,
          trainBatches(slice) {
            onSlice(slice);
            return made.trainBatches(slice);
          },
        };
      },
    }).subscribe({
      next(event) {
        events.push(event);
        onEvent?.(event, parameters);
      },
      complete,
      error,
    });
  });
  return { events, parameters: parameters() };
}

export function ofType<Type extends TrainingEvent["type"]>(events: readonly TrainingEvent[], type: Type) {
  return events.filter((event): event is Extract<TrainingEvent, { type: Type }> => event.type === type);
}
