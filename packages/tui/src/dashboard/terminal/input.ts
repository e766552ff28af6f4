// What a terminal sends, taken apart: the mouse and answers to queries on one side, keys on the other. An answer may
// come in pieces; none of it is ever taken for keys. Keys themselves are left to Ink.

export interface MouseEvent {
  readonly kind: "mouse";
  readonly action: "press" | "release" | "wheel-up" | "wheel-down";
  /** Cell, from 0. */
  readonly column: number;
  readonly row: number;
  /** 0 left, 1 middle, 2 right. */
  readonly button: number;
}

export type TerminalEvent =
  | MouseEvent
  | { readonly kind: "background"; readonly light: boolean }
  /** Whether it shows pictures by kitty's protocol. */
  | { readonly kind: "kitty"; readonly ok: boolean }
  /** The last of its answers: all that it was asked before are answered, or never will be. */
  | { readonly kind: "attributes" };

export interface Input {
  /** Whole keys, as they came. */
  readonly keys: string;
  readonly events: readonly TerminalEvent[];
}

export interface Splitter {
  push(chunk: string): Input;
  /** After nothing has come for a while: what to make of the beginning of a sequence. */
  expire(): Input;
  /** How long to wait until then, in ms; `undefined` where nothing is held back. */
  readonly patience: number | undefined;
}

const ESC = "\u001b";
/** Esc by itself is a key, which isn't to wait long; anything longer is a sequence that comes in pieces. */
const ESCAPE_MS = 10;
const SEQUENCE_MS = 500;
/** For the rest of a sequence whose Esc was taken for the key, and for what looks like its beginning. */
const LATE_MS = 200;
const BRACKET_MS = 50;

const BELL = "\u0007";
const STRING_END = "\u009c";

// Sequences without the Esc they begin with.

/** Shift and an editing key in rxvt end in `$`; the Linux console's function keys have a second bracket. */
const CSI = /^\[(?:[235678]\$|(?!M)\[?[0-?]*[ -/]*[@-~])/;
const OLD_MOUSE = /^\[M(.)(.)(.)/su;
/** An answer as text, up to whatever ends it. */
const STRING = /^(?:\]\d+;|_G)\P{Cc}*/u;
/** What may yet become one of them. */
const BEGINNING = /^(?:|\[\[?[0-?]*[ -/]*|\[M.{0,2}|\]\d*|_)$/su;
/** How one goes on whose Esc came long before. */
const TAIL = /^(?:\[(?:[<?M\dA-Z]|$)|\](?:\d|$)|_(?:G|$))/;

export function createSplitter(): Splitter {
  let held = "";
  /** Esc was taken for the key a moment ago. */
  let afterEscape = false;
  /** What is held may be a key after all. */
  let late = false;

  function take(text: string): Input {
    let rest = text;
    let keys = "";
    const events: TerminalEvent[] = [];
    while (rest !== "") {
      const start = rest.indexOf(ESC);
      if (start !== 0) {
        keys += start === -1 ? rest : rest.slice(0, start);
        rest = start === -1 ? "" : rest.slice(start);
        continue;
      }
      const sequence = sequenceOf(rest.slice(1));
      if (sequence === undefined) break;
      const event = eventOf(sequence);
      if (event) events.push(event);
      else if (isKey(sequence)) keys += ESC + sequence;
      rest = rest.slice(1 + sequence.length);
    }
    held = rest;
    return { keys, events };
  }

  return {
    push(chunk) {
      late = (afterEscape && TAIL.test(chunk)) || (late && held !== "");
      const before = held === "" && late ? ESC : held;
      afterEscape = false;
      return take(before + chunk);
    },
    expire() {
      const keys = held === ESC ? ESC : late && held.length === 2 ? held.slice(1) : "";
      afterEscape = held === ESC;
      held = "";
      late = false;
      return { keys, events: [] };
    },
    get patience() {
      if (held === "") return afterEscape ? LATE_MS : undefined;
      if (held === ESC) return ESCAPE_MS;
      return late && held.length === 2 ? BRACKET_MS : SEQUENCE_MS;
    },
  };
}

/** What follows an Esc and belongs to it; `undefined` where its end has not come yet. */
function sequenceOf(text: string): string | undefined {
  const body = STRING.exec(text)?.[0];
  if (body !== undefined) {
    const end = text.slice(body.length);
    if (end === "" || end === ESC) return undefined;
    if (end.startsWith(`${ESC}\\`)) return text.slice(0, body.length + 2);
    // Another sequence breaks it off.
    return end.startsWith(BELL) || end.startsWith(STRING_END) ? text.slice(0, body.length + 1) : body;
  }
  if (BEGINNING.test(text)) return undefined;
  const sequence = (OLD_MOUSE.exec(text) ?? CSI.exec(text))?.[0];
  if (sequence !== undefined) return sequence;
  // A key with Alt, or Esc before another sequence.
  return text.startsWith(ESC) ? "" : String.fromCodePoint(text.codePointAt(0) ?? 0);
}

/** Answers to queries begin with a private sign or are strings; they mean nothing as keys. */
function isKey(sequence: string): boolean {
  return !/^(?:\[[<>=?M]|\]\d+;|_G)/.test(sequence);
}

function eventOf(sequence: string): TerminalEvent | undefined {
  const sgr = /^\[<(\d+);(\d+);(\d+)([Mm])$/.exec(sequence);
  if (sgr) return mouseEvent(Number(sgr[1]), Number(sgr[2]), Number(sgr[3]), sgr[4] === "m");
  const old = OLD_MOUSE.exec(sequence);
  if (old) {
    const [code = 0, column = 0, row = 0] = old.slice(1).map((sign) => (sign.codePointAt(0) ?? 32) - 32);
    return mouseEvent(code, column, row, (code & 3) === 3 && code < 64);
  }
  const background = /^\]11;rgba?:([\da-f]+)\/([\da-f]+)\/([\da-f]+)/i.exec(sequence);
  if (background) return { kind: "background", light: isLight(background.slice(1)) };
  if (/^\[\?[\d;]*c$/.test(sequence)) return { kind: "attributes" };
  const kitty = /^_G[^;]*;(\P{Cc}*)/u.exec(sequence);
  return kitty ? { kind: "kitty", ok: kitty[1] === "OK" } : undefined;
}

/** Numbers as xterm sends them: two bits of the button, 32 for a movement, 64 for the wheel; cells from 1. */
function mouseEvent(code: number, x: number, y: number, released: boolean): MouseEvent | undefined {
  const button = code & 3;
  const wheel = (code & 64) !== 0;
  if ((code & 32) !== 0 || (wheel && button > 1) || code >= 128) return undefined;
  // Too far to the right or below for a sign to tell (beyond 223), so it is anywhere.
  if (x < 1 || y < 1) return undefined;
  const action = wheel ? (button === 0 ? "wheel-up" : "wheel-down") : released ? "release" : "press";
  return { kind: "mouse", action, column: x - 1, row: y - 1, button };
}

/** Hexadecimal channels of 1 to 4 digits each; relative luminance (ITU-R BT.709) above a half. */
function isLight(channels: readonly string[]): boolean {
  const [red = 0, green = 0, blue = 0] = channels.map(
    (digits) => Number.parseInt(digits, 16) / (16 ** digits.length - 1),
  );
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.5;
}
