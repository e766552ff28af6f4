// Text from outside, made safe to show on a terminal and in a document: what is left is seen, and stands in its order.

const ESC = "\u001b";
/** Each with its introducer in 7 and in 8 bits. */
const CSI = `(?:${ESC}\\[|\u009b)[0-?]*[ -/]*[@-~]`;
/** OSC, DCS, SOS, PM and APC, with all they hold, up to their end. */
const CONTROL_STRING = `(?:${ESC}[\\]PX^_]|[\u0090\u0098\u009d-\u009f])[^\\p{Cc}]*(?:\u0007|${ESC}\\\\|\u009c)`;
const ESCAPE = `${ESC}[ -/]*[0-~]`;

/** The control sequences of ECMA-48. No part of one can begin another, so none is read twice. */
const SEQUENCE = new RegExp(`${CSI}|${CONTROL_STRING}|${ESCAPE}`, "gu");

/**
 * What takes no column and changes what is around it, or hides: the marks of direction (Unicode Standard Annex 9), fillers
 * of no width, annotations and tags. The joiners stay: emoji and scripts are written with them.
 */
const HIDDEN =
  /[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{1bca0}-\u{1bca3}\u{1d173}-\u{1d17a}\u{e0000}-\u{e007f}]/gu;

/** Line ends and tabs of every kind, and whatever else is left of the control characters. */
const BREAKS = /[\p{Cc}\p{Zl}\p{Zp}]+/gu;

const UNSAFE = new RegExp(`${HIDDEN.source}|${BREAKS.source}|\\p{Surrogate}`, "u");

/**
 * One line: control sequences and marks that hide are left out, line ends and other control characters become a blank, half
 * of a character U+FFFD. In time that grows with the text's length.
 */
export function visible(text: string): string {
  if (!UNSAFE.test(text)) return text;
  return text.replace(SEQUENCE, "").replace(HIDDEN, "").replace(BREAKS, " ").toWellFormed();
}

/** The same of each line of a text: its line feeds stay. */
export function visibleLines(text: string): string {
  return UNSAFE.test(text) ? text.split("\n").map(visible).join("\n") : text;
}
