// core runs in a browser: bundled for one, it trains in a context that has a browser's globals and nothing of Node's.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createContext, Script } from "node:vm";
import { build } from "vite";
import { expect, it, onTestFinished } from "vitest";
import { root } from "./support/command.ts";

/** What the page does: trains on noise and gives the types of the events. */
const PAGE = `
import { train } from "@trainscope/core";
const split = (count) => ({
  images: Uint8Array.from({ length: count * 48 }, (_, i) => (i * 97) % 251),
  labels: Uint8Array.from({ length: count }, (_, i) => i % 2),
});
const dataset = {
  name: "page", classNames: ["a", "b"], shape: { width: 4, height: 4, channels: 3 },
  train: split(40), validation: split(10), test: split(10),
};
const types = [];
train({ dataset, settings: { epochs: 2, batchSize: 10 } }).subscribe({
  next: (event) => types.push(event.type),
  error: (error) => done([String(error)]),
  complete: () => done(types),
});
`;

it("trains with a browser's globals only", async () => {
  const folder = mkdtempSync(join(root, "test/.docs-browser-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const entry = join(folder, "page.js");
  writeFileSync(entry, PAGE);
  await build({
    configFile: false,
    logLevel: "silent",
    root: folder,
    build: {
      lib: { entry, formats: ["iife"], name: "page", fileName: "bundle" },
      outDir: folder,
      emptyOutDir: false,
    },
  });
  const bundle = readFileSync(join(folder, "bundle.iife.js"), "utf8");
  expect(bundle).not.toMatch(/require\(|from "node:/);

  const types = await new Promise<string[]>((done) => {
    const browser = {
      done,
      crypto,
      performance,
      setTimeout,
      clearTimeout,
      AbortController,
      MessageChannel,
      queueMicrotask,
    };
    new Script(bundle).runInContext(createContext(browser));
  });
  const epoch = ["epoch:start", "epoch:end"];
  expect(types.filter((type) => type !== "progress")).toEqual(["run:start", ...epoch, ...epoch, "run:end"]);
});
