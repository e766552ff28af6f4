// Rows of runs at a place on the screen: written to the surface where there is one, printed as Ink's text elsewhere
// (for a screen reader, in a pipe, in tests).
import { Box, Transform } from "ink";
import { type ReactNode, useContext, useId, useLayoutEffect } from "react";
import { printable, styleParameters } from "../terminal/sgr.ts";
import type { Surface } from "../terminal/surface.ts";
import type { Rect } from "../text/layout.ts";
import { mergeRuns, plainText, type Row, type Run, rowWidth } from "../text/rows.ts";
import type { Theme } from "../text/theme.ts";
import { SurfaceContext } from "./surface-context.ts";

interface RowsProps {
  readonly rows: readonly Row[];
  readonly rect: Rect;
  /** What lies higher covers what lies lower. */
  readonly layer: number;
  readonly theme: Theme;
}

/** Rows from the top of the rectangle, in the colours and characters that the terminal has. */
export function Rows(props: RowsProps): ReactNode {
  const surface = useContext(SurfaceContext);
  return surface ? <PlacedRows {...props} surface={surface} /> : <PrintedRows {...props} />;
}

/** Nothing of Ink's: it allocates each cell and reads each line twice in every frame. */
function PlacedRows({ rows, rect, layer, surface }: RowsProps & { readonly surface: Surface }): ReactNode {
  const key = useId();
  useLayoutEffect(() => surface.place(key, { rect, layer, rows }));
  useLayoutEffect(() => () => surface.remove(key), [surface, key]);
  return null;
}

/**
 * Ink measures each row again in each frame, and takes long over what isn't ASCII; rows know their width, so it
 * measures a row of dots in their place.
 */
function PrintedRows({ rows, rect, theme }: RowsProps): ReactNode {
  const { left, top, width, height } = rect;
  return (
    <Box position="absolute" left={left} top={top} width={width} height={height} flexDirection="column">
      {rows.map((row, index) => (
        <Transform key={index} transform={() => printed(row, theme)} accessibilityLabel={plainText(row)}>
          {".".repeat(Math.max(1, rowWidth(row)))}
        </Transform>
      ))}
    </Box>
  );
}

/** A row as text with its styles; a space where there is nothing, since Ink leaves out what is empty. */
function printed(row: Row, theme: Theme): string {
  return (
    mergeRuns(row)
      .map((piece) => styled(piece, theme))
      .join("") || " "
  );
}

/** Ink takes styles apart again, so each begins and ends by itself. */
function styled(piece: Run, theme: Theme): string {
  const text = printable(piece.text, theme.ascii);
  const begin = theme.color ? styleParameters(piece, theme) : [];
  if (begin.length === 0) return text;
  const { color, background, bold, dim, inverse } = piece;
  const end = [
    bold || dim ? 22 : 0,
    color === undefined ? 0 : 39,
    background === undefined ? 0 : 49,
    inverse ? 27 : 0,
  ];
  return `${begin.map(sequence).join("")}${text}${end.filter(Boolean).map(sequence).join("")}`;
}

function sequence(parameter: string | number): string {
  return `\u001b[${parameter}m`;
}
