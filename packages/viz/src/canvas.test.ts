import { expect, test } from "vitest";
import { textWidth } from "./pictures/scene.ts";

// Advance widths in thousandths of the size, from the fonts' own tables (hmtx).
const ADVANCES = {
  400: { λ: 494, η: 541, "×": 497, Σ: 538, W: 786, "²": 367, "→": 619 },
  600: { λ: 524, η: 552, "×": 513, Σ: 544, W: 800, "²": 372, "→": 618 },
} as const;

test("text is set in the bundled Source Sans 3 in both weights, Greek included", () => {
  for (const weight of [400, 600] as const) {
    for (const [character, advance] of Object.entries(ADVANCES[weight])) {
      const width = textWidth(character, { size: 1000, weight, colour: "black" });
      expect(Math.abs(width - advance), `${character} at ${weight}: ${width}`).toBeLessThanOrEqual(1);
    }
  }
});
