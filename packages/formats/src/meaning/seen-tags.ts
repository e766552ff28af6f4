// Of each tag of a run, what was told last and how often.

interface TagState {
  readonly first: number;
  last: number;
  value: number | null;
  count: number;
}

export class SeenTags {
  private readonly states = new Map<string, TagState>();

  get any(): boolean {
    return this.states.size > 0;
  }

  /** How often the one was told that was told most often. */
  get most(): number {
    return Math.max(0, ...Array.from(this.states.values(), ({ count }) => count));
  }

  countOf(tag: string): number {
    return this.states.get(tag)?.count ?? 0;
  }

  lastOf(tag: string): number {
    return this.states.get(tag)?.last ?? Number.NEGATIVE_INFINITY;
  }

  /** Notes a value, and says whether it takes the place of another. */
  note(tag: string, x: number, value: number | null): boolean {
    const state = this.states.get(tag);
    if (state === undefined) {
      this.states.set(tag, { first: x, last: x, value, count: 1 });
      return false;
    }
    const isAmended = state.last === x && !Object.is(state.value, value);
    state.last = x;
    state.value = value;
    state.count++;
    return isAmended;
  }

  /** Notes a value where its tag is known and it lies behind the last one. */
  goesOn(tag: string, x: number, value: number): boolean {
    const state = this.states.get(tag);
    if (state === undefined || x <= state.last) return false;
    state.last = x;
    state.value = value;
    state.count++;
    return true;
  }

  /** Whether the place at which the run began comes again. */
  isFirstAgain(tag: string, x: number): boolean {
    const state = this.states.get(tag);
    if (state === undefined || state.count < 2 || x > state.first) return false;
    return tag.startsWith("train/") || ![...this.states.keys()].some((one) => one.startsWith("train/"));
  }
}
