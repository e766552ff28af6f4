// Bundles the script of the report's page and writes it, as text, where the page is made. What is up to date is left
// alone: a report may be reading it.
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { rolldown } from "rolldown";

const folder = join(import.meta.dirname, "../../packages/study/src/report/html");
const target = join(folder, "page-script.generated.ts");

const bundle = await rolldown({ cwd: folder, input: "client/page.ts", platform: "browser" });
const { output } = await bundle.generate({ format: "iife" });
await bundle.close();
const [{ code }] = output;
const text = `// Made by tools/src/build-page-script.ts from client/.

/** The page's own script. */
export const PAGE_SCRIPT = ${JSON.stringify(code)};
`;
if (!existsSync(target) || readFileSync(target, "utf8") !== text) {
  const whole = `${target}.${process.pid}.tmp`;
  writeFileSync(whole, text);
  renameSync(whole, target);
}
