// What each format holds to, whatever its logs are cut into.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Entry, Format, Reader } from "../format.ts";
import { recogniseFormat } from "../formats.ts";

/** A log for the contract suite. */
export interface LogSample {
  readonly fileName: string;
  readonly bytes: Uint8Array;
}

/** Up to this many bytes a log is cut in two at each of them. */
const SHORT = 2000;
/** A longer one at each byte near its ends, and at so many places between them. */
const NEAR = 50;
const BETWEEN = 200;

/** Registers a suite of tests. `samples`: whole logs of the format. */
export function describeFormat(format: Format, samples: readonly LogSample[]): void {
  describe.each(samples)(`${format.name}: $fileName`, ({ fileName, bytes }) => {
    const create = (): Reader => format.create({ fileName });
    const whole = read(create(), [bytes]);

    it("is recognised by its content", () => {
      expect(recogniseFormat(bytes.subarray(0, 1 << 16), fileName)?.name).toBe(format.name);
    });

    it("comes to the same when it comes byte by byte", () => {
      const pieces = Array.from(bytes, (_, at) => bytes.subarray(at, at + 1));
      expect(read(create(), pieces)).toEqual(whole);
    });

    it("comes to the same wherever it is cut in two", () => {
      for (const at of cuts(bytes.length)) {
        expect(read(create(), [bytes.subarray(0, at), bytes.subarray(at)]), `cut at ${at}`).toEqual(whole);
      }
    });

    it("comes to the same in pieces of any size, with empty ones among them", () => {
      fc.assert(
        fc.property(fc.array(fc.nat(bytes.length), { maxLength: 12 }), (cuts) => {
          const places = [0, ...cuts.sort((one, other) => one - other), bytes.length];
          const pieces = places.slice(1).map((to, index) => bytes.subarray(places[index], to));
          expect(read(create(), pieces)).toEqual(whole);
        }),
        { seed: 1, numRuns: 20 },
      );
    });

    it("tells while it is appended to what it tells of the whole", () => {
      fc.assert(
        fc.property(fc.nat(bytes.length), (at) => {
          const reader = create();
          const first = reader.push(bytes.slice(0, at));
          expect(first).toEqual(whole.slice(0, first.length));
          expect([...first, ...reader.push(bytes.slice(at)), ...reader.end()]).toEqual(whole);
        }),
        { seed: 2, numRuns: 20 },
      );
    });

    it("stands damage: bytes that are wrong, or missing", () => {
      const place = fc.nat(Math.max(0, bytes.length - 1));
      fc.assert(
        fc.property(fc.array(fc.tuple(place, fc.nat(255)), { maxLength: 8 }), place, (wrong, length) => {
          const damaged = bytes.slice(0, bytes.length - length);
          for (const [at, byte] of wrong) if (at < damaged.length) damaged[at] = byte;
          expect(standsDamage(create(), damaged)).toBe(true);
        }),
        { seed: 3, numRuns: 30 },
      );
    });
  });
}

function* cuts(length: number): Generator<number> {
  const stride = length <= SHORT ? 1 : Math.ceil(length / BETWEEN);
  for (let at = 0; at <= length; at++) {
    if (at % stride === 0 || at <= NEAR || at >= length - NEAR) yield at;
  }
}

function read(reader: Reader, pieces: readonly Uint8Array[]): Entry[] {
  return [...pieces.flatMap((piece) => reader.push(piece)), ...reader.end()];
}

/** A reader may refuse a damaged log as a user's mistake, in no other way. */
function standsDamage(reader: Reader, bytes: Uint8Array): boolean {
  try {
    return read(reader, [bytes]).every(({ kind }) => kind !== undefined);
  } catch (error) {
    if (error instanceof Error && error.name === "TrainscopeError") return true;
    throw error;
  }
}
