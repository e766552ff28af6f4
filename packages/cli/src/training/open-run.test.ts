import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import type { Checkpoint } from "@trainscope/core";
import { DEFAULT_SETTINGS } from "@trainscope/core/settings";
import { at, runStart } from "@trainscope/core/testing";
import type { RunRecord } from "@trainscope/runs/record";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { openNewRun } from "./open-run.ts";

let out = "";
beforeEach(() => {
  out = mkdtempSync(join(tmpdir(), "trainscope-open-"));
});
afterEach(() => rmSync(out, { recursive: true, force: true }));

const onTaken = vi.fn();
const onTrouble = vi.fn();
const open = () =>
  openNewRun({
    out,
    parent: undefined,
    checkpoints: { every: 10, keep: 2 },
    onTaken,
    onTrouble,
    describe: (runId) => ({ runId, settings: DEFAULT_SETTINGS }) as unknown as RunRecord,
  });

it("a run that another process has taken over writes no checkpoint, picture or line any more", async () => {
  const run = await open();
  const { path } = run.folder;
  run.log.add(at(0, runStart()));
  expect(await run.log.flush()).toBe(true);
  expect(await run.folder.write("a.txt", "a")).toBe(join(path, "artifacts/a.txt"));
  writeFileSync(join(path, "sessions/0002.json"), '{"v":2}');

  const taken = "another process has taken the run over";
  await expect(run.saveCheckpoint({ epoch: 1 } as Checkpoint)).rejects.toThrow(taken);
  await expect(run.folder.write("b.txt", "b")).rejects.toThrow(taken);
  run.log.add(at(1, { type: "epoch:start", epoch: 1, epochs: 2 }));
  expect(await run.log.flush()).toBe(false);
  expect(onTaken).toHaveBeenCalledTimes(1);
  expect(await run.close()).toEqual({ lacking: taken, isLeft: true });
  expect(existsSync(join(path, "checkpoints"))).toBe(false);
  expect(readdirSync(join(path, "artifacts"))).toEqual(["a.txt"]);
});

it("runs that begin at once have folders of their own, named as their records say, and go one by one", async () => {
  const runs = await Promise.all(Array.from({ length: 8 }, open));
  expect(new Set(runs.map(({ runId }) => runId)).size).toBe(8);
  for (const { runId, folder } of runs) expect(basename(folder.path)).toBe(runId);
  await runs[0]?.close();
  expect(readdirSync(out).sort()).toEqual(
    runs
      .slice(1)
      .map(({ runId }) => runId)
      .sort(),
  );
  for (const run of runs.slice(1)) await run.close();
  expect(readdirSync(out)).toEqual([]);
});
