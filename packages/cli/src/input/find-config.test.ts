import { lchownSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { findConfig } from "./find-config.ts";

let folder: string;

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "trainscope-config-")));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(...paths: readonly string[]): void {
  for (const path of paths) writeFileSync(join(folder, path), "export default {};");
}

describe("findConfig", () => {
  it("finds none where there is none, and says nothing", () => {
    expect(findConfig(folder)).toEqual({ path: null, notices: [] });
  });

  it.each(["ts", "mts", "js", "mjs", "json"])("finds one whose extension is %s, and names it", (extension) => {
    const name = `trainscope.config.${extension}`;
    write(name);
    expect(findConfig(folder)).toEqual({ path: name, notices: [`configuration: ${name}`] });
  });

  it("takes the nearest from the folder upward", () => {
    mkdirSync(join(folder, "a/b/c"), { recursive: true });
    write("trainscope.config.js", "a/trainscope.config.json");
    expect(findConfig(join(folder, "a/b/c")).path).toBe("../../trainscope.config.json");
    expect(findConfig(folder).path).toBe("trainscope.config.js");
  });

  it("names what it passes over beside it, also of an extension that nobody reads", () => {
    write("trainscope.config.json", "trainscope.config.mts", "trainscope.config.yaml");
    expect(findConfig(folder)).toEqual({
      path: "trainscope.config.mts",
      notices: [
        "configuration: trainscope.config.mts; passed over beside it: trainscope.config.json, trainscope.config.yaml",
      ],
    });
  });

  it("names one that nobody reads where it stands alone", () => {
    write("trainscope.config.cjs");
    expect(findConfig(folder).notices).toEqual([
      expect.stringMatching(
        /^passed over: trainscope\.config\.cjs; a configuration is trainscope\.config\.ts, /,
      ),
    ]);
  });

  it("above the folder passes over another user's, within it takes anyone's", () => {
    mkdirSync(join(folder, "below"));
    write("trainscope.config.ts");
    const found = findConfig(join(folder, "below"), [4242]);
    expect(found.path).toBe(null);
    expect(found.notices[0]).toBe(
      "../trainscope.config.ts is another user's and is passed over; if you trust it: --config ../trainscope.config.ts",
    );
    expect(findConfig(folder, [4242]).path).toBe("trainscope.config.ts");
  });

  it.each(["nowhere.ts", "trainscope.config.ts"])(
    "finds a link to %s, which leads to no file, here and above, for whoever loads it to tell",
    (target) => {
      mkdirSync(join(folder, "below"));
      symlinkSync(target, join(folder, "trainscope.config.ts"));
      expect(findConfig(folder).path).toBe("trainscope.config.ts");
      expect(findConfig(join(folder, "below")).path).toBe("../trainscope.config.ts");
    },
  );

  // Only root gives files away.
  it.skipIf(process.getuid?.() !== 0)("above the folder passes over another user's link to one's own", () => {
    mkdirSync(join(folder, "below"));
    write("own.ts");
    symlinkSync("own.ts", join(folder, "trainscope.config.ts"));
    expect(findConfig(join(folder, "below"), [0]).path).toBe("../trainscope.config.ts");
    lchownSync(join(folder, "trainscope.config.ts"), 4242, 4242);
    expect(findConfig(join(folder, "below"), [0]).path).toBe(null);
  });
});
