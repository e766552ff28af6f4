// Looks at the report that a program of part (h) has written.
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { WrittenReport } from "./study-outcome.ts";

const DOCUMENTS = ["report.html", "report.md"];

export function inspectReport(folder: string): WrittenReport {
  const figures = join(folder, "figures");
  const files = new Set(existsSync(figures) ? readdirSync(figures) : []);
  const pngs = [...files].filter((file) => file.endsWith(".png"));
  return {
    figures: pngs.filter((file) => files.has(file.replace(/png$/, "svg"))).length,
    lacking: DOCUMENTS.filter((file) => !existsSync(join(folder, file))),
  };
}
