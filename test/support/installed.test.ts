import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { temporaryFolder } from "./command.ts";
import { installFrom } from "./installed.ts";

/** An installation with these packages in its lock, of which all are there but `absent`. */
function installation(packages: Readonly<Record<string, object>>, absent: readonly string[] = []): string {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "package-lock.json"), JSON.stringify({ packages }));
  for (const path of Object.keys(packages).filter((one) => !absent.includes(one))) {
    mkdirSync(join(folder, path), { recursive: true });
    writeFileSync(join(folder, path, "package.json"), "{}");
  }
  return folder;
}

it("links what is asked for and what that declares, and nothing else", () => {
  const from = installation(
    {
      "node_modules/a": { dependencies: { b: "1" }, optionalDependencies: { "b-win": "1", "b-mac": "1" } },
      "node_modules/b": {},
      "node_modules/b-win": { optional: true },
      "node_modules/c": {},
    },
    ["node_modules/b-win"],
  );
  const project = installFrom(from, join(temporaryFolder(), "project"), ["a"]);
  const there = ["a", "b", "b-win", "c"].filter((name) => existsSync(join(project, "node_modules", name)));
  expect(there).toEqual(["a", "b"]);
});

it("a dependency that the lock lacks, or that isn't installed, is named", () => {
  const lacking = installation({ "node_modules/a": { dependencies: { b: "1" } } });
  const install = (from: string, name: string) => installFrom(from, join(temporaryFolder(), "project"), [name]);
  expect(() => install(lacking, "a")).toThrow("b, which node_modules/a declares, is not in the lock");
  expect(() => install(lacking, "c")).toThrow("c, which was asked for, is not in the lock");
  const removed = installation({ "node_modules/a": {} }, ["node_modules/a"]);
  expect(() => install(removed, "a")).toThrow(/^node_modules\/a is in the lock of .*, and isn't installed$/);
});
