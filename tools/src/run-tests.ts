// `npm test`: every project's tests over Nx, but for those that take long; `npm run test-all`: those, too. Then one line
// that says how many passed, failed and were skipped.
// Nx runs only what has changed; a report that comes from its cache counts like one that was just written.
import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { sumReports } from "./sum-reports.ts";

const root = join(import.meta.dirname, "../..");
const reports = join(root, "reports");

rmSync(reports, { recursive: true, force: true });
mkdirSync(reports);
const [what, ...args] = process.argv.slice(2);
const targets = what === "all" ? "test,test-long" : "test";
const { status } = spawnSync("nx", ["run-many", "-t", targets, "--output-style=static", ...args], {
  cwd: root,
  stdio: "inherit",
});

const projects = readdirSync(reports).filter((name) => name.endsWith(".json"));
const { passed, failed, skipped, failures, flaky, broken } = sumReports(
  projects.map((name) => readFileSync(join(reports, name), "utf8")),
);
for (const failure of failures) process.stdout.write(`failed: ${failure}\n`);
for (const test of flaky) process.stdout.write(`failed at first, and passed when tried again: ${test}\n`);
for (const file of broken) process.stdout.write(`failed outside of its tests: ${file}\n`);
if (projects.length === 0)
  process.stdout.write("no test ran: what was to be built or run before them failed\n");
process.stdout.write(`${passed} passed, ${failed + broken.length} failed, ${skipped} skipped\n`);
process.exitCode = status === 0 && failed === 0 && broken.length === 0 && passed > 0 ? 0 : 1;
