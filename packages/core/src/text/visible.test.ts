import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { visible, visibleLines } from "./visible.ts";

/** What a terminal acts on, what reorders a line, what begins one, and what can't be written as UTF-8. */
const UNSAFE = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}\p{Surrogate}]/u;

describe("visible", () => {
  it.each([
    ["text as it is", "λ = 0.1, zwölf, 猫, 🐈, -0.5"],
    ["emoji and scripts that are joined", "👩‍🚀 می‌خواهم"],
  ])("%s stays", (_, text) => {
    expect(visible(text)).toBe(text);
  });

  it.each([
    ["colours", "a\u001b[31mred\u001b[0m", "ared"],
    ["colours with their parts", "\u001b[1;38;2;1;2;3mbold\u001b[0m \u001b[4:3mcurly\u001b[m", "bold curly"],
    ["colours, in 8 bits", "a\u009b31mred", "ared"],
    ["a title (OSC 0)", "x\u001b]0;own\u0007y", "xy"],
    ["the clipboard (OSC 52)", "x\u001b]52;c;cm0gLXJm\u001b\\y", "xy"],
    ["an OSC in 8 bits", "x\u009d0;own\u009cy", "xy"],
    ["a device string", "x\u001bP1;2qdata\u001b\\y", "xy"],
    ["a reset", "x\u001bcy", "xy"],
    ["a character set", "x\u001b(0y", "xy"],
    ["a string without an end keeps its text", "x\u001b]0;own", "x0;own"],
    ["sequences within sequences", "\u001b\u001b[0m[31mred", " [31mred"],
    ["line ends and tabs", "a\r\nb\tc\u0085d\u2028e", "a b c d e"],
    ["bells and backspaces", "abc\b\b\u0007", "abc "],
    ["marks of direction", "abc\u202egnp.\u202c\u200f", "abcgnp."],
    ["what is not seen", "pa\u200bss\ufeff\u{e0041}\u00ad", "pass"],
    ["half a character", "a\ud800b", "a\ufffdb"],
  ])("%s: %j", (_, text, shown) => {
    expect(visible(text)).toBe(shown);
  });

  it("whatever the text: nothing a terminal acts on, no other line, and the same again", () => {
    const piece = fc.oneof(
      fc.constantFrom(
        "\u001b",
        "\u001b]",
        "\u001b[",
        "\u009b",
        "\u009d",
        "\u009c",
        "\u0007",
        "\u001b\\",
        "8;;",
        "31m",
      ),
      fc.string({ unit: "binary", maxLength: 4 }),
      fc.constantFrom("\ud83d", "\udc08", "\u202e", "\u2029", "\n", "text"),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const shown = visible(pieces.join(""));
        expect(shown).not.toMatch(UNSAFE);
        expect(visible(shown)).toBe(shown);
      }),
      { numRuns: 2000 },
    );
  });

  // Each takes minutes where what is read once is read again.
  it.each(["\u001b]8;;", "\u001b[1;", "\u009d", "\u001b", "\u001bP;", "\u001b[ ", "\u202e", "\n"])(
    "a million characters of %j",
    (piece) => {
      expect(visible(piece.repeat(1_000_000 / piece.length))).not.toMatch(UNSAFE);
    },
  );
});

it("of many lines each is made safe, and stays a line", () => {
  expect(visibleLines("a\u001b[31m\nb\tc\r\n\nλ")).toBe("a\nb c \n\nλ");
});
