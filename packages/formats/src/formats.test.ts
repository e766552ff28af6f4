// Each format's contract over made-up logs in it, and what those logs come to. The expected points were read off the
// logs by eye.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { FORMATS, formatNamed, recogniseFormat } from "./formats.ts";
import { readSource } from "./source/read-source.ts";
import { binarySamples } from "./testing/binary-samples.ts";
import { describeFormat, type LogSample } from "./testing/index.ts";

const fixtures = join(import.meta.dirname, "../fixtures");
const expected = JSON.parse(readFileSync(join(fixtures, "expected.json"), "utf8")) as Record<
  string,
  { format: string; axis: string; series: Record<string, [number, number][]> }
>;
const files = readdirSync(fixtures).filter((name) => !/^expected\.json$|\.py$/.test(name));
const folder = mkdtempSync(join(tmpdir(), "formats-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const samples: readonly LogSample[] = [
  ...files.map((fileName) => ({ fileName, bytes: new Uint8Array(readFileSync(join(fixtures, fileName))) })),
  ...binarySamples(),
];

for (const format of FORMATS) {
  describeFormat(
    format,
    samples.filter(({ fileName }) => expected[fileName]?.format === format.name),
  );
}

describe.each(samples)("$fileName", ({ fileName, bytes }) => {
  it("comes to the curves that a person opens it for", async () => {
    const path = join(folder, fileName);
    writeFileSync(path, bytes);
    const { table, format } = await readSource(path);
    const series = Object.fromEntries(
      table.series.map((one) => {
        const { xs, ys } = one.points();
        return [one.tag, xs.map((x, index) => [x, ys[index]]).filter(([, y]) => Number.isFinite(y))];
      }),
    );
    const { series: points, ...rest } = expected[fileName] ?? { series: {}, format: "", axis: "" };
    expect({ format: format.name, axis: table.axis }).toEqual(rest);
    expect(Object.keys(series).sort()).toEqual(Object.keys(points).sort());
    for (const [tag, own] of Object.entries(points)) {
      const found = series[tag] ?? [];
      expect(found.length, tag).toBe(own.length);
      own.forEach(([x, y], index) => {
        expect(found[index]?.[0], `${tag}, x`).toBeCloseTo(x, 4);
        expect(found[index]?.[1], `${tag}, y`).toBeCloseTo(y, 5);
      });
    }
  });
});

it("every format has a log to show for it", () => {
  expect(new Set(Object.values(expected).map(({ format }) => format))).toEqual(
    new Set(FORMATS.map(({ name }) => name)),
  );
});

it.each([
  ["nothing", new Uint8Array(0), undefined],
  ["zeroes", new Uint8Array(100), undefined],
  ["a pickle", Uint8Array.of(0x80, 4, 0x95, 0, 0, 0, 0), undefined],
  ["a sentence", new TextEncoder().encode("Training begins.\n"), "text"],
])("recognises %s", (_, bytes, name) => {
  expect(recogniseFormat(bytes)?.name).toBe(name);
});

it("refuses the name of a format that there isn't, and says which there are", () => {
  expect(() => formatNamed("xml")).toThrow('there is no format "xml"');
  expect(() => formatNamed("xml")).toThrow(
    expect.objectContaining({ hint: expect.stringContaining("tensorboard") as string }),
  );
});
