import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { at, control, epochEvents, runStart } from "@trainscope/core/testing";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { loadControls } from "./controls-file.ts";

let home = "";
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "trainscope-controls-"));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

function load(content: string) {
  const path = join(home, "events.jsonl");
  writeFileSync(path, content);
  return loadControls(path);
}

const changed = at(2, {
  type: "control",
  action: "lambda",
  from: 0.1,
  to: 0.5,
  epoch: 2,
  batch: 34,
});
const events = [at(0, runStart()), ...epochEvents(1), at(1, control("pause", 2, 3)), changed];
const lines = events.map((event) => JSON.stringify(event));

describe("loadControls", () => {
  it("has the run's controls that change results, at their places", async () => {
    const expected = [{ epoch: 2, batch: 34, control: { action: "lambda", to: 0.5 } }];
    expect(await load(`${lines.join("\n")}\n`)).toEqual(expected);
    expect(await load(`${lines.join("\r\n")}\r\n\r\n`)).toEqual(expected);
  });

  it.runIf(process.platform !== "win32")("follows a link, which the user has named", async () => {
    await load(`${lines.join("\n")}\n`);
    symlinkSync(join(home, "events.jsonl"), join(home, "link"));
    expect(await loadControls(join(home, "link"))).toHaveLength(1);
  });

  it("leaves out a last line that was torn", async () => {
    expect(await load(`${lines.join("\n")}\n${lines[0]?.slice(0, 40)}`)).toHaveLength(1);
  });

  it.each([
    ["", "it is empty"],
    ["{}", "line 1 is no event"],
    ["null\n", "line 1 is no event: it is null; expected an object"],
    [`${lines[0]}\nepoch 1/40 | train\n${lines[1]}\n`, "line 2 is no event: it is no JSON: "],
    ["\x1b[2J\x07boo\n", "line 1 is no event: it is no JSON: "],
    [
      `${lines[0]}\n${JSON.stringify({ ...changed, action: "Lambda" })}\n`,
      'line 2 is no event: action is "Lambda"; expected one of pause, resume,',
    ],
    [
      `${JSON.stringify({ ...changed, action: undefined })}\n`,
      "line 1 is no event: action is missing; expected one of",
    ],
    [
      `${JSON.stringify({ ...changed, action: { toString: 1 } })}\n`,
      "line 1 is no event: action is an object; expected one of",
    ],
    [`${lines[0]}\n${JSON.stringify({ ...changed, runId: "other" })}\n`, "it has the events of 2 runs"],
  ])("refuses %j", async (content, reason) => {
    await expect(load(content)).rejects.toMatchObject({
      code: "BAD_OPTION",
      message: expect.stringContaining(reason),
      hint: expect.stringContaining("--reporter json"),
    });
  });

  it("says why it can't be read", async () => {
    await expect(loadControls(join(home, "none"))).rejects.toMatchObject({
      code: "BAD_OPTION",
      message: `can't read the controls in ${join(home, "none")}: it does not exist`,
    });
    await expect(loadControls(home)).rejects.toThrow("it is a folder");
  });
});
