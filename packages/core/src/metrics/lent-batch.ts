// What metrics of others read: copies of an engine's arrays. Typed arrays can't be frozen, so after each call the copies
// are looked over, and put back where the call has written into them.
import type { ModelParameters, Values } from "../model/linear.ts";
import type { MetricBatch } from "./metric.ts";

export interface BatchLender {
  /** The copies are of this batch from now on, until the next. */
  take(batch: MetricBatch): void;
  /** For one call. */
  lend(): MetricBatch;
  /** The names of the arrays that the call has changed. They are as before again. */
  restore(): readonly string[];
}

type Lendable = Values | Uint8Array;

export function createBatchLender(): BatchLender {
  const [probabilities, losses, labels] = [new LentArray(), new LentArray(), new LentArray()];
  const [weights, biases] = [new LentArray(), new LentArray()];
  const ofBatch = { probabilities, losses, labels };
  const ofModel = { weights, biases };
  const images = new LentArray();
  let batch: MetricBatch | undefined;
  /** Few metrics look at the parameters or the images, which may be more than all the rest: copied when first asked for. */
  let areParametersLent = false;
  let areImagesLent = false;

  function lendImages(own: Uint8Array): Uint8Array {
    if (!areImagesLent) images.take(own);
    areImagesLent = true;
    return images.view() as Uint8Array;
  }

  function lendParameters({ classes, inputs, ...own }: ModelParameters): ModelParameters {
    if (!areParametersLent) {
      weights.take(own.weights);
      biases.take(own.biases);
      areParametersLent = true;
    }
    return Object.freeze({
      classes,
      inputs,
      weights: weights.view(),
      biases: biases.view(),
    }) as ModelParameters;
  }

  return {
    take(taken) {
      batch = taken;
      areParametersLent = false;
      areImagesLent = false;
      probabilities.take(taken.probabilities);
      losses.take(taken.losses);
      labels.take(taken.labels);
    },

    lend() {
      if (batch === undefined) throw new Error("there is no batch yet");
      const { probabilities: _p, losses: _l, labels: _y, images: ownImages, parameters, ...plain } = batch;
      let lent: ModelParameters | undefined;
      return Object.freeze({
        ...plain,
        probabilities: probabilities.view() as Values,
        losses: losses.view() as Values,
        labels: labels.view() as Uint8Array,
        get parameters() {
          lent ??= lendParameters(parameters);
          return lent;
        },
        images: () => lendImages(ownImages()),
      });
    },

    restore() {
      const lent = {
        ...ofBatch,
        ...(areParametersLent ? ofModel : {}),
        ...(areImagesLent ? { images } : {}),
      };
      return Object.entries(lent).flatMap(([name, array]) => (array.restore() ? [name] : []));
    },
  };
}

/** A copy of an array, used again for the next. */
class LentArray {
  #original: Lendable = new Uint8Array(0);
  #copy: Lendable = new Uint8Array(0);

  take(original: Lendable): void {
    this.#original = original;
    // A longer one stays for the next longer batch. One whose memory was given away has length 0.
    if (this.#copy.constructor === original.constructor && this.#copy.length >= original.length) {
      this.#copy.set(original);
    } else this.#copy = copyOf(original);
  }

  /** Another one each time: what is hung on it is seen by nobody else. */
  view(): Lendable {
    return this.#copy.subarray(0, this.#original.length);
  }

  /** Whether it had been changed. */
  restore(): boolean {
    if (haveSameBytes(this.#copy, this.#original)) return false;
    this.take(this.#original);
    return true;
  }
}

/** A copy indeed: what a Buffer's own `slice` gives is a view of the same bytes. */
function copyOf(array: Lendable): Lendable {
  return array instanceof Uint8Array ? new Uint8Array(array) : array.slice();
}

/** Of as many bytes as the original has. */
function haveSameBytes(copy: Lendable, original: Lendable): boolean {
  if (copy.length < original.length) return false;
  if (copy instanceof Uint8Array || original instanceof Uint8Array) {
    for (let i = 0; i < original.length; i++) if (copy[i] !== original[i]) return false;
    return true;
  }
  const [ours, theirs] = [wordsOf(copy), wordsOf(original)];
  for (let i = 0; i < theirs.length; i++) if (ours[i] !== theirs[i]) return false;
  return true;
}

/** NaNs are told from each other; signed, which a processor compares as they are. */
function wordsOf(array: Values): Int32Array {
  return new Int32Array(array.buffer, array.byteOffset, array.byteLength / 4);
}
