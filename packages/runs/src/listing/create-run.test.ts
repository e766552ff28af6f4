import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { at, epochEvents, runStart } from "@trainscope/core/testing";
import { concat, from, of, throwError } from "rxjs";
import { afterEach, beforeEach, expect, it } from "vitest";
import { createRun, recordRun } from "./create-run.ts";
import { readKnownRuns } from "./known-runs.ts";
import { listRuns } from "./list-runs.ts";
import { readRun } from "./read-run.ts";

let out: string;
beforeEach(() => {
  out = mkdtempSync(join(tmpdir(), "create-run-"));
});
afterEach(() => rmSync(out, { recursive: true, force: true }));

it("a run of another trainer is listed while it goes on, and read back when it has ended", async () => {
  const settings = { epochs: 3, learningRate: 0.1, optimiser: "adam" };
  const run = await createRun(out, { name: "first try", tags: ["vgg"], settings });
  run.write({ epoch: 1, loss: 0.9, val_loss: 1.1, val_acc: 0.25 });
  expect(await listRuns(out)).toMatchObject([
    { run: run.runId, name: "first try", tags: ["vgg"], state: "running", problems: [] },
  ]);
  run.write({ epoch: 2, loss: Number.NaN, val_acc: 0.75, val_f1: 0.5 });
  await run.end();
  expect(await listRuns(out)).toMatchObject([
    {
      state: "completed",
      epochs: { done: 2, planned: 3 },
      settings,
      problems: [],
      bestValidationAccuracy: { epoch: 2, value: 0.75 },
    },
  ]);
  const { events, problems, runId } = await readRun(run.folder);
  expect([runId, problems]).toEqual([run.runId, []]);
  expect(events.map(({ type, seq }) => `${seq} ${type}`)).toEqual([
    "0 run:start",
    "1 point",
    "2 point",
    "3 run:end",
  ]);
  expect(events[2]).toMatchObject({ x: 2, metrics: { "train/loss": null, "validation/f1": 0.5 } });
  expect(() => run.write({ epoch: 3, loss: 1 })).toThrow(`the run ${run.runId} has ended already`);
  // Nothing that is imported later is taken for it.
  expect((await readKnownRuns(out)).names).toEqual(new Set([run.runId, "first try"]));
});

it("of a run that told nothing no file stays", async () => {
  const run = await createRun(out, { name: "nothing" });
  run.write({ note: "no number" });
  await run.end();
  expect(readdirSync(out)).toEqual([]);
});

it("a stream of events is written as the run's own, and ends once", async () => {
  const end = {
    type: "run:end",
    reason: "stopped",
    metrics: {},
    epochs: 2,
    keptEpoch: 2,
    plugins: [],
  } as const;
  const folder = await recordRun(of(at(0, runStart()), ...epochEvents(2), at(99, end)), out);
  const { events, runId, problems } = await readRun(folder);
  expect(new Set(events.map((event) => event.runId))).toEqual(new Set([runId]));
  expect(events.filter(({ type }) => type === "run:end")).toMatchObject([{ reason: "stopped" }]);
  expect(problems).toEqual([]);
});

it("a stream that fails leaves a run that failed, and its error", async () => {
  const records = concat(
    from([{ step: 10, loss: 2 }]),
    throwError(() => new Error("the GPU has gone")),
  );
  await expect(recordRun(records, out)).rejects.toThrow("the GPU has gone");
  expect(await listRuns(out)).toMatchObject([{ state: "failed", epochs: { done: 10 } }]);
});

it("BAD_OPTION: settings that no reader would read, and nothing is made", async () => {
  await expect(createRun(out, { settings: { epochs: "many" } })).rejects.toMatchObject({ code: "BAD_OPTION" });
  expect(readdirSync(out)).toEqual([]);
});

it("OUTPUT_NOT_WRITABLE: a file in the way, and a log that something else has cut", async () => {
  const file = join(out, "file");
  writeFileSync(file, "");
  await expect(createRun(file)).rejects.toMatchObject({ code: "OUTPUT_NOT_WRITABLE" });
  const run = await createRun(out);
  rmSync(join(run.folder, "events.jsonl"));
  run.write({ loss: 1 });
  await expect(run.end()).rejects.toThrow(/its log lacks what was told last: it is no longer there/);
  expect(readFileSync(join(run.folder, "source.json"), "utf8")).toContain(run.runId);
});
