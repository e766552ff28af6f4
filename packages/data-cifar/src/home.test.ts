import { syncBuiltinESMExports } from "node:module";
import os from "node:os";
import { afterEach, describe, expect, it, vi } from "vitest";
import { cacheDirectory, findCifar10 } from "./find.ts";
import { homeDirectory } from "./home.ts";

function setHome(homedir: () => string): void {
  vi.spyOn(os, "homedir").mockImplementation(homedir);
  syncBuiltinESMExports();
}

afterEach(() => {
  vi.restoreAllMocks();
  syncBuiltinESMExports();
});

/** What Node throws without HOME, for a user that is in no list of users. */
function unknownUser(): never {
  throw Object.assign(new Error("A system error occurred: uv_os_homedir returned ENOENT"), {
    code: "ERR_SYSTEM_ERROR",
  });
}

describe("a user without a home folder", () => {
  it.each([
    ["an unknown user", unknownUser],
    ["an empty HOME", () => ""],
    ["a relative HOME", () => "somewhere"],
  ])("%s has no cache folder, and CIFAR-10 is not there", async (_, home) => {
    setHome(home);
    expect(homeDirectory()).toBeUndefined();
    expect(cacheDirectory({})).toBeUndefined();
    expect(await findCifar10({ environment: {} })).toBeUndefined();
    expect(cacheDirectory({ XDG_CACHE_HOME: "/var/cache/me" })).toBe("/var/cache/me/trainscope");
  });
});
