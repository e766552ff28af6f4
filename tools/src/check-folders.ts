// Part of `npm run lint`: the folders of each package are a stack, the one that its README draws.
import { existsSync, globSync, readdirSync, readFileSync } from "node:fs";
import { join, sep } from "node:path";
import { folderProblems } from "./folder-stack.ts";

const root = process.argv[2] ?? join(import.meta.dirname, "../..");
const problems = readdirSync(join(root, "packages")).flatMap((name) => {
  const folder = join(root, "packages", name);
  if (!existsSync(join(folder, "README.md"))) return [];
  const files = globSync("src/**/*.{ts,tsx}", { cwd: folder });
  const sources = files.map((file) => [file.split(sep).join("/"), readFileSync(join(folder, file), "utf8")]);
  const found = folderProblems(Object.fromEntries(sources), readFileSync(join(folder, "README.md"), "utf8"));
  return found.map((problem) => `packages/${name}: ${problem}\n`);
});
process.stderr.write(problems.join(""));
process.exitCode = problems.length === 0 ? 0 : 1;
