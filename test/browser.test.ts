// core runs in a browser, bundled like any package, with no further file to serve: the wasm engine on threads where the
// page is isolated, on one thread where it isn't.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { createContext, Script } from "node:vm";
import {
  type AlertEvent,
  isPersisted,
  type RunEndEvent,
  type RunStartEvent,
  type TrainingEvent,
} from "@trainscope/core/events";
import { createSample } from "@trainscope/data-cifar";
import type { Browser } from "playwright-core";
import { build } from "vite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { executablePath, launchChromium } from "./support/chromium.ts";
import { root } from "./support/command.ts";

/** What the page does: trains on noise and tells the events. */
const PAGE = `
import { allocateImages, train } from "@trainscope/core";
function split(count) {
  const images = allocateImages(count * 48);
  images.forEach((_, i) => { images[i] = (i * 97) % 251; });
  return { images, labels: Uint8Array.from({ length: count }, (_, i) => i % 2) };
}
const dataset = {
  name: "page", classNames: ["a", "b"], shape: { width: 4, height: 4, channels: 3 },
  train: split(400), validation: split(100), test: split(100),
};
const events = [];
train({ dataset, settings: { epochs: 2, batchSize: 10 } }).subscribe({
  next: (event) => events.push(event),
  error: (error) => done([{ type: String(error) }]),
  complete: () => done(events),
});
`;

const EPOCH = ["epoch:start", "epoch:end"];
const TYPES = ["run:start", ...EPOCH, ...EPOCH, "run:end"];

let folder: string;
let bundle: string;

beforeAll(async () => {
  folder = mkdtempSync(join(root, "test/.docs-browser-"));
  const entry = join(folder, "page.js");
  writeFileSync(entry, PAGE);
  bundle = await bundleOf(entry);
});

async function bundleOf(entry: string): Promise<string> {
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
  return readFileSync(join(folder, "bundle.iife.js"), "utf8");
}

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Of what is persisted: how often progress is told goes by the clock. */
const typesOf = (events: readonly TrainingEvent[]): string[] =>
  events.filter((event) => isPersisted(event) && event.type !== "alert").map(({ type }) => type);

it("data-cifar's part without Node makes the sample with a browser's globals only", async () => {
  const entry = join(folder, "sample.js");
  writeFileSync(
    entry,
    `import { createSample, decodeBatch, encodeBatch } from "@trainscope/data-cifar/browser";
    const { train } = createSample();
    done(decodeBatch(encodeBatch(train)).images.subarray(0, 6));`,
  );
  const built = await bundleOf(entry);
  expect(built).not.toContain("node:");
  const pixels = await new Promise<Uint8Array>((done) => {
    new Script(built).runInContext(createContext({ done }));
  });
  expect([...pixels]).toEqual([...createSample().train.images.subarray(0, 6)]);
});

it("has none of the schema library where the page reads no log", () => {
  expect(bundle).not.toContain("unrecognized_keys");
});

it("trains with a browser's globals only", async () => {
  expect(/from "node:/.test(bundle)).toBe(false);
  const events = await new Promise<TrainingEvent[]>((done) => {
    const browser = {
      done,
      atob,
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
  expect(typesOf(events)).toEqual(TYPES);
});

describe.skipIf(executablePath === undefined)("in Chromium", () => {
  let browser: Browser;
  let server: Server;

  beforeAll(async () => {
    browser = await launchChromium();
    const types: Record<string, string> = { "/": "text/html", "/bundle.js": "text/javascript" };
    server = createServer((request, response) => {
      const { pathname, searchParams } = new URL(request.url ?? "/", "http://localhost");
      const type = types[pathname];
      if (type === undefined) return void response.writeHead(404).end();
      response.writeHead(200, { "Content-Type": type, ...headersOf(searchParams.get("page") ?? "") });
      response.end(pathname === "/" ? "<!doctype html><title>page</title>" : bundle);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  });

  afterAll(async () => {
    await browser.close();
    server.close();
  });

  /** Of a page that may share memory, of one that also forbids workers or WebAssembly as well, and of any other. */
  function headersOf(page: string): Record<string, string> {
    if (page === "plain") return {};
    const isolated = {
      "Cross-Origin-Opener-Policy": "same-origin",
      "Cross-Origin-Embedder-Policy": "require-corp",
    };
    if (page === "isolated") return isolated;
    const allowed = page === "strict" ? "'self' 'wasm-unsafe-eval'" : "'self'";
    return { ...isolated, "Content-Security-Policy": `script-src ${allowed}; worker-src 'none'` };
  }

  async function trainOn(kind: "isolated" | "strict" | "forbidden" | "plain") {
    const { port } = server.address() as AddressInfo;
    const page = await browser.newPage();
    const errors: string[] = [];
    page.on("pageerror", (error) => errors.push(error.message));
    await page.goto(`http://127.0.0.1:${port}/?page=${kind}`);
    const told = page.evaluate(
      () => new Promise<TrainingEvent[]>((resolve) => Object.assign(globalThis, { done: resolve })),
    );
    await page.addScriptTag({ url: "/bundle.js" });
    const events = await told;
    await page.close();
    expect(errors).toEqual([]);
    expect(typesOf(events)).toEqual(TYPES);
    return {
      environment: (events[0] as RunStartEvent).environment,
      alerts: events.filter((event): event is AlertEvent => event.type === "alert"),
      metrics: (events.at(-1) as RunEndEvent).metrics,
    };
  }

  it("the wasm engine runs on threads where the page is isolated, and gives the same figures where it isn't", async () => {
    const isolated = await trainOn("isolated");
    expect(isolated.environment).toMatchObject({
      engine: "wasm",
      precision: "float32",
      simd: "128 bit, relaxed",
      build: expect.stringMatching(/^[0-9a-f]{12}$/),
      runtime: expect.stringContaining("Chrome"),
    });
    expect(isolated.alerts).toEqual([]);

    const plain = await trainOn("plain");
    expect(plain.environment).toEqual({ ...isolated.environment, threads: 1 });
    expect(plain.alerts[0]).toMatchObject({
      level: "warning",
      code: "engine",
      message: expect.stringContaining("no shared memory"),
    });
    expect(plain.metrics).toEqual(isolated.metrics);
  });

  it("a page whose policy forbids workers trains on one thread, and is told so", async () => {
    const { environment, alerts } = await trainOn("strict");
    expect(environment).toMatchObject({ engine: "wasm", threads: 1 });
    expect(alerts[0]?.message).toContain("threads did not start");
  });

  it("a page whose policy forbids WebAssembly trains on the reference engine, and is told so", async () => {
    const { environment, alerts } = await trainOn("forbidden");
    expect(environment).toMatchObject({ engine: "reference", precision: "float64", threads: 1 });
    expect(environment).not.toHaveProperty("build");
    expect(alerts[0]?.message).toContain("this host forbids to compile WebAssembly");
  });
});
