import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { at } from "@trainscope/core/testing";
import { afterEach, beforeEach, expect, it } from "vitest";
import { csvOf, planEpochsTable } from "./epochs-table.ts";

let home = "";
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "trainscope-table-"));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const epoch = (number: number, metrics: Record<string, number | null>) =>
  JSON.stringify(
    at(number, {
      type: "epoch:end",
      epoch: number,
      epochs: 2,
      learningRate: 0.5 / number,
      metrics,
      timing: { trainMs: 3, evaluateMs: 4 },
    }),
  );

async function tableOf(lines: readonly string[]) {
  const log = join(home, "events.jsonl");
  writeFileSync(log, lines.map((line) => `${line}\n`).join(""));
  const table = await planEpochsTable(log);
  let csv = "";
  for await (const piece of csvOf(log, table)) csv += piece;
  return { table, csv };
}

it("has a row an epoch and a column a tag, and nothing where an epoch has no such value", async () => {
  const begin = JSON.stringify(at(0, { type: "epoch:start", epoch: 1, epochs: 2 }));
  const { table, csv } = await tableOf([begin, epoch(1, { a: 0.1, b: null }), epoch(2, { b: 2, c: 3 })]);
  expect(table).toEqual({ axis: "epoch", tags: ["a", "b", "c"], count: 2, isPointed: false, problems: [] });
  expect(csv.split("\r\n")).toEqual([
    "epoch,learning rate,a,b,c,training ms,evaluation ms",
    "1,0.5,0.1,,,3,4",
    "2,0.25,,2,3,3,4",
    "",
  ]);
});

it("says which line is damaged, and which epoch is missing for it", async () => {
  const { table, csv } = await tableOf([
    epoch(1, { a: 1 }),
    epoch(2, { a: 2 }).slice(0, -9),
    epoch(3, { a: 3 }),
  ]);
  expect(csv.split("\r\n")).toHaveLength(4);
  expect(table.problems).toEqual([
    expect.stringMatching(/^events\.jsonl, line 2: it is no JSON: .*; epoch 2 is missing$/),
  ]);
});

it("a log that can't be read is none without epochs", async () => {
  const log = join(home, "events.jsonl");
  await expect(planEpochsTable(log)).rejects.toMatchObject({ message: `can't read ${log}: it is missing` });
  await expect(planEpochsTable(home)).rejects.toMatchObject({
    code: "BAD_DATA",
    message: `can't read ${home}: it is a folder`,
  });
});

it("has a row a step where the run counts steps, with what each split told there", async () => {
  const point = (x: number, metrics: Record<string, number | null>) =>
    JSON.stringify(at(x, { type: "point", x, metrics }));
  const start = JSON.stringify(at(0, { type: "run:start", axis: "step", config: {}, metrics: [] }));
  const { csv } = await tableOf([
    start,
    point(10, { a: 1 }),
    point(20, { a: 2 }),
    point(15, { b: 3 }),
    point(20, { b: 4 }),
  ]);
  expect(csv.split("\r\n")).toEqual(["step,learning rate,a,b", "10,,1,", "15,,,3", "20,,2,4", ""]);
});
