import { join } from "node:path";
import { configDefaults, defineConfig } from "vitest/config";
import { LongestFirst, SECONDS } from "./tools/src/longest-first.ts";

// Workspace packages resolve to their sources, so tests run without a build.
const conditions = ["@trainscope/source", "module", "node", "import", "default"];
const resolution = { resolve: { conditions }, ssr: { resolve: { conditions } } };

const MINUTE = 60_000;

/** Files of `test/` that take longer are left to `npm run test-all`, so that `npm test` is a matter of minutes. */
const MOST_SECONDS = 10;
const LONG_FILES = Object.keys(SECONDS)
  .filter((file) => file.startsWith("test/") && (SECONDS[file] ?? 0) > MOST_SECONDS)
  .map((file) => file.slice("test/".length));

interface ProjectOptions {
  readonly include?: string[];
  readonly exclude?: string[];
  readonly timeout?: number;
  readonly maxWorkers?: number;
  readonly isolate?: boolean;
  readonly env?: Readonly<Record<string, string>>;
}

/** Ink asks for the size of a terminal that doesn't tell it, and starts tput for that each time it draws. */
const terminal = { env: { COLUMNS: "100", LINES: "40" } };

// Real processes and terminals, on machines that do other things too. They wait a good deal for one another, so three
// files share two cores.
const processes = { maxWorkers: 3, timeout: 10 * MINUTE, isolate: true };

function project(name: string, root: string, { timeout = 5 * MINUTE, ...more }: ProjectOptions = {}) {
  return {
    ...resolution,
    test: {
      name,
      root,
      include: ["**/*.test.ts", "**/*.test.tsx"],
      setupFiles: [join(import.meta.dirname, "vitest.setup.ts")],
      // Far more than any takes: the machine may be busy with something else.
      testTimeout: timeout,
      hookTimeout: timeout,
      // A machine that stands still for a moment shall not fail thousands of tests; `npm test` names what needed a second try.
      retry: 1,
      // A worker for each file takes half a second to start, more than most files take. So a test leaves nothing behind
      // in its worker, and mocks no module, which the file before may have loaded.
      isolate: false,
      ...more,
    },
  };
}

export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    projects: [
      project("core", "packages/core"),
      project("data-cifar", "packages/data-cifar"),
      project("viz", "packages/viz"),
      project("formats", "packages/formats"),
      project("metrics", "packages/metrics"),
      project("create-plugin", "packages/create-plugin"),
      project("runs", "packages/runs"),
      project("sweep", "packages/sweep"),
      project("study", "packages/study"),
      project("engine-native", "packages/engine-native"),
      project("tui", "packages/tui", terminal),
      // What watches files that grow waits for them.
      project("cli", "packages/cli", { ...terminal, maxWorkers: 2 }),
      project("examples", "examples"),
      project("tools", "tools"),
      project("test", "test", { ...processes, exclude: [...configDefaults.exclude, ...LONG_FILES] }),
      project("long", "test", { ...processes, include: LONG_FILES }),
    ],
  },
});
