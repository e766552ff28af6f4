// What a command prints: on stdout what was asked for, on stderr what else is to be said. Names and messages come from
// outside, so each line is made visible here, and a line break within one makes no second line.
import { visible, visibleLines } from "@trainscope/core/text";
import { jsonText } from "./json-text.ts";

/** Prints lines on stdout, in one write. */
export type Print = (...lines: readonly string[]) => void;

/** Prints lines to stdout, each made safe for a terminal. */
export const print: Print = (...lines) => {
  if (lines.length > 0) process.stdout.write(textOf(lines));
};

/** What would be a file's content, in place of the file; text in UTF-8. */
export function printContent(piece: Uint8Array | string): void {
  process.stdout.write(visibleLines(typeof piece === "string" ? piece : new TextDecoder().decode(piece)));
}

/** Prints a value to stdout as JSON. */
export function printJson(value: unknown, indent?: number): void {
  process.stdout.write(`${jsonText(value, indent)}\n`);
}

/** Says a line on stderr, and others below it. A dashboard that has the screen shows them in its log. */
export function tell(line: string, ...below: readonly string[]): void {
  process.stderr.write(textOf([`trainscope: ${line}`, ...below]));
}

function textOf(lines: readonly string[]): string {
  return lines.map((line) => `${visible(line)}\n`).join("");
}
