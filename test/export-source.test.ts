// `trainscope export` of what other programs left, by the command.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder, trainscope } from "./support/command.ts";

const LOG =
  '{"epoch": 0, "train_loss": 2.5, "val_acc": "0.25"}\n{"epoch": 1, "train_loss": NaN, "val_acc": 0.5}\n';

describe("trainscope export of another program's log", () => {
  it("writes a table, JSON lines, and TensorBoard's file, and says how it was read", async () => {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, "log.txt"), LOG);
    const { status, stdout, stderr } = await trainscope(["export", "log.txt", "--to", "out.csv"], { cwd });
    expect([status, stderr]).toEqual([0, ""]);
    expect(stdout).toBe("wrote out.csv: 2 epochs, 2 series\nread as jsonl: log.txt\n");
    expect(readFileSync(join(cwd, "out.csv"), "utf8")).toBe(
      "epoch,train/loss,validation/accuracy\r\n0,2.5,0.25\r\n1,,0.5\r\n",
    );
    await trainscope(["export", "log.txt", "--to", "out.jsonl"], { cwd });
    expect(readFileSync(join(cwd, "out.jsonl"), "utf8")).toBe(
      '{"epoch":0,"train/loss":2.5,"validation/accuracy":0.25}\n{"epoch":1,"validation/accuracy":0.5}\n',
    );
    await trainscope(["export", "log.txt", "--to", "board"], { cwd });
    expect(readdirSync(join(cwd, "board"))).toEqual([
      expect.stringMatching(/^events\.out\.tfevents\.\d+\.trainscope$/),
    ]);
    await trainscope(["export", "log.txt", "--to", "page.md"], { cwd });
    expect(readFileSync(join(cwd, "page.md"), "utf8")).toContain(
      "| validation/accuracy | 50.00 % | 50.00 % | 1 |",
    );
    await trainscope(["export", "board", "--to", "again.csv"], { cwd });
    expect(readFileSync(join(cwd, "again.csv"), "utf8")).toBe(
      "step,train/loss,validation/accuracy\r\n0,2.5,0.25\r\n1,,0.5\r\n",
    );
  });

  it("takes what a pattern names", async () => {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, "out.txt"), "at 10 we have 3.5 bits\nat 20 we have 2.5 bits\n");
    const pattern = "at (?<step>\\d+) we have (?<val_bits>\\S+)";
    await trainscope(["export", "out.txt", "--pattern", pattern, "--to", "bits.csv"], { cwd });
    expect(readFileSync(join(cwd, "bits.csv"), "utf8")).toBe("step,validation/bits\r\n10,3.5\r\n20,2.5\r\n");
  });

  it("refuses what it can't read, says why, and leaves no file", async () => {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, "log.txt"), LOG);
    writeFileSync(join(cwd, "weights.pt"), Uint8Array.of(0x50, 0x4b, 3, 4, 0, 0));
    mkdirSync(join(cwd, "empty"));
    for (const [words, reason] of [
      [["weights.pt", "--to", "out.csv"], "it looks like a ZIP archive or a PyTorch checkpoint"],
      [["empty", "--to", "out.csv"], "the folder empty holds no log of a training"],
      [["log.txt", "--to", "w.npz"], "log.txt is a log, which has none"],
      [["log.txt", "--to", "out.csv", "--from", "xml"], 'there is no format "xml"'],
      [
        ["log.txt", "--to", "out.csv", "--pattern", "(\\d+)"],
        "Expected a regular expression with named groups",
      ],
    ] as const) {
      const { status, stderr } = await trainscope(["export", ...words], { cwd });
      expect([status, stderr]).toEqual([2, expect.stringContaining(reason)]);
    }
    expect(readdirSync(cwd).sort()).toEqual(["empty", "log.txt", "weights.pt"]);
  });
});
