// What a start of the command loads: most of its time goes into that.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";
import { root, temporaryFolder, trainscope } from "./support/command.ts";

const hook = pathToFileURL(join(root, "test/support/tell-loaded.mjs")).href;

/** The packages that a command loads, and of each so many modules. */
async function loadedBy(...args: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const cwd = temporaryFolder();
  const list = join(cwd, "loaded");
  const environment = { NODE_OPTIONS: `--import ${hook}`, LOADED_MODULES: list };
  const { status, stderr } = await trainscope(args, { cwd, environment });
  expect([status, stderr]).toEqual([0, ""]);
  const counts = new Map<string, number>();
  for (const url of readFileSync(list, "utf8").split("\n")) {
    const [, name] =
      /\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(url) ?? /\/packages\/([^/]+)\//.exec(url) ?? [];
    if (name !== undefined) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
}

const LIGHT = ["cli", "commander", "core", "runs", "tui", "sweep", "@bomb.sh/tab"];

describe("a start loads what it uses", () => {
  // What is loaded for a command's help is loaded before a wrong flag is told, too.
  it.each([
    { limit: 65, commands: ["train", "fork", "attach", "replay", "runs", "export"] },
    { limit: 65, commands: ["watch", "compare", "report", "gradcheck", "metrics", "data", "reset-terminal"] },
    { limit: 65, commands: ["sweep", "worker"] },
    // It has the flags of every command.
    { limit: 95, commands: ["completion"] },
  ])(
    "--help: flags and their checks, no trainer, stream or schema, below $limit modules: $commands",
    async ({ limit, commands }) => {
      for (const command of commands) {
        const loaded = await loadedBy(command, "--help");
        const others = [...loaded.keys()].filter((name) => !LIGHT.includes(name));
        expect([command, ...others]).toEqual([command]);
        expect([...loaded.values()].reduce((sum, count) => sum + count)).toBeLessThan(limit);
      }
    },
  );

  it("a training in lines: no schemas, screen, pictures or study", async () => {
    const args = ["--data", "sample", "--epochs", "1", "--no-pictures", "--reporter", "lines"];
    const loaded = await loadedBy("train", "--engine", "reference", ...args);
    expect(loaded.get("core")).toBeGreaterThan(50);
    for (const name of ["zod", "ink", "react", "viz", "canvas", "study", "tar", "formats"]) {
      expect(loaded.has(name), name).toBe(false);
    }
  });
});
