import type { HistogramEntry, ImageEntry } from "@trainscope/formats";
import { expect, it } from "vitest";
import { NewestDrawings } from "./newest-drawings.ts";

/** A red pixel and a blue one. */
const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAIAAAB7QOjdAAAADUlEQVR4nGP4zwAE/wEHAAH/4iOeWQAAAABJRU5ErkJggg==",
  "base64",
);
const histogram = (tag: string, step: number): HistogramEntry => ({
  kind: "histogram",
  tag,
  step,
  edges: [0, 1, 2],
  counts: [step, 1],
});
const image = (tag: string, bytes: Uint8Array = PNG, width = 2): ImageEntry => ({
  kind: "image",
  tag,
  step: 3,
  width,
  height: 1,
  bytes,
});

it("of each tag the newest is drawn, and not sooner than half a second after the last", () => {
  const newest = new NewestDrawings();
  newest.take(histogram("w", 1));
  newest.take(histogram("w", 2));
  newest.take(image("x"));
  const { drawings, said } = newest.due(1000);
  expect(drawings).toMatchObject([
    { type: "drawing", tag: "w", step: 2, counts: [2, 1] },
    { type: "drawing", tag: "x", step: 3, pixels: { width: 2, height: 1 } },
  ]);
  expect([...(drawings[1] as { pixels: { rgba: Uint8ClampedArray } }).pixels.rgba]).toEqual([
    255, 0, 0, 255, 0, 0, 255, 255,
  ]);
  expect(said).toEqual([
    "its histograms, such as w, are on the dashboard's tab Weights",
    "its pictures, such as x, are on the dashboard's tab Weights",
  ]);
  newest.take(histogram("w", 3));
  expect(newest.due(1499)).toEqual({ drawings: [], said: [] });
  expect(newest.due(1500).drawings).toMatchObject([{ step: 3 }]);
  expect(newest.due(2000).drawings).toEqual([]);
});

it.each([
  [
    "grey",
    "iVBORw0KGgoAAAANSUhEUgAAAAIAAAACEAAAAAAHTY67AAAAEklEQVR4nGNgYPj/n6GBweE/ABB8A74SEfR5AAAAAElFTkSuQmCC",
  ],
  [
    "in colours",
    "iVBORw0KGgoAAAANSUhEUgAAAAIAAAACEAIAAACtREYwAAAAFUlEQVR4nGNgAIP/YMDQAIYO/0EQAH2uCziOq4U8AAAAAElFTkSuQmCC",
  ],
])("a PNG of 16 bits a sample, %s, is drawn with eight", (_, base64) => {
  const newest = new NewestDrawings();
  newest.take(image("x", Buffer.from(base64, "base64")));
  const { drawings } = newest.due(1000);
  // Its samples are 0, 65535, 0x8000 and 0x40ff.
  const greys = [0, 255, 128, 65].flatMap((grey) => [grey, grey, grey, 255]);
  expect([...(drawings[0] as { pixels: { rgba: Uint8ClampedArray } }).pixels.rgba]).toEqual(greys);
});

it("what can't be shown is said once: a GIF, a picture too large, whatever comes after 64 tags", () => {
  const newest = new NewestDrawings();
  for (let round = 0; round < 2; round++) {
    newest.take(image("gif", new TextEncoder().encode("GIF89a")));
    newest.take(image("large", PNG, (1 << 20) + 1));
    for (let tag = 0; tag < 70; tag++) newest.take(histogram(`w${tag}`, round));
    const { drawings, said } = newest.due(1000 * round);
    expect(drawings).toHaveLength(62);
    if (round > 0) expect(said).toEqual([]);
    else {
      // There is no word of pictures on a tab that shows none.
      expect(said).toEqual([
        "of more than 64 histograms and pictures the first are shown",
        "a picture can't be shown: gif: it is a GIF; expected a PNG or a JPEG",
        "the picture large of 1048577 x 1 pixels is too large to be shown",
        "its histograms, such as w0, are on the dashboard's tab Weights",
      ]);
    }
  }
});
