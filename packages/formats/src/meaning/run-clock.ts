// When things were: by the source's own times where it tells them, else by their arrival. Never by both within one run,
// as a log may be read long after it was written.

export class RunClock {
  private isOwn: boolean | undefined;
  private last = Number.NEGATIVE_INFINITY;

  /** `first`: the times of the first points, where the source tells them. The time at which the run began. */
  begin(first: readonly (number | undefined)[], now: number): number {
    const own = first.find((time) => time !== undefined);
    this.isOwn = own !== undefined;
    this.last = own ?? now;
    return this.last;
  }

  /** Of something that was told with that time, or without one, and arrived now. */
  timeOf(stated: number | undefined, now: number): number {
    if (this.isOwn !== true) return now;
    this.last = stated ?? this.last;
    return this.last;
  }
}
