// Exporters that fail or finish later than their handlers return: in a program of one's own, and by the real command.
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { temporaryFolder, trainscope } from "./support/command.ts";
import { smallData } from "./support/small-data.ts";

it("an exporter's promise that rejects costs the program that trains nothing, and is told as its failure", () => {
  const program = join(import.meta.dirname, "programs/late-exporters.ts");
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--conditions=@trainscope/source", program], {
    encoding: "utf8",
  });
  expect([status, stderr]).toEqual([0, ""]);
  const told = stdout.trimEnd().split("\n");
  expect(told.map((line) => JSON.parse(line))).toMatchObject([
    { type: "plugin:error", plugin: "rejecting", hook: "next", message: "not at epoch:start", failures: 1 },
    { type: "plugin:error", plugin: "rejecting", hook: "next", message: "not at run:end", failures: 2 },
    { type: "run:end", reason: "completed" },
  ]);
});

/** Completes a while after the end. It needs no package: what has a subscribe is an Observable. */
const SLOW = `
export default {
  name: "slow",
  connect: (events) => ({
    subscribe: (artifacts) =>
      events.subscribe(({ type }) => {
        if (type === "run:end") setTimeout(() => artifacts.complete(), 1500);
      }),
  }),
};
`;

it("an exporter that is waited for at the end is named on the lines while the run waits", async () => {
  const cwd = temporaryFolder();
  const plugin = join(cwd, "slow.mjs");
  writeFileSync(plugin, SLOW);
  const args = ["train", "--data", smallData, "--no-pictures", "--epochs", "1", "--reporter", "lines"];
  const { status, stdout } = await trainscope([...args, "--plugin", plugin], { cwd });
  expect(status).toBe(0);
  const told = 'waiting for the exporter "slow", for up to 60 s: it has not completed';
  expect(stdout).toContain(told);
  expect(stdout.indexOf(told)).toBeLessThan(stdout.indexOf("Completed after 1 of 1 epochs"));
});
