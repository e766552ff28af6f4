import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { followLog, type LogPart } from "./follow-log.ts";

let home = "";
let path = "";
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "trainscope-follow-"));
  path = join(home, "log");
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const inShort = (part: LogPart): string =>
  part.kind === "line" ? `${part.line} ${part.text}` : part.kind === "too-long" ? `${part.line} -` : part.kind;

/** What is told but that it has caught up, and a wait until it has told so much. */
function follow() {
  const told: string[] = [];
  let rest = "";
  let caughtUp = 0;
  const subscription = followLog(path, { pollMs: 1 }).subscribe((part) => {
    if (part.kind === "caught-up") {
      rest = part.rest;
      caughtUp++;
    } else told.push(inShort(part));
  });
  onTestFinished(() => subscription.unsubscribe());
  return {
    told,
    caughtUp: () => caughtUp,
    tells: (...expected: readonly string[]) => vi.waitFor(() => expect(told).toEqual(expected)),
    leaves: (text: string) => vi.waitFor(() => expect(rest).toBe(text)),
  };
}

describe("followLog", () => {
  it("waits for a file that is missing, and tells whole lines as they come", async () => {
    const { tells, leaves, caughtUp } = follow();
    await vi.waitFor(() => expect(caughtUp()).toBe(1));
    writeFileSync(path, "a\nb");
    await tells("1 a");
    await leaves("b");
    appendFileSync(path, "c\n\n");
    await tells("1 a", "2 bc", "3 ");
    await leaves("");
  });

  it("reads a file of many chunks once, and then tells that it has caught up", async () => {
    const lines = Array.from({ length: 60_000 }, (_, index) => `line ${index} é`);
    writeFileSync(path, `${lines.join("\n")}\n`);
    const { told, caughtUp } = follow();
    await vi.waitFor(() => expect(caughtUp()).toBe(1));
    expect(told).toEqual(lines.map((text, index) => `${index + 1} ${text}`));
  });

  it("tells a file anew that was cut", async () => {
    writeFileSync(path, "a\nb\nc\n");
    const { tells } = follow();
    await tells("1 a", "2 b", "3 c");
    truncateSync(path, 4);
    await tells("1 a", "2 b", "3 c", "restart", "1 a", "2 b");
    appendFileSync(path, "d\n");
    await tells("1 a", "2 b", "3 c", "restart", "1 a", "2 b", "3 d");
  });

  it("tells a file anew that was cut and has grown past the place since", async () => {
    writeFileSync(path, "a\nb\n");
    const { tells } = follow();
    await tells("1 a", "2 b");
    writeFileSync(join(home, "other"), "a\nx\nc\n");
    renameSync(join(home, "other"), path);
    await tells("1 a", "2 b", "restart", "1 a", "2 x", "3 c");
  });

  it("goes on with a file that vanished and came back with more, or as another copy", async () => {
    writeFileSync(path, "a\n");
    const { tells } = follow();
    await tells("1 a");
    rmSync(path);
    writeFileSync(join(home, "copy"), "a\nb\n");
    await new Promise((resolve) => setTimeout(resolve, 20));
    renameSync(join(home, "copy"), path);
    await tells("1 a", "2 b");
  });

  it("fails where the path names a folder, and tells nothing after it was left", async () => {
    mkdirSync(path);
    const failed = new Promise((_, reject) => followLog(path).subscribe({ error: reject }));
    await expect(failed).rejects.toMatchObject({
      code: "BAD_OPTION",
      message: `can't follow ${path}: it is a folder`,
    });
    rmSync(path, { recursive: true });
    writeFileSync(path, "a\nb\nc\n");
    const told: string[] = [];
    await new Promise<void>((resolve) => {
      const subscription = followLog(path).subscribe((part) => {
        told.push(inShort(part));
        queueMicrotask(resolve);
        subscription.unsubscribe();
      });
    });
    expect(told).toEqual(["1 a"]);
  });
});
