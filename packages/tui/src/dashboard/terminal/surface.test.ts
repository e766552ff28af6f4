import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { plainText, type Row, type Run, rowWidth, run } from "../text/rows.ts";
import { createTheme } from "../text/theme.ts";
import { compose, type PlacedPanel } from "./compose.ts";
import { Surface } from "./surface.ts";
import { cellsOf, XtermScreen } from "./testing/xterm-screen.ts";

const theme = createTheme({ color: "truecolor", ascii: false });

/** Of the characters below. */
const WIDE = ["飛", "行", "🚀"];

const piece: fc.Arbitrary<Run> = fc.record({
  text: fc.string({ unit: fc.constantFrom("a", "B", " ", "│", "⣿", "飛", "é", "🚀"), maxLength: 6 }),
  color: fc.constantFrom("cyan" as const, 0x123456, undefined),
  background: fc.constantFrom("red" as const, undefined, undefined),
  bold: fc.boolean(),
  inverse: fc.boolean(),
});
const rows = fc.array(fc.array(piece, { maxLength: 4 }), { maxLength: 5 });
const panel: fc.Arbitrary<PlacedPanel> = fc.record({
  rect: fc.record({
    left: fc.integer({ min: 0, max: 22 }),
    top: fc.integer({ min: 0, max: 9 }),
    width: fc.integer({ min: 0, max: 24 }),
    height: fc.integer({ min: 0, max: 9 }),
  }),
  layer: fc.integer({ min: 0, max: 2 }),
  rows,
});
const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ key: fc.constantFrom("a", "b", "c"), panel }) },
  { weight: 2, arbitrary: fc.record({ remove: fc.constantFrom("a", "b", "c") }) },
  {
    weight: 1,
    // xterm.js has two columns at least.
    arbitrary: fc.record({ columns: fc.integer({ min: 2, max: 24 }), rows: fc.integer({ min: 1, max: 9 }) }),
  },
);

function open(columns = 20, height = 6) {
  const screen = new XtermScreen(columns, height);
  return { screen, surface: new Surface({ screen, theme }) };
}

function place(text: string, left = 0, top = 0, layer = 0): PlacedPanel {
  return { rect: { left, top, width: text.length, height: 1 }, layer, rows: [[run(text)]] };
}

describe("compose", () => {
  it("fills the screen exactly, whatever the panels", () => {
    fc.assert(
      fc.property(fc.array(panel, { maxLength: 4 }), (panels) => {
        const screen = compose(panels, 20, 6);
        expect(screen.length).toBe(6);
        for (const row of screen) expect(rowWidth(row)).toBe(20);
      }),
    );
  });

  it("lays higher layers over lower ones, and blanks half a character", () => {
    const panels = [place("top", 1, 0, 1), place("飛行 below", 0, 0)];
    expect(compose(panels, 9, 2).map(plainText)).toEqual([" top bel ", "         "]);
  });

  it("keeps track of the column where it covers a picture's first", () => {
    const picture = { pixels: { width: 1, height: 1, rgba: new Uint8ClampedArray(4) }, columns: 4, rows: 1 };
    const shown: Row = [{ text: "    ", picture: { picture, row: 0 } }];
    const panels = [
      { rect: { left: 0, top: 0, width: 4, height: 1 }, layer: 0, rows: [shown] },
      place("x", 1, 0, 1),
    ];
    const places = compose(panels, 4, 1)[0]?.map(({ text, picture: place }) => [text, place?.column ?? 0]);
    expect(places).toEqual([
      [" ", 0],
      ["x", 0],
      ["  ", 2],
    ]);
  });
});

describe("Surface", () => {
  it("shows after each frame what is composed, whatever came before", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        const { screen, surface } = open();
        for (const next of steps) {
          if ("key" in next) surface.place(next.key, next.panel);
          else if ("remove" in next) surface.remove(next.remove);
          else {
            screen.resize(next.columns, next.rows);
            surface.repaint();
          }
          surface.flush();
          const expected = compose(surface.panels(), screen.columns, screen.rows);
          expect(screen.cells()).toEqual(cellsOf(expected, WIDE));
        }
      }),
      { numRuns: 300 },
    );
  });

  it("writes nothing where nothing has changed, also where rows are made anew", () => {
    const { screen, surface } = open();
    surface.place("a", place("the same"));
    surface.flush();
    const { written } = screen;
    surface.place("a", place("the same"));
    surface.flush();
    expect(screen.written).toBe(written);
  });

  it("writes what has changed of a line and no more, between synchronising marks", () => {
    const { screen, surface } = open();
    const line = (value: string): PlacedPanel => ({
      ...place("0123456789"),
      rows: [[run("loss "), run(value), run("!!!")]],
    });
    surface.place("a", line("10"));
    surface.flush();
    screen.written = "";
    surface.place("a", line("11"));
    surface.flush();
    expect(screen.written).toBe("\u001b[?2026h\u001b[1;6H11\u001b[?2026l");
  });

  it("skips frames while the terminal lags, and then shows the newest", () => {
    const { screen, surface } = open();
    screen.lags = true;
    surface.place("a", place("one"));
    surface.flush();
    screen.written = "";
    for (const text of ["two", "six"]) {
      surface.place("a", place(text));
      surface.flush();
    }
    expect(screen.written).toBe("");
    screen.drain();
    expect(screen.written).toContain("six");
    expect(screen.written).not.toContain("two");
  });

  it("draws everything anew after something else has written to the screen", () => {
    const { screen, surface } = open();
    surface.place("a", place("ours", 3, 2));
    surface.flush();
    screen.write("\u001b[1;1Hnot ours");
    surface.repaint();
    surface.flush();
    expect(screen.cells()).toEqual(cellsOf(compose(surface.panels(), 20, 6), WIDE));
  });

  it("leaves nothing of before beside a sign that the terminal shows narrower than most do", () => {
    // A column for a heart, as by Unicode 11; we and others take it for two.
    const screen = new XtermScreen(20, 1);
    const surface = new Surface({ screen, theme });
    surface.place("a", place("before"));
    surface.flush();
    const rect = { left: 0, top: 0, width: 6, height: 1 };
    surface.place("a", { rect, layer: 0, rows: [[run("❤️"), run(" ok")]] });
    surface.flush();
    expect(screen.text()[0]).toBe(`❤️  ok${" ".repeat(15)}`);
  });

  it("takes a terminal that tells no size for one of 80 x 24", () => {
    let written = "";
    const screen = {
      columns: 0,
      rows: 0,
      write(text: string) {
        written += text;
        return true;
      },
      once() {},
    };
    const surface = new Surface({ screen, theme });
    surface.place("a", place("the last cell", 67, 23));
    surface.flush();
    expect(written).toContain("the last cell");
  });

  it("lets no control character through", () => {
    const { screen, surface } = open();
    surface.place("a", place("a\u001b[2Jb\n\u009bc"));
    surface.flush();
    expect(screen.text()[0]).toBe("a [2Jb  c           ");
  });
});
