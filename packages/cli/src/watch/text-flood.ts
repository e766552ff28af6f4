// What a program prints for people, for the log: so much of it as a person can read, and how much there was besides.
import type { Entry, TextEntry } from "@trainscope/formats";

/** A burst of a dozen, as of a warning with its stack, is told whole. */
const MOST_A_SECOND = 20;
const SECOND = 1000;

/** Of more lines in a second the first are told at once, and the last when it is over. Times of arrival, in ms. */
export class TextFlood {
  private began = Number.NEGATIVE_INFINITY;
  private emitted = 0;
  private newest: TextEntry[] = [];
  private left = 0;

  /** The entries without texts of which there are too many. */
  take(entries: readonly Entry[], now: number): Entry[] {
    if (!entries.some(({ kind }) => kind === "text")) return [...entries];
    return [...this.due(now), ...entries.filter((entry) => entry.kind !== "text" || this.mayTell(entry))];
  }

  /** To be called now and then: what was held back, once its second is over. */
  due(now: number): Entry[] {
    // A clock may step back.
    if (now >= this.began && now - this.began < SECOND) return [];
    this.began = now;
    this.emitted = 0;
    return this.rest();
  }

  /** The same, however long ago the second began. */
  rest(): Entry[] {
    const { newest, left } = this;
    this.newest = [];
    this.left = 0;
    if (left === 0) return newest;
    const text = `${left} more ${left === 1 ? "line is" : "lines are"} left out`;
    return [{ kind: "text", text, level: "info" }, ...newest];
  }

  private mayTell(entry: TextEntry): boolean {
    if (this.emitted < MOST_A_SECOND) {
      this.emitted++;
      return true;
    }
    this.newest.push(entry);
    if (this.newest.length > MOST_A_SECOND) {
      this.newest.shift();
      this.left++;
    }
    return false;
  }
}
