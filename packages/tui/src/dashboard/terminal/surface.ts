// The screen that panels are placed on. It keeps what it has written, and writes only what has changed since.
import { isSimple } from "../../text/width.ts";
import type { Rect } from "../text/layout.ts";
import { type Row, rowWidth } from "../text/rows.ts";
import type { Theme } from "../text/theme.ts";
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

const BEGIN_UPDATE = "\u001b[?2026h";
const END_UPDATE = "\u001b[?2026l";

/** As Ink assumes where a terminal doesn't tell its size. */
const COLUMNS = 80;
const ROWS = 24;

export class Surface {
  private readonly screen: Screen;
  private readonly onFrame: (ms: number) => void;
  private readonly placed = new Map<string, PlacedPanel>();
  private readonly images = createImages();
  private theme: Theme;
  private shown: ShownLine[] = [];
  private columns = 0;
  private rows = 0;
  private erase = true;
  /** When drawing for the next frame began. */
  private begun: number | undefined;
  private isScheduled = false;
  /** The terminal has not caught up yet. */
  private isWaiting = false;
  private isClosed = false;

  constructor({ screen, theme, onFrame = () => {} }: SurfaceOptions) {
    this.screen = screen;
    this.theme = theme;
    this.onFrame = onFrame;
  }

  /** Puts a panel on the screen, or another in its place. */
  place(key: string, panel: PlacedPanel): void {
    const before = this.placed.get(key);
    if (before && samePanel(before, panel)) return;
    this.placed.set(key, panel);
    this.schedule();
  }

  remove(key: string): void {
    if (this.placed.delete(key)) this.schedule();
  }

  /** Says that panels are being drawn for the next frame, which is when it begins to cost. */
  begin(): void {
    this.begun ??= costClock();
  }

  /** The panels as they are placed now, in the order in which they were. */
  panels(): readonly PlacedPanel[] {
    return [...this.placed.values()];
  }

  /** Colours or signs are others: everything is written anew. */
  setTheme(next: Theme): void {
    if (next === this.theme) return;
    this.theme = next;
    this.shown = [];
    this.schedule();
  }

  /** Something else has written to the screen, or its size is another: it is erased, and everything written anew. */
  repaint(): void {
    this.shown = [];
    this.erase = true;
    this.schedule();
  }

  /** Writes what has changed; nothing where nothing has. */
  flush(): void {
    this.isScheduled = false;
    // A terminal that lags gets the newest frame when it has caught up, and none of those between.
    if (this.isClosed || this.isWaiting) return;
    const start = this.begun ?? costClock();
    this.begun = undefined;
    const text = this.frame();
    if (text !== "" && !this.screen.write(text)) {
      this.isWaiting = true;
      this.screen.once("drain", () => {
        this.isWaiting = false;
        this.flush();
      });
    }
    this.onFrame(costClock() - start);
  }

  /** Takes back what it has given to the terminal besides text, and writes no more. */
  close(): void {
    if (this.isClosed) return;
    this.isClosed = true;
    const text = this.images.clear();
    if (text !== "") this.screen.write(text);
  }

  /** Once, after all that React commits at a time. */
  private schedule(): void {
    if (this.isScheduled) return;
    this.isScheduled = true;
    queueMicrotask(() => this.flush());
  }

  private frame(): string {
    this.resize();
    const kitty = this.theme.pictures === "kitty";
    const printing: Printing = { theme: this.theme, picture: kitty ? this.images.cells : undefined };
    const before = this.shown;
    this.shown = this.compose(before);
    const changes = this.shown.map((line, y) => printChange(before[y], line, y, printing)).join("");
    const sent = kitty ? this.images.update(this.shown.map(({ line }) => line)) : "";
    const text = (this.erase ? ERASE : "") + sent + changes;
    this.erase = false;
    return text === "" ? "" : BEGIN_UPDATE + text + END_UPDATE;
  }

  private resize(): void {
    const [columns, rows] = [this.screen.columns || COLUMNS, this.screen.rows || ROWS];
    if (columns === this.columns && rows === this.rows) return;
    this.columns = columns;
    this.rows = rows;
    this.shown = [];
    this.erase = true;
  }

  private compose(before: readonly ShownLine[]): ShownLine[] {
    const { rows, columns } = this;
    const sorted = this.panels().toSorted((a, b) => a.layer - b.layer);
    return Array.from({ length: rows }, (_, y) => nextLine(before[y], piecesAt(sorted, y, columns), columns));
  }
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

/** What turns a line of the screen into the next; an erased screen is blank, but its lines may hold anything else. */
function printChange(before: ShownLine | undefined, next: ShownLine, y: number, printing: Printing): string {
  if (next === before) return "";
  const segment = before ? difference(before.line, next.line) : { column: 0, row: next.line };
  return segment ? printSegment(segment, y, printing) : "";
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
