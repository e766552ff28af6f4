// Each package as it is published, alone in an empty project: installed from its tarball, type-checked in every way that
// modules are resolved, and with the programs of its README run.
import { execFile } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildExample, copyExample, lookAtExample, type SeenPage } from "./support/browser-example.ts";
import { bundleEverywhere } from "./support/bundle-sizes.ts";
import { executablePath } from "./support/chromium.ts";
import { root } from "./support/command.ts";

const run = promisify(execFile);

/** The longest that a tarball may be, in bytes: who adds to a package adds to every install. */
const PACKAGES: Readonly<Record<string, { readonly with: readonly string[]; readonly most: number }>> = {
  core: { with: [], most: 200_000 },
  metrics: { with: ["core"], most: 35_000 },
  runs: { with: ["core"], most: 80_000 },
  sweep: { with: ["core"], most: 40_000 },
  "data-cifar": { with: ["core"], most: 75_000 },
  formats: { with: ["core"], most: 110_000 },
  "engine-native": { with: ["core"], most: 50_000 },
  viz: { with: ["core"], most: 80_000 },
  tui: { with: ["core"], most: 200_000 },
  study: { with: ["core", "sweep", "viz"], most: 110_000 },
};

/** The oldest compiler that our types are for, the newest being the one that builds them; what looks at tarballs; bundlers. */
const TOOLS = [
  "typescript@5.7.3",
  "publint@0.3.25",
  "@arethetypeswrong/cli@0.18.5",
  "esbuild@0.28.2",
  "webpack@5.113.0",
];

/** A page that trains with core, minified and compressed: gzipped bytes. */
const MOST_OF_A_PAGE = 43_000;

/** Each that a project may have its modules resolved by. */
const RESOLUTIONS: readonly (readonly string[])[] = [
  ["--module", "node16"],
  ["--module", "nodenext"],
  ["--module", "esnext", "--moduleResolution", "bundler"],
];

/** No script is run: what is compiled is left out, and node-canvas has the binary of this checkout. */
const INSTALL = ["--no-audit", "--no-fund", "--ignore-scripts", "--prefer-offline", "--loglevel=error"];

const platform = `${process.platform}-${process.arch}`;

let tarballs: string;

beforeAll(async () => {
  tarballs = mkdtempSync(join(tmpdir(), "trainscope-tarballs-"));
  mkdirSync(join(tarballs, "core"));
  writeFileSync(join(tarballs, "core/mine.txt"), "mine");
  await run(process.execPath, [join(root, "tools/src/pack.ts"), tarballs]);
  mkdirSync(join(tarballs, "tools"));
  writeFileSync(join(tarballs, "tools/package.json"), JSON.stringify({ private: true }));
  await run("npm", ["install", ...INSTALL, "--save-exact", ...TOOLS], { cwd: join(tarballs, "tools") });
});
afterAll(() => rmSync(tarballs, { recursive: true, force: true }));

const { version } = JSON.parse(readFileSync(join(root, "packages/core/package.json"), "utf8"));
const tarballOf = (name: string): string => join(tarballs, `trainscope-${name}-${version}.tgz`);

it("packing leaves alone what else is in the folder, and puts nothing there but tarballs", () => {
  expect(readFileSync(join(tarballs, "core/mine.txt"), "utf8")).toBe("mine");
  const others = readdirSync(tarballs).filter((name) => !/\.tgz$|^in-|^tools$/.test(name));
  expect(others).toEqual(["core"]);
});

const versionOf = (dependency: string): string =>
  JSON.parse(readFileSync(join(root, "node_modules", dependency, "package.json"), "utf8")).version;

/** Of all programs in the project's folder, without the DOM's types, of which nothing of ours needs any. */
async function errorsOfTypes(
  project: string,
  compiler: string,
  resolution: readonly string[],
): Promise<string> {
  const programs = readdirSync(project).filter((file) => file.endsWith(".ts"));
  const flags = ["--noEmit", "--strict", "--target", "es2024", "--lib", "es2024", "--types", "node"];
  return await run(compiler, [...flags, "--skipLibCheck", "false", ...resolution, ...programs], {
    cwd: project,
  }).then(
    () => "",
    (error: { stdout?: string }) => error.stdout ?? String(error),
  );
}

function programsOf(name: string): readonly string[] {
  const readme = readFileSync(join(root, "packages", name, "README.md"), "utf8");
  return [...readme.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, text = ""]) => text);
}

/** Those of a package's README, a file each. */
function writePrograms(project: string, name: string): void {
  programsOf(name).forEach((text, index) => {
    const suffix = text.includes("/testing") ? "test.ts" : "ts";
    writeFileSync(join(project, `${name}-${index}.${suffix}`), text);
  });
}

