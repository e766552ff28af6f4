import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { importSources } from "./import-sources.ts";

async function importAll(
  sources: readonly string[],
  out: string,
  onFirst: () => void = () => {},
): Promise<readonly string[]> {
  const lines: string[] = [];
  for await (const outcome of importSources(sources, {}, { out, pictures: false })) {
    lines.push("lines" in outcome ? (outcome.lines[0] ?? "") : outcome.refused.message);
    if (lines.length === 1) onFirst();
  }
  return lines;
}

it("reads the runs that were there once, however many are imported", async () => {
  const folder = mkdtempSync(join(tmpdir(), "trainscope-import-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const out = join(folder, "runs");
  const sources = ["a", "b", "c", "d", "e"].map((place, index) => {
    mkdirSync(join(folder, place));
    const path = join(folder, place, "same.csv");
    writeFileSync(path, `epoch,loss\n1,${index + 2}\n2,1\n`);
    return path;
  });
  await importAll(sources.slice(0, 2), out);
  // Whoever read them again would take their names for free, and their figures for new ones.
  const forget = () => {
    for (const run of readdirSync(out)) {
      rmSync(join(out, run, "label.json"));
      rmSync(join(out, run, "source.json"));
    }
  };
  const lines = await importAll([...sources.slice(1), sources[0] ?? ""], out, forget);
  expect(lines.map((line) => /called "(.*)"|imported before/.exec(line)?.slice(0, 2))).toEqual([
    ["imported before", undefined],
    ...["same 3", "same 4", "same 5"].map((name) => [`called "${name}"`, name]),
    ["imported before", undefined],
  ]);
});
