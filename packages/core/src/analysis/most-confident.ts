// The few most confident of many answers, kept in order as they come by: no list of all of them, and nothing to sort.

export interface ConfidentAnswer {
  /** Of the image in its split. */
  readonly index: number;
  /** The probability of the answer. NaN, from a model that diverged, comes last. */
  readonly confidence: number;
}

export interface MostConfident<Answer extends ConfidentAnswer> {
  /** The most confident first; of equals, that of the lower index. */
  readonly kept: readonly Answer[];
  /** Whether an answer would be kept: asked first, most are never made. */
  accepts(answer: ConfidentAnswer): boolean;
  add(answer: Answer): void;
}

/** Keeps at most `count`. */
export function createMostConfident<Answer extends ConfidentAnswer>(count: number): MostConfident<Answer> {
  const kept: Answer[] = [];

  function accepts(answer: ConfidentAnswer): boolean {
    if (kept.length < count) return true;
    const last = kept.at(-1);
    return last !== undefined && comesBefore(answer, last);
  }

  return {
    kept,
    accepts,
    add(answer) {
      if (!accepts(answer)) return;
      let place = kept.length;
      while (place > 0 && comesBefore(answer, kept[place - 1] as Answer)) place--;
      kept.splice(place, 0, answer);
      if (kept.length > count) kept.pop();
    },
  };
}

function comesBefore(one: ConfidentAnswer, other: ConfidentAnswer): boolean {
  const difference = (one.confidence || 0) - (other.confidence || 0);
  return difference > 0 || (difference === 0 && one.index < other.index);
}