describe.each(Object.entries(PACKAGES))(
  "@trainscope/%s in an empty project",
  (name, { with: others, most }) => {
    let project: string;
    const programs = programsOf(name);

    beforeAll(async () => {
      project = join(tarballs, `in-${name}`);
      mkdirSync(project);
      writeFileSync(join(project, "package.json"), JSON.stringify({ private: true, type: "module" }));
      const testing = programs.some((text) => text.includes("/testing"))
        ? [`vitest@${versionOf("vitest")}`]
        : [];
      await run(
        "npm",
        [
          "install",
          ...INSTALL,
          ...[name, ...others].map(tarballOf),
          `@types/node@${versionOf("@types/node")}`,
          ...testing,
        ],
        { cwd: project },
      );
      const canvas = join(project, "node_modules/canvas");
      if (existsSync(canvas)) {
        cpSync(join(root, "node_modules/canvas/build"), join(canvas, "build"), { recursive: true });
      }
      writePrograms(project, name);
    });

    it("is small, and holds its licence and nothing that leads nowhere", () => {
      expect(readFileSync(tarballOf(name)).length).toBeLessThan(most);
      const folder = join(project, "node_modules/@trainscope", name);
      const files = readdirSync(folder, { recursive: true }).map(String);
      expect(files).toEqual(expect.arrayContaining(["CHANGELOG.md", "LICENSE", "README.md", "package.json"]));
      expect(files.filter((file) => /\.map$|\.test\.|tsbuildinfo/.test(file))).toEqual([]);
      const { exports, main, types } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
      const named = JSON.stringify({ exports, main, types }).match(/\.\/[\w./-]+\.(?:json|js|ts)/g) ?? [];
      expect(named.length).toBeGreaterThan(3);
      for (const path of named) if (path !== "./package.json") expect(files).toContain(path.slice(2));
    });

    it("brings one RxJS, the project's own", () => {
      const copies = readdirSync(join(project, "node_modules"), { recursive: true })
        .map(String)
        .filter((path) => /(^|\/)rxjs\/package\.json$/.test(path) && !/rxjs\/.*rxjs/.test(path));
      expect(copies).toEqual(["rxjs/package.json"]);
    });

    it("has types without an error, its dependencies' included", async () => {
      const compiler = join(root, "node_modules/.bin/tsc");
      expect(await errorsOfTypes(project, compiler, ["--module", "nodenext"])).toBe("");
    });

    it("runs every program of its README", async () => {
      for (const file of readdirSync(project).filter((one) => /-\d+\.ts$/.test(one))) {
        const { stderr } = await run(process.execPath, [file], { cwd: project });
        expect([file, stderr]).toEqual([file, ""]);
      }
      const suites = readdirSync(project).filter((one) => one.endsWith(".test.ts"));
      if (suites.length === 0) return;
      const { stdout } = await run(join(project, "node_modules/.bin/vitest"), ["run"], { cwd: project });
      expect(stdout).toMatch(/Tests .*\d+ passed/);
    });
  },
);

it("publint and Are The Types Wrong find nothing in any tarball", async () => {
  const failed: string[] = [];
  const bin = (name: string): string => join(tarballs, "tools/node_modules/.bin", name);
  for (const file of readdirSync(tarballs).filter((name) => name.endsWith(".tgz"))) {
    const tarball = join(tarballs, file);
    const looks = [run(bin("publint"), ["--strict", tarball])];
    // What is compiled for a platform has no types.
    if (!file.includes(platform)) looks.push(run(bin("attw"), ["--profile", "esm-only", tarball]));
    for (const look of await Promise.allSettled(looks)) {
      if (look.status === "rejected") failed.push(`${file}: ${look.reason.stdout}${look.reason.stderr}`);
    }
  }
  expect(failed).toEqual([]);
});

describe("examples/browser, copied anywhere", () => {
  let page: string;

  beforeAll(async () => {
    page = copyExample(join(tarballs, "in-page"));
    const ours = ["core", "data-cifar", "viz"].map(tarballOf);
    await run("npm", ["install", ...INSTALL, "--omit=optional", "--omit=dev", ...ours], { cwd: page });
    await buildExample(page);
  });

  it("has types without an error", async () => {
    await run(join(root, "node_modules/.bin/tsc"), ["-p", page]);
  });

  it("core is small in a page, and Vite, esbuild and webpack warn of nothing", async () => {
    const entry = join(page, "bundled.js");
    writeFileSync(
      entry,
      `import { train } from "@trainscope/core";
      train({ dataset: globalThis.dataset }).subscribe(console.log);`,
    );
    const bundles = await bundleEverywhere(entry, join(tarballs, "tools"));
    for (const [bundler, { warnings, gzipped }] of Object.entries(bundles)) {
      expect([bundler, warnings]).toEqual([bundler, []]);
      expect(gzipped, `${bundler}: ${gzipped} bytes`).toBeLessThan(MOST_OF_A_PAGE);
    }
  });

  it.skipIf(executablePath === undefined)(
    "trains in Chromium on threads where it is isolated, on one where it isn't, with curves and templates drawn",
    async () => {
      const isolated = await lookAtExample(page, "production");
      expect(isolated).toMatchObject({ isIsolated: true, errors: [], charts: 2 });
      expect(isolated.status).toMatch(/^Done \(wasm engine, \d+ threads?\): \d\d\.\d % right/);
      const plain = await lookAtExample(page, "plain");
      expect(plain).toMatchObject({ isIsolated: false, errors: [], charts: 2 });
      expect(plain.status).toMatch(/^Done \(wasm engine, 1 thread\)/);
      expect(plain.alerts).toContain("no shared memory");
      const result = ({ status }: SeenPage) => /[\d.]+ % right/.exec(status)?.[0];
      expect(result(plain)).toBe(result(isolated));
    },
  );
});

