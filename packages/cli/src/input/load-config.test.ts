import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Plugin } from "@trainscope/core";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { rememberModules } from "./known-modules.ts";
import { loadConfig } from "./load-config.ts";

let folder: string;

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "trainscope-config-")));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(files: Readonly<Record<string, string | object>>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), typeof content === "string" ? content : JSON.stringify(content));
  }
}

const load = (name: string) => loadConfig({ path: join(folder, name), by: "user" });

/** A module whose default export is a plugin, of one metric of that name. */
const metric = (name: string): string =>
  `({ name: ${JSON.stringify(name)}, splits: ["train"], direction: "none", init: () => 0, update: (n) => n, result: (n) => n })`;
const plugin = (name: string): string => `export default { name: "own", metrics: [${metric(name)}] };`;

const pluginsOf = async (name: string): Promise<readonly Plugin[]> =>
  (await load(name)).value.plugins.flatMap(({ value }) => value);
const namesOf = async (name: string): Promise<readonly string[]> =>
  (await pluginsOf(name)).flatMap(({ metrics = [] }) => metrics.map((one) => one.name));

/** A package as npm installs it, that only an import finds. */
const installed = (name: string, code: string) => ({
  [`node_modules/${name}/package.json`]: { name, type: "module", exports: { import: "./index.js" } },
  [`node_modules/${name}/index.js`]: code,
});

