// What packages export is written down where a review sees a change of it, and every export says what it is.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, it } from "vitest";
import { root } from "./support/command.ts";

it("the reports and the reference are those of the built types, and no export is without a comment", () => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, "tools/src/api.ts"), "--check"], {
    encoding: "utf8",
  });
  expect([stdout, stderr, status]).toEqual(["", "", 0]);
});