describe("all packages in one project without node-canvas", () => {
  let project: string;
  const trainscope = (...flags: readonly string[]) =>
    run(join(project, "node_modules/.bin/trainscope"), flags, { cwd: project }).then(
      ({ stdout, stderr }) => ({ status: 0, stdout, stderr }),
      ({ code, stdout, stderr }) => ({ status: code, stdout, stderr }),
    );

  beforeAll(async () => {
    project = join(tarballs, "in-command");
    mkdirSync(project);
    writeFileSync(join(project, "package.json"), JSON.stringify({ private: true, type: "module" }));
    const ours = readdirSync(tarballs).filter((file) => file.endsWith(".tgz") && !file.includes(platform));
    const paths = ours.map((file) => join(tarballs, file));
    const theirs = ["@types/node", "vitest"].map((dependency) => `${dependency}@${versionOf(dependency)}`);
    await run("npm", ["install", ...INSTALL, "--omit=optional", ...paths, ...theirs], { cwd: project });
  });

  it.each(["oldest", "newest"])(
    "have types without an error, however modules are resolved, by the %s TypeScript",
    async (compiler) => {
      for (const name of Object.keys(PACKAGES)) writePrograms(project, name);
      const home = compiler === "newest" ? root : join(tarballs, "tools");
      for (const resolution of RESOLUTIONS) {
        const errors = await errorsOfTypes(project, join(home, "node_modules/.bin/tsc"), resolution);
        expect([resolution, errors]).toEqual([resolution, ""]);
      }
    },
  );

  it("trains, says once that pictures are SVG alone and what to do, and writes them", async () => {
    expect(existsSync(join(project, "node_modules/canvas"))).toBe(false);
    const flags = ["--data", "sample", "--epochs", "2", "--reporter", "json", "--out", "runs"];
    const { status, stderr } = await trainscope("train", ...flags);
    expect([status, stderr.match(/SVG alone/g)]).toEqual([0, ["SVG alone"]]);
    expect(stderr).toContain("npm install canvas");
    const files = readdirSync(join(project, "runs"), { recursive: true }).map(String);
    const kinds = files.flatMap((path) => /\.(png|svg)$/.exec(path)?.[1] ?? []);
    expect(kinds.length).toBeGreaterThan(3);
    expect(new Set(kinds)).toEqual(new Set(["svg"]));
  });

  it("draws a contact sheet as SVG, and refuses a PNG with what to do", async () => {
    const drawn = await trainscope("data", "info", "--data", "sample");
    expect([drawn.status, drawn.stderr]).toEqual([0, ""]);
    expect(readFileSync(join(project, "contact-sheet.svg"), "utf8")).toMatch(/^<svg /);
    const refused = await trainscope("data", "info", "--data", "sample", "--picture", "sheet.png");
    expect(refused.status).toBe(2);
    expect(refused.stderr).toMatch(/node-canvas, which isn't installed[\s\S]*npm install canvas/);
    expect(refused.stderr).not.toMatch(/\n\s+at /);
    expect(existsSync(join(project, "sheet.png"))).toBe(false);
  });
});

const compiled = join(root, "packages/engine-native/build/Release/engine_native.node");

it.skipIf(!existsSync(compiled))(
  "the native engine's compiled part is all that it takes to have it, no script is run",
  async () => {
    const project = join(tarballs, "with-compiled-part");
    mkdirSync(project);
    writeFileSync(join(project, "package.json"), JSON.stringify({ private: true, type: "module" }));
    const names = ["core", "engine-native", `engine-native-${platform}`];
    await run("npm", ["install", ...INSTALL, ...names.map(tarballOf)], { cwd: project });
    const program = `const { nativeSupport } = await import("@trainscope/engine-native");
    console.log(nativeSupport().available);`;
    const { stdout } = await run(process.execPath, ["--input-type=module", "--eval", program], {
      cwd: project,
    });
    expect(stdout).toBe("true\n");
    rmSync(join(project, "node_modules/@trainscope", `engine-native-${platform}`), { recursive: true });
    const without = await run(process.execPath, ["--input-type=module", "--eval", program], { cwd: project });
    expect(without.stdout).toBe("false\n");
  },
);
