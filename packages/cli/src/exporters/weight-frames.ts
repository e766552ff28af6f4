// The weights of a run's epochs, evenly spread over it however long it gets.
import type { ModelParameters } from "@trainscope/core";

/** Weights as they were after an epoch. */
export interface WeightFrame {
  readonly epoch: number;
  /** `classes x inputs`. */
  readonly parameters: Pick<ModelParameters, "classes" | "inputs" | "weights">;
}

/** Keeps at most so many, and the newest whatever comes. */
export class WeightFrames {
  private kept: WeightFrame[] = [];
  private newest: WeightFrame | undefined;
  private stride = 1;
  private seen = 0;
  private readonly most: number;

  constructor(most: number) {
    this.most = most;
  }

  /** By rising epochs. */
  add(frame: WeightFrame): void {
    this.newest = frame;
    if (this.seen++ % this.stride !== 0) return;
    this.kept.push(frame);
    if (this.kept.length < this.most) return;
    // The first stays, and each that has as many others before it as the new stride wants.
    this.kept = this.kept.filter((_, index) => index % 2 === 0);
    this.stride *= 2;
  }

  all(): readonly WeightFrame[] {
    const { kept, newest } = this;
    return newest === undefined || kept.at(-1) === newest ? kept : [...kept, newest];
  }
}
