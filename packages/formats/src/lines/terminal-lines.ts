// From bytes to lines as a terminal would have shown them: UTF-8 or UTF-16, without colours, backspaces applied.
// A carriage return begins a line anew, as progress bars do; what stood there before is told as a state of the line.

export interface LineReceiver {
  /** A line with its end, or what a program drew over it last. */
  line(text: string): void;
  /** What stood in a line before a carriage return. */
  state(text: string): void;
}

/** Of a longer line only the end is kept, so that no line can fill the memory. */
export const LONGEST_LINE = 1 << 24;

const ESCAPE = String.fromCharCode(27);
const BELL = String.fromCharCode(7);
/** CSI sequences, OSC strings up to their end or the next escape, and single ones: each in one pass over the text. */
const CONTROLS = new RegExp(
  `${ESCAPE}(?:\\[[0-?]*[ -/]*[@-~]|\\][^${ESCAPE}${BELL}]*(?:${BELL}|${ESCAPE}\\\\)?|[@-Z\\\\^_])`,
  "g",
);
const BREAK = /[\r\n]/g;

export class TerminalLines {
  private readonly receiver: LineReceiver;
  private decoder: TextDecoder | undefined;
  private firstBytes: Uint8Array = new Uint8Array(0);
  private rest = "";

  constructor(receiver: LineReceiver) {
    this.receiver = receiver;
  }

  push(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    this.take(this.decode(bytes));
  }

  end(): void {
    if (this.decoder === undefined) this.take(this.decoderOf(this.firstBytes).decode(this.firstBytes));
    else this.take(this.decoder.decode());
    const last = this.rest;
    this.rest = "";
    if (last !== "") this.receiver.line(shown(last));
  }

  /** The first two bytes tell UTF-16, which Windows' shells write, from UTF-8. */
  private decode(bytes: Uint8Array): string {
    if (this.decoder !== undefined) return this.decoder.decode(bytes, { stream: true });
    const head = new Uint8Array(this.firstBytes.length + bytes.length);
    head.set(this.firstBytes);
    head.set(bytes, this.firstBytes.length);
    this.firstBytes = head;
    if (head.length < 2) return "";
    this.decoder = this.decoderOf(head);
    return this.decoder.decode(head, { stream: true });
  }

  private decoderOf(head: Uint8Array): TextDecoder {
    if (head[0] === 0xff && head[1] === 0xfe) return new TextDecoder("utf-16le");
    if (head[0] === 0xfe && head[1] === 0xff) return new TextDecoder("utf-16be");
    return new TextDecoder();
  }

  private take(text: string): void {
    let from = 0;
    BREAK.lastIndex = 0;
    for (let found = BREAK.exec(text); found !== null; found = BREAK.exec(text)) {
      const whole = this.rest + text.slice(from, found.index);
      this.rest = "";
      from = found.index + 1;
      if (found[0] === "\n") this.receiver.line(shown(whole));
      else this.receiver.state(shown(whole));
    }
    this.rest += from === 0 ? text : text.slice(from);
    if (this.rest.length > LONGEST_LINE) this.rest = this.rest.slice(-LONGEST_LINE / 2);
  }
}

/** Without colours, and with each backspace taking the character before it away. */
function shown(text: string): string {
  const plain = text.includes("\x1b") ? text.replace(CONTROLS, "") : text;
  if (!plain.includes("\b")) return plain;
  let kept = "";
  for (const part of plain.split(/([\b]+)/)) {
    kept = part.startsWith("\b") ? kept.slice(0, Math.max(0, kept.length - part.length)) : kept + part;
  }
  return kept;
}
