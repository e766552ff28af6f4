// What metrics of others read: copies of an engine's arrays, made when first asked for. Typed arrays can't be frozen, so
// after each call the copies are looked over, and put back where the call has written into them.
import type { ModelParameters, Values } from "../model/linear.ts";
import { areEqualBytes } from "./equal-bytes.ts";
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
  const [weights, biases, images] = [new LentArray(), new LentArray(), new LentArray()];
  const arrays = Object.entries({ probabilities, losses, labels, weights, biases, images });
  let batch: MetricBatch | undefined;

  function lendParameters({ classes, inputs }: ModelParameters): ModelParameters {
    const lent = { classes, inputs, weights: weights.view() as Values, biases: biases.view() as Values };
    return Object.freeze(lent);
  }

  return {
    take(taken) {
      batch = taken;
      probabilities.offer(() => taken.probabilities);
      losses.offer(() => taken.losses);
      labels.offer(() => taken.labels);
      weights.offer(() => taken.parameters.weights);
      biases.offer(() => taken.parameters.biases);
      images.offer(() => taken.images());
    },

    lend() {
      if (batch === undefined) throw new Error("there is no batch yet");
      const { parameters } = batch;
      const ofCall = {
        probabilities: once(() => probabilities.view() as Values),
        losses: once(() => losses.view() as Values),
        labels: once(() => labels.view() as Uint8Array),
        parameters: once(() => lendParameters(parameters)),
      };
      // Each field by name: to spread the batch takes several times as long, for each metric and piece.
      const lent: MetricBatch = {
        size: batch.size,
        classes: batch.classes,
        lambda: batch.lambda,
        epoch: batch.epoch,
        settings: batch.settings,
        learningRate: batch.learningRate,
        learningRateSum: batch.learningRateSum,
        imagesPerSecond: batch.imagesPerSecond,
        get probabilities() {
          return ofCall.probabilities();
        },
        get losses() {
          return ofCall.losses();
        },
        get labels() {
          return ofCall.labels();
        },
        get parameters() {
          return ofCall.parameters();
        },
        images: () => images.view(),
      };
      return Object.freeze(lent);
    },

    restore: () => arrays.flatMap(([name, array]) => (array.restore() ? [name] : [])),
  };
}

function once<Value>(make: () => Value): () => Value {
  let made: Value | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

/** A copy of an array, used again for the next. */
class LentArray {
  #offered: () => Lendable = () => new Uint8Array(0);
  #original: Lendable | undefined;
  #copy: Lendable = new Uint8Array(0);

  /** Nothing is copied before somebody asks: few look at the parameters or the images, which may be most of the memory. */
  offer(original: () => Lendable): void {
    this.#offered = original;
    this.#original = undefined;
  }

  /** Another one each time: what is hung on it is seen by nobody else. */
  view(): Lendable {
    this.#original ??= this.#take(this.#offered());
    return this.#copy.subarray(0, this.#original.length);
  }

  /** Whether it had been changed. */
  restore(): boolean {
    if (this.#original === undefined || haveSameBytes(this.#copy, this.#original)) return false;
    this.#take(this.#original);
    return true;
  }

  #take(original: Lendable): Lendable {
    // A longer one stays for the next longer batch. One whose memory was given away has length 0.
    if (this.#copy.constructor === original.constructor && this.#copy.length >= original.length) {
      this.#copy.set(original);
    } else this.#copy = copyOf(original);
    return original;
  }
}

/** A copy indeed: what a Buffer's own `slice` gives is a view of the same bytes. */
function copyOf(array: Lendable): Lendable {
  return array instanceof Uint8Array ? new Uint8Array(array) : array.slice();
}

/** NaNs are told from each other. */
function haveSameBytes(copy: Lendable, original: Lendable): boolean {
  return copy.length >= original.length && areEqualBytes(bytesOf(copy, original.byteLength), bytesOf(original));
}

function bytesOf({ buffer, byteOffset, byteLength }: Lendable, length = byteLength): Uint8Array {
  return new Uint8Array(buffer, byteOffset, length);
}
