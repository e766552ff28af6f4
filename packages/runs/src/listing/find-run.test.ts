import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, sep } from "node:path";
import { at, runStart } from "@trainscope/core/testing";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { writeLabel } from "../labels/label.ts";
import { recordMade } from "../record/testing/record.ts";
import { findRun } from "./find-run.ts";

let out = "";
beforeEach(() => {
  out = mkdtempSync(join(tmpdir(), "trainscope-find-"));
});
afterEach(() => rmSync(out, { recursive: true, force: true }));

function put(id: string, startedAt?: string): string {
  const folder = join(out, id);
  mkdirSync(folder);
  if (startedAt === undefined) writeFileSync(join(folder, "events.jsonl"), "");
  else writeFileSync(join(folder, "run.json"), JSON.stringify(recordMade({ startedAt })));
  return folder;
}

describe("findRun", () => {
  it("takes a path, an id, the only one that begins or ends so, a name, and latest", async () => {
    const first = put("20260101-a", "2026-01-01T00:00:00Z");
    const second = put("20260102-b", "2026-01-03T00:00:00Z");
    const third = put("20260103-c", "2026-01-02T00:00:00Z");
    put("20260104-d");
    await writeLabel(first, { name: "low rate", tags: [] });
    // Not even a whole id is longer than another's beginning.
    put("20260102-bc");
    for (const [named, folder] of [
      [third, third],
      [`${third}${sep}`, third],
      ["20260101-a", first],
      ["20260102-b", second],
      ["20260103", third],
      ["3-c", third],
      ["low rate", first],
      ["latest", second],
    ] as const) {
      expect(await findRun(out, named)).toBe(folder);
    }
  });

  it("names the latest run where that is damaged, in place of the one before it", async () => {
    put("20260101-a", "2026-01-01T00:00:00Z");
    const damaged = put("20260103-c", "2026-01-03T00:00:00Z");
    const start = { ...at(0, runStart()), time: Date.parse("2026-01-02T00:00:00Z") };
    writeFileSync(join(damaged, "events.jsonl"), `${JSON.stringify(start)}\n`);
    writeFileSync(join(damaged, "run.json"), "{");
    await expect(findRun(out, "latest")).rejects.toMatchObject({
      code: "BAD_DATA",
      message: expect.stringContaining(`${damaged}, and it is damaged: run.json: it is no`),
    });
    const later = put("20260104-d", "2026-01-04T00:00:00Z");
    expect(await findRun(out, "latest")).toBe(later);
    // Without a log its time is that of the file.
    rmSync(join(damaged, "events.jsonl"));
    await expect(findRun(out, "latest")).rejects.toThrow(damaged);
    expect(await findRun(out, "20260103-c")).toBe(damaged);
  });

  it("takes a run without a record for the latest where its log says so", async () => {
    put("20260101-a", "2026-01-01T00:00:00Z");
    const other = put("other");
    const start = { ...at(0, runStart()), time: Date.parse("2026-01-02T00:00:00Z") };
    writeFileSync(join(other, "events.jsonl"), `${JSON.stringify(start)}\n`);
    expect(await findRun(out, "latest")).toBe(other);
  });

  it("prefers an id to a name, and a name to an id's beginning", async () => {
    const [one, other] = [put("a"), put("bc")];
    await writeLabel(one, { name: "b", tags: [] });
    await writeLabel(other, { name: "a", tags: [] });
    expect([await findRun(out, "a"), await findRun(out, "b")]).toEqual([one, one]);
  });

  it("refuses what is no run or more than one, and tells what there is", async () => {
    await expect(findRun(out, "latest")).rejects.toMatchObject({ message: `there is no run in ${out}` });
    for (const id of ["a1", "a2", "b"]) put(id);
    mkdirSync(join(out, "pictures"));
    mkdirSync(join(out, ".removed"));
    writeFileSync(join(out, ".removed/run.json"), "");
    const refused = async (named: string) =>
      await findRun(out, named).then(
        () => expect.unreachable(),
        (error: { code: string; message: string }) => `${error.code}: ${error.message}`,
      );
    expect(await refused("c")).toBe(`BAD_OPTION: there is no run "c" in ${out}, but b, a2, a1`);
    expect(await refused("pictures")).toBe(`BAD_OPTION: there is no run "pictures" in ${out}, but b, a2, a1`);
    expect(await refused("a")).toBe(`BAD_OPTION: "a" is more than one run in ${out}: a1, a2`);
    expect(await refused("")).toBe(`BAD_OPTION: "" is more than one run in ${out}: a1, a2, b`);
    expect(await refused(join(out, "pictures"))).toContain(
      "is no run's folder: it has no run.json and no events.jsonl",
    );
    for (const id of ["a1", "b"]) await writeLabel(join(out, id), { name: "twice", tags: [] });
    expect(await refused("twice")).toBe(`BAD_OPTION: "twice" is more than one run in ${out}: a1, b`);
    for (let more = 0; more < 4; more++) put(`c${more}`);
    expect(await refused("x")).toContain(", but c3, c2, c1, c0, b, and 2 more");
  });
});
