import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeEvent } from "./decode-event.ts";
import { encodeEvent } from "./encode-event.ts";
import { ScalarReader } from "./scalar-reader.ts";

const scalar = fc.record({
  kind: fc.constant("scalar" as const),
  tag: fc.string({ unit: "binary", maxLength: 60 }),
  value: fc.float(),
});
const event = fc.record({
  wallTime: fc.double({ noNaN: true }),
  step: fc.oneof(fc.nat(), fc.integer({ min: -5, max: 5 }), fc.nat(2 ** 40)),
  values: fc.oneof(fc.tuple(scalar), fc.array(scalar, { maxLength: 3 })),
});

describe("ScalarReader", () => {
  it("reads what it takes as the reader of all events does, wherever it stands", () => {
    const reader = new ScalarReader();
    fc.assert(
      fc.property(event, fc.nat(9), (told, from) => {
        const data = encodeEvent(told);
        const around = new Uint8Array(from + data.length + 3).fill(0x0a);
        around.set(data, from);
        const isRead = reader.read(around, from, from + data.length);
        const whole = decodeEvent(data, new Map());
        if (isRead) {
          const { tag, value, step, wallTime } = reader;
          expect({ wallTime, step, values: [{ kind: "scalar", tag, value }] }).toEqual(whole);
        } else
          expect(whole.values.length !== 1 || told.step < 0 || told.step >= 2 ** 40 || data.length > 100).toBe(
            true,
          );
      }),
      { seed: 1, numRuns: 2000 },
    );
  });

  it("takes no other bytes for a scalar than those that are an event of one", () => {
    const reader = new ScalarReader();
    const own = encodeEvent({
      wallTime: 1.5,
      step: 300,
      values: [{ kind: "scalar", tag: "loss", value: 0.5 }],
    });
    fc.assert(
      fc.property(fc.nat(own.length - 1), fc.nat(255), fc.nat(own.length), (at, byte, length) => {
        const damaged = own.slice(0, length);
        if (at < length) damaged[at] = byte;
        if (!reader.read(damaged, 0, length)) return;
        const { tag, value, step, wallTime } = reader;
        expect(decodeEvent(damaged, new Map())).toEqual({
          wallTime,
          step,
          values: [{ kind: "scalar", tag, value }],
        });
      }),
      { seed: 2, numRuns: 3000 },
    );
  });
});
