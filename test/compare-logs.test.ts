// `trainscope compare` of what other programs left, beside runs of ours.
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder, trainscope } from "./support/command.ts";
import { smallData } from "./support/small-data.ts";
import { hasTmux, openTerminal } from "./support/terminal.ts";

const KERAS = "epoch,accuracy,loss,val_accuracy,val_loss\n0,0.5,2.0,0.4,2.5\n1,0.75,1.0,0.6,1.5\n";
const PRINTED = "Epoch 0 train loss 3.5 val acc 45.0\nEpoch 1 train loss 2.5 val acc 65.0\n";
const STEPS = '{"step": 10, "loss": 1.5, "ts": 1700000000}\n{"step": 30, "loss": 0.5, "ts": 1700000040}\n';

function logs(): string {
  const cwd = temporaryFolder();
  mkdirSync(join(cwd, "keras/one"), { recursive: true });
  mkdirSync(join(cwd, "keras/two"));
  writeFileSync(join(cwd, "keras/one/training.csv"), KERAS);
  writeFileSync(join(cwd, "keras/two/training.csv"), KERAS.replace("0.6", "0.7"));
  writeFileSync(join(cwd, "keras/two/notes.log"), "nothing but words\n");
  writeFileSync(join(cwd, "printed.txt"), PRINTED);
  writeFileSync(join(cwd, "steps.jsonl"), STEPS);
  return cwd;
}

const text = (csv: string) => csv.split("\n").filter((line) => line.includes("validation/accuracy"));

describe("trainscope compare of other programs' logs", () => {
  it("takes files, and each log of a folder, and brings per cent and fractions together", async () => {
    const cwd = logs();
    const table = await trainscope(["compare", "keras", "printed.txt"], { cwd });
    expect([table.status, table.stderr]).toEqual([0, ""]);
    expect(table.stdout.replaceAll(/ {2,}/g, "  ").trimEnd().split("\n").slice(1).sort()).toEqual([
      expect.stringMatching(/^printed {2}65\.00 % after 1/),
      expect.stringMatching(/^training.* {2}60\.00 % after 1 {2}/),
      expect.stringMatching(/^training.* {2}70\.00 % after 1 \*/),
    ]);
    const { stdout } = await trainscope(["compare", "printed.txt", "keras/one", "--csv", "-"], { cwd });
    expect(text(stdout)).toEqual([
      "printed.txt,0,0,validation/accuracy,0.45",
      "printed.txt,1,0,validation/accuracy,0.65",
      "keras/one/training.csv,0,0,validation/accuracy,0.4",
      "keras/one/training.csv,1,0,validation/accuracy,0.6",
    ]);
  });

  it("beside runs of ours, by id and in a folder; in JSON and as a picture", async () => {
    const cwd = logs();
    const quick = ["train", "--data", smallData, "--no-pictures", "--epochs", "1", "--reporter", "json"];
    await trainscope(quick, { cwd });
    const named = await trainscope(["compare", "latest", "printed.txt", "--json"], { cwd });
    const { runs } = JSON.parse(named.stdout) as { runs: { name: string; axis: string; state: string }[] };
    expect(runs).toMatchObject([
      { axis: "epoch", state: "completed" },
      { name: "printed", folder: "printed.txt", axis: "epoch", state: "no-end", curves: { points: {} } },
    ]);
    mkdirSync(join(cwd, "experiments"));
    writeFileSync(join(cwd, "experiments/keras.csv"), KERAS);
    await trainscope(["export", "keras/two", "--to", "experiments/tensorboard"], { cwd });
    const files = ["experiments/keras.csv", "experiments/tensorboard"];
    const three = await trainscope(["compare", "latest", ...files], { cwd });
    expect([three.status, three.stdout.match(/no end known/g)?.length]).toEqual([0, 2]);
    const drawn = await trainscope(["compare", "runs", "keras/two", "--picture", "both.svg"], { cwd });
    expect([drawn.status, drawn.stderr]).toEqual([0, "trainscope: wrote both.svg\n"]);
    expect(readFileSync(join(cwd, "both.svg"), "utf8")).toContain("training");
  });

  it("says that some count epochs and some steps, and how they are aligned then", async () => {
    const cwd = logs();
    const mixed = ["compare", "printed.txt", "steps.jsonl", "--metric", "train/loss"];
    const { status, stderr } = await trainscope([...mixed, "--picture", "mixed.svg"], { cwd });
    expect([status, stderr]).toEqual([
      0,
      "trainscope: 1 of the runs counts epochs, 1 steps, and printed tells no times: each lies at its own count\n" +
        "trainscope: wrote mixed.svg\n",
    ]);
    expect(readFileSync(join(cwd, "mixed.svg"), "utf8")).toContain("epoch or step");
    const { stdout } = await trainscope([...mixed, "--csv", "-"], { cwd });
    expect(stdout.split("\n")).toEqual(
      expect.arrayContaining([
        "run,epoch,step,seconds,tag,value",
        "printed.txt,0,,0,train/loss,3.5",
        "steps.jsonl,,30,40,train/loss,0.5",
      ]),
    );
    const refused = await trainscope([...mixed, "--by", "epoch"], { cwd });
    expect([refused.status, refused.stderr]).toEqual([2, expect.stringContaining("but steps counts steps")]);
  });

  it.each([
    [["printed.txt"], "one run only was named"],
    [["printed.txt", "./printed.txt"], "the same one was named each time"],
    [["printed.txt", "keras/two/notes.log"], "no figures of a training were found in keras/two/notes.log"],
    [["printed.txt", "steps.jsonl", "--format", "xml"], 'there is no format "xml"'],
    [["printed.txt", "missing.csv"], "missing.csv"],
  ])("refuses %j with one clear message", async (named, message) => {
    const { status, stdout, stderr } = await trainscope(["compare", ...named], { cwd: logs() });
    expect([status, stdout, stderr]).toEqual([2, "", expect.stringContaining(message)]);
    expect(stderr).not.toContain("    at ");
  });

  it.skipIf(!hasTmux)("on a terminal a log that grows is read again", async () => {
    const cwd = logs();
    const files = ["keras/one/training.csv", "keras/two/training.csv"].map((name) => join(cwd, name));
    const terminal = openTerminal(["compare", ...files], { columns: 120, rows: 40 });
    await terminal.until(/2 runs[\s\S]*Validation accuracy[\s\S]*1\/-/);
    appendFileSync(files[0] ?? "", "2,0.8,0.5,0.9,1.25\n");
    await terminal.until(/90\.00 %/);
    terminal.type("q");
    await terminal.until(/exit status 0/);
    expect(existsSync(files[0] ?? "")).toBe(true);
  });
});
