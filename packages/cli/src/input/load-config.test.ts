import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
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

const namesOf = async (name: string): Promise<readonly string[]> =>
  (await load(name)).value.plugins.flatMap(({ metrics = [] }) => metrics.map((one) => one.name));

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
      ...["of-an-object", "of-a-file", "of-a-package", "of-options"],
    ]);
    const { value } = await load("trainscope.config.js");
    expect(value.plugins.flatMap(({ exporters = [] }) => exporters).map(({ name }) => name)).toEqual(["notes"]);
  });

  it("are found from the configuration's folder and those above it, and are recorded with it", async () => {
    write({ "deep/trainscope.config.json": { plugins: ["above"] }, ...installed("above", plugin("a")) });
    const { files } = await load("deep/trainscope.config.json");
    expect(files.map(({ path }) => path.slice(folder.length + 1))).toEqual([
      ...["deep/trainscope.config.json", "node_modules/above/index.js"],
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
        ...{ extends: ["./shared/a.json", "@me/config"], settings: { epochs: 3 }, plugins: ["./own.js"] },
      },
      "shared/a.json": {
        ...{
          data: "images",
          trainOn: "all",
          settings: { epochs: 9, lambda: 0.5, seed: 1 },
          plugins: ["./a.js"],
        },
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
});
