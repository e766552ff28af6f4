import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { tableRows } from "../meaning/run-table.ts";
import { toEventFile } from "../out/event-file.ts";
import { toJsonLines } from "../out/json-lines.ts";
import { eventRecord, fileHeader } from "../tensorboard/index.ts";
import { readSource } from "./read-source.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "source-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function put(name: string, content: string | Uint8Array, age = 0): string {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  utimesSync(path, 1e9 - age, 1e9 - age);
  return path;
}

function events(...losses: readonly number[]): Uint8Array {
  const records = losses.map((value, step) =>
    eventRecord({ wallTime: 1, step, values: [{ kind: "scalar", tag: "epoch_loss", value }] }),
  );
  return Buffer.concat([fileHeader(1), ...records]);
}

async function rowsOf(path: string) {
  return tableRows((await readSource(path)).table);
}

describe("readSource", () => {
  it("a folder of TensorBoard's: files of one run together, the folder's name as their split", async () => {
    put("run/train/events.out.tfevents.1.a", events(4, 2));
    put("run/validation/events.out.tfevents.2.a", events(5, 3));
    put("old/train/events.out.tfevents.0.a", events(9), 100);
    const { table, others } = await readSource(folder);
    expect(tableRows(table)).toEqual({
      header: ["step", "train/epoch_loss", "validation/epoch_loss"],
      rows: [
        [0, 4, 5],
        [1, 2, 3],
      ],
    });
    expect(others).toEqual([join("old", "train", "events.out.tfevents.0.a")]);
  });

  it("a folder of MLflow's run: each metric by its name", async () => {
    put("0/abc/metrics/train_loss", "1656487680532 0.5 0\n1656487680533 0.25 1\n");
    put("0/abc/metrics/val/acc", "1656487680532 0.75 1\n");
    put("0/abc/params/lr", "0.1");
    expect(await rowsOf(join(folder, "0/abc"))).toEqual({
      header: ["step", "train/loss", "validation/accuracy"],
      rows: [
        [0, 0.5, null],
        [1, 0.25, 0.75],
      ],
    });
  });

  it("of other folders the newest log, and what else there is", async () => {
    put("a.csv", "epoch,loss\n1,2\n2,1\n", 10);
    put("b.jsonl", '{"epoch":1,"loss":3}\n');
    put("readme.txt", "nothing");
    const { files, others } = await readSource(folder);
    expect([files, others]).toEqual([[join(folder, "b.jsonl")], ["a.csv"]]);
  });

  it("of other folders the newest log with figures", async () => {
    put("new/notes.log", "nothing but words\n");
    put("old/a.csv", "epoch,loss\n1,2\n2,1\n", 10);
    expect((await readSource(folder)).files).toEqual([join(folder, "old/a.csv")]);
  });

  it("what it writes as JSON lines and as TensorBoard's file it reads again", async () => {
    const { table } = await readSource(
      put("a.csv", "epoch,loss,val_loss,lr\n1,2,3,0.5\n2,1.5,,0.5\n3,1.25,2.5,0.25\n"),
    );
    const rows = tableRows(table);
    expect(await rowsOf(put("again.jsonl", toJsonLines(table)))).toEqual(rows);
    const { bytes, stepsPerX } = toEventFile(table, 1);
    expect(stepsPerX).toBe(1);
    expect(await rowsOf(put("events.out.tfevents.1.a", bytes))).toEqual({
      ...rows,
      header: ["step", ...rows.header.slice(1)],
    });
  });

  it("goes on after damage, and says what it left out", async () => {
    const bytes = events(4, 3, 2, 1);
    bytes[bytes.length - 60] = (bytes[bytes.length - 60] ?? 0) ^ 0xff;
    expect((await rowsOf(put("events.out.tfevents.1.a", bytes))).rows).toHaveLength(3);
  });

  it.each([
    ["nothing", "", "it is empty"],
    [
      "an archive",
      Uint8Array.of(0x50, 0x4b, 3, 4, 0, 0),
      "it looks like a ZIP archive or a PyTorch checkpoint",
    ],
    ["noise", Uint8Array.of(7, 0, 0, 9, 0, 3), "it looks like binary data"],
  ])("refuses %s", async (_, content, reason) => {
    const refused = readSource(put("x.bin", content));
    await expect(refused).rejects.toThrow(`x.bin is of no format that is read: ${reason}`);
    await expect(refused).rejects.toMatchObject({
      code: "BAD_OPTION",
      hint: expect.stringContaining("jsonl, json, csv"),
    });
  });

  it("refuses text without figures, a folder without logs, and what isn't there", async () => {
    await expect(readSource(put("x.txt", "Hello.\n"))).rejects.toThrow(
      /no figures of a training were found in .*, read as text/,
    );
    await expect(readSource(folder)).rejects.toThrow("holds no log of a training that is read");
    await expect(readSource(join(folder, "no"))).rejects.toThrow("can't read");
    await expect(readSource(join(folder, "x.txt"), { format: "xml" })).rejects.toThrow(
      'there is no format "xml"',
    );
  });

  it("takes figures by a pattern with named groups", async () => {
    const path = put("x.txt", "at 10 we have 3.5 bits\nat 20 we have 2.5 bits\n");
    const { table } = await readSource(path, {
      pattern: /at (?<step>\d+) we have (?<val_bits>\S+)/,
      format: "text",
    });
    expect(tableRows(table)).toEqual({
      header: ["step", "validation/bits"],
      rows: [
        [10, 3.5],
        [20, 2.5],
      ],
    });
  });
});
