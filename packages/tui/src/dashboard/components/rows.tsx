// Rows of runs as Ink text: one line each, never wrapped.
import { Box, Transform } from "ink";
import type { ReactNode } from "react";
import { displayWidth } from "../../text/width.ts";
import { type Color, mergeRuns, plainText, type Row, type Run, rowWidth } from "../text/rows.ts";
import type { Theme } from "../theme.ts";

interface RowsProps {
  readonly rows: readonly Row[];
  readonly theme: Theme;
}

/**
 * Prints rows from the top, in the colours and characters that the terminal has. Ink measures each row again in each
 * frame, and takes long over what isn't ASCII; rows know their width, so it measures a row of dots in their place.
 */
export function Rows({ rows, theme }: RowsProps): ReactNode {
  return (
    <Box flexDirection="column">
      {rows.map((row, index) => (
        <Transform key={index} transform={() => printed(row, theme)} accessibilityLabel={plainText(row)}>
          {".".repeat(Math.max(1, rowWidth(row)))}
        </Transform>
      ))}
    </Box>
  );
}

/** Select Graphic Rendition parameters (ECMA-48) of the terminal's own palette. */
const FOREGROUND: Readonly<Record<Color, number>> = {
  red: 31,
  green: 32,
  yellow: 33,
  blue: 34,
  magenta: 35,
  cyan: 36,
};

/** A row as text with its styles; a space where there is nothing, since Ink leaves out what is empty. */
function printed(row: Row, theme: Theme): string {
  return (
    mergeRuns(row)
      .map((piece) => styled(piece, theme))
      .join("") || " "
  );
}

function styled({ text: given, color, bold, dim }: Run, theme: Theme): string {
  const text = theme.ascii ? toAscii(given) : given;
  if (!theme.color) return text;
  const begin = [...(bold ? [1] : []), ...(dim ? [2] : []), ...(color ? [FOREGROUND[color]] : [])];
  if (begin.length === 0) return text;
  const end = [...(bold || dim ? [22] : []), ...(color ? [39] : [])];
  return `${sequence(begin)}${text}${sequence(end)}`;
}

function sequence(parameters: readonly number[]): string {
  return parameters.map((parameter) => `\u001b[${parameter}m`).join("");
}

/** Question marks, as many as there were columns, for what is not in ASCII. */
function toAscii(text: string): string {
  return text.replace(/[^\x20-\x7e]+/gu, (rest) => "?".repeat(displayWidth(rest)));
}
