import { expect, it } from "vitest";
import { createProgressLine } from "./progress-line.ts";

function setUp(isTTY: boolean) {
  let text = "";
  let time = 0;
  const line = createProgressLine(
    {
      isTTY,
      write(more) {
        text += more;
      },
    },
    () => time,
  );
  return { line, text: () => text, pass: (milliseconds: number) => (time += milliseconds) };
}

const MB = 1e6;

it("on a terminal: one line, redrawn, with bar, size, speed and time left", () => {
  const { line, text, pass } = setUp(true);
  line.show({ phase: "download", receivedBytes: 0, totalBytes: 100 * MB });
  pass(5000);
  line.show({ phase: "download", receivedBytes: 50 * MB, totalBytes: 100 * MB });
  line.end();
  expect(text().split("\r").at(-1)).toBe(
    "\x1b[2K[############------------]  50 %  50.0 of 100.0 MB  10.0 MB/s  0:05 left\n",
  );
});

it("on a terminal: redraws ten times a second at most", () => {
  const { line, text, pass } = setUp(true);
  for (let bytes = 0; bytes < 1000; bytes++) {
    line.show({ phase: "download", receivedBytes: bytes, totalBytes: 100 * MB });
    pass(1);
  }
  expect(text().split("\r").length - 1).toBe(10);
});

it("elsewhere: a line every ten per cent and at each phase", () => {
  const { line, text } = setUp(false);
  for (let percent = 0; percent <= 100; percent++) {
    line.show({ phase: "download", receivedBytes: percent * MB, totalBytes: 100 * MB });
  }
  for (const phase of ["verify", "unpack"] as const) {
    for (let percent = 0; percent <= 100; percent += 5) {
      line.show({ phase, receivedBytes: percent * MB, totalBytes: 100 * MB });
    }
  }
  line.end();
  const lines = text().trimEnd().split("\n");
  expect(lines).toHaveLength(13);
  expect(lines.slice(-2)).toEqual(["checking the MD5 sum", "unpacking"]);
  expect(text()).not.toContain("\x1b");
});

it("a resumed download's speed counts what came since, and an unknown size is left out", () => {
  const { line, text, pass } = setUp(true);
  line.show({ phase: "download", receivedBytes: 90 * MB, totalBytes: null });
  pass(1000);
  line.show({ phase: "download", receivedBytes: 92 * MB, totalBytes: null });
  expect(text().endsWith("92.0 MB  2.0 MB/s")).toBe(true);
});
