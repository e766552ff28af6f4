// A terminal for random tests: input comes in any pieces, its size changes, what is written to it is put on an emulated
// screen, and it knows which of its modes are on.
import { Emulator } from "../terminal/testing/emulator.ts";
import { FakeTerminal } from "./fake-terminal.ts";

const ESC = "\u001b";
const MODES = new RegExp(`${ESC}\\[\\?(\\d+)([hl])`, "g");
/** What the terminal is asked of itself; an emulated one shows nothing of it. */
const QUERIES = new RegExp(`${ESC}\\][^${ESC}]*${ESC}\\\\|${ESC}\\[c`, "g");
/** The cursor and wrapping: on in any terminal from the start. */
export const FIRST_MODES = ["25", "7"] as const;

export class RandomTerminal extends FakeTerminal {
  readonly depth: number;
  /** What was written where it can't be shown. */
  readonly complaints: string[] = [];
  /** Those that are on. */
  readonly modes = new Set<string>(FIRST_MODES);
  readonly #screen = new Emulator(80, 24);

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
    try {
      this.#screen.write(text.replace(QUERIES, ""));
    } catch (thrown) {
      this.complaints.push(String(thrown));
    }
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