describe("plugins of a configuration", () => {
  it("may be objects, paths, packages, with options, within lists, and nothing", async () => {
    write({
      "trainscope.config.js": `export default { plugins: [
        { name: "object", metrics: [${metric("of-an-object")}] },
        [false, ["./plugins/file.js", null]],
        "@me/plain",
        ["with-options", { name: "of-options" }],
      ] };`,
      "plugins/file.js": `export default [${metric("of-a-file")}, { name: "notes", onEnd: () => {} }];`,
      ...installed("@me/plain", plugin("of-a-package")),
      ...installed("with-options", `export default ({ name }) => ({ ...${metric("x")}, name });`),
    });
    expect(await namesOf("trainscope.config.js")).toEqual([
      "of-an-object",
      "of-a-file",
      "of-a-package",
      "of-options",
    ]);
    const plugins = await pluginsOf("trainscope.config.js");
    expect(plugins.flatMap(({ exporters = [] }) => exporters).map(({ name }) => name)).toEqual(["notes"]);
  });

  it("are found from the configuration's folder and those above it, and are recorded with it", async () => {
    write({ "deep/trainscope.config.json": { plugins: ["above"] }, ...installed("above", plugin("a")) });
    const { files } = await load("deep/trainscope.config.json");
    expect(files.map(({ path }) => path.slice(folder.length + 1))).toEqual([
      "deep/trainscope.config.json",
      "node_modules/above/index.js",
    ]);
  });

  it.each([
    [["nowhere"], 'the plugin "nowhere" is neither a file nor an installed package'],
    [["./nowhere.js"], /the plugin .*nowhere\.js does not exist/],
    [["fs"], /the plugin "fs" can't be found: it is a part of Node\.js/],
    [["throws"], /throws\/index\.js: the function that it exports has thrown, .*line 1, no options/],
    [[["plain", {}]], /plain\/index\.js: it takes no options/],
    [["wrong"], /wrong\/index\.js: plugin: named undefined/],
  ])("where they are %j are refused with what is wrong, and where", async (plugins, message) => {
    write({
      "trainscope.config.json": { plugins },
      ...installed("throws", `export default () => { throw new Error("no options") };`),
      ...installed("plain", plugin("a")),
      ...installed("wrong", "export default {};"),
    });
    await expect(load("trainscope.config.json")).rejects.toThrow(message);
    await expect(load("trainscope.config.json")).rejects.toMatchObject({ code: "BAD_PLUGIN" });
  });
});

describe("extends", () => {
  it("takes settings one by one, the nearer before the farther and the later before the earlier, and all plugins", async () => {
    write({
      "trainscope.config.json": {
        extends: ["./shared/a.json", "@me/config"],
        settings: { epochs: 3 },
        plugins: ["./own.js"],
      },
      "shared/a.json": {
        data: "images",
        trainOn: "all",
        settings: { epochs: 9, lambda: 0.5, seed: 1 },
        plugins: ["./a.js"],
      },
      "shared/a.js": plugin("of-a"),
      "own.js": plugin("own"),
      ...installed("@me/config", "export default { settings: { seed: 7 } };"),
    });
    const { value } = await load("trainscope.config.json");
    expect(value).toMatchObject({
      data: join(folder, "shared/images"),
      trainOn: "all",
      settings: { epochs: 3, lambda: 0.5, seed: 7 },
    });
    expect(await namesOf("trainscope.config.json")).toEqual(["of-a", "own"]);
  });

  it("leaves names of data alone", async () => {
    write({ "trainscope.config.json": { data: "sample" } });
    expect((await load("trainscope.config.json")).value.data).toBe("sample");
  });

  it("takes one that is reached in two ways once, before both that extend it", async () => {
    write({
      "a.json": { extends: ["./b.json", "./c.json"] },
      "b.json": { extends: "./d.json", settings: { epochs: 2 } },
      "c.json": { extends: "./d.json", settings: { lambda: 0.5 } },
      "d.json": { settings: { epochs: 9, lambda: 0.9, seed: 4 }, plugins: ["./own.js"] },
      "own.js": plugin("own"),
    });
    expect(await namesOf("a.json")).toEqual(["own"]);
    const { value, files } = await load("a.json");
    expect(value.settings).toEqual({ epochs: 2, lambda: 0.5, seed: 4 });
    expect(files.map(({ path }) => path.slice(folder.length + 1)).sort()).toEqual([
      "a.json",
      "b.json",
      "c.json",
      "d.json",
      "own.js",
    ]);
  });

  it("takes a plugin that the nearer one names, too, as that one has it", async () => {
    write({
      "a.json": { extends: "./b.json", plugins: [["./named.js", { name: "near" }]] },
      "b.json": {
        plugins: [["./named.js", { name: "far" }], ["./named.js", { name: "farther" }], "./other.js"],
      },
      "named.js": `export default ({ name }) => ({ ...${metric("x")}, name });`,
      "other.js": plugin("other"),
    });
    expect(await namesOf("a.json")).toEqual(["other", "near"]);
    expect(await namesOf("b.json")).toEqual(["far", "farther", "other"]);
  });

  it("takes what both import once", async () => {
    write({
      "own.mjs": `export const m = ${metric("m")}; export default { name: "own", metrics: [${metric("own")}] };`,
      "a.mjs": `import own, { m } from "./own.mjs"; export default { extends: "./b.mjs", metrics: [m], plugins: [own] };`,
      "b.mjs": `import own, { m } from "./own.mjs"; export default { metrics: [m], plugins: [own] };`,
    });
    expect(await namesOf("a.mjs")).toEqual(["own"]);
    expect((await load("a.mjs")).value.metrics?.map(({ name }) => name)).toEqual(["m"]);
  });

  it("names the files where two plugins have one name", async () => {
    write({
      "a.json": { extends: "./b.json", plugins: ["./one.js"] },
      "b.json": { plugins: ["./two.js"] },
      "one.js": plugin("same"),
      "two.js": plugin("same"),
    });
    await expect(load("a.json")).rejects.toThrow(
      /a\.json, with \S*b\.json: metric "same": two of the same name/,
    );
  });

  it("takes what is undefined as left out", async () => {
    write({
      "a.mjs": `export default { extends: "./b.json", data: undefined, trainOn: undefined, settings: undefined,
        limits: undefined, sweep: { seeds: undefined, space: { learningRate: undefined, lambda: [1] } } };`,
      "b.json": {
        data: "sample",
        trainOn: "all",
        settings: { epochs: 2 },
        limits: { slow: 5 },
        sweep: { seeds: 3, space: { learningRate: [0.1], lambda: [0, 2] } },
      },
    });
    expect((await load("a.mjs")).value).toMatchObject({
      data: "sample",
      trainOn: "all",
      settings: { epochs: 2 },
      limits: { slow: 5 },
      sweep: { seeds: 3, space: { learningRate: [0.1], lambda: [1] } },
    });
  });

  it.each([
    [{ extends: "./b.json" }, /configurations extend each other: .*a\.json -> .*b\.json -> .*a\.json/],
    [{ extends: "@me/nowhere" }, /a\.json: the configuration "@me\/nowhere" is neither a file nor/],
    [{ extends: "./wrong.json" }, /wrong\.json: epochs is 0/],
    [{ extends: "./broken.json" }, /the configuration .*broken\.json does not load: .*JSON/],
  ])("refuses %j", async (content, message) => {
    write({ "a.json": content, "b.json": { extends: "./a.json" }, "wrong.json": { settings: { epochs: 0 } } });
    write({ "broken.json": "{" });
    await expect(load("a.json")).rejects.toThrow(message);
  });

  it("a base that is no file is looked for from the folder of what extends it, and the hint says so", async () => {
    write({ "a.json": { extends: "./deep/b.json" }, "deep/b.json": { extends: "./none.json" } });
    await expect(load("a.json")).rejects.toMatchObject({
      message: expect.stringMatching(/^the configuration .*deep\/none\.json does not exist$/),
      hint: expect.stringMatching(
        /in .*a\.json, or in what it extends; it is taken from that file's folder\.$/,
      ),
    });
  });
});

describe("a configuration that is no file", () => {
  it("is told where its link leads nowhere, or in a circle", async () => {
    symlinkSync("nowhere.ts", join(folder, "dangling.ts"));
    symlinkSync("circle.ts", join(folder, "circle.ts"));
    await expect(load("dangling.ts")).rejects.toMatchObject({
      code: "BAD_CONFIG",
      message: expect.stringMatching(/^the configuration .*dangling\.ts is a link that leads nowhere$/),
    });
    await expect(load("circle.ts")).rejects.toMatchObject({
      code: "BAD_CONFIG",
      message: expect.stringMatching(/^the configuration .*circle\.ts can't be read: /),
    });
  });
});

describe("what a run's configuration names", () => {
  const known = process.env.XDG_STATE_HOME;
  beforeEach(() => {
    process.env.XDG_STATE_HOME = join(folder, "state");
  });
  afterEach(() => {
    if (known === undefined) delete process.env.XDG_STATE_HOME;
    else process.env.XDG_STATE_HOME = known;
  });

  it.each([
    ["base.mjs", "configuration"],
    ["own.mjs", "plugin"],
  ])("%s is not imported where it has changed since own runs used it", async (changed, kind) => {
    const canary = `import { writeFileSync } from "node:fs"; writeFileSync(${JSON.stringify(join(folder, "canary"))}, "");`;
    write({
      "a.json": { extends: "./base.mjs", plugins: ["./own.mjs"] },
      "base.mjs": "export default {};",
      "own.mjs": plugin("own"),
    });
    await rememberModules((await load("a.json")).files);
    const byRun = () => loadConfig({ path: join(folder, "a.json"), by: "run" });
    expect((await byRun()).value.plugins).toHaveLength(1);
    write({ [changed]: `${canary} export default {};` });
    await expect(byRun()).rejects.toMatchObject({
      message: expect.stringMatching(
        `^the ${kind} .*${changed}, which the run's configuration names, is not what`,
      ),
      hint: `If you trust it, name that yourself: --config ${join(folder, "a.json")}`,
    });
    expect(existsSync(join(folder, "canary"))).toBe(false);
  });
});
