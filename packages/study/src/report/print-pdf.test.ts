import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { printPdf } from "./print-pdf.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "trainscope-pdf-"));
  writeFileSync(join(folder, "report.html"), "<p>page</p>");
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A program in place of the browser: `out` is where it shall print to. */
function browserThat(script: string): string {
  const path = join(folder, "browser");
  const readArguments = 'out=$(printf "%s\\n" "$@" | sed -n "s/^--print-to-pdf=//p")';
  writeFileSync(path, `#!/bin/sh\n${readArguments}\necho "$@" > "${folder}/arguments"\n${script}\n`);
  chmodSync(path, 0o755);
  return path;
}

const options = (script: string) => ({
  html: join(folder, "report.html"),
  pdf: join(folder, "report.pdf"),
  browser: browserThat(script),
});

async function untilStarted(): Promise<void> {
  while (!existsSync(join(folder, "arguments"))) await new Promise((resolve) => setTimeout(resolve, 5));
}

const leftovers = (): string[] => readdirSync(folder).filter((name) => name.includes(".part"));

describe.skipIf(process.platform === "win32")("a browser", () => {
  test("that prints gives the PDF, from the page's own address and without marks of its own", async () => {
    await printPdf(options('printf PDF > "$out"'));
    expect(readFileSync(join(folder, "report.pdf"), "utf8")).toBe("PDF");
    const told = readFileSync(join(folder, "arguments"), "utf8");
    expect(told).toContain("--headless");
    expect(told).toContain("--no-pdf-header-footer");
    expect(told.trim().endsWith(`file://${join(folder, "report.html")}`)).toBe(true);
    expect(leftovers()).toEqual([]);
  });

  test("that fails is an error with what it said, and an older PDF stays", async () => {
    writeFileSync(join(folder, "report.pdf"), "older");
    const failing = options('printf half > "$out"; echo "no display" >&2; exit 3');
    await expect(printPdf(failing)).rejects.toMatchObject({
      code: "NOT_SUPPORTED",
      message: expect.stringMatching(/status 3, saying "no display"/),
    });
    expect(readFileSync(join(folder, "report.pdf"), "utf8")).toBe("older");
    expect(leftovers()).toEqual([]);
  });

  test("that ends well without a file is an error too", async () => {
    await expect(printPdf(options("exit 0"))).rejects.toThrow("it wrote no file");
  });

  test("that can't be started is an error that names it", async () => {
    const missing = { ...options(""), browser: join(folder, "missing") };
    await expect(printPdf(missing)).rejects.toMatchObject({
      code: "NOT_SUPPORTED",
      message: expect.stringContaining("missing"),
    });
  });

  test("that takes too long is ended", async () => {
    await expect(printPdf({ ...options("sleep 60"), timeoutMs: 300 })).rejects.toThrow("more than 0.3 s");
    expect(existsSync(join(folder, "report.pdf"))).toBe(false);
  });

  test("is ended by the signal, whose reason is thrown", async () => {
    const slow = options("sleep 60");
    const reason = new Error("enough");
    // Before it starts, while it starts, and when it runs.
    for (const wait of [undefined, () => Promise.resolve(), untilStarted]) {
      const controller = new AbortController();
      if (wait === undefined) controller.abort(reason);
      const printing = printPdf({ ...slow, signal: controller.signal });
      const ended = expect(printing).rejects.toBe(reason);
      await wait?.();
      controller.abort(reason);
      await ended;
    }
    expect(leftovers()).toEqual([]);
  });
});
