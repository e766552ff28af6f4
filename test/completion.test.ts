// What a shell asks while a user types, and the script that makes it ask.
import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { temporaryFolder, trainscope } from "./support/command.ts";

async function completed(words: readonly string[], cwd = temporaryFolder()): Promise<readonly string[]> {
  const { status, stdout, stderr } = await trainscope(["complete", "--", ...words], { cwd });
  expect([status, stderr]).toEqual([0, ""]);
  return stdout
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith(":"))
    .map((line) => line.split("\t")[0] ?? "");
}

it.each(["bash", "zsh", "fish", "powershell"])(
  "completion %s prints a script that asks the command",
  async (shell) => {
    const { status, stdout, stderr } = await trainscope(["completion", shell]);
    expect([status, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(/trainscope complete '?--/);
    if (shell === "bash")
      expect(spawnSync("bash", ["-n"], { input: stdout, encoding: "utf8" }).stderr).toBe("");
  },
);

it("another shell is refused with those that there are", async () => {
  const { status, stderr } = await trainscope(["completion", "tcsh"]);
  expect(status).toBe(2);
  expect(stderr).toMatch(/'tcsh' is invalid.*zsh, bash, fish, powershell/);
});

it("commands, flags and their choices", async () => {
  expect(await completed(["tra"])).toEqual(["train"]);
  expect(await completed(["train", "--sch"])).toEqual(["--schedule"]);
  expect(await completed(["train", "--engine", ""])).toEqual(["native", "wasm", "reference"]);
  expect(await completed(["runs", ""])).toEqual(expect.arrayContaining(["tag", "rename"]));
});

it("runs, tags and metrics", async () => {
  const cwd = temporaryFolder();
  for (const [id, name] of [
    ["2026-11-01-abcd", "baseline"],
    ["2026-11-02-efgh", null],
  ] as const) {
    mkdirSync(join(cwd, "runs", id), { recursive: true });
    writeFileSync(join(cwd, "runs", id, "events.jsonl"), "");
    const label = { v: 1, name, tags: name === null ? [] : ["good"] };
    writeFileSync(join(cwd, "runs", id, "label.json"), JSON.stringify(label));
  }
  const runs = ["latest", "2026-11-01-abcd", "2026-11-02-efgh", "baseline"];
  expect((await completed(["replay", ""], cwd)).toSorted()).toEqual(runs.toSorted());
  expect(await completed(["train", "--resume", "base"], cwd)).toEqual(["baseline"]);
  expect(await completed(["runs", "--tag", ""], cwd)).toEqual(["good"]);
  expect(await completed(["train", "--metrics", "ec"], cwd)).toEqual(["ece"]);
  expect(await completed(["replay", ""])).toEqual(["latest"]);
});
