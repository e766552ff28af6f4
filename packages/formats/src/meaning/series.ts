// The points of one figure, x rising strictly, the newest value of an x being the one that counts.

/** Beyond this a series is thinned, so that memory stays bounded. */
export const MOST_POINTS = 1_000_000;

/** A run that goes back and then tells fewer points than this only told some of them anew. */
const GOES_ON = 2;

export class Series {
  readonly tag: string;
  private xs: number[] = [];
  private ys: number[] = [];
  /** What was told beyond the place to which the run went back, and how much has been told since. */
  private stale: { xs: number[]; ys: number[] } | undefined;
  private since = 0;
  private thinned = false;

  constructor(tag: string) {
    this.tag = tag;
  }

  /** Whether points were left out for their number; their extremes are still there. */
  get isThinned(): boolean {
    return this.thinned;
  }

  add(x: number, y: number): void {
    const count = this.xs.length;
    const last = count === 0 ? Number.NEGATIVE_INFINITY : (this.xs[count - 1] ?? 0);
    if (x < last) this.goBack(x);
    if (this.xs.at(-1) === x) this.ys[this.ys.length - 1] = y;
    else {
      this.xs.push(x);
      this.ys.push(y);
    }
    this.since++;
    if (this.xs.length > MOST_POINTS) this.thin();
  }

  points(): { readonly xs: readonly number[]; readonly ys: readonly number[] } {
    this.settleStale();
    return { xs: this.xs, ys: this.ys };
  }

  private goBack(x: number): void {
    this.settleStale();
    const at = lowerBound(this.xs, x);
    this.stale = { xs: this.xs.splice(at), ys: this.ys.splice(at) };
    this.since = 0;
  }

  /** A single point between others is told anew; more of them are a run that goes on from there. */
  private settleStale(): void {
    const { stale } = this;
    this.stale = undefined;
    if (stale === undefined || this.since >= GOES_ON) return;
    const last = this.xs.at(-1) ?? Number.NEGATIVE_INFINITY;
    stale.xs.forEach((x, index) => {
      if (x <= last) return;
      this.xs.push(x);
      this.ys.push(stale.ys[index] ?? Number.NaN);
    });
  }

  /** Of each four points the lowest and the highest stay, and what is no number. */
  private thin(): void {
    this.settleStale();
    const xs: number[] = [];
    const ys: number[] = [];
    for (let from = 0; from < this.xs.length; from += 4) {
      for (const at of extremes(this.ys, from, Math.min(from + 4, this.ys.length))) {
        xs.push(this.xs[at] ?? 0);
        ys.push(this.ys[at] ?? Number.NaN);
      }
    }
    this.xs = xs;
    this.ys = ys;
    this.thinned = true;
  }
}

function extremes(ys: readonly number[], from: number, to: number): number[] {
  let [least, most] = [from, from];
  for (let at = from; at < to; at++) {
    const y = ys[at] ?? Number.NaN;
    if (!(y >= (ys[least] ?? Number.NaN))) least = at;
    if (!(y <= (ys[most] ?? Number.NaN))) most = at;
  }
  return least === most ? [least] : [Math.min(least, most), Math.max(least, most)];
}

function lowerBound(xs: readonly number[], x: number): number {
  let [low, high] = [0, xs.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((xs[middle] ?? 0) < x) low = middle + 1;
    else high = middle;
  }
  return low;
}
