// A terminal for random tests: input comes in any pieces, its size changes, what is written to it is put on the screen of
// xterm.js, and it knows which of its modes are on.
import { XtermScreen } from "../terminal/testing/xterm-screen.ts";
import { FakeTerminal } from "./fake-terminal.ts";

const ESC = "\u001b";
const MODES = new RegExp(`${ESC}\\[\\?(\\d+)([hl])`, "g");
/** What a dashboard writes beside text: queries of what the terminal is, modes, places, styles, blanks. */
const KNOWN = new RegExp(`${ESC}\\][^${ESC}]*${ESC}\\\\|${ESC}\\[(?:c|\\??[\\d;]*[HJXhlm])`, "g");
const PLACES = new RegExp(`${ESC}\\[(\\d+);(\\d+)H`, "g");
/** The cursor and wrapping: on in any terminal from the start. */
export const FIRST_MODES = ["25", "7"] as const;

export class RandomTerminal extends FakeTerminal {
  readonly depth: number;
  /** What was written where it can't be shown. */
  readonly complaints: string[] = [];
  /** Those that are on. */
  readonly modes = new Set<string>(FIRST_MODES);
  readonly #screen = new XtermScreen(80, 24);

  constructor(depth: number) {
    super();
    this.depth = depth;
    // Fields of the terminal that it extends, which never change their size.
    Object.defineProperty(this, "columns", { get: () => this.#screen.columns });
    Object.defineProperty(this, "rows", { get: () => this.#screen.rows });
  }

  override hasColors(): boolean {
    return this.depth > 1;
  }

  getColorDepth(): number {
    return this.depth;
  }

  override write(text: string, done?: () => void): boolean {
    for (const [, mode = "", sign] of text.matchAll(MODES)) {
      if (sign === "h") this.modes.add(mode);
      else this.modes.delete(mode);
    }
    if (/\p{Cc}/u.test(text.replace(KNOWN, ""))) this.complaints.push(`unknown: ${JSON.stringify(text)}`);
    for (const [place, row, column] of text.matchAll(PLACES)) {
      if (Number(row) > this.rows || Number(column) > this.columns) this.complaints.push(`outside: ${place}`);
    }
    this.#screen.write(text);
    return super.write(text, done);
  }

  screen(): string {
    return this.#screen.text().join("\n");
  }

  resize(columns: number, rows: number): void {
    this.#screen.resize(columns, rows);
    this.emit("resize");
  }
}
