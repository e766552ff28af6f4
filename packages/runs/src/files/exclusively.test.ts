import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { exclusively, isLocked } from "./exclusively.ts";
import { ownMark } from "./process-mark.ts";

function lockPath(): string {
  const folder = mkdtempSync(join(tmpdir(), "trainscope-lock-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, "one.lock");
}

/** Of a process of this machine that has ended. */
function leftMark() {
  const { pid } = spawnSync(process.execPath, ["--version"]);
  return { ...ownMark(), pid };
}

it("is locked while a body goes on, and not before or after, though the body fails", async () => {
  const lock = lockPath();
  expect(await isLocked(lock)).toBe(false);
  await exclusively(lock, async () => expect(await isLocked(lock)).toBe(true));
  expect(await isLocked(lock)).toBe(false);
  const failed = exclusively(lock, () => Promise.reject(new Error("failed")));
  await expect(failed).rejects.toThrow("failed");
  expect([await isLocked(lock), existsSync(lock)]).toEqual([false, false]);
});

it("lets one at a time, in whatever order", async () => {
  const lock = lockPath();
  let inside = 0;
  const most = await Promise.all(
    Array.from({ length: 8 }, () =>
      exclusively(lock, async () => {
        const found = ++inside;
        await new Promise((resolve) => setImmediate(resolve));
        inside--;
        return found;
      }),
    ),
  );
  expect(most).toEqual(Array.from({ length: 8 }, () => 1));
});

it("one that a process left there when it was killed is none, and is taken", async () => {
  const lock = lockPath();
  writeFileSync(lock, `${JSON.stringify(leftMark())}\n`);
  expect(await isLocked(lock)).toBe(false);
  await exclusively(lock, async () => expect(JSON.parse(readFileSync(lock, "utf8")).pid).toBe(process.pid));
});

it("that of another machine is believed, since nothing is known of its processes", async () => {
  const lock = lockPath();
  writeFileSync(lock, `${JSON.stringify({ ...leftMark(), host: "elsewhere", boot: "another" })}\n`);
  expect(await isLocked(lock)).toBe(true);
});

it("a file that no process of ours has made locks nothing", async () => {
  const lock = lockPath();
  writeFileSync(lock, "mine");
  expect(await isLocked(lock)).toBe(false);
});
