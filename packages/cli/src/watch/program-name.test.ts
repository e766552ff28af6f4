import { expect, it } from "vitest";
import { programName } from "./program-name.ts";

it.each([
  [["./bin/train", "--api-key=SECRET"], "train"],
  [["/usr/bin/python3.11", "experiments/train.py", "--api-key=SECRET"], "python3.11 train.py"],
  [["python", "-c", "key = 'SECRET'"], "python"],
  [["python", "--key=SECRET.py"], "python"],
  [["node", "train.mjs", "SECRET"], "node train.mjs"],
  [["Rscript", "fit.R"], "Rscript fit.R"],
  [["env", "KEY=SECRET", "python", "train.py"], "env"],
] as const)("%j is called %s", (command, name) => {
  expect(programName(command)).toBe(name);
});
