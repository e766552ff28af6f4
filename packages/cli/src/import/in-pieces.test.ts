import * as fc from "fast-check";
import { expect, it } from "vitest";
import { inPieces, PIECE } from "./in-pieces.ts";

it("pieces are the same text, in whole lines, and few", () => {
  const lines = fc.array(
    fc.nat(PIECE * 1.5).map((length) => `${"x".repeat(length)}\n`),
    { maxLength: 20 },
  );
  fc.assert(
    fc.property(lines, (each) => {
      const pieces = [...inPieces(each)];
      expect(pieces.join("") === each.join("")).toBe(true);
      for (const piece of pieces) expect(piece.endsWith("\n")).toBe(true);
      for (const piece of pieces.slice(0, -1)) expect(piece.length).toBeGreaterThanOrEqual(PIECE);
    }),
    { numRuns: 50, seed: 7 },
  );
});
