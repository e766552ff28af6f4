// Every command and every program in the documents does what they say. What runs elsewhere is listed with the place.
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { cleanEnvironment, root, temporaryFolder, trainscope } from "./support/command.ts";

const DOCUMENTS = [
  "README.md",
  "CONTRIBUTING.md",
  "docs/dashboard.md",
  "docs/sweep.md",
  "docs/sweep-scale.md",
  ...[
    "core",
    "data-cifar",
    "engine-native",
    "formats",
    "metrics",
    "runs",
    "study",
    "sweep",
    "viz",
    "tui",
    "cli",
  ].map((name) => `packages/${name}/README.md`),
  "tools/bench/README.md",
];

/** Their commands are run by runs-page.test.ts and watch.test.ts. */
const PAGES_OF_THEIR_OWN = ["docs/runs.md", "docs/watch.md"];

const RUNS_PAGE = "needs runs: runs-page.test.ts runs it";
const MACHINES = "one of three that belong together: compose.test.ts runs them";
const ELSEWHERE = new Map([
  ["redis-server --appendonly yes", MACHINES],
  ["npx trainscope worker redis://127.0.0.1:6379 --data sample", MACHINES],
  [
    "npx trainscope sweep --data sample --eta log:1e-4..1e-1 --strategy random --budget 60 --queue redis://127.0.0.1:6379",
    MACHINES,
  ],
  ["npx trainscope train --resume latest", RUNS_PAGE],
  ["npx trainscope replay latest", RUNS_PAGE],
  ["npx trainscope attach latest", RUNS_PAGE],
  ["npx trainscope compare --all", "needs runs: compare.test.ts runs it"],
  ["npx trainscope compare sweep --group-by seed", "needs a sweep: sweep.test.ts runs it"],
  ["npx trainscope fork latest --epoch 12 --eta 0.0005", RUNS_PAGE],
  ["python3 train.py | npx trainscope watch -", "needs a program: watch.test.ts has some"],
  ["npm install @trainscope/core", "it is in the workspace"],
  ["npm install @trainscope/data-cifar", "it is in the workspace"],
  ["npm install @trainscope/engine-native", "it is in the workspace"],
  ["npm install @trainscope/formats", "it is in the workspace"],
  ["npm install @trainscope/metrics", "it is in the workspace"],
  ["npm install @trainscope/runs", "it is in the workspace"],
  ["npm install @trainscope/tui", "it is in the workspace"],
  ["npm install @trainscope/viz", "it is in the workspace"],
  ["npm install @trainscope/study", "it is in the workspace"],
  ["npm install @trainscope/sweep", "it is in the workspace"],
  ["npm test", "npm run test-all runs the same, and more"],
  ["npm run test-all", "runs this test"],
  ["npx nx run core:test", "npm run test-all runs it"],
  ["npm run lint", "continuous integration runs it"],
  ["npm run typecheck", "continuous integration runs it"],
  ["npm run build", "continuous integration runs it"],
  ["npm run pack", "packages.test.ts packs all and installs them"],
  ["npx nx release plan", "asks, and would write here"],
  ["npx nx release --dry-run --skip-publish", "workflows.test.ts makes a release in a copy"],
  ["npm run api", "would write here: continuous integration runs it with --check"],
  ["npm run fuzz", "takes a minute: data-cifar's own tests are the same with fewer files"],
  ["npm run format", "would change the files under test"],
  ["UPDATE_GOLDEN=1 npx vitest run --project viz --project study", "would change the golden pictures"],
  ["npx nx generate @trainscope/tools:metric own-label", "would write here: generators.test.ts runs it"],
  ["npx nx generate @trainscope/tools:exporter final-figures", "would write here: generators.test.ts runs it"],
  ["npx trainscope data download", "needs the network: download.test.ts runs it against a server of its own"],
  ["npx trainscope runs", "needs runs to list: command.test.ts runs it"],
  ["npx trainscope report --part basic --seeds 3", "report.test.ts runs it, on less"],
  ["npm run report", "takes minutes: report.test.ts runs the command"],
  ["npx trainscope report --data sample --quick", "report.test.ts runs it"],
  ["npx trainscope reset-terminal", "needs a terminal: reset-terminal.test.ts runs it"],
  ["./setup.sh", "runs with npm start, below"],
  ["npm run bench", "takes half an hour: bench.test.ts runs it on little work"],
  [
    "npm run bench -- --only a,b --rounds 30 --json figures.json",
    "takes minutes: bench.test.ts runs it on little work",
  ],
  ["npm run bench -- --only a,e --peers c", "takes minutes: bench.test.ts runs it on little work"],
  ["npm run bench -- --quick", "bench.test.ts runs it"],
]);

interface Block {
  readonly document: string;
  readonly language: string;
  readonly text: string;
}

