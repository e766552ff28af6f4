// Trains the batches of one epoch, in slices between which controls are applied.
import type { Checkpoint } from "../checkpoint/checkpoint.ts";
import { type Batching, divideIntoBatches, imagesDone } from "../data/batching.ts";
import type { Engine } from "../engine/engine.ts";
import type { EventBody } from "../events.ts";
import type { TrainSettings } from "../settings/settings.ts";
import { divergedEnding, type Ending } from "./ending.ts";
import { type EpochPlan, learningRatesOf, restOf } from "./epoch-plan.ts";
import { createPacer } from "./pace.ts";
import { createProgressMeter } from "./progress.ts";
import type { RunController } from "./run-controller.ts";

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

/** How far an epoch has come: what a checkpoint has of it. */
export type EpochProgress = Pick<Checkpoint, "batch" | "batching" | "trainMs" | "learningRateSum">;

export interface EpochTrainerOptions {
  readonly engine: Engine;
  /** In the training split. */
  readonly images: number;
  readonly controller: RunController;
  readonly emit: (body: EventBody) => void;
  readonly end: (ending: Ending) => void;
  readonly isOver: () => boolean;
  /** The parameters are about to change. */
  readonly onUpdate: () => void;
}

/** What is still to come of an epoch, under the settings it was made for. */
interface RemainingEpoch {
  readonly settings: TrainSettings;
  readonly batching: Batching;
  /** The images of the plan from this batching on. */
  readonly rest: EpochPlan;
  /** One for each batch of this batching. */
  readonly learningRates: Float64Array;
}

/** Trains epochs, one after the other. */
export class EpochTrainer {
  private readonly options: EpochTrainerOptions;
  private readonly pacer = createPacer();
  private readonly meter = createProgressMeter();
  private batching: Batching;
  private trainMs = 0;
  private learningRateSum: number | null = 0;

  constructor(options: EpochTrainerOptions) {
    this.options = options;
    this.batching = divideIntoBatches(options.images, options.controller.settings.batchSize);
  }

  /** Trains the epoch's batches, or those before the run is over; from its progress, if it was begun before. */
  async train(epoch: number, plan: EpochPlan, from?: EpochProgress): Promise<TrainedEpoch> {
    const { images, controller, isOver } = this.options;
    this.begin(from);
    let remaining = this.planRemaining(epoch, plan);
    let batch = from?.batch ?? 0;
    while (batch < remaining.batching.batches && !isOver()) {
      if (batch > 0) controller.endBatch({ epoch, batch });
      await controller.settle({ epoch, batch });
      if (isOver()) break;
      if (remaining.settings !== controller.settings) {
        this.batching = rebatch(remaining.batching, controller.settings.batchSize, batch, images);
        remaining = this.planRemaining(epoch, plan);
      }
      const trained = await this.trainSlice(remaining, epoch, batch);
      this.learningRateSum = addRates(this.learningRateSum, remaining, batch, trained.batch);
      batch = trained.batch;
      this.trainMs += trained.milliseconds;
    }
    return {
      batches: this.batching.batches,
      learningRate: remaining.learningRates.at(-1) as number,
      learningRateSum: this.learningRateSum,
      images: imagesDone(this.batching, batch, images),
      milliseconds: this.trainMs,
    };
  }

  /** Of the newest epoch. */
  progress(): Omit<EpochProgress, "batch"> {
    const { batching, trainMs, learningRateSum } = this;
    return { batching, trainMs, learningRateSum };
  }

  private begin(from: EpochProgress | undefined): void {
    const { images, controller } = this.options;
    const { batchSize } = controller.settings;
    this.batching = from
      ? rebatch(from.batching, batchSize, from.batch, images)
      : divideIntoBatches(images, batchSize);
    this.trainMs = from?.trainMs ?? 0;
    this.learningRateSum = from === undefined ? 0 : (from.learningRateSum ?? null);
  }

  private planRemaining(epoch: number, plan: EpochPlan): RemainingEpoch {
    const { batching } = this;
    const { images, controller } = this.options;
    const { settings } = controller;
    const learningRates = learningRatesOf(settings, batching, images, epoch);
    return { settings, batching, rest: restOf(plan, batching.imagesBefore), learningRates };
  }

  /** Trains from batch `from` on for as long as nothing else is due, at least one batch. */
  private async trainSlice(remaining: RemainingEpoch, epoch: number, from: number) {
    const { engine, images, controller, emit, end: endRun, onUpdate } = this.options;
    const { settings, batching, rest, learningRates } = remaining;
    const { batchesBefore, batchSize, batches } = batching;
    const ahead = Math.min(batches - from, controller.batchesAhead({ epoch, batch: from }));
    const batch = from + this.pacer.pieces(batchSize, ahead);
    const count = imagesDone(batching, batch, images) - imagesDone(batching, from, images);
    const [first, end] = [from - batchesBefore, batch - batchesBefore];
    let lossSum = 0;
    onUpdate();
    const milliseconds = await this.pacer.work(count, async () => {
      const { lambda } = settings;
      const trained = await engine.trainBatches({ ...rest, batchSize, first, end, learningRates, lambda });
      lossSum = trained.lossSum;
      if (Number.isFinite(lossSum)) return;
      const since = Math.min(batch, from + Math.floor(firstNotFinite(trained.losses) / batchSize) + 1);
      endRun(divergedEnding(`since batch ${since} of epoch ${epoch}`));
    });
    const progress = this.meter.add(count, lossSum, milliseconds);
    if (progress) emit({ type: "progress", epoch, batch, batches, ...progress });
    return { batch, milliseconds };
  }
}

/** One by one: in whatever slices an epoch is trained, the sum is the same. */
function addRates(
  sum: number | null,
  { batching, learningRates }: RemainingEpoch,
  from: number,
  end: number,
): number | null {
  if (sum === null) return null;
  const { batchesBefore } = batching;
  return learningRates
    .subarray(from - batchesBefore, end - batchesBefore)
    .reduce((all, rate) => all + rate, sum);
}

/** Another batch size divides anew what is left after `batch` batches; the same one leaves the batching as it is. */
function rebatch(batching: Batching, batchSize: number, batch: number, images: number): Batching {
  if (batchSize === batching.batchSize) return batching;
  return divideIntoBatches(images, batchSize, imagesDone(batching, batch, images), batch);
}

/** The place of the first loss that makes the sum no finite number; past the end where there is none. */
function firstNotFinite(losses: ArrayLike<number>): number {
  let sum = 0;
  let place = 0;
  while (place < losses.length && Number.isFinite(sum)) sum += losses[place++] as number;
  return Number.isFinite(sum) ? place : place - 1;
}
