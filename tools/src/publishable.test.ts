import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { layOut, layOutPlatform, publishedManifest, publishedReadme } from "./publishable.ts";

it("a manifest loses the condition that leads to sources, what has no other, and what development needs", () => {
  const manifest = {
    name: "a",
    files: ["dist"],
    exports: {
      ".": { "@trainscope/source": "./src/index.ts", types: "./dist/index.d.ts", default: "./dist/index.js" },
      "./testing": { "@trainscope/source": "./src/testing.ts" },
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

it("a package with a compiled part depends on that of each platform, which only that platform installs", () => {
  const root = mkdtempSync(join(tmpdir(), "trainscope-publish-"));
  onTestFinished(() => rmSync(root, { recursive: true }));
  const platforms = { "linux-x64": { libc: ["glibc"] }, "win32-x64": {} };
  const manifest = { name: "@a/b", version: "1.2.3", license: "MIT", files: ["dist"], platforms };
  expect(publishedManifest(manifest)).toEqual({
    name: "@a/b",
    version: "1.2.3",
    license: "MIT",
    files: ["dist"],
    optionalDependencies: { "@a/b-linux-x64": "1.2.3", "@a/b-win32-x64": "1.2.3" },
  });
  writeFileSync(join(root, "package.json"), JSON.stringify(manifest));
  const [file, to] = [join(root, "b.node"), join(root, "out")];
  expect(layOutPlatform(root, "linux-x64", file, to)).toBe(false);
  writeFileSync(file, "compiled");
  expect(layOutPlatform(root, "sunos-x64", file, to)).toBe(false);
  expect(layOutPlatform(root, "linux-x64", file, to)).toBe(true);
  expect(readdirSync(to).sort()).toEqual(["README.md", "b.node", "package.json"]);
  expect(JSON.parse(readFileSync(join(to, "package.json"), "utf8"))).toMatchObject({
    name: "@a/b-linux-x64",
    version: "1.2.3",
    main: "b.node",
    files: ["b.node"],
    os: ["linux"],
    cpu: ["x64"],
    libc: ["glibc"],
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
  write("CHANGELOG.md", "# Changelog\n");
  write("dist/index.js", "export {};\n//# sourceMappingURL=index.js.map\n");
  write("dist/index.js.map", "{}");
  write("dist/a.tsbuildinfo", "{}");
  write("dist/deep/b.d.ts", "export {};\n//# sourceMappingURL=b.d.ts.map");
  const to = join(root, "out");
  layOut(source, source, to);
  expect(readdirSync(to, { recursive: true }).sort()).toEqual(
    [
      "CHANGELOG.md",
      "LICENSE",
      "README.md",
      "package.json",
      "dist",
      "dist/deep",
      "dist/deep/b.d.ts",
      "dist/index.js",
    ].sort(),
  );
  expect(readFileSync(join(to, "dist/index.js"), "utf8")).toBe("export {};\n");
  expect(readFileSync(join(to, "dist/deep/b.d.ts"), "utf8")).toBe("export {};\n");
});

it("a README leads nowhere but to what is published, and its code is left alone", () => {
  const text = [
    "See [`a`](src/deep/a.ts), [docs](../../docs/x.md), [npm](https://npmjs.com) and [below](#b).",
    "",
    "![A chart](golden/a.png)",
    "",
    "```ts",
    "run[0](x);",
    "```",
    "",
    "[end](nowhere.md)\n",
  ].join("\n");
  expect(publishedReadme(text, (path) => path === "dist/deep/a.d.ts")).toBe(
    [
      "See [`a`](dist/deep/a.d.ts), docs, [npm](https://npmjs.com) and [below](#b).",
      "",
      "```ts",
      "run[0](x);",
      "```",
      "",
      "end\n",
    ].join("\n"),
  );
});

it("says what is missing where nothing was built", () => {
  const root = mkdtempSync(join(tmpdir(), "trainscope-publish-"));
  onTestFinished(() => rmSync(root, { recursive: true }));
  writeFileSync(join(root, "package.json"), JSON.stringify({ name: "a", files: ["dist"] }));
  expect(() => layOut(root, root, join(root, "out"))).toThrow("dist is missing; run: npm run build");
});