const blocks: readonly Block[] = DOCUMENTS.flatMap((document) =>
  [...readFileSync(join(root, document), "utf8").matchAll(/^```(\w+)\n(.*?)^```$/gms)].map(
    ([, language = "", text = ""]) => ({ document, language, text }),
  ),
);

const commands = new Set(
  blocks
    .filter(({ language }) => language === "sh")
    .flatMap(({ text }) => text.trim().split("\n"))
    .map((line) => line.replace(/\s+#.*$/, "").trim()),
);

/** The environment of a shell outside of any test runner. */
function shellEnvironment(): Record<string, string | undefined> {
  const entries = Object.entries(cleanEnvironment()).filter(([name]) => !/^(NX_|VITEST|TEST|npm_)/.test(name));
  // A user's shell finds the Node.js of the system, not the one that npm puts before it.
  const path = (process.env.PATH ?? "").split(delimiter).filter((folder) => !folder.includes("node_modules"));
  return { ...Object.fromEntries(entries), PATH: path.join(delimiter) };
}

function shell(command: string) {
  return spawnSync("bash", ["-c", command], { cwd: root, env: shellEnvironment(), encoding: "utf8" });
}

describe("commands in the documents", () => {
  it("are found", () => {
    expect(commands.size).toBeGreaterThan(15);
  });

  it.each([...ELSEWHERE.keys()])("%s stands in a document, and its script exists", (command) => {
    expect(commands).toContain(command);
    const script = /^npm run (\w+)/.exec(command)?.[1];
    const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
      scripts: Record<string, string>;
    };
    if (script !== undefined) expect(Object.keys(scripts)).toContain(script);
  });

  const here = [...commands].filter((command) => !ELSEWHERE.has(command));

  it.each(here.filter((command) => command.startsWith("npx trainscope")))("%s", async (command) => {
    const args = command.split(" ").slice(2);
    const { status, stderr } = await trainscope(args, { cwd: temporaryFolder() });
    expect(stderr).toMatch(/^$|built-in sample/);
    expect(status).toBe(0);
  });

  // Where something is out of date, setup.sh would replace the packages under test.
  const isSetUp = shell("./setup.sh --check").status === 0;

  it.each(here.filter((command) => !command.startsWith("npx trainscope")))("%s", (command) => {
    const runnable = isSetUp ? command : command.replace("./setup.sh && ", "");
    const { status, stdout, stderr } = shell(runnable);
    const run = /^ {2}(runs\/[^/]+)\/artifacts/m.exec(stdout)?.[1];
    if (run !== undefined) rmSync(join(root, run), { recursive: true });
    expect(stderr).not.toMatch(/error/i);
    expect(status).toBe(0);
    if (command.includes("npm start")) expect(stdout).toMatch(/test accuracy +\d+\.\d\d %/);
  });
});

describe("programs in the documents", () => {
  const programs = blocks.filter(({ language, text }) => language === "ts" && !text.includes("/testing"));

  it.each(programs)("$document", async ({ document, text }) => {
    // Inside the workspace, so that packages are found by name.
    const folder = mkdtempSync(join(root, "test/.docs-"));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const isConfig = text.includes("defineConfig");
    const file = join(folder, isConfig ? "trainscope.config.ts" : "program.ts");
    writeFileSync(file, text);
    if (isConfig) {
      const isSweep = text.includes("sweep: {");
      const command = isSweep ? ["sweep", "--budget", "2", "--seeds", "1"] : ["train"];
      const { status, stdout } = await trainscope([...command, "--data", "sample", "--epochs", "1"], {
        cwd: folder,
      });
      expect(status).toBe(0);
      const name = document === "README.md" ? "confidence" : "top-3";
      expect(stdout).toMatch(
        isSweep ? /^sweep: halving, 2 settings/m : new RegExp(`validation: .*${name} [\\d.]+ %`),
      );
      expect(text.split("\n").length).toBeLessThan(21);
    } else {
      const { status, stderr, stdout } = spawnSync(process.execPath, [file], {
        cwd: folder,
        env: shellEnvironment(),
        encoding: "utf8",
      });
      expect([status, stderr]).toEqual([0, ""]);
      const drawn = [...text.matchAll(/"(\w+\.(?:png|svg))"/g)].map(([, name = ""]) => name);
      for (const name of drawn) expect(existsSync(join(folder, name))).toBe(true);
      if (drawn.length === 0) expect(stdout).not.toBe("");
    }
  });

  it("links lead to files that are there", () => {
    for (const document of [...DOCUMENTS, ...PAGES_OF_THEIR_OWN]) {
      const links = readFileSync(join(root, document), "utf8").matchAll(/\]\((?!https?:)([^)#]+)\)/g);
      for (const [, link = ""] of links) {
        expect(existsSync(join(root, document, "..", link)), `${document}: ${link}`).toBe(true);
      }
    }
  });
});
