// Rows of runs as Ink text: one line each, never wrapped.
import { Box, Text } from "ink";
import type { ReactNode } from "react";
import { displayWidth } from "../../text/width.ts";
import { mergeRuns, type Row, type Run } from "../text/rows.ts";
import type { Theme } from "../theme.ts";

interface RowsProps {
  readonly rows: readonly Row[];
  readonly theme: Theme;
}

/** Prints rows from the top, in the colours and characters that the terminal has. */
export function Rows({ rows, theme }: RowsProps): ReactNode {
  return (
    <Box flexDirection="column">
      {rows.map((row, index) => (
        <Text key={index} wrap="truncate">
          {row.length === 0 ? " " : mergeRuns(row).map((piece, at) => printed(piece, at, theme))}
        </Text>
      ))}
    </Box>
  );
}

function printed(piece: Run, key: number, theme: Theme): ReactNode {
  const text = theme.ascii ? toAscii(piece.text) : piece.text;
  const color = theme.color ? piece.color : undefined;
  if (!color && !piece.bold && !piece.dim) return text;
  return (
    <Text key={key} {...(color ? { color } : {})} bold={piece.bold ?? false} dimColor={piece.dim ?? false}>
      {text}
    </Text>
  );
}

/** Question marks, as many as there were columns, for what is not in ASCII. */
function toAscii(text: string): string {
  return text.replace(/[^\x20-\x7e]+/gu, (rest) => "?".repeat(displayWidth(rest)));
}
