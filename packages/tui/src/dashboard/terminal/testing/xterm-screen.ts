// A terminal for the tests that knows nothing of what it tests: xterm.js, without a window.
import { Unicode11Addon } from "@xterm/addon-unicode11";
import xterm, { type IBufferCell } from "@xterm/headless";
import type { Color, Paint, Row } from "../../text/rows.ts";

/** A cell as it is seen. */
export interface Cell {
  /** Empty where a wide character before it takes this column, too. */
  readonly text: string;
  readonly color: string;
  readonly background: string;
  /** Those of bold, dim and inverse that are on. */
  readonly look: string;
}

/** Writes at once; what xterm.js offers publicly waits for a timer, and the tests fake those. */
interface Core {
  writeSync(text: string): void;
}

/** The screen that programs draw on: without scrolled lines, and nothing is wrapped anew when the size changes. */
const ENTER = "\u001b[?1049h";
/** Fills a screen with the letter E, whatever was on it (DECALN). */
const FILL = "\u001b#8";
const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" });

export class XtermScreen {
  written = "";
  /** Whether it says that it has more to do than it can. */
  lags = false;
  readonly #terminal: InstanceType<typeof xterm.Terminal>;
  #listeners: (() => void)[] = [];

  constructor(columns: number, rows: number) {
    this.#terminal = new xterm.Terminal({
      cols: columns,
      rows,
      scrollback: 0,
      allowProposedApi: true,
      logLevel: "off",
    });
    this.#terminal.loadAddon(new Unicode11Addon());
    this.#terminal.unicode.activeVersion = "11";
    this.#put(ENTER + FILL);
  }

  get columns(): number {
    return this.#terminal.cols;
  }

  get rows(): number {
    return this.#terminal.rows;
  }

  /** What was shown is in disorder afterwards, as in many real ones. */
  resize(columns: number, rows: number): void {
    this.#terminal.resize(columns, rows);
    this.#put(FILL);
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
    this.#put(text);
    return !this.lags;
  }

  cells(): readonly (readonly Cell[])[] {
    const { active } = this.#terminal.buffer;
    return Array.from({ length: this.rows }, (_, y) => {
      const line = active.getLine(y);
      return Array.from({ length: this.columns }, (_, x) => seen(line?.getCell(x)));
    });
  }

  text(): string[] {
    return this.cells().map((line) => line.map(({ text }) => text).join(""));
  }

  #put(text: string): void {
    (this.#terminal as unknown as { readonly _core: Core })._core.writeSync(text);
  }
}

function seen(cell: IBufferCell | undefined): Cell {
  if (cell === undefined) throw new Error("no such cell");
  const color = paintOf(cell.isFgRGB(), cell.isFgPalette(), cell.getFgColor());
  const background = paintOf(cell.isBgRGB(), cell.isBgPalette(), cell.getBgColor());
  const text = cell.getWidth() === 0 ? "" : cell.getChars() || " ";
  return visibly({ text, color, background, look: look(cell.isBold(), cell.isDim(), cell.isInverse()) });
}

function paintOf(isRgb: boolean, isPalette: boolean, value: number): string {
  if (isRgb) return `#${value.toString(16).padStart(6, "0")}`;
  return isPalette ? String(value) : "";
}

function look(bold: unknown, dim: unknown, inverse: unknown): string {
  return [bold && "bold", dim && "dim", inverse && "inverse"].filter(Boolean).join(" ");
}

/** A blank shows of its style only what fills it. */
function visibly(cell: Cell): Cell {
  if (cell.text !== " " || cell.look.includes("inverse")) return cell;
  return { ...cell, color: "", look: "" };
}

/** ECMA-48's order. */
const PALETTE: Readonly<Record<Color, string>> = {
  red: "1",
  green: "2",
  yellow: "3",
  blue: "4",
  magenta: "5",
  cyan: "6",
};

/** What rows look like on a dark terminal of all colours; `wide`: the graphemes that take two columns. */
export function cellsOf(rows: readonly Row[], wide: readonly string[]): Cell[][] {
  return rows.map((row) =>
    row.flatMap((piece) =>
      [...graphemes.segment(piece.text)].flatMap(({ segment }) => {
        const cell = visibly({
          text: segment,
          color: nameOf(piece.color),
          background: nameOf(piece.background),
          look: look(piece.bold, piece.dim, piece.inverse),
        });
        return wide.includes(segment) ? [cell, { ...cell, text: "" }] : [cell];
      }),
    ),
  );
}

function nameOf(paint: Paint | undefined): string {
  if (paint === undefined) return "";
  return typeof paint === "number" ? `#${paint.toString(16).padStart(6, "0")}` : PALETTE[paint];
}
