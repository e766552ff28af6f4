import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { identifyModule, knowModule, rememberModules } from "./known-modules.ts";

let home = "";
let path = "";
let environment: Record<string, string> = {};
beforeEach(() => {
  home = realpathSync(mkdtempSync(join(tmpdir(), "trainscope-known-")));
  path = join(home, "plugin.mjs");
  writeFileSync(path, "export default 1");
  const variable = process.platform === "win32" ? "LOCALAPPDATA" : "XDG_STATE_HOME";
  environment = { [variable]: join(home, "state") };
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const remember = async () => rememberModules([await identifyModule(path)], environment);
const know = (named: string) => knowModule(named, environment);

it("knows a module by its real path and content, however it is named", async () => {
  expect(await know(path)).toBe("unknown");
  expect(await remember()).toBeUndefined();
  symlinkSync(path, join(home, "link.mjs"));
  const names = [path, relative(process.cwd(), path), join(home, "link.mjs"), join(home, "x/../plugin.mjs")];
  for (const name of names) expect([name, await know(name)]).toEqual([name, "known"]);
  writeFileSync(join(home, "copy.mjs"), "export default 1");
  expect(await know(join(home, "copy.mjs"))).toBe("unknown");
});

it("takes a module whose content is another, or that is gone, for changed, and for known once it is as it was", async () => {
  await remember();
  writeFileSync(path, "export default 2");
  expect(await know(path)).toBe("changed");
  await remember();
  expect(await know(path)).toBe("known");
  writeFileSync(path, "export default 1");
  expect(await know(path)).toBe("known");
  rmSync(path);
  expect(await know(path)).toBe("changed");
});

it("a link that leads to another file than it did is another module", async () => {
  const link = join(home, "link.mjs");
  symlinkSync(path, link);
  await rememberModules([await identifyModule(link)], environment);
  rmSync(link);
  writeFileSync(join(home, "other.mjs"), "export default 1");
  symlinkSync(join(home, "other.mjs"), link);
  expect(await know(link)).toBe("unknown");
});

it("of many that are recorded at once none is lost, and nothing half-written stays", async () => {
  const paths = Array.from({ length: 40 }, (_, index) => join(home, `${index % 20}.mjs`));
  for (const one of paths) writeFileSync(one, one);
  await Promise.all(paths.map(async (one) => rememberModules([await identifyModule(one)], environment)));
  for (const one of paths) expect(await know(one)).toBe("known");
  expect(readdirSync(join(home, "state/trainscope/modules"))).toHaveLength(20);
});

it.skipIf(process.platform === "win32").each([
  [{ XDG_STATE_HOME: "relative" }, /./],
  [{ XDG_STATE_HOME: "/dev/null" }, /^can't write into /],
  [{ HOME: "" }, /neither HOME nor XDG_STATE_HOME/],
  [{ HOME: "not/absolute" }, /neither HOME nor XDG_STATE_HOME/],
])("in the environment %j nothing is trusted, and the reason is given", async (other, reason) => {
  await remember();
  // A relative path is passed over for HOME's folder, which shall not be written to here.
  const without = { HOME: "", ...other };
  expect(await rememberModules([await identifyModule(path)], without)).toMatch(reason);
  expect(await knowModule(path, without)).toBe("unknown");
});

it("a state folder that is a file is told, and leaves all unknown", async () => {
  mkdirSync(join(home, "state"));
  writeFileSync(join(home, "state/trainscope"), "");
  expect(await remember()).toMatch(/^can't write into .*modules: /);
  expect(await know(path)).toBe("unknown");
});
