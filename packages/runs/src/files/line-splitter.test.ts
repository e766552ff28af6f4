import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createLineSplitter } from "./line-splitter.ts";

function collect(longest?: number) {
  const told: (string | number)[] = [];
  const lines = createLineSplitter(
    { onLine: (text) => told.push(text), onTooLong: (line) => told.push(line) },
    longest,
  );
  return { told, lines };
}

describe("createLineSplitter", () => {
  it("gives the same lines wherever the chunks end, within a character too, and out of a buffer that is used again", () => {
    const line = fc.string({ unit: "binary", maxLength: 8 }).filter((text) => !/[\r\n\uFEFF]/.test(text));
    fc.assert(
      fc.property(
        fc.array(line),
        line,
        fc.infiniteStream(fc.integer({ min: 1, max: 9 })),
        (whole, rest, sizes) => {
          const bytes = Buffer.from(whole.map((text) => `${text}\n`).join("") + rest);
          const buffer = Buffer.alloc(9);
          const { told, lines } = collect();
          for (let start = 0; start < bytes.length; ) {
            const size = bytes.copy(buffer, 0, start, start + Number(sizes.next().value));
            lines.add(buffer.subarray(0, size));
            buffer.fill(0xff);
            start += size;
          }
          expect([told, lines.rest()]).toEqual([whole, rest]);
        },
      ),
    );
  });

  it("leaves out a carriage return before the line feed and a byte order mark", () => {
    const { told, lines } = collect();
    lines.add(Buffer.from("\uFEFFone\r\ntw\ro\r\n\r\n"));
    expect(told).toEqual(["one", "tw\ro", ""]);
  });

  it("passes over a line of too many bytes, tells its number, and goes on with the next", () => {
    const { told, lines } = collect(3);
    for (const text of ["abc\nab", "cd", "ef", "\nxyz\nlon", "ger", "\n", "ok\n"]) lines.add(Buffer.from(text));
    expect(told).toEqual(["abc", 2, "xyz", 4, "ok"]);
  });
});
