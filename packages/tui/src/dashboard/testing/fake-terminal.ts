// A terminal for the tests, of 80 x 24, which keeps what is written to it, sends what it is told to, and says what it
// is when it is asked.
import { EventEmitter } from "node:events";

export const ENTER_SCREEN = "\u001b[?1049h";
const LEAVE_SCREEN = "\u001b[?1049l";
const SHOW_CURSOR = "\u001b[?25h";
const QUERY_ATTRIBUTES = "\u001b[c";

export class FakeTerminal extends EventEmitter {
  readonly isTTY = true;
  readonly columns = 80;
  readonly rows = 24;
  readonly writable = true;
  written = "";
  raw = false;
  /** Whether it says what it is. */
  answers = true;
  readonly #sent: string[] = [];

  /** It shows the normal screen with a cursor, and keys come line by line, as before. */
  get isRestored(): boolean {
    const left = this.written.lastIndexOf(LEAVE_SCREEN);
    const entered = this.written.lastIndexOf(ENTER_SCREEN);
    return left > entered && this.written.slice(left).includes(SHOW_CURSOR) && !this.raw;
  }

  hasColors(): boolean {
    return false;
  }

  write(text: string, done?: () => void): boolean {
    this.written += text;
    if (this.answers && text.includes(QUERY_ATTRIBUTES)) setImmediate(() => this.send("\u001b[?62;22c"));
    done?.();
    return true;
  }

  setRawMode(raw: boolean): this {
    this.raw = raw;
    return this;
  }

  /** As if it were typed. */
  send(text: string): void {
    this.#sent.push(text);
    this.emit("readable");
  }

  read(): string | null {
    return this.#sent.shift() ?? null;
  }

  setEncoding(): void {}
  ref(): void {}
  unref(): void {}
  resume(): void {}
  pause(): void {}
}
