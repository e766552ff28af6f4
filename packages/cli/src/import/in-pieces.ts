// Lines as pieces that are worth a write: one write a line took 33 s for 200,000 lines.

/** In characters. */
export const PIECE = 65_536;

/** The same text in whole lines, each piece but the last at least `PIECE` long. */
export function* inPieces(lines: Iterable<string>): Generator<string> {
  let piece = "";
  for (const line of lines) {
    piece += line;
    if (piece.length < PIECE) continue;
    yield piece;
    piece = "";
  }
  if (piece !== "") yield piece;
}
