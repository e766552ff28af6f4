// The screen that panels are placed on. It keeps what it has written, and writes only what has changed since.
import { isSimple } from "../../text/width.ts";
import type { Rect } from "../layout.ts";
import { type Row, rowWidth } from "../text/rows.ts";
import type { Theme } from "../theme.ts";
import { composeLine, type Piece, type PlacedPanel, piecesAt } from "./compose.ts";
import { difference, type Segment, splitAtUncertain } from "./difference.ts";
import { createImages } from "./images.ts";
import { ERASE } from "./modes.ts";
import { type Printing, printRow } from "./sgr.ts";

/** What it draws on. */
export interface Screen {
  /** `undefined`, or 0, where the terminal doesn't say. */
  readonly columns: number | undefined;
  readonly rows: number | undefined;
  /** False where the terminal lags behind; `drain` tells that it has caught up. */
  write(text: string): boolean;
  once(event: "drain", listener: () => void): unknown;
}

export interface SurfaceOptions {
  readonly screen: Screen;
  readonly theme: Theme;
  /** Called after each frame with what it cost, in ms: to draw the panels, to compose them and to write. */
  readonly onFrame?: (ms: number) => void;
}

export interface Surface {
  /** Puts a panel on the screen, or another in its place. */
  place(key: string, panel: PlacedPanel): void;
  remove(key: string): void;
  /** Says that panels are being drawn for the next frame, which is when it begins to cost. */
  begin(): void;
  /** The panels as they are placed now, in the order in which they were. */
  panels(): readonly PlacedPanel[];
  /** Colours or signs are others: everything is written anew. */
  setTheme(theme: Theme): void;
  /** Something else has written to the screen, or its size is another: it is erased, and everything written anew. */
  repaint(): void;
  /** Writes what has changed; nothing where nothing has. */
  flush(): void;
  /** Takes back what it has given to the terminal besides text, and writes no more. */
  close(): void;
}

const BEGIN_UPDATE = "\u001b[?2026h";
const END_UPDATE = "\u001b[?2026l";

/** As Ink assumes where a terminal doesn't tell its size. */
const COLUMNS = 80;
const ROWS = 24;

export function createSurface({ screen, theme: firstTheme, onFrame }: SurfaceOptions): Surface {
  const placed = new Map<string, PlacedPanel>();
  const images = createImages();
  let theme = firstTheme;
  let shown: ShownLine[] = [];
  let [columns, rows] = [0, 0];
  let erase = true;
  let begun: number | undefined;
  let scheduled = false;
  let waiting = false;
  let closed = false;

  /** Once, after all that React commits at a time. */
  function schedule(): void {
    if (scheduled) return;
    scheduled = true;
    queueMicrotask(flush);
  }

  function flush(): void {
    scheduled = false;
    // A terminal that lags gets the newest frame when it has caught up, and none of those between.
    if (closed || waiting) return;
    const start = begun ?? costClock();
    begun = undefined;
    const text = frame();
    if (text !== "" && !screen.write(text)) {
      waiting = true;
      screen.once("drain", () => {
        waiting = false;
        flush();
      });
    }
    onFrame?.(costClock() - start);
  }

  function frame(): string {
    resize();
    const sorted = [...placed.values()].sort((a, b) => a.layer - b.layer);
    const kitty = theme.pictures === "kitty";
    const printing: Printing = { theme, picture: kitty ? images.cells : undefined };
    const before = shown;
    shown = Array.from({ length: rows }, (_, y) => nextLine(before[y], piecesAt(sorted, y, columns), columns));
    let text = "";
    shown.forEach((line, y) => {
      const old = before[y];
      if (line === old) return;
      // An erased screen is blank, but its lines may hold anything else.
      const segment = old ? difference(old.line, line.line) : { column: 0, row: line.line };
      if (segment) text += printSegment(segment, y, printing);
    });
    const sent = kitty ? images.update(shown.map(({ line }) => line)) : "";
    text = (erase ? ERASE : "") + sent + text;
    erase = false;
    return text === "" ? "" : BEGIN_UPDATE + text + END_UPDATE;
  }

  function resize(): void {
    const [width, height] = [screen.columns || COLUMNS, screen.rows || ROWS];
    if (width === columns && height === rows) return;
    [columns, rows] = [width, height];
    shown = [];
    erase = true;
  }

  return {
    place(key, panel) {
      const before = placed.get(key);
      if (before && samePanel(before, panel)) return;
      placed.set(key, panel);
      schedule();
    },
    remove(key) {
      if (placed.delete(key)) schedule();
    },
    begin() {
      begun ??= costClock();
    },
    panels: () => [...placed.values()],
    setTheme(next) {
      if (next === theme) return;
      theme = next;
      shown = [];
      schedule();
    },
    repaint() {
      shown = [];
      erase = true;
      schedule();
    },
    flush,
    close() {
      if (closed) return;
      closed = true;
      const text = images.clear();
      if (text !== "") screen.write(text);
    },
  };
}

/** Ms of this thread's own work, where Node.js counts it (from 23.9); of time, others' work included, elsewhere. */
function costClock(): number {
  const usage = process.threadCpuUsage?.();
  return usage ? (usage.user + usage.system) / 1000 : performance.now();
}

/** A line as it was composed, and of what. */
interface ShownLine {
  readonly pieces: readonly Piece[];
  readonly line: Row;
}

/** The same object as before where it is made of the same rows at the same places. */
function nextLine(before: ShownLine | undefined, pieces: readonly Piece[], columns: number): ShownLine {
  if (before && samePieces(before.pieces, pieces)) return before;
  return { pieces, line: composeLine(pieces, columns) };
}

function samePieces(a: readonly Piece[], b: readonly Piece[]): boolean {
  return (
    a.length === b.length &&
    a.every((piece, index) => {
      const other = b[index];
      return piece.row === other?.row && piece.left === other.left && piece.width === other.width;
    })
  );
}

function samePanel(a: PlacedPanel, b: PlacedPanel): boolean {
  return a.rows === b.rows && a.layer === b.layer && sameRect(a.rect, b.rect);
}

export function sameRect(a: Rect, b: Rect): boolean {
  return a.left === b.left && a.top === b.top && a.width === b.width && a.height === b.height;
}

function isCertain(row: Row): boolean {
  return row.every(({ text }) => isSimple(text));
}

function printSegment(segment: Segment, y: number, printing: Printing): string {
  return splitAtUncertain(segment)
    .map(({ column, row }) => {
      // Where the terminal shows less than was reckoned, nothing of before is left in the cells that stay free.
      const erase = isCertain(row) ? "" : `\u001b[${rowWidth(row)}X`;
      return `\u001b[${y + 1};${column + 1}H${erase}${printRow(row, printing)}`;
    })
    .join("");
}
