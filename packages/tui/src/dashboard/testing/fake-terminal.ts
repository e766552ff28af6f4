// A terminal for the tests, of 80 x 24, which keeps what is written to it.
import { EventEmitter } from "node:events";

export const ENTER_SCREEN = "\u001b[?1049h";
const LEAVE_SCREEN = "\u001b[?1049l";
const SHOW_CURSOR = "\u001b[?25h";

export class FakeTerminal extends EventEmitter {
  readonly isTTY = true;
  readonly columns = 80;
  readonly rows = 24;
  readonly writable = true;
  written = "";
  raw = false;

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
    done?.();
    return true;
  }

  setRawMode(raw: boolean): this {
    this.raw = raw;
    return this;
  }

  read(): null {
    return null;
  }

  setEncoding(): void {}
  ref(): void {}
  unref(): void {}
  resume(): void {}
  pause(): void {}
}
