import { expect, it } from "vitest";
import { imagesIn } from "./images.ts";
import type { NdArray } from "./ndarray.ts";

it("images that are no bytes are refused, with how they become such", () => {
  const type = { kind: "f", size: 8, isLittleEndian: true } as const;
  const array: NdArray = { type, shape: [1, 2, 2], isFortran: false, bytes: new Uint8Array(32) };
  expect(() => imagesIn(array, "x.npy")).toThrow(
    expect.objectContaining({
      code: "BAD_DATA",
      message: "x.npy: its images are numbers of kind f8; expected bytes, u1, from 0 to 255",
      hint: expect.stringContaining('(255 * images).astype("uint8")'),
    }),
  );
});
