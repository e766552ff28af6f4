// The system's Chromium, for tests of what runs in a browser.
import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";

/** `undefined` where there is none: such tests are skipped. */
export const executablePath = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(
  existsSync,
);

if (executablePath === undefined) {
  process.stderr.write("There is no Chromium here: the tests in a real browser are skipped.\n");
}

export function launchChromium(): Promise<Browser> {
  return chromium.launch({
    ...(executablePath === undefined ? {} : { executablePath }),
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"],
  });
}
