// Makes docs/report.png: the top of a report's page, as a browser shows it.
// Usage: npm run report-picture -- PAGE     PAGE is a report.html
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { findBrowser } from "@trainscope/viz";

/** CSS pixels, of which each is one of the picture. */
const [WIDTH, HEIGHT] = [1280, 860];

const page = process.argv[2];
if (page === undefined) throw new Error("no page; expected npm run report-picture -- report/report.html");
const profile = mkdtempSync(join(tmpdir(), "trainscope-report-picture-"));
try {
  execFileSync(
    await findBrowser(),
    [
      ...["--headless", "--disable-gpu", "--hide-scrollbars", "--virtual-time-budget=5000"],
      ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
      ...[`--user-data-dir=${profile}`, `--window-size=${WIDTH},${HEIGHT}`],
      ...[
        `--screenshot=${join(import.meta.dirname, "../../docs/report.png")}`,
        pathToFileURL(resolve(page)).href,
      ],
    ],
    { stdio: "ignore" },
  );
} finally {
  rmSync(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
}
