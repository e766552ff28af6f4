// Every command of docs/runs.md, in the order of the page, on runs that are there.
import { spawnSync } from "node:child_process";
import { cpSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { cleanEnvironment, command, root, temporaryFolder, trainscope } from "./support/command.ts";
import { smallData } from "./support/small-data.ts";

const commands = [...readFileSync(join(root, "docs/runs.md"), "utf8").matchAll(/^```sh\n(.*?)^```$/gms)]
  .flatMap(([, text = ""]) => text.trim().split("\n"))
  .map((line) => line.trim());

const ELSEWHERE = new Map([
  [
    "npx trainscope compare latest experiments/keras.csv experiments/tensorboard",
    "needs other programs' logs: compare-logs.test.ts runs it",
  ],
  ["npx trainscope attach latest --control", "needs a run that is being trained: attach.test.ts runs it"],
  ['npx trainscope runs remove "low rate"', "asks first: runs.test.ts runs it"],
]);

const run = (cwd: string, line: string) =>
  spawnSync("bash", ["-c", line.replace(/^npx trainscope/, `"${process.execPath}" "${command}"`)], {
    cwd,
    env: cleanEnvironment(),
    encoding: "utf8",
  });

describe("docs/runs.md", () => {
  it("has the commands that are run elsewhere", () => {
    for (const line of ELSEWHERE.keys()) expect(commands).toContain(line);
  });

  it("every other command of it does what it says, one after the other", async () => {
    const cwd = temporaryFolder();
    const quick = ["train", "--data", smallData, "--no-pictures", "--reporter", "json"];
    const label = (...words: string[]) => trainscope(["runs", ...words], { cwd });
    // One by the id that the page names, one called baseline, and the latest, which is stopped in the midst.
    await trainscope([...quick, "--epochs", "15"], { cwd });
    const [first = ""] = readdirSync(join(cwd, "runs"));
    renameSync(join(cwd, "runs", first), join(cwd, "runs/20261124-015408-qvuz"));
    cpSync(join(cwd, "runs/20261124-015408-qvuz"), join(cwd, "runs/20261123-120000-copy"), { recursive: true });
    await label("rename", "20261123", "baseline");
    await label("tag", "baseline", "lambda");
    await label("tag", "20261124-0154", "lambda");
    const stopped = await trainscope([...quick, "--epochs", "40"], {
      cwd,
      onOutput: (stdout, kill) => stdout.includes('"epoch":14,') && kill("SIGINT"),
    });
    expect(stopped.status).toBe(130);

    const runs = readdirSync(join(cwd, "runs"));
    for (const line of commands.filter((one) => !ELSEWHERE.has(one))) {
      const { status, stderr } = run(cwd, line);
      expect([line, status], stderr).toEqual([line, 0]);
      // What the page says of the latest run is not about its forks.
      const forks = readdirSync(join(cwd, "runs")).filter((id) => !runs.includes(id));
      for (const id of forks) rmSync(join(cwd, "runs", id), { recursive: true });
      expect(forks).toHaveLength(line.includes(" fork ") ? 1 : 0);
    }
    expect(readdirSync(cwd).sort()).toEqual([
      "figures.csv",
      "model.onnx",
      "runs",
      "runs.csv",
      "runs.png",
      "summary.md",
      "templates.png",
      "tensorboard",
      "weights.npz",
      "weights.safetensors",
    ]);
  });
});
