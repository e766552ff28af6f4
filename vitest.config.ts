import { join } from "node:path";
import { defineConfig } from "vitest/config";

// Workspace packages resolve to their sources, so tests run without a build.
const conditions = ["@trainscope/source", "module", "node", "import", "default"];
const resolution = { resolve: { conditions }, ssr: { resolve: { conditions } } };

function project(name: string, root: string, testTimeout = 20_000) {
  return {
    ...resolution,
    test: {
      name,
      root,
      include: ["**/*.test.ts", "**/*.test.tsx"],
      setupFiles: [join(import.meta.dirname, "vitest.setup.ts")],
      testTimeout,
    },
  };
}

export default defineConfig({
  test: {
    projects: [
      project("core", "packages/core"),
      project("data-cifar", "packages/data-cifar"),
      project("viz", "packages/viz"),
      project("tui", "packages/tui"),
      project("examples", "examples"),
      project("tools", "tools"),
      // Real processes and terminals, on machines that do other things too.
      project("test", "test", 60_000),
    ],
  },
});
