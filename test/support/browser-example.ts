// The page of examples/browser, served as its own configuration says, and looked at in Chromium.
import { cpSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { build, preview } from "vite";
import { launchChromium } from "./chromium.ts";
import { root } from "./command.ts";

/** Copies the example to the new folder `to`, and gives that. */
export function copyExample(to: string): string {
  cpSync(join(root, "examples/browser"), to, { recursive: true });
  return to;
}

/** With this checkout's Vite: what else it needs is installed. */
export async function buildExample(folder: string): Promise<void> {
  symlinkSync(join(root, "node_modules/vite"), join(folder, "node_modules/vite"));
  await build({ root: folder, logLevel: "warn", configLoader: "native" });
}

export interface SeenPage {
  readonly status: string;
  readonly alerts: string;
  readonly isIsolated: boolean;
  readonly errors: readonly string[];
  /** Drawn: the curves, and the templates. */
  readonly charts: number;
}

/** `folder` is built; `mode` is Vite's: "plain" for a page that isn't isolated. Waits until the page has trained. */
export async function lookAtExample(folder: string, mode: "production" | "plain"): Promise<SeenPage> {
  const server = await preview({
    root: folder,
    mode,
    logLevel: "silent",
    configLoader: "native",
    preview: { port: 0, host: "127.0.0.1" },
  });
  const browser = await launchChromium();
  try {
    const page = await browser.newPage();
    const errors: string[] = [];
    page.on("pageerror", (error) => errors.push(error.message));
    page.on("console", (message) => {
      if (message.type() === "error" || message.type() === "warning") errors.push(message.text());
    });
    await page.goto(server.resolvedUrls?.local[0] ?? "");
    await page.locator("#status", { hasText: /^Done/ }).waitFor({ timeout: 240_000 });
    return {
      status: (await page.locator("#status").textContent()) ?? "",
      alerts: (await page.locator("#alerts").textContent()) ?? "",
      isIsolated: await page.evaluate(() => globalThis.crossOriginIsolated),
      errors,
      charts: await page.locator("#curves svg.marks, #templates svg.marks").count(),
    };
  } finally {
    await browser.close();
    await server.close();
  }
}
