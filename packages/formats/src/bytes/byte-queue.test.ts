import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ByteQueue } from "./byte-queue.ts";

describe("ByteQueue", () => {
  it("gives the bytes in their order, however they come and go", () => {
    const pieces = fc.array(fc.uint8Array({ maxLength: 6000 }), { maxLength: 8 });
    const takes = fc.array(fc.nat(9000), { maxLength: 8 });
    fc.assert(
      fc.property(pieces, takes, (pushed, taken) => {
        const queue = new ByteQueue();
        const whole = Uint8Array.from(pushed.flatMap((piece) => [...piece]));
        const got: number[] = [];
        for (let turn = 0; turn < Math.max(pushed.length, taken.length); turn++) {
          queue.push(pushed[turn] ?? new Uint8Array(0));
          got.push(...queue.peek(taken[turn] ?? 0));
          queue.skip(taken[turn] ?? 0);
          expect(queue.position).toBe(got.length);
        }
        got.push(...queue.peek(queue.length));
        expect(Uint8Array.from(got)).toEqual(whole);
      }),
      { numRuns: 30 },
    );
  });

  it("keeps what was pushed, whatever becomes of the piece", () => {
    const queue = new ByteQueue();
    const piece = Uint8Array.of(1, 2);
    queue.push(piece);
    piece.fill(9);
    expect([...queue.peek(2)]).toEqual([1, 2]);
  });
});
