// `trainscope compare` as a user's shell runs it, on real runs: as a table, as files, and on a terminal.
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { temporaryFolder, trainscope } from "./support/command.ts";
import { smallData } from "./support/small-data.ts";
import { hasTmux, openTerminal } from "./support/terminal.ts";

const TRAIN = ["train", "--data", smallData, "--no-pictures", "--epochs", "2", "--reporter", "json"];
/** Three runs, which no test changes. */
let stored = "";
let ids: readonly string[] = [];

beforeAll(async () => {
  stored = mkdtempSync(join(tmpdir(), "trainscope-compared-"));
  const settings = [
    ["--eta", "0.01"],
    ["--eta", "0.002", "--batch", "50"],
    ["--epochs", "3"],
  ];
  const trained = settings.map((some) => trainscope([...TRAIN, ...some, "--out", stored]));
  ids = (await Promise.all(trained)).map(({ stdout, status }) => {
    expect(status).toBe(0);
    return (JSON.parse(stdout.split("\n")[0] ?? "") as { runId: string }).runId;
  });
});
afterAll(() => rmSync(stored, { recursive: true, force: true }));

const compare = (...args: readonly string[]) => trainscope(["compare", "--out", stored, ...args]);

describe("trainscope compare", () => {
  it("prints a table of what differs and what came of it", async () => {
    const { status, stdout } = await compare(...ids);
    expect(status).toBe(0);
    const lines = stdout.trimEnd().split("\n");
    expect(lines[0]).toMatch(
      /^run +eta +batch +epochs +best validation\/accuracy +test\/accuracy +done +state$/,
    );
    expect(lines).toHaveLength(4);
    expect(lines.filter((line) => /%.* \*/.test(line)).length).toBeGreaterThan(0);
  });

  it("writes CSV, JSON and pictures, and the CSV has every value of the logs", async () => {
    const folder = temporaryFolder();
    const [csv, png, svg] = ["values.csv", "runs.png", "runs.svg"].map((name) => join(folder, name));
    const written = await compare("--all", "--csv", csv ?? "", "--picture", png ?? "", "--by", "time");
    expect([written.status, written.stdout]).toEqual([0, ""]);
    const rows = readFileSync(csv ?? "", "utf8")
      .trimEnd()
      .split("\n")
      .slice(1);
    // Two, two and three epochs of six figures, and three test figures each.
    expect(rows).toHaveLength((2 + 2 + 3) * 6 + 3 * 3);
    expect(
      readFileSync(png ?? "")
        .subarray(1, 4)
        .toString(),
    ).toBe("PNG");
    const drawn = await compare(ids[0] ?? "", ids[1] ?? "", "--metric", "train/loss", "--picture", svg ?? "");
    expect(drawn.status).toBe(0);
    expect(readFileSync(svg ?? "", "utf8")).toContain("Training loss of 2 runs");
    const { stdout } = await compare("--all", "--json");
    const { runs } = JSON.parse(stdout) as { runs: { runId: string; curves: { epochs: number[] } }[] };
    expect(runs.map(({ curves }) => curves.epochs.length).toSorted()).toEqual([2, 2, 3]);
  });

  it("compares what there is of a damaged log and says so", async () => {
    const folder = temporaryFolder();
    cpSync(stored, folder, { recursive: true });
    const [first = "", second = ""] = ids;
    const log = join(folder, second, "events.jsonl");
    const lines = readFileSync(log, "utf8").split("\n");
    writeFileSync(log, [lines[0], "no JSON", ...lines.slice(1)].join("\n"));
    truncateSync(join(folder, first, "events.jsonl"), 40);
    const { status, stdout } = await trainscope(["compare", "--out", folder, first, second]);
    expect(status).toBe(0);
    expect(stdout).toMatch(/damaged: events\.jsonl, line 2: it is no JSON/);
    expect(stdout).toMatch(/ 0\/2 +left early/);
  });

  it.concurrent.each([
    [["nothing-like-it", "latest"], /there is no run "nothing-like-it" in .*, but /],
    [["latest"], /a comparison takes two runs or more; one run only was named/],
    [["latest", "latest"], /the same one was named each time/],
    [["--tag", "none"], /no run in .* has the tag "none"/],
    [
      ["--all", "--metric", "nix"],
      /no run has a value of the metric "nix"\nThose there are: validation\/accuracy, /,
    ],
    [["--all", "--picture", "runs.gif"], /expected a file that ends in \.png or \.svg/],
    [["--all", "--json", "--csv", "-"], /can't both go to stdout/],
    [["--all", "--csv", "nowhere/at/all.csv"], /can't write nowhere\/at\/all\.csv/],
  ])("refuses %j with one clear message", async (args, message) => {
    const { status, stdout, stderr } = await compare(...args);
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(message);
    expect(stderr).not.toContain("    at ");
  });
});

describe.skipIf(!hasTmux)("on a terminal", () => {
  it("overlays the runs, filters, pins, draws a picture, and leaves the terminal as it was", async () => {
    const terminal = openTerminal(["compare", "--out", stored, ...ids]);
    await terminal.until(/3 runs[\s\S]*Validation accuracy[\s\S]*Runs/);
    terminal.type("t");
    await terminal.until(/by training time, ms/);
    terminal.type("Down", "p", "/", "eta=0.01", "Enter");
    await terminal.until(/2 of 3 runs +filter: eta=0\.01 +1 pinned/);
    terminal.type("Escape");
    await terminal.until(/ 3 runs +1 pinned/);
    terminal.type("v");
    await terminal.until(/written: compare-validation-accuracy\.png/);
    expect(existsSync(join(terminal.folder, "compare-validation-accuracy.png"))).toBe(true);
    terminal.resize(160, 50);
    // The table beside the chart.
    await terminal.until(/╮╭─ Runs/);
    terminal.type("q");
    expect(await terminal.until(/exit status/)).toMatch(
      /wrote compare-validation-accuracy\.png\nexit status 0/,
    );
    expect(terminal.isNormal()).toBe(true);
  });

  it("shows what a run that grows has added", async () => {
    const folder = temporaryFolder();
    cpSync(stored, folder, { recursive: true });
    const log = join(folder, ids[2] ?? "", "events.jsonl");
    const lines = readFileSync(log, "utf8").trimEnd().split("\n");
    const ends = lines.flatMap((line, index) => (line.includes('"type":"epoch:end"') ? [index + 1] : []));
    writeFileSync(log, `${lines.slice(0, ends[1]).join("\n")}\n`);
    const terminal = openTerminal(["compare", "--out", folder, "--all"], { columns: 120, rows: 40 });
    await terminal.until(/2\/3 +left early/);
    writeFileSync(log, `${lines.join("\n")}\n`);
    await terminal.until(/3\/3 +completed/);
    terminal.type("C-c");
    await terminal.until(/exit status 130/);
  });
});
