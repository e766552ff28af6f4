import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, expect, it } from "vitest";
import { drawnStacks, folderProblems } from "./folder-stack.ts";

const root = join(import.meta.dirname, "../..");
const readmeOf = (name: string) => readFileSync(join(root, "packages", name, "README.md"), "utf8");

const README = "```text src\nlow · between.ts   what is below\nhigh\n```\n\n```text src/high\none\ntwo\n```\n";

it("a drawing's lines go from the bottom up, and say what their entries are", () => {
  expect([...drawnStacks(README)]).toEqual([
    ["src", ["low", "between.ts", "high"]],
    ["src/high", ["one", "two"]],
  ]);
});

const drawn = readdirSync(join(root, "packages")).flatMap((name) =>
  [...drawnStacks(readmeOf(name))].map(([folder, stack]) => [name, folder, stack] as const),
);

it.each(drawn)(
  "%s: entries of %s import from those below them only, in types neither",
  (name, folder, stack) => {
    const pathOf = (entry: string, file: string) =>
      `${folder}/${entry.includes(".") ? entry : `${entry}/${file}`}`;
    for (const [place, entry] of stack.entries()) {
      for (const [otherPlace, other] of stack.entries()) {
        if (entry === other) continue;
        const inFile = entry.includes(".");
        const text = `export type { X } from "${inFile ? "./" : "../"}${other.includes(".") ? other : `${other}/x.ts`}";`;
        const all = Object.fromEntries(stack.map((each) => [pathOf(each, "x.ts"), ""]));
        const problems = folderProblems({ ...all, [pathOf(entry, "a.ts")]: text }, readmeOf(name));
        const upwards = problems.filter((problem) => problem.endsWith(`${other} stands above ${entry}`));
        expect(upwards).toHaveLength(otherPlace > place ? 1 : 0);
      }
    }
  },
);

it("a folder is refused that comes upward through files that aren't drawn; a test may look up", () => {
  const sources = {
    "src/low/a.ts": 'import { b } from "../b.ts";',
    "src/b.ts": 'const c = await import("./high/one/c.ts");',
    "src/high/one/c.ts": "",
    "src/high/two/c.ts": "",
    "src/low/a.test.ts": 'import { c } from "../high/one/c.ts";',
    "src/low/testing/a.ts": 'import { c } from "../../high/one/c.ts";',
  };
  expect(folderProblems(sources, README)).toEqual([
    "src/b.ts imports src/high/one/c.ts: high stands above low",
  ]);
});

it("folders that import each other are refused wherever they stand, and with them nobody else", () => {
  const sources = {
    "src/low/x/a.ts": 'import { b } from "../y/b.ts";',
    "src/low/y/b.ts": "",
    "src/low/y/c.ts": 'import {\n  d,\n} from "../z/d.ts";',
    "src/low/z/d.ts": 'import type { E } from "../x/e.ts";\nimport "../f.ts";',
    "src/low/x/e.ts": "",
    "src/low/f.ts": "",
    "src/low/g.ts": 'import "./x/a.ts";',
    "src/high/one/c.ts": "",
  };
  expect(folderProblems(sources, README)).toEqual([
    "src/low/x/a.ts imports src/low/y/b.ts in a circle of folders",
    "src/low/y/c.ts imports src/low/z/d.ts in a circle of folders",
    "src/low/z/d.ts imports src/low/x/e.ts in a circle of folders",
  ]);
});

it("each folder has its place in the drawing, and there is one where there are two folders", () => {
  const sources = { "src/low/a.ts": "", "src/other/b.ts": "", "src/testing/c.ts": "" };
  expect(folderProblems(sources, README)).toEqual(["README.md leaves src/other out of its stack"]);
  expect(folderProblems(sources, "")).toEqual(['README.md draws no stack "src"']);
});

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

it("`npm run lint` fails with the place of what is wrong", () => {
  const copy = mkdtempSync(join(tmpdir(), "folders-"));
  folders.push(copy);
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(copy, path)), { recursive: true });
    writeFileSync(join(copy, path), text);
  };
  write("packages/probe/README.md", "```text src\nlow\nhigh\n```\n");
  write("packages/probe/src/low/a.ts", 'export { b } from "../high/b.ts";');
  const script = join(root, "tools/src/check-folders.ts");
  const { status, stderr } = spawnSync(process.execPath, [script, copy], { encoding: "utf8" });
  expect(stderr).toBe("packages/probe: src/low/a.ts imports src/high/b.ts: high stands above low\n");
  expect(status).toBe(1);
  const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  expect(scripts.lint).toContain("node tools/src/check-folders.ts");
});
