// How much work a trial is, beside others.

/** What the work of a trial grows with. */
export interface TrialSize {
  readonly epochs: number;
  readonly trainImages: number;
  readonly validationImages: number;
}

/** Images that pass through updates; evaluating one takes about a third of the time that an update takes. */
export function trialWork({ epochs, trainImages, validationImages }: TrialSize): number {
  return epochs * ((4 / 3) * trainImages + (1 / 3) * validationImages);
}
