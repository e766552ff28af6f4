import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { displayWidth } from "../../text/width.ts";
import { wrap } from "./wrap.ts";

describe("wrap", () => {
  it("breaks between words, and within a word only where it is longer than a line", () => {
    expect(wrap("the loss is not finite", 9)).toEqual(["the loss", "is not", "finite"]);
    expect(wrap("see artifacts/weights.png", 10)).toEqual(["see", "artifacts/", "weights.pn", "g"]);
    expect(wrap("", 10)).toEqual([""]);
    expect(wrap("a飛b", 1)).toEqual(["a"]);
  });

  // A word of which each line was measured anew took minutes, and held training up.
  it.each(["x", "é", "e\u0301", "飛", "👩‍🚀"])("takes a word of 300,000 %j", (character) => {
    const width = displayWidth(character);
    const lines = wrap(character.repeat(300_000), 80);
    expect(lines).toHaveLength(Math.ceil((300_000 * width) / 80));
    expect(lines.join("")).toBe(character.repeat(300_000));
  });

  it("loses nothing and fits, whatever the text", () => {
    const text = fc.string({ unit: "grapheme", maxLength: 60 });
    fc.assert(
      fc.property(text, fc.integer({ min: 2, max: 30 }), (given, width) => {
        const lines = wrap(given, width);
        for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(width);
        expect(lines.join("").replaceAll(" ", "")).toBe(given.replaceAll(" ", ""));
      }),
    );
  });
});
