// `npm run test-durations`, after `npm run test-all`: writes down how long the slow test files took, which the next run's order
// follows.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { longestFiles } from "./longest-files.ts";

const root = join(import.meta.dirname, "../..");
const reports = join(root, "reports");
const texts = readdirSync(reports)
  .filter((name) => name.endsWith(".json"))
  .map((name) => readFileSync(join(reports, name), "utf8"));
const durations = longestFiles(texts, root);
writeFileSync(join(import.meta.dirname, "test-durations.json"), `${JSON.stringify(durations, null, 2)}\n`);
process.stdout.write(`${Object.keys(durations).length} files take 5 seconds or more.\n`);
