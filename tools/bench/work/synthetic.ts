// Seeded images for where CIFAR-10 is not at hand, and for shapes that it doesn't have.
import { createRandom, type ImageShape, inputCount, type LabelledImages } from "@trainscope/core";

/** How far a class's template pulls a pixel from noise: weak, so that there is something left to learn. */
const SIGNAL = 0.15;

/** A number that no purpose of core's own has, so that these draws repeat none of a run's. */
const STREAM = 1000;

/** `count` noisy images of `classes` random templates. The same arguments give the same bytes. */
export function syntheticImages(
  count: number,
  classes: number,
  shape: ImageShape,
  substream: number,
): LabelledImages {
  const inputs = inputCount(shape);
  const templates = randomBytes(classes * inputs, 0);
  const images = randomBytes(count * inputs, 1 + substream);
  const labels = Uint8Array.from({ length: count }, (_, i) => i % classes);
  for (let i = 0; i < count; i++) {
    const template = (labels[i] as number) * inputs;
    for (let j = 0; j < inputs; j++) {
      const noise = images[i * inputs + j] as number;
      images[i * inputs + j] = noise + SIGNAL * ((templates[template + j] as number) - noise);
    }
  }
  return { images, labels };
}

/** A whole number of 32-bit words drawn; four bytes each. */
function randomBytes(length: number, substream: number): Uint8Array {
  const random = createRandom(0, STREAM, substream);
  const words = Uint32Array.from({ length: Math.ceil(length / 4) }, () => random.uint32());
  return new Uint8Array(words.buffer, 0, length);
}
