// Trains the batches of one epoch, in slices between which controls are applied.
import type { Checkpoint } from "../checkpoint/checkpoint.ts";
import type { Engine } from "../engine/engine.ts";
import type { EventBody } from "../events.ts";
import type { TrainSettings } from "../settings/settings.ts";
import { divergedEnding, type Ending } from "./ending.ts";
import { cutEpoch, type EpochCut, imagesDone } from "./epoch-cut.ts";
import { type EpochPlan, learningRatesOf, restOf } from "./epoch-plan.ts";
import { createPacer } from "./pace.ts";
import { createProgressMeter } from "./progress.ts";
import type { Steering } from "./steering.ts";

export interface TrainedEpoch {
  readonly batches: number;
  /** Of the last batch. */
  readonly learningRate: number;
  /** Of all its batches; `null` where what it went on from doesn't tell. */
  readonly learningRateSum: number | null;
  /** That it was trained on. */
  readonly images: number;
  readonly milliseconds: number;
}

/** An epoch under way: what a checkpoint has of it. */
export type EpochStanding = Pick<Checkpoint, "batch" | "cut" | "trainMs" | "learningRateSum">;

export interface EpochTrainer {
  /** Trains the epoch's batches, or those before the run is over; from where it stood, if it was begun before. */
  train(epoch: number, plan: EpochPlan, from?: EpochStanding): Promise<TrainedEpoch>;
  /** Of the newest epoch. */
  standing(): Omit<EpochStanding, "batch">;
}

export interface EpochTrainerOptions {
  readonly engine: Engine;
  /** In the training split. */
  readonly images: number;
  readonly steering: Steering;
  readonly emit: (body: EventBody) => void;
  readonly end: (ending: Ending) => void;
  readonly isOver: () => boolean;
  /** The parameters are about to change. */
  readonly onUpdate: () => void;
}

/** What is still to come of an epoch, under the settings it was made for. */
interface Course {
  readonly settings: TrainSettings;
  readonly cut: EpochCut;
  /** The plan's images from the cut on. */
  readonly rest: EpochPlan;
  /** One for each batch from the cut on. */
  readonly learningRates: Float64Array;
}

export function createEpochTrainer(options: EpochTrainerOptions): EpochTrainer {
  const { engine, images, steering, emit, end: endRun, isOver, onUpdate } = options;
  const pacer = createPacer();
  const meter = createProgressMeter();

  function setCourse(epoch: number, plan: EpochPlan, settings: TrainSettings, cut: EpochCut): Course {
    const learningRates = learningRatesOf(settings, cut, images, epoch);
    return { settings, cut, rest: restOf(plan, cut.imagesBefore), learningRates };
  }

  /** Trains from batch `from` on for as long as nothing else is due, at least one batch. */
  async function trainSlice({ settings, cut, rest, learningRates }: Course, epoch: number, from: number) {
    const { batchesBefore, batchSize, batches } = cut;
    const ahead = Math.min(batches - from, steering.batchesAhead({ epoch, batch: from }));
    const batch = from + pacer.pieces(batchSize, ahead);
    const count = imagesDone(cut, batch, images) - imagesDone(cut, from, images);
    const [first, end] = [from - batchesBefore, batch - batchesBefore];
    let lossSum = 0;
    onUpdate();
    const milliseconds = await pacer.work(count, async () => {
      const { lambda } = settings;
      const trained = await engine.trainBatches({ ...rest, batchSize, first, end, learningRates, lambda });
      lossSum = trained.lossSum;
      if (Number.isFinite(lossSum)) return;
      const since = Math.min(batch, from + Math.floor(firstNotFinite(trained.losses) / batchSize) + 1);
      endRun(divergedEnding(`since batch ${since} of epoch ${epoch}`));
    });
    const progress = meter.add(count, lossSum, milliseconds);
    if (progress) emit({ type: "progress", epoch, batch, batches, ...progress });
    return { batch, milliseconds };
  }

  let cut = cutEpoch(images, steering.settings.batchSize);
  let trainMs = 0;
  let learningRateSum: number | null = 0;

  return {
    async train(epoch, plan, from) {
      const { settings } = steering;
      const { batchSize } = settings;
      cut = from ? cutAgain(from.cut, batchSize, from.batch, images) : cutEpoch(images, batchSize);
      trainMs = from?.trainMs ?? 0;
      learningRateSum = from === undefined ? 0 : (from.learningRateSum ?? null);
      let course = setCourse(epoch, plan, settings, cut);
      let batch = from?.batch ?? 0;
      while (batch < course.cut.batches && !isOver()) {
        if (batch > 0) steering.endBatch({ epoch, batch });
        await steering.settle({ epoch, batch });
        if (isOver()) break;
        if (course.settings !== steering.settings) {
          cut = cutAgain(course.cut, steering.settings.batchSize, batch, images);
          course = setCourse(epoch, plan, steering.settings, cut);
        }
        const trained = await trainSlice(course, epoch, batch);
        learningRateSum = addRates(learningRateSum, course, batch, trained.batch);
        batch = trained.batch;
        trainMs += trained.milliseconds;
      }
      const { learningRates } = course;
      return {
        batches: cut.batches,
        learningRate: learningRates.at(-1) as number,
        learningRateSum,
        images: imagesDone(cut, batch, images),
        milliseconds: trainMs,
      };
    },
    standing: () => ({ cut, trainMs, learningRateSum }),
  };
}

/** One by one: in whatever slices an epoch is trained, the sum is the same. */
function addRates(
  sum: number | null,
  { cut, learningRates }: Course,
  from: number,
  end: number,
): number | null {
  if (sum === null) return null;
  const { batchesBefore } = cut;
  return learningRates
    .subarray(from - batchesBefore, end - batchesBefore)
    .reduce((all, rate) => all + rate, sum);
}

/** Another batch size cuts what is left after `batch` batches; otherwise the cut stays. */
function cutAgain(cut: EpochCut, batchSize: number, batch: number, images: number): EpochCut {
  if (batchSize === cut.batchSize) return cut;
  return cutEpoch(images, batchSize, imagesDone(cut, batch, images), batch);
}

/** The place of the first loss that makes the sum no finite number; past the end where there is none. */
function firstNotFinite(losses: ArrayLike<number>): number {
  let sum = 0;
  let place = 0;
  while (place < losses.length && Number.isFinite(sum)) sum += losses[place++] as number;
  return Number.isFinite(sum) ? place : place - 1;
}
