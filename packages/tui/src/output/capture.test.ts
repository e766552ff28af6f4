import { describe, expect, it, vi } from "vitest";
import { captureWarnings, captureWrites } from "./capture.ts";

describe("captureWarnings", () => {
  it("has what Node.js would write past every stream, and gives the warnings back", async () => {
    const before = process.listeners("warning");
    const lines: string[] = [];
    const release = captureWarnings((severity, text) => lines.push(`${severity} ${text}`));
    expect(process.listeners("warning")).toHaveLength(1);
    process.emitWarning("that is old", "DeprecationWarning");
    await vi.waitFor(() => expect(lines).toEqual(["warning DeprecationWarning: that is old"]));
    release();
    expect(process.listeners("warning")).toEqual(before);
  });
});

function capture() {
  const write = vi.fn(() => true);
  const stream = { write: write as NodeJS.WriteStream["write"] };
  const lines: string[] = [];
  return { write, stream, lines, release: captureWrites(stream, (line) => lines.push(line)) };
}

describe("captureWrites", () => {
  it("gives whole lines, whatever pieces they are written in", () => {
    const { write, stream, lines } = capture();
    const umlaut = Buffer.from("ü\n");
    stream.write("one\ntw");
    stream.write("o\r\n\n");
    stream.write(umlaut.subarray(0, 1));
    stream.write(umlaut.subarray(1));
    stream.write("10 %\r20 %\r");
    expect(lines).toEqual(["one", "two", "ü", "10 %", "20 %"]);
    expect(write).not.toHaveBeenCalled();
  });

  it("keeps no line that never ends", () => {
    const { stream, lines } = capture();
    for (let count = 0; count < 30; count++) stream.write(".".repeat(100));
    expect(lines.length).toBe(2);
  });

  it("calls back, and gives the stream back", async () => {
    const { write, stream, release } = capture();
    await new Promise<void>((resolve) => stream.write("a", () => resolve()));
    await new Promise<void>((resolve) => stream.write("b", "utf8", () => resolve()));
    release();
    expect(stream.write).toBe(write);
  });
});
