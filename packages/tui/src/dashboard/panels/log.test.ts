import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { appendLine, type LogLine } from "../model/log.ts";
import { plainText } from "../text/rows.ts";
import { createTheme } from "../text/theme.ts";
import { logRows, wrappedLength, wrappedRows } from "./log.ts";

const theme = createTheme({ color: true, ascii: false });

function logOf(...texts: readonly string[]): readonly LogLine[] {
  const said = (text: string) => ({ severity: "info", text }) as const;
  return texts.reduce<readonly LogLine[]>((log, text) => appendLine(log, 0, said(text)), []);
}

/** Without the clock and the sign. */
function words(rows: ReturnType<typeof logRows>): readonly string[] {
  return rows.map((row) => plainText(row).slice(11));
}

describe("logRows", () => {
  it("has the newest lines, and how often the same was said", () => {
    const log = logOf("first", "second", "again", "again");
    expect(words(logRows(log, 2, theme))).toEqual(["second", "again ×2"]);
  });
});

describe("wrappedRows", () => {
  const log = logOf("first", "a line that is too long", "again", "again");

  it("goes on below where a line is too long, and ends as many rows above the newest as it is told", () => {
    expect(words(wrappedRows(log, 0, 21, 10, theme))).toEqual([
      "first",
      "a line",
      "that is",
      "too long",
      "again ×2",
    ]);
    expect(words(wrappedRows(log, 2, 21, 2, theme))).toEqual(["a line", "that is"]);
  });

  it("shows each row of the log exactly once, wherever it is cut in two", () => {
    const texts = fc.uniqueArray(fc.lorem({ maxCount: 20 }), { maxLength: 8 });
    fc.assert(
      fc.property(texts, fc.integer({ min: 25, max: 60 }), fc.nat(30), (given, width, cut) => {
        const some = logOf(...given);
        const all = wrappedLength(some, width);
        const below = Math.min(cut, all);
        const whole = words(wrappedRows(some, 0, width, all, theme));
        expect(whole.length).toBe(all);
        const [above, rest] = [
          all > below ? words(wrappedRows(some, below, width, all - below, theme)) : [],
          below > 0 ? words(wrappedRows(some, 0, width, below, theme)) : [],
        ];
        expect([...above, ...rest]).toEqual(whole);
      }),
    );
  });
});
