// Makes docs/report.png: what a reader sees of a report's page on the four settings, as a browser shows it.
// Usage: npm run report-picture -- PAGE     PAGE is a report.html
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { findBrowser } from "@trainscope/study/report";
import { chromium } from "playwright-core";

/** CSS pixels, of which each is one of the picture. */
const SIZE = { width: 1280, height: 1480 };

const page = process.argv[2];
if (page === undefined) throw new Error("no page; expected npm run report-picture -- report/report.html");
const args = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
const browser = await chromium.launch({ executablePath: await findBrowser(), args });
try {
  const shown = await browser.newPage({ viewport: SIZE });
  await shown.goto(pathToFileURL(resolve(page)).href);
  // The table of the four settings, beneath a chart of them and above their templates.
  const table = await shown.locator("#settings table").first().boundingBox();
  const top = (table?.y ?? 0) - 590;
  await shown.evaluate(`scrollTo({ top: ${top}, behavior: "instant" })`);
  await shown.waitForTimeout(1500);
  await shown.screenshot({ path: join(import.meta.dirname, "../../docs/report.png") });
} finally {
  await browser.close();
}
