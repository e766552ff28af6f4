/** How much a stage has to do, by the trials of it that have been seen. */
export interface StageWork {
  readonly seen: number;
  /** Of all that were seen, from their starts to their ends. */
  readonly total: number;
  readonly least: number;
  readonly done: number;
  /** Of what is done, what was kept from before. */
  readonly reused: number;
}

export function createStageWork(): StageWork {
  return { seen: 0, total: 0, least: Number.POSITIVE_INFINITY, done: 0, reused: 0 };
}
