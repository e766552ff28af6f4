import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { layOut, publishedManifest } from "./publishable.ts";

it("a manifest loses the condition that leads to sources, and what development needs", () => {
  const manifest = {
    name: "a",
    files: ["dist"],
    exports: {
      ".": { "@trainscope/source": "./src/index.ts", types: "./dist/index.d.ts", default: "./dist/index.js" },
      "./package.json": "./package.json",
    },
    devDependencies: { vitest: "5" },
  };
  expect(publishedManifest(manifest)).toEqual({
    name: "a",
    files: ["dist"],
    exports: {
      ".": { types: "./dist/index.d.ts", default: "./dist/index.js" },
      "./package.json": "./package.json",
    },
  });
});

it("lays out compiled files without maps, the README and the licence", () => {
  const root = mkdtempSync(join(tmpdir(), "trainscope-publish-"));
  onTestFinished(() => rmSync(root, { recursive: true }));
  const source = join(root, "source");
  mkdirSync(join(source, "dist/deep"), { recursive: true });
  const write = (name: string, text: string): void => writeFileSync(join(source, name), text);
  write("package.json", JSON.stringify({ name: "a", files: ["dist", "!dist/*.tsbuildinfo"] }));
  write("README.md", "# a\n");
  write("LICENSE", "MIT\n");
  write("dist/index.js", "export {};\n//# sourceMappingURL=index.js.map\n");
  write("dist/index.js.map", "{}");
  write("dist/a.tsbuildinfo", "{}");
  write("dist/deep/b.d.ts", "export {};\n//# sourceMappingURL=b.d.ts.map");
  const to = join(root, "out");
  layOut(source, join(source, "LICENSE"), to);
  expect(readdirSync(to, { recursive: true }).sort()).toEqual(
    ["LICENSE", "README.md", "dist", "dist/deep", "dist/deep/b.d.ts", "dist/index.js", "package.json"].sort(),
  );
  expect(readFileSync(join(to, "dist/index.js"), "utf8")).toBe("export {};\n");
  expect(readFileSync(join(to, "dist/deep/b.d.ts"), "utf8")).toBe("export {};\n");
});

it("says what is missing where nothing was built", () => {
  const root = mkdtempSync(join(tmpdir(), "trainscope-publish-"));
  onTestFinished(() => rmSync(root, { recursive: true }));
  writeFileSync(join(root, "package.json"), JSON.stringify({ name: "a", files: ["dist"] }));
  expect(() => layOut(root, join(root, "LICENSE"), join(root, "out"))).toThrow(
    "dist is missing; run: npm run build",
  );
});
