// `trainscope replay`: a run that has ended, through the reporters that it had, and on a real terminal.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { eventsOf, trainscope } from "./support/command.ts";
import { hasTmux, openTerminal } from "./support/terminal.ts";

const EPOCHS = 6;

/** A run of six epochs on the sample. */
async function trainedRun(out: string): Promise<{ readonly folder: string; readonly lines: string }> {
  const { status, stdout, stderr } = await trainscope([
    "train",
    "--data",
    "sample",
    "--epochs",
    String(EPOCHS),
    "--seed",
    "1",
    "--out",
    out,
    "--reporter",
    "lines",
  ]);
  if (status !== 0) throw new Error(stderr);
  const [id = ""] = readdirSync(out);
  return { folder: join(out, id), lines: stdout };
}

function epochLines(text: string): readonly string[] {
  return text.split("\n").filter((line) => line.startsWith("epoch"));
}

describe("trainscope replay", () => {
  let out = "";
  let run: Awaited<ReturnType<typeof trainedRun>>;
  beforeAll(async () => {
    out = mkdtempSync(join(tmpdir(), "trainscope-replay-"));
    run = await trainedRun(out);
    return () => rmSync(out, { recursive: true, force: true });
  });

  it("tells at once what the run itself told, and how it ended", async () => {
    const { status, stdout, stderr } = await trainscope(["replay", "latest", "--out", out]);
    expect([status, stderr]).toEqual([0, ""]);
    expect(epochLines(stdout)).toHaveLength(EPOCHS);
    expect(epochLines(stdout)).toEqual(epochLines(run.lines));
    expect(stdout).toContain(`Completed after ${EPOCHS} of ${EPOCHS} epochs`);
  });

  it("prints the log's own events as JSON, up to the epoch that is named", async () => {
    const logged = eventsOf(readFileSync(join(run.folder, "events.jsonl"), "utf8"));
    const all = await trainscope(["replay", run.folder, "--reporter", "json"]);
    expect(eventsOf(all.stdout)).toEqual(logged);
    const some = eventsOf(
      (await trainscope(["replay", run.folder, "--reporter", "json", "--epoch", "2"])).stdout,
    );
    expect(some).toEqual(logged.slice(0, some.length));
    const ended = some.filter(({ type }) => type === "epoch:end");
    expect(ended.map((event) => (event.type === "epoch:end" ? event.epoch : 0))).toEqual([1, 2]);
    expect(logged[some.length]?.type).toBe("epoch:start");
  });

  it("names the epochs that there are where another is asked for", async () => {
    const { status, stdout, stderr } = await trainscope(["replay", run.folder, "--epoch", "7"]);
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(/^trainscope: .* has no epoch 7: its log has 1 to 6\n.*\n$/);
  });

  it("says what there is where the run isn't", async () => {
    const { status, stdout, stderr } = await trainscope(["replay", "yesterday", "--out", out]);
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(/^trainscope: there is no run "yesterday" in .*, but .*\n.*\n$/);
  });

  it.skipIf(!hasTmux)(
    "plays on a terminal, goes to any epoch, shows its weights, and leaves at once",
    async () => {
      const terminal = openTerminal(["replay", run.folder, "--epoch", "3"]);
      await terminal.until(/‖ replay paused$/m);
      expect(terminal.screen()).toContain(`epoch 3 of ${EPOCHS} in the log`);
      // Whether it has left a checkpoint or not.
      await terminal.until(/weights of epoch 3$/m);
      terminal.type("]");
      await terminal.until(/epoch 4 of 6 in the log/);
      terminal.type("[", "[");
      await terminal.until(/epoch 2 of 6 in the log/);
      terminal.type("s");
      await terminal.until(/this is a replay: nothing is trained here/);
      terminal.type("g");
      await terminal.until(/a whole number, 0 \(the start\) to 6/);
      terminal.type("6", "Enter");
      await terminal.until(/✓ replay · done$/m);
      // The last checkpoint is that of the end.
      terminal.type("3");
      await terminal.until(/Weights ─.* epoch 6 /);
      terminal.type("4");
      const wrong = finalMistakes(run.folder);
      terminal.type("5");
      await terminal.until((screen) => screen.includes(`${wrong} of 1,000 wrong`));
      terminal.type("Space");
      await terminal.until(/● replay 0\.\dx$/m);
      terminal.type("q");
      await terminal.until(/exit status 0/);
      expect(terminal.isNormal()).toBe(true);
    },
  );

  it.skipIf(!hasTmux)("forks with a key: a new run goes on from the epoch that was shown", async () => {
    const terminal = openTerminal(["replay", run.folder, "--epoch", "4"]);
    await terminal.until(/‖ replay paused$/m);
    terminal.type("f");
    await terminal.until(/goes on from where this one stood after\s/);
    terminal.type("5e-4", "Enter");
    await terminal.until(/exit status 0/);
    const runs = readdirSync(out).map((id) => join(out, id));
    const forked = runs.find((folder) => folder !== run.folder) ?? "";
    const events = eventsOf(readFileSync(join(forked, "events.jsonl"), "utf8"));
    expect(events[0]).toMatchObject({
      type: "run:start",
      config: { learningRate: 5e-4 },
      parent: { runId: basename(run.folder), epoch: 4 },
    });
    const ended = events.flatMap((event) => (event.type === "epoch:end" ? [event.epoch] : []));
    expect(ended.at(-1)).toBe(EPOCHS);
    expect(ended).not.toContain(3);
  });
});

/** By the run's own figures. */
function finalMistakes(folder: string): number {
  const events = eventsOf(readFileSync(join(folder, "events.jsonl"), "utf8"));
  const last = events.findLast(({ type }) => type === "epoch:end");
  const accuracy = last?.type === "epoch:end" ? last.metrics["validation/accuracy"] : undefined;
  return Math.round(1000 * (1 - (accuracy ?? Number.NaN)));
}
