import { expect, it } from "vitest";
import { entropy } from "./entropy.ts";

it.each([Float32Array, Float64Array])(
  "is 0, exactly, where the model is certain of every image: %o",
  (Numbers) => {
    const { init, update, result } = entropy();
    const [size, classes, probabilities] = [2, 3, Numbers.of(0, 1, 0, 1, 0, 0)];
    const state = update(init(undefined as never, {} as never), { size, classes, probabilities } as never);
    expect(result(state)).toBe(0);
  },
);
