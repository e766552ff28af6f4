// What a program gives a function of ours and the function doesn't take is refused by name, never by a TypeError.
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { root, temporaryFolder } from "./support/command.ts";

const PACKAGES = ["core", "viz", "tui", "runs", "data-cifar", "metrics", "formats"];

it("every function of the libraries says what it was given and what it expected", async () => {
  const program = join(root, "test/programs/wrong-arguments.ts");
  const names = PACKAGES.map((name) => `@trainscope/${name}`);
  const { stdout } = await promisify(execFile)(process.execPath, [program, ...names], {
    cwd: temporaryFolder(),
  });
  expect(JSON.parse(stdout)).toEqual([]);
});
