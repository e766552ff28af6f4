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
import { installFrom } from "./support/installed.ts";
import { errorsOfTypes, programsOf, writePrograms } from "./support/readme-programs.ts";
import { loadTarballLooks } from "./support/tarball-looks.ts";

const run = promisify(execFile);

/** The longest that a tarball may be, in bytes: who adds to a package adds to every install. */
const PACKAGES: Readonly<Record<string, { readonly with: readonly string[]; readonly most: number }>> = {
  core: { with: [], most: 235_000 },
  metrics: { with: ["core"], most: 35_000 },
  runs: { with: ["core"], most: 80_000 },
  sweep: { with: ["core"], most: 40_000 },
  "data-cifar": { with: ["core"], most: 75_000 },
  formats: { with: ["core"], most: 122_000 },
  "engine-native": { with: ["core"], most: 50_000 },
  viz: { with: ["core"], most: 80_000 },
  tui: { with: ["core"], most: 200_000 },
  study: { with: ["core", "sweep", "viz"], most: 110_000 },
  "create-plugin": { with: [], most: 12_000 },
};

/** The oldest compiler that our types are for, the newest being the one that builds them; what looks at tarballs; bundlers. */
const TOOLS = [
  "typescript@5.7.3",
  "publint@0.3.25",
  "@arethetypeswrong/core@0.18.5",
  "esbuild@0.28.2",
  "webpack@5.113.0",
];

/** What a page that trains with core loads at once, minified and gzipped, in bytes. */
const MOST_OF_A_PAGE = { vite: 36_000, webpack: 36_000, esbuild: 39_800 } as const;

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
/** The one project in which npm installs. All others are made of it. */
let installed: string;

beforeAll(async () => {
  tarballs = mkdtempSync(join(tmpdir(), "trainscope-tarballs-"));
  mkdirSync(join(tarballs, "core"));
  writeFileSync(join(tarballs, "core/mine.txt"), "mine");
  await run(process.execPath, [join(root, "tools/src/pack.ts"), tarballs]);
  installed = join(tarballs, "in-all");
  mkdirSync(installed);
  writeFileSync(join(installed, "package.json"), JSON.stringify({ private: true, type: "module" }));
  const ours = packed().map((file) => join(tarballs, file));
  const theirs = ["@types/node", "vitest"].map((dependency) => `${dependency}@${versionOf(dependency)}`);
  const ofPage = Object.entries(pageDependencies()).map(([name, range]) => `${name}@${range}`);
  await run("npm", ["install", ...INSTALL, ...ours, ...theirs, ...ofPage, ...TOOLS], { cwd: installed });
  const canvas = "node_modules/canvas/build";
  cpSync(join(root, canvas), join(installed, canvas), { recursive: true });
});
afterAll(() => rmSync(tarballs, { recursive: true, force: true }));

const { version } = JSON.parse(readFileSync(join(root, "packages/core/package.json"), "utf8"));
const tarballOf = (name: string): string => join(tarballs, `trainscope-${name}-${version}.tgz`);
const packed = (): readonly string[] => readdirSync(tarballs).filter((file) => file.endsWith(".tgz"));
const scoped = (name: string): string => `@trainscope/${name}`;
const bin = (project: string, command: string): string => join(project, "node_modules/.bin", command);

function versionOf(dependency: string): string {
  return JSON.parse(readFileSync(join(root, "node_modules", dependency, "package.json"), "utf8")).version;
}

/** Those that aren't ours. */
function pageDependencies(): Record<string, string> {
  const { dependencies } = JSON.parse(readFileSync(join(root, "examples/browser/package.json"), "utf8"));
  return Object.fromEntries(
    Object.entries<string>(dependencies).filter(([name]) => !name.startsWith("@trainscope/")),
  );
}

it("packing leaves alone what else is in the folder, and puts nothing there but tarballs", () => {
  expect(readFileSync(join(tarballs, "core/mine.txt"), "utf8")).toBe("mine");
  const others = readdirSync(tarballs).filter((name) => !/\.tgz$|^in-/.test(name));
  expect(others).toEqual(["core"]);
});

