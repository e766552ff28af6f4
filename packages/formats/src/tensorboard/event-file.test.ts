import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MessageWriter } from "../protobuf/message-writer.ts";
import { fromHalf } from "./decode-tensor.ts";
import type { TensorBoardEvent, TensorBoardValue } from "./event.ts";
import { EventFileReader, eventFileName, eventRecord, fileHeader } from "./event-file.ts";
import { frameRecord } from "./records.ts";

interface Read {
  readonly events: TensorBoardEvent[];
  readonly damage: [from: number, to: number, reason: string][];
  readonly isTorn: boolean;
}

function read(...pieces: readonly Uint8Array[]): Read {
  const events: TensorBoardEvent[] = [];
  const damage: Read["damage"] = [];
  const reader = new EventFileReader({
    event: (event) => void events.push(event),
    damaged: (...place) => void damage.push(place),
  });
  for (const piece of pieces) reader.push(piece);
  return { events, damage, isTorn: reader.end() };
}

function join(...parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

const float = fc.float({ noDefaultInfinity: false });
const tag = fc.string({ minLength: 1, maxLength: 12 });
const value: fc.Arbitrary<TensorBoardValue> = fc.oneof(
  fc.record({ kind: fc.constant("scalar" as const), tag, value: float }),
  fc.record({ kind: fc.constant("text" as const), tag, text: fc.string() }),
  fc.record({
    kind: fc.constant("image" as const),
    tag,
    width: fc.nat(5000),
    height: fc.nat(5000),
    bytes: fc.uint8Array(),
  }),
  fc.constant({ kind: "histogram" as const, tag: "h", edges: [-1, 0, 0.5, 2], counts: [3, 0, 7] }),
  fc.constant({ kind: "hparams" as const, values: { lr: 0.1, name: "a", nesterov: true, decay: null } }),
);
const event: fc.Arbitrary<TensorBoardEvent> = fc.record({
  wallTime: fc.double({ noNaN: true }),
  step: fc.maxSafeInteger(),
  values: fc.array(value, { maxLength: 4 }),
});
/** A tag belongs to one plugin: each kind has tags of its own. */
const ownTags = ({ values, ...rest }: TensorBoardEvent): TensorBoardEvent => ({
  ...rest,
  values: values.map((one) => ("tag" in one ? { ...one, tag: `${one.kind}/${one.tag}` } : one)),
});

describe("event files", () => {
  it("come back as they were written, whole and in pieces of any size", () => {
    fc.assert(
      fc.property(
        fc.array(event.map(ownTags), { maxLength: 5 }),
        fc.array(fc.nat(200), { maxLength: 9 }),
        (events, cuts) => {
          const file = join(fileHeader(1), ...events.map(eventRecord));
          const header: TensorBoardEvent = { wallTime: 1, step: 0, values: [] };
          const expected = { events: [header, ...events], damage: [], isTorn: false };
          expect(read(file)).toEqual(expected);
          const places = [
            0,
            ...cuts.map((cut) => cut % (file.length + 1)).toSorted((a, b) => a - b),
            file.length,
          ];
          expect(read(...places.slice(1).map((to, i) => file.subarray(places[i], to)))).toEqual(expected);
        },
      ),
      { numRuns: 60 },
    );
  });

  it("are read by a reader of a few lines of Python, checksums and all", () => {
    const scalar: TensorBoardValue = { kind: "scalar", tag: "train/loss", value: 0.5 };
    const file = join(fileHeader(1.5), eventRecord({ wallTime: 2.5, step: 300, values: [scalar] }));
    const script = `
import struct, sys
def crc32c(data):
    crc = 0xffffffff
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0x82f63b78 if crc & 1 else 0)
    return crc ^ 0xffffffff
def masked(data):
    crc = crc32c(data)
    return ((crc >> 15 | crc << 17) + 0xa282ead8) & 0xffffffff
data = sys.stdin.buffer.read()
while data:
    (length,) = struct.unpack_from("<Q", data)
    assert struct.unpack_from("<I", data, 8)[0] == masked(data[:8])
    record = data[12:12 + length]
    assert struct.unpack_from("<I", data, 12 + length)[0] == masked(record)
    print(record.hex())
    data = data[16 + length:]
`;
    const printed = execFileSync("python3", ["-c", script], { input: file, encoding: "utf8" });
    const time = Buffer.from(Float64Array.of(2.5).buffer).toString("hex");
    // Fields 1 (time), 2 (step 300) and 5 (a summary of 19 bytes: one value of 17: a tag of 10, a float).
    const summary = `2a13${"0a11"}${"0a0a"}${Buffer.from("train/loss").toString("hex")}15${"0000003f"}`;
    expect(printed.trim().split("\n")[1]).toBe(`09${time}${"10ac02"}${summary}`);
  });

  it("are named as TensorBoard finds them", () => {
    expect(eventFileName(1700000000.9, "host")).toBe("events.out.tfevents.1700000000.host");
  });

  it("of a step that is no whole number are refused", () => {
    expect(() => eventRecord({ wallTime: 0, step: 0.5, values: [] })).toThrow("the step is 0.5");
  });
});

describe("the encoding of TensorFlow 2", () => {
  const [FLOAT, STRING] = [1, 7];
  const plugin = (name: string): MessageWriter =>
    new MessageWriter().message(1, new MessageWriter().string(1, name));
  const tensorEvent = (name: string, tensor: MessageWriter, withPlugin = true): Uint8Array => {
    const value = new MessageWriter().string(1, name).message(8, tensor);
    const summary = new MessageWriter().message(1, withPlugin ? value.message(9, plugin(name)) : value);
    return frameRecord(new MessageWriter().double(1, 1).int(2, -1).message(5, summary).finish());
  };

  it("has scalars as tensors, whose plugin is said with the first one only", () => {
    const bytes = new Uint8Array(Float32Array.of(0.25).buffer);
    const first = tensorEvent("scalars", new MessageWriter().varint(1, FLOAT).bytes(4, bytes));
    const second = tensorEvent("scalars", new MessageWriter().varint(1, FLOAT).float(5, 0.5), false);
    const values = read(first, second).events.map((one) => one.values[0]);
    expect(values).toEqual([
      { kind: "scalar", tag: "scalars", value: 0.25 },
      { kind: "scalar", tag: "scalars", value: 0.5 },
    ]);
    expect(read(first).events[0]?.step).toBe(-1);
  });

  it("has pictures as their width, their height and their bytes", () => {
    const tensor = new MessageWriter().varint(1, STRING).string(8, "4").string(8, "3").string(8, "png");
    const bytes = new TextEncoder().encode("png");
    expect(read(tensorEvent("images", tensor)).events[0]?.values).toEqual([
      { kind: "image", tag: "images", width: 4, height: 3, bytes },
    ]);
  });

  it("has histograms as rows of left edge, right edge and count", () => {
    const tensor = new MessageWriter().varint(1, 2).doubles(6, [0, 1, 5, 1, 3, 7]);
    expect(read(tensorEvent("histograms", tensor)).events[0]?.values).toEqual([
      { kind: "histogram", tag: "histograms", edges: [0, 1, 3], counts: [5, 7] },
    ]);
  });

  it.each([
    [0x3c00, 1],
    [0xc000, -2],
    [0x7bff, 65504],
    [0x0001, 2 ** -24],
    [0x7c00, Number.POSITIVE_INFINITY],
    [0x7e00, Number.NaN],
  ])("reads the half %i as %d", (bits, expected) => {
    expect(fromHalf(bits)).toBe(expected);
  });
});

describe("a damaged file", () => {
  const scalar = (step: number): TensorBoardEvent => ({
    wallTime: step,
    step,
    values: [{ kind: "scalar", tag: "loss", value: step }],
  });
  const records = [1, 2, 3].map((step) => eventRecord(scalar(step)));
  const file = join(...records);
  const length = records[0]?.length ?? 0;

  it("with any byte changed loses that record only, and says where", () => {
    for (let at = length; at < 2 * length; at++) {
      const changed = file.slice();
      changed[at] = (changed[at] ?? 0) ^ 0x55;
      const { events, damage, isTorn } = read(changed);
      expect(events.map(({ step }) => step)).toEqual([1, 3]);
      expect(damage).toEqual([[length, 2 * length, "their checksum is wrong"]]);
      expect(isTorn).toBe(false);
    }
  });

  it("cut after any byte gives the records that are whole", () => {
    for (let cut = 0; cut <= file.length; cut++) {
      const { events, damage, isTorn } = read(file.subarray(0, cut));
      expect(events).toHaveLength(Math.floor(cut / length));
      expect(damage).toEqual([]);
      expect(isTorn).toBe(cut % length !== 0);
    }
  });

  it("that is something else altogether is all damage", () => {
    const bytes = new TextEncoder().encode("this is no event file, but a text of some length");
    expect(read(bytes)).toMatchObject({ events: [], damage: [[0, bytes.length, expect.any(String)]] });
  });

  it("whose record is no event tells of it and goes on", () => {
    const broken = frameRecord(Uint8Array.of(0x2a, 0x7f, 1));
    const { events, damage } = read(broken, eventRecord(scalar(2)));
    expect(events).toEqual([scalar(2)]);
    expect(damage).toEqual([[12, 15, "a field breaks off"]]);
  });
});
