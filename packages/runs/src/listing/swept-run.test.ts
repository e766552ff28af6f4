import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { listRuns } from "./list-runs.ts";
import { readRunFiles } from "./read-run.ts";

/** The folder of the runs of a sweep, with one in it. */
function sweptRuns(): string {
  const home = mkdtempSync(join(tmpdir(), "trainscope-swept-"));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  mkdirSync(join(home, "runs", "one"), { recursive: true });
  writeFileSync(join(home, "runs", "one", "events.jsonl"), "");
  writeFileSync(join(home, "sweep.json"), "{}");
  return join(home, "runs");
}

it("a training of a sweep misses no record, and a run elsewhere does", async () => {
  const runs = sweptRuns();
  const problemsOf = async () => [
    (await readRunFiles(join(runs, "one"))).problems,
    (await listRuns(runs)).map(({ problems }) => problems),
  ];
  expect(await problemsOf()).toEqual([[], [[]]]);
  rmSync(join(runs, "..", "sweep.json"));
  expect(await problemsOf()).toEqual([["run.json: it is missing"], [["run.json: it is missing"]]]);
});

it("a record that is there is read, and told where it is damaged", async () => {
  const runs = sweptRuns();
  writeFileSync(join(runs, "one", "run.json"), "no record");
  expect((await readRunFiles(join(runs, "one"))).problems).toEqual([
    expect.stringContaining("run.json: it is no JSON"),
  ]);
});
