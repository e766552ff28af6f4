// A terminal of a few cells, for the tests: it understands what the surface writes and fails on anything else.
import { displayWidth } from "../../../text/width.ts";
import type { Row } from "../../text/rows.ts";
import type { Theme } from "../../text/theme.ts";
import { ESC } from "../modes.ts";
import { styleParameters } from "../sgr.ts";

interface Cell {
  readonly text: string;
  /** Parameters that are on, sorted; blanks have none but those that are seen on them. */
  readonly style: string;
}

const BLANK: Cell = { text: " ", style: "" };
const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" });
const CONTROL = new RegExp(`^${ESC}\\[(\\??)([\\d;]*)([A-Za-z])`);

export class Emulator {
  columns: number;
  rows: number;
  written = "";
  /** Whether it says that it has more to do than it can. */
  lags = false;
  #lines: Cell[][] = [];
  readonly #widthOf: (grapheme: string) => number;
  #listeners: (() => void)[] = [];

  constructor(columns: number, rows: number, widthOf: (grapheme: string) => number = displayWidth) {
    this.#widthOf = widthOf;
    this.columns = columns;
    this.rows = rows;
    this.resize(columns, rows);
  }

  /** What was shown is in disorder afterwards, as in many real ones. */
  resize(columns: number, rows: number): void {
    this.columns = columns;
    this.rows = rows;
    this.#lines = Array.from({ length: rows }, () =>
      Array.from({ length: columns }, () => ({ text: "#", style: "" })),
    );
  }

  once(_: "drain", listener: () => void): void {
    this.#listeners.push(listener);
  }

  drain(): void {
    this.lags = false;
    for (const listener of this.#listeners.splice(0)) listener();
  }

  write(text: string): boolean {
    this.written += text;
    let [x, y, style] = [0, 0, ""];
    for (let rest = text; rest !== ""; ) {
      const control = CONTROL.exec(rest);
      if (control) {
        const [whole, , parameters = "", final] = control;
        if (final === "H")
          [y = 0, x = 0] = `${parameters || "1;1"}`.split(";").map((digits) => Number(digits) - 1);
        else if (final === "m") style = parameters.replace(/^0;?/, "");
        else if (final === "J") this.#erase(x, y);
        else if (final === "X")
          for (let cell = 0; cell < Number(parameters); cell++) this.#put(x + cell, y, " ", "");
        else if (final !== "h" && final !== "l") throw new Error(`unknown sequence ${JSON.stringify(whole)}`);
        rest = rest.slice(whole.length);
        continue;
      }
      const [first] = graphemes.segment(rest);
      const { segment } = first ?? { segment: rest };
      if (segment < " ") throw new Error(`control character ${JSON.stringify(segment)}`);
      this.#put(x, y, segment, style);
      x += this.#widthOf(segment);
      rest = rest.slice(segment.length);
    }
    return !this.lags;
  }

  cells(): readonly (readonly Cell[])[] {
    return this.#lines;
  }

  text(): string[] {
    return this.#lines.map((line) => line.map(({ text }) => text).join(""));
  }

  /** What the rows look like on it, cell by cell. */
  cellsOf(rows: readonly Row[], theme: Theme): Cell[][] {
    return rows.map((row) =>
      row.flatMap((piece) => {
        const style = styleParameters(piece, theme).join(";");
        return [...graphemes.segment(piece.text)].flatMap(({ segment }) => cellsFor(segment, style));
      }),
    );
  }

  #erase(x: number, y: number): void {
    if (x !== 0 || y !== 0) throw new Error("erases from the middle");
    this.#lines = this.#lines.map((line) => line.map(() => BLANK));
  }

  #put(x: number, y: number, text: string, style: string): void {
    const cells = cellsFor(text, style, this.#widthOf(text));
    if (y >= this.rows || x + cells.length > this.columns)
      throw new Error(`writes ${text} outside, at ${x}, ${y}`);
    this.#lines[y]?.splice(x, cells.length, ...cells);
  }
}

/** A wide character has a second, empty cell; a blank shows of its style only what fills it. */
function cellsFor(text: string, given: string, width = displayWidth(text)): Cell[] {
  const style =
    text === " "
      ? given
          .split(";")
          .filter((parameter) => isSeenOnBlank(parameter, given))
          .join(";")
      : given;
  return width === 2
    ? [
        { text, style },
        { text: "", style },
      ]
    : [{ text, style }];
}

function isSeenOnBlank(parameter: string, all: string): boolean {
  const inverse = all.split(";").includes("7");
  return inverse || /^4/.test(parameter);
}
