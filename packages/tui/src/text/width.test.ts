import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { displayWidth, sliceColumns, truncate } from "./width.ts";

describe("displayWidth", () => {
  it.each([
    ["", 0],
    ["plain", 5],
    ["╭─ λ ─╮", 7],
    ["⠑⢄⡀", 3],
    ["飛行機", 6],
    ["🚀", 2],
    ["👩‍🚀", 2],
    ["e\u0301", 1],
  ])("%j takes %i columns", (text, width) => {
    expect(displayWidth(text)).toBe(width);
  });
});

describe("displayWidth of simple characters", () => {
  it("is what their graphemes add up to", () => {
    for (let unit = 0x20; unit < 0x2900; unit++) {
      const text = String.fromCharCode(unit);
      if (/\p{Cc}/u.test(text)) continue;
      // Behind a control character, which takes a column here, each grapheme is measured by itself.
      expect([text, displayWidth(text)]).toEqual([text, displayWidth(`\u0001${text}`) - 1]);
    }
  });
});

describe("sliceColumns", () => {
  it("gives exactly the columns asked for, also where it cuts a wide character in half", () => {
    expect(sliceColumns("a飛行b", 2, 4)).toBe("  ");
    expect(sliceColumns("a飛行b", 1, 4)).toBe("飛 ");
    expect(sliceColumns("plain", 1, 3)).toBe("la");
    const text = fc.string({ unit: fc.constantFrom("a", "é", "飛", "🚀", "e\u0301", "─") });
    fc.assert(
      fc.property(text, fc.nat(20), fc.nat(20), (given, from, length) => {
        const kept = Math.max(0, Math.min(displayWidth(given), from + length) - from);
        expect(displayWidth(sliceColumns(given, from, from + length))).toBe(kept);
      }),
    );
  });
});

describe("truncate", () => {
  it("never gives more columns than asked for", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.nat(20), (text, width) => {
        expect(displayWidth(truncate(text, width))).toBeLessThanOrEqual(width);
      }),
    );
  });

  it("says with an ellipsis that something is missing, and leaves alone what fits", () => {
    expect(truncate("validation", 6)).toBe("valid…");
    expect(truncate("validation", 10)).toBe("validation");
    expect(truncate("飛行機", 4)).toBe("飛…");
  });
});
