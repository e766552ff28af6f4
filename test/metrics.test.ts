// The catalogue on the command line: listed, asked for by name, and still there when a run goes on.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { MetricValues, TrainingEvent } from "@trainscope/core/events";
import { catalogue } from "@trainscope/metrics";
import { expect, it } from "vitest";
import { temporaryFolder, trainscope } from "./support/command.ts";
import { smallData } from "./support/small-data.ts";

const TRAIN = ["train", "--data", smallData, "--threads", "1", "--no-pictures", "--reporter", "json"];

function eventsOf(stdout: string): TrainingEvent[] {
  return stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
}

it("metrics lists them all with a sentence each, as a table and as JSON", async () => {
  const { status, stdout } = await trainscope(["metrics"]);
  expect(status).toBe(0);
  for (const { name, description = "" } of catalogue()) {
    expect(stdout.split("\n").some((line) => line.startsWith(`${name} `) && line.endsWith(description))).toBe(
      true,
    );
  }
  const { stdout: json } = await trainscope(["metrics", "--json"]);
  expect(JSON.parse(json).map(({ name }: { name: string }) => name)).toEqual(
    catalogue().map(({ name }) => name),
  );
});

it("train --metrics has those that are named, and a misspelt one says which is near", async () => {
  const cwd = temporaryFolder();
  const { status, stdout } = await trainscope(
    [...TRAIN, "--epochs", "1", "--metrics", "f1, ece,top-3", "--metrics", "confusion"],
    { cwd },
  );
  expect(status).toBe(0);
  const events = eventsOf(stdout);
  const epoch = events.find((event) => event.type === "epoch:end");
  for (const name of ["f1", "ece", "top-3"]) expect(epoch?.metrics[`validation/${name}`]).toBeTypeOf("number");
  const told = events.filter((event) => event.type === "metric:result").map(({ tag }) => tag);
  expect(told).toEqual(["validation/confusion", "test/confusion"]);

  const wrong = await trainscope([...TRAIN, "--metrics", "f1,eec"], { cwd });
  expect(wrong).toMatchObject({ status: 2, stdout: "" });
  expect(wrong.stderr).toBe(
    'trainscope: no metric is called "eec"\nIs it ece that you mean? trainscope metrics lists them all.\n',
  );
  expect(readdirSync(join(cwd, "runs"))).toHaveLength(1);
});

/** Without what the machine was like: how quick, and how full its memory. */
function ofInputs(metrics: MetricValues): MetricValues {
  const entries = Object.entries(metrics).filter(([tag]) => !/\/(images-per-second|memory)$/.test(tag));
  return Object.fromEntries(entries);
}

it("with all of them a run that is stopped goes on to the very figures of one that was left alone", async () => {
  const cwd = temporaryFolder();
  const asked = [...TRAIN, "--epochs", "4", "--metrics", "all", "--checkpoint-every", "1"];
  const whole = await trainscope([...asked, "--out", "whole"], { cwd });
  expect(whole.status).toBe(0);
  const started = await trainscope([...asked, "--out", "cut"], {
    cwd,
    onOutput: (stdout, kill) => {
      if (/"type":"epoch:end","epoch":2/.test(stdout) || stdout.includes('"type":"checkpoint"'))
        kill("SIGKILL");
    },
  });
  expect(started.signal === "SIGKILL" || started.status === 0).toBe(true);
  if (started.signal === "SIGKILL") {
    const resumed = await trainscope([...TRAIN, "--resume", "latest", "--out", "cut"], { cwd });
    expect(resumed).toMatchObject({ status: 0 });
  }
  const logs = ["whole", "cut"].map((out) => {
    const [run = ""] = readdirSync(join(cwd, out));
    return readFileSync(join(cwd, out, run, "events.jsonl"), "utf8");
  });
  const [ours, theirs] = logs.map((log) => {
    const events = eventsOf(log);
    return events.flatMap((event): unknown[] => {
      if (event.type === "metric:result") return [event.value];
      return event.type === "epoch:end" || event.type === "run:end" ? [ofInputs(event.metrics)] : [];
    });
  });
  expect(theirs).toEqual(ours);
  expect(JSON.stringify(ours)).toContain("update-ratio");
});
