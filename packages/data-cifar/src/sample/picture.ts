// One picture: a scene, its subject, what stands in front, then light and noise.
import type { Random } from "@trainscope/core";
import { type Canvas, fillEllipse, SIDE, strokeLine } from "./canvas.ts";
import { between, chance, pick, vary } from "./chance.ts";
import { createPen } from "./pen.ts";
import type { Subject } from "./subjects.ts";

const PIXELS = SIDE * SIDE;

/** Paints `subject` on `canvas` and writes its `3 x 32 x 32` bytes, plane by plane, to `image`. */
export function paintPicture(subject: Subject, canvas: Canvas, random: Random, image: Uint8ClampedArray): void {
  pick(random, subject.scenes)(canvas, random);
  const pen = createPen(canvas, {
    x: between(random, 11.5, 20.5),
    y: between(random, 13.5, 18.5),
    scale: between(random, 9.5, 14.5),
    stretch: between(random, 0.9, 1.1),
    mirrored: chance(random, 0.5),
    angle: between(random, -subject.turn, subject.turn),
  });
  pick(random, subject.drawings)(pen, random);
  if (chance(random, 0.4)) obstruct(canvas, random);
  develop(canvas, random, image);
}

/** Something in the foreground, anywhere: a post, a twig or a bush. */
function obstruct(canvas: Canvas, random: Random): void {
  const shade = vary(random, [90, 96, 76], 70);
  const x = between(random, 0, SIDE);
  if (chance(random, 0.5)) {
    const lean = between(random, -5, 5);
    strokeLine(canvas, shade, 1, x, -2, x + lean, SIDE + 2, between(random, 0.8, 2.6));
  } else {
    fillEllipse(
      canvas,
      shade,
      1,
      x,
      between(random, 26, 34),
      between(random, 3, 8),
      between(random, 2, 6),
      1,
      0,
    );
  }
}

/** Exposure, colour cast, a light that falls from one side, and the sensor's noise. */
function develop(canvas: Canvas, random: Random, image: Uint8ClampedArray): void {
  const contrast = between(random, 0.7, 1.1);
  const exposure = between(random, -10, 10);
  const direction = between(random, 0, 2 * Math.PI);
  const fall = between(random, 0, 14);
  const lightX = (fall * Math.cos(direction)) / (SIDE / 2);
  const lightY = (fall * Math.sin(direction)) / (SIDE / 2);
  const warm = between(random, -8, 8);
  // Standard deviations of 4 to 21, mostly low; ten even bits have a standard deviation of 295.6.
  const grain = (4 + 17 * random.uniform() ** 2) / 295.6;
  const speckle = 0.75 * grain;
  const { red, green, blue } = canvas;
  let noise = random.uint32() | 1;
  for (let row = 0; row < SIDE; row++) {
    let light =
      128 + exposure - contrast * 128 + lightY * (row - 15.5) - lightX * 15.5 - 511.5 * (grain + speckle);
    for (let pixel = row * SIDE; pixel < (row + 1) * SIDE; pixel++) {
      // Marsaglia's xorshift: 3,072 draws of the seeded generator would take longer than the drawing.
      noise ^= noise << 13;
      noise ^= noise >>> 17;
      noise ^= noise << 5;
      const grey = light + (noise & 1023) * grain;
      image[pixel] = (red[pixel] as number) * contrast + grey + warm + ((noise >>> 10) & 1023) * speckle;
      image[PIXELS + pixel] = (green[pixel] as number) * contrast + grey + ((noise >>> 16) & 1023) * speckle;
      image[2 * PIXELS + pixel] = (blue[pixel] as number) * contrast + grey - warm + (noise >>> 22) * speckle;
      light += lightX;
    }
  }
}