it("all packages bring one RxJS, the project's own", () => {
  const { packages } = JSON.parse(readFileSync(join(installed, "package-lock.json"), "utf8"));
  const copies = Object.keys(packages).filter((path) => /(^|\/)rxjs$/.test(path));
  expect(copies).toEqual(["node_modules/rxjs"]);
});

describe.each(Object.entries(PACKAGES))(
  "@trainscope/%s in an empty project",
  (name, { with: others, most }) => {
    let project: string;

    beforeAll(() => {
      const testing = programsOf(name).some((text) => text.includes("/testing")) ? ["vitest"] : [];
      const names = [...[name, ...others].map(scoped), "@types/node", ...testing];
      project = installFrom(installed, join(tarballs, `in-${name}`), names);
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

    it("has types without an error, its dependencies' included", async () => {
      expect(await errorsOfTypes(project, bin(root, "tsc"), ["--module", "nodenext"])).toBe("");
    });

    it("runs every program of its README", async () => {
      for (const file of readdirSync(project).filter((one) => /-\d+\.ts$/.test(one))) {
        const { stderr } = await run(process.execPath, [file], { cwd: project });
        expect([file, stderr]).toEqual([file, ""]);
      }
      const suites = readdirSync(project).filter((one) => one.endsWith(".test.ts"));
      if (suites.length === 0) return;
      const { stdout } = await run(bin(project, "vitest"), ["run"], { cwd: project });
      expect(stdout).toMatch(/Tests .*\d+ passed/);
    });
  },
);

it("publint and Are The Types Wrong find nothing in any tarball", async () => {
  const look = await loadTarballLooks(installed);
  const found: Record<string, readonly string[]> = {};
  for (const file of packed()) {
    const tarball = join(tarballs, file);
    found[`${file}, publint`] = await look.publint(tarball);
    // What is compiled for a platform has no types.
    if (!file.includes(platform)) found[`${file}, types`] = await look.types(tarball);
  }
  expect(Object.entries(found).filter(([, problems]) => problems.length > 0)).toEqual([]);
});

describe("examples/browser, copied anywhere", () => {
  let page: string;

  beforeAll(async () => {
    page = copyExample(join(tarballs, "in-page"));
    const ours = ["core", "data-cifar", "viz"].map(scoped);
    installFrom(installed, page, [...ours, ...Object.keys(pageDependencies())], { optional: false });
    await buildExample(page);
  });

  it("has types without an error", async () => {
    await run(bin(root, "tsc"), ["-p", page]);
  });

  it("core is small in a page, and Vite, esbuild and webpack warn of nothing", async () => {
    const entry = join(page, "bundled.js");
    writeFileSync(
      entry,
      `import { train } from "@trainscope/core";
      train({ dataset: globalThis.dataset }).subscribe(console.log);`,
    );
    const bundles = await bundleEverywhere(entry, installed);
    for (const bundler of ["vite", "webpack", "esbuild"] as const) {
      const { warnings, gzipped } = bundles[bundler];
      expect([bundler, warnings]).toEqual([bundler, []]);
      expect(gzipped, `${bundler}: ${gzipped} bytes`).toBeLessThan(MOST_OF_A_PAGE[bundler]);
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

const trainscopeIn = (project: string, ...flags: readonly string[]) =>
  run(bin(project, "trainscope"), flags, { cwd: project }).then(
    ({ stdout, stderr }) => ({ status: 0, stdout, stderr }),
    ({ code, stdout, stderr }) => ({ status: code, stdout, stderr }),
  );

describe("all packages in one project without node-canvas", () => {
  let project: string;

  beforeAll(() => {
    const ours = ["trainscope", ...Object.keys(PACKAGES).map(scoped)];
    const names = [...ours, "@types/node", "vitest"];
    project = installFrom(installed, join(tarballs, "in-command"), names, { optional: false });
    for (const name of Object.keys(PACKAGES)) writePrograms(project, name);
  });

  it.each(["oldest", "newest"])(
    "have types without an error, however modules are resolved, by the %s TypeScript",
    async (compiler) => {
      const home = compiler === "newest" ? root : installed;
      for (const resolution of RESOLUTIONS) {
        const errors = await errorsOfTypes(project, bin(home, "tsc"), resolution);
        expect([resolution, errors]).toEqual([resolution, ""]);
      }
    },
  );

  it("trains, says once that pictures are SVG alone and what to do, and writes them", async () => {
    expect(existsSync(join(project, "node_modules/canvas"))).toBe(false);
    const flags = ["--data", "sample", "--epochs", "2", "--reporter", "json", "--out", "runs"];
    const { status, stderr } = await trainscopeIn(project, "train", ...flags);
    expect([status, stderr.match(/SVG alone/g)]).toEqual([0, ["SVG alone"]]);
    expect(stderr).toContain("npm install canvas");
    const files = readdirSync(join(project, "runs"), { recursive: true }).map(String);
    const kinds = files.flatMap((path) => /\.(png|svg)$/.exec(path)?.[1] ?? []);
    expect(kinds.length).toBeGreaterThan(3);
    expect(new Set(kinds)).toEqual(new Set(["svg"]));
  });

  it("draws a contact sheet as SVG, and refuses a PNG with what to do", async () => {
    const drawn = await trainscopeIn(project, "data", "info", "--data", "sample");
    expect([drawn.status, drawn.stderr]).toEqual([0, ""]);
    expect(readFileSync(join(project, "contact-sheet.svg"), "utf8")).toMatch(/^<svg /);
    const refused = await trainscopeIn(project, "data", "info", "--data", "sample", "--picture", "sheet.png");
    expect(refused.status).toBe(2);
    expect(refused.stderr).toMatch(/node-canvas, which isn't installed[\s\S]*npm install canvas/);
    expect(refused.stderr).not.toMatch(/\n\s+at /);
    expect(existsSync(join(project, "sheet.png"))).toBe(false);
  });
});

it("a project of create-plugin, anywhere: its contract holds, it is tried, packed and installed, and trains by its name", async () => {
  const author = async (name: string, ...flags: readonly string[]): Promise<string> => {
    const folder = join(tarballs, `in-${name}`);
    await run(bin(installed, "create-plugin"), [folder, "--name", name, ...flags]);
    const { devDependencies } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    installFrom(installed, folder, Object.keys(devDependencies));
    for (const script of ["test", "try"]) await run("npm", ["run", script], { cwd: folder });
    return folder;
  };
  await author("trainscope-final-figures", "--exporter");
  const cwd = await author("trainscope-own-label");
  await run("npm", ["pack", "--silent", "--pack-destination", cwd], { cwd });
  const plugin = join(cwd, "trainscope-own-label-0.1.0.tgz");
  await run("npm", ["install", ...INSTALL, plugin], { cwd: installed });

  const names = ["trainscope", "trainscope-own-label"];
  const user = installFrom(installed, join(tarballs, "in-user"), names, { optional: false });
  const train = ["train", "--data", "sample", "--epochs", "1", "--no-pictures"];
  const named = await trainscopeIn(user, ...train, "--plugin", "trainscope-own-label");
  writeFileSync(join(user, "trainscope.config.json"), JSON.stringify({ plugins: ["trainscope-own-label"] }));
  const configured = await trainscopeIn(user, ...train);
  for (const { status, stdout } of [named, configured]) {
    expect([status, stdout]).toEqual([0, expect.stringMatching(/validation: .*own-label [\d.]+ %/)]);
  }
});

const compiled = join(root, "packages/engine-native/build/Release/engine_native.node");

it.skipIf(!existsSync(compiled))(
  "the native engine's compiled part is all that it takes to have it, no script is run",
  async () => {
    const names = ["core", "engine-native"].map(scoped);
    const project = installFrom(installed, join(tarballs, "in-compiled"), names);
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
