import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { clean, displayWidth, truncate } from "./width.ts";

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

describe("clean", () => {
  it("makes one printable line of escape sequences, line ends and tabs", () => {
    expect(clean("a\u001b[31mred\u001b[0m\nb\tc\u0007")).toBe("ared b c ");
  });

  it("takes out the signs that turn the direction of writing", () => {
    expect(clean("a\u202eb")).toBe("a b");
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
