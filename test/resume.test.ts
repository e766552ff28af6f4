// Runs that are killed at any moment, and go on: the real command, the real signal.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { createRandom, RandomStream } from "@trainscope/core";
import { describe, expect, it } from "vitest";
import { cleanEnvironment, command, temporaryFolder } from "./support/command.ts";
import { outcomeOf } from "./support/outcome.ts";

/** Looks back from epoch to epoch, and counts in its state. */
const METRIC = `
export default {
  name: "drift",
  splits: ["validation"],
  direction: "none",
  init: (previous) => ({ passes: (previous?.passes ?? 0) + 1, norm: 0, before: previous?.norm ?? null }),
  update: (state, { parameters }) => ({ ...state, norm: Math.hypot(...parameters.weights.subarray(0, 1000)) }),
  result: ({ passes, norm, before }) => (before === null ? null : passes * (norm - before)),
  serialize: ({ passes, norm }) => ({ passes, norm }),
  deserialize: (value) => ({ ...value, before: null }),
};
`;

const SETTINGS = [
  "--data",
  "sample",
  "--epochs",
  "120",
  "--flip",
  "0.5",
  "--schedule",
  "cosine",
  "--keep",
  "best",
  "--monitor",
  "validation/accuracy",
  "--plugin",
  "drift.js",
  "--checkpoint-every",
  "7",
  // As quick with epochs this short, and others run beside it.
  "--threads",
  "1",
  "--reporter",
  "json",
];
const LEAST_KILLS = 50;

/** Runs the command, and kills it after so many milliseconds if it is still there. Tells whether it was. */
async function live(args: readonly string[], cwd: string, milliseconds: number): Promise<boolean> {
  const child = spawn(process.execPath, [command, ...args], {
    cwd,
    env: cleanEnvironment(),
    stdio: ["ignore", "ignore", "pipe"],
  });
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    said += text;
  });
  const ended = once(child, "close");
  await Promise.race([setTimeout(milliseconds), ended]);
  child.kill("SIGKILL");
  const [status, signal] = await ended;
  if (signal !== "SIGKILL" && status !== 0) throw new Error(said);
  return signal === "SIGKILL";
}

const runIn = (cwd: string): string | undefined =>
  existsSync(join(cwd, "runs"))
    ? readdirSync(join(cwd, "runs")).find((name) => hasRecord(join(cwd, "runs", name)))
    : undefined;
const hasRecord = (folder: string): boolean => existsSync(join(folder, "run.json"));

function hasEnded(cwd: string): boolean {
  const log = join(cwd, "runs", runIn(cwd) ?? "", "events.jsonl");
  return existsSync(log) && /"type":"run:end".*\n$/.test(readFileSync(log, "utf8"));
}

describe("train --resume", () => {
  it(`after SIGKILL at ${LEAST_KILLS} random moments a run has come to the bits of one that was left alone`, async () => {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, "drift.js"), METRIC);
    await live(["train", ...SETTINGS], cwd, 60_000);
    const whole = outcomeOf(join(cwd, "runs", runIn(cwd) ?? ""));
    expect(whole.events.filter((event) => "epochs" in event)).not.toHaveLength(0);

    const random = createRandom(1, RandomStream.sample);
    let kills = 0;
    while (kills < LEAST_KILLS) {
      const home = temporaryFolder();
      writeFileSync(join(home, "drift.js"), METRIC);
      let lives = 0;
      for (let isKilled = true; isKilled; lives++) {
        const run = runIn(home);
        const args =
          run === undefined ? ["train", ...SETTINGS] : ["train", "--resume", run, "--reporter", "json"];
        // Most while the process starts or trains, some as it draws its pictures.
        isKilled = await live(args, home, lives < 10 ? 200 + 1500 * random.uniform() ** 2 : 60_000);
        if (isKilled) kills++;
        // A process that was killed as it left has nothing to go on with.
        if (hasEnded(home)) break;
      }
      expect(outcomeOf(join(home, "runs", runIn(home) ?? ""))).toEqual(whole);
    }
  });
});
