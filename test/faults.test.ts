// What breaks while a run is trained, or lies in its folder: what docs/runs.md says of it, by the real command. Lines of
// its table that others show: SIGKILL at any moment in resume.test.ts.
import { spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readEventLog } from "@trainscope/core/log";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  cleanEnvironment,
  command,
  endOf,
  eventsOf,
  type Finished,
  temporaryFolder,
  trainscope,
} from "./support/command.ts";
import { checkpointsOf, type Outcome, outcomeOf } from "./support/outcome.ts";
import { canMount, mountSmallDisk } from "./support/small-disk.ts";
import { hasTmux, openTerminal } from "./support/terminal.ts";
import { unhurried } from "./support/unhurried.ts";

const EPOCHS = 60;
const WITH_PICTURES = ["train", "--data", "sample", "--epochs", `${EPOCHS}`, "--checkpoint-every", "5"];
// They take as long as all else.
const TRAIN = [...WITH_PICTURES, "--no-pictures"];
const JSON_LINES = ["--reporter", "json"];

/** A run of `TRAIN` that was left alone. */
let alone: { readonly folder: string; readonly outcome: Outcome };

beforeAll(async () => {
  const cwd = mkdtempSync(join(tmpdir(), "trainscope-alone-"));
  alone = { folder: cwd, outcome: await leftAlone(TRAIN, cwd) };
});
afterAll(() => rmSync(alone.folder, { recursive: true, force: true }));

async function leftAlone(train: readonly string[], cwd: string): Promise<Outcome> {
  const { status, stderr } = await trainscope([...train, ...JSON_LINES], { cwd });
  expect([status, stderr]).toEqual([0, ""]);
  return outcomeOf(runIn(cwd));
}

/** A folder with a copy of that run in it. */
function copyOfIt(): string {
  const cwd = temporaryFolder();
  cpSync(join(alone.folder, "runs"), join(cwd, "runs"), { recursive: true });
  return cwd;
}

function runIn(cwd: string): string {
  const [run = ""] = readdirSync(join(cwd, "runs")).filter((name) => !name.startsWith("ballast"));
  return join(cwd, "runs", run);
}

/**
 * Trains, and does something as soon as an epoch has ended, once. The process stands still meanwhile. What can't be done
 * while it has a file open for writing (false) is tried again when it has gone on.
 */
async function trainAnd(
  cwd: string,
  disturbances: Readonly<Record<number, () => unknown>>,
  train = TRAIN,
): Promise<Finished> {
  const left = new Map(Object.entries(disturbances));
  return await trainscope([...train, ...JSON_LINES], {
    cwd,
    onOutput(stdout, kill) {
      for (const [epoch, disturb] of left) {
        if (!stdout.includes(`"type":"epoch:end","epoch":${epoch},`)) continue;
        kill("SIGSTOP");
        try {
          if (disturb() !== false) left.delete(epoch);
        } finally {
          kill("SIGCONT");
        }
      }
    },
  });
}

const resume = (cwd: string, run = "latest") => trainscope(["train", "--resume", run, ...JSON_LINES], { cwd });

const times = (text: string, words: RegExp): number => [...text.matchAll(new RegExp(words, "g"))].length;

describe.skipIf(!canMount)("a disk of its own, which only root can mount", () => {
  const runsOn = (cwd: string, megabytes: number) => mountSmallDisk(join(cwd, "runs"), megabytes);

  it("full for a while: it is said once, training goes on, and the log is whole in the end", async () => {
    const cwd = temporaryFolder();
    const disk = runsOn(cwd, 8);
    const { status, stdout, stderr } = await trainAnd(cwd, { 15: disk.fill, 45: disk.clear });
    expect(status).toBe(0);
    expect(stderr).toMatch(/^trainscope: the log of this run can't be written \(the disk is full\).*\n$/);
    expect(stdout).toMatch(/"level":"warning","code":"checkpoint".*was not saved: .*: the disk is full"/);
    expect(outcomeOf(runIn(cwd))).toEqual(alone.outcome);
  });

  it("full to the end: nothing is half-written, all that is lacking is said, and --resume makes it up", async () => {
    const cwd = temporaryFolder();
    const disk = runsOn(cwd, 8);
    const { status, stdout, stderr } = await trainAnd(cwd, { 15: disk.fill }, WITH_PICTURES);
    expect(status).toBe(0);
    expect(stderr).toMatch(/lacks the end of the run: the disk is full\n/);
    expect(times(stdout, /"type":"plugin:error"[^\n]*ENOSPC/)).toBeGreaterThan(0);
    const run = runIn(cwd);
    expect(readEventLog(readFileSync(join(run, "events.jsonl"), "utf8"))).toMatchObject({ problems: [] });
    expect(readdirSync(run, { recursive: true }).filter((name) => `${name}`.endsWith(".tmp"))).toEqual([]);
    disk.clear();
    expect(await resume(cwd)).toMatchObject({ status: 0 });
    const whole = await leftAlone(WITH_PICTURES, temporaryFolder());
    expect(whole.pictures).toHaveLength(10);
    expect(outcomeOf(run)).toEqual(whole);
  });

  it("read-only for a while: the same", async () => {
    const cwd = temporaryFolder();
    const disk = runsOn(cwd, 8);
    const { status, stderr } = await trainAnd(cwd, { 15: disk.makeReadOnly, 45: disk.makeWritable });
    expect(status).toBe(0);
    expect(stderr).toMatch(/^trainscope: .*can't be written \(the file system is read-only\).*\n$/);
    expect(outcomeOf(runIn(cwd))).toEqual(alone.outcome);
  });
});

describe("a run's folder", () => {
  it("removed while it is trained: training goes on to its end, which says so", async () => {
    const cwd = temporaryFolder();
    const remove = (): void => rmSync(runIn(cwd), { recursive: true });
    const { status, stdout, stderr } = await trainAnd(cwd, { 30: remove });
    expect(status).toBe(0);
    expect(stderr).toMatch(/lacks the end of the run: it is no longer there\n/);
    expect(stdout).toContain(`"type":"run:end","reason":"completed"`);
  });

  it.each(["0 %", "0.1 %", "20 %", "60 %", "99.9 %"])(
    "its log cut after %s of its bytes: a resumed run ends with the same bits",
    async (share) => {
      const cwd = copyOfIt();
      const log = join(runIn(cwd), "events.jsonl");
      truncateSync(log, Math.floor((readFileSync(log).length * Number.parseFloat(share)) / 100));
      const { status, stderr } = await resume(cwd);
      expect([status, stderr.match(/^\s+at /m)]).toEqual([0, null]);
      expect(outcomeOf(runIn(cwd))).toEqual(alone.outcome);
    },
  );
});

describe("a checkpoint with one bit flipped", () => {
  function flip(path: string, place: number): void {
    const bytes = readFileSync(path);
    bytes.writeUInt8((bytes[place] ?? 0) ^ 4, place);
    writeFileSync(path, bytes);
  }

  it.each(["header", "weights"])(
    "in the %s of the newest: it is named, and the one before it is used",
    async (part) => {
      const cwd = copyOfIt();
      truncateBeforeEnd(cwd);
      const newest = checkpointsOf(runIn(cwd)).at(-1) ?? "";
      flip(join(runIn(cwd), "checkpoints", newest), part === "header" ? 20 : 200_000);
      const { status, stderr } = await resume(cwd);
      expect(stderr).toContain(`can't use the checkpoint ${join("runs", "")}`);
      expect(stderr).toContain(newest);
      expect(stderr).toMatch(/ goes on after epoch \d+\n/);
      expect(status).toBe(0);
      expect(outcomeOf(runIn(cwd))).toEqual(alone.outcome);
    },
  );

  it("in all of them: each is named, and the run begins anew", async () => {
    const cwd = copyOfIt();
    truncateBeforeEnd(cwd);
    const names = checkpointsOf(runIn(cwd));
    for (const [i, name] of names.entries()) flip(join(runIn(cwd), "checkpoints", name), 5000 * (i + 1));
    const { status, stderr } = await resume(cwd);
    for (const name of names) expect(stderr).toContain(name);
    expect(stderr).toContain("it begins anew");
    expect(status).toBe(0);
    expect(outcomeOf(runIn(cwd))).toEqual(alone.outcome);
  });

  /** As if the process had died just before its end. */
  function truncateBeforeEnd(cwd: string): void {
    const log = join(runIn(cwd), "events.jsonl");
    const lines = readFileSync(log, "utf8").trimEnd().split("\n");
    writeFileSync(log, `${lines.slice(0, -1).join("\n")}\n`);
  }
});

describe("two processes on one run", () => {
  const LONG = ["train", "--data", "sample", "--no-pictures", "--epochs", "100000", ...JSON_LINES];

  it("the second is refused with the number of the first, which it does not harm", async () => {
    const cwd = temporaryFolder();
    let second: Promise<Finished> | undefined;
    const { status, stdout } = await trainscope(LONG, {
      cwd,
      environment: unhurried,
      onOutput(text, kill) {
        if (second !== undefined || !text.includes(`"epoch":3,`)) return;
        second = resume(cwd);
        void second.then(() => kill("SIGINT"));
      },
    });
    const refused = await second;
    expect(refused?.status).toBe(2);
    expect(refused?.stderr).toMatch(
      /is being trained by process \d+ on .*; last sign at .*\n.*trainscope attach/,
    );
    expect(status).toBe(130);
    const { events, problems } = readEventLog(readFileSync(join(runIn(cwd), "events.jsonl"), "utf8"));
    expect(problems).toEqual([]);
    const told = stdout
      .trimEnd()
      .split("\n")
      .filter((line) => !/"type":"(progress|examination|plugin:times)"/.test(line));
    expect(events).toEqual(told.map((line) => JSON.parse(line)));
  });

  it("of several that resume it at the same moment one does", async () => {
    const cwd = copyOfIt();
    const log = join(runIn(cwd), "events.jsonl");
    truncateSync(log, Math.floor(readFileSync(log).length / 2));
    const all = await Promise.all([1, 2, 3].map(() => resume(cwd)));
    expect(all.map(({ status }) => status).sort()).toEqual([0, 2, 2]);
    expect(outcomeOf(runIn(cwd))).toEqual(alone.outcome);
  });
});

describe("what asks a run to end", () => {
  const stopCheckpoint = (run: string) =>
    readEventLog(readFileSync(join(run, "events.jsonl"), "utf8")).events.find(
      (event) => event.type === "checkpoint" && event.reason === "stop",
    );

  it.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)(
    "%s, sent twice at once as npx and shells do: a checkpoint of the place, and the same bits once resumed",
    async (signal) => {
      const cwd = temporaryFolder();
      let isSent = false;
      const { status } = await trainscope([...TRAIN, ...JSON_LINES], {
        cwd,
        onOutput(stdout, kill) {
          if (isSent || !stdout.includes(`"epoch":21,`)) return;
          isSent = true;
          for (const _ of [1, 2]) kill(signal);
        },
      });
      expect(status).toBe(130);
      expect(stopCheckpoint(runIn(cwd))).toBeDefined();
      expect(await resume(cwd)).toMatchObject({ status: 0 });
      expect(outcomeOf(runIn(cwd))).toEqual(alone.outcome);
    },
  );

  it("with --checkpoint-every 0, too: it goes on where it was stopped, and by the same flags", async () => {
    const cwd = temporaryFolder();
    const flags = [...TRAIN, "--checkpoint-every", "0", "--keep-checkpoints", "3"];
    let isSent = false;
    const { status } = await trainscope([...flags, ...JSON_LINES], {
      cwd,
      onOutput(stdout, kill) {
        // A second one, later than a moment, would leave at once.
        if (isSent || !stdout.includes(`"epoch":21,`)) return;
        isSent = true;
        kill("SIGINT");
      },
    });
    expect(status).toBe(130);
    const stopped = stopCheckpoint(runIn(cwd));
    const { stdout, stderr } = await resume(cwd);
    expect(stderr).toMatch(/goes on (in|after) epoch 2\d/);
    const events = eventsOf(stdout);
    expect(events.find(({ type }) => type === "run:resume")).toMatchObject({
      epoch: (stopped as { epoch: number }).epoch,
    });
    const reasons = events.flatMap((event) => (event.type === "checkpoint" ? [event.reason] : []));
    // The first is what it goes on from.
    expect(reasons).toEqual(["stop", "end"]);
    expect(outcomeOf(runIn(cwd))).toEqual(alone.outcome);
  });

  it("a reader of its output that goes away: the same", async () => {
    const cwd = temporaryFolder();
    const words = [process.execPath, command, ...TRAIN, ...JSON_LINES].map((word) => `'${word}'`).join(" ");
    const { status } = spawnSync("bash", ["-c", `${words} | head -n 40 > read; exit \${PIPESTATUS[0]}`], {
      cwd,
      env: cleanEnvironment(),
    });
    expect(status).toBe(130);
    expect(stopCheckpoint(runIn(cwd))).toBeDefined();
    expect(await resume(cwd)).toMatchObject({ status: 0 });
    expect(outcomeOf(runIn(cwd))).toEqual(alone.outcome);
  });

  it.skipIf(!hasTmux)("the dashboard's terminal that is closed: the same", async () => {
    const { folder, until, hangUp } = openTerminal([
      "train",
      "--data",
      "sample",
      "--no-pictures",
      "--epochs",
      "100000",
    ]);
    await until(/[1-9]\d\d of 100000|epoch +[1-9]\d\d/i);
    const pid = Number(readFileSync(join(folder, "pid"), "utf8"));
    hangUp();
    await expect.poll(() => existsSync(`/proc/${pid}`), { timeout: 60_000 }).toBe(false);
    const run = runIn(folder);
    const stopped = stopCheckpoint(run);
    const { end } = endOfRun(run);
    expect(end).toMatchObject({ reason: "stopped" });
    const epochs = (stopped?.type === "checkpoint" ? stopped.epoch : 0) + 1;
    const resumed = ["train", "--resume", "latest", "--epochs", `${epochs}`, ...JSON_LINES];
    expect(await trainscope(resumed, { cwd: folder })).toMatchObject({ status: 0 });
    const cwd = temporaryFolder();
    await trainscope(["train", "--data", "sample", "--no-pictures", "--epochs", `${epochs}`, ...JSON_LINES], {
      cwd,
    });
    expect(outcomeOf(run).newest).toEqual(outcomeOf(runIn(cwd)).newest);
  });
});

it("an error that nothing catches, and of which nobody knows what it left undone: told, saved, and ended with 1", async () => {
  const cwd = temporaryFolder();
  const stray = 'process.on("SIGUSR2", () => { throw "out of nowhere"; });';
  writeFileSync(
    join(cwd, "stray.mjs"),
    `import { isMainThread } from "node:worker_threads";\nif (isMainThread) ${stray}`,
  );
  let isThrown = false;
  const { status, stdout, stderr } = await trainscope([...TRAIN, ...JSON_LINES], {
    cwd,
    environment: { NODE_OPTIONS: `--import=${join(cwd, "stray.mjs")}` },
    onOutput(seen, kill) {
      if (isThrown || !seen.includes(`"epoch":21,`)) return;
      isThrown = true;
      kill("SIGUSR2");
    },
  });
  const fault = "an error of unknown origin: out of nowhere";
  expect([status, stderr.trimEnd().split("\n")]).toEqual([
    1,
    [
      `trainscope: ${fault}; the run is saved and ends`,
      expect.stringMatching(
        new RegExp(`^trainscope: ended by ${fault}\\. .* is in runs/.*; train --resume goes on`),
      ),
    ],
  ]);
  expect(eventsOf(stdout)).toContainEqual(expect.objectContaining({ type: "checkpoint", reason: "stop" }));
  expect(await resume(cwd)).toMatchObject({ status: 0 });
  expect(outcomeOf(runIn(cwd))).toEqual(alone.outcome);
});

function endOfRun(run: string) {
  const { events } = readEventLog(readFileSync(join(run, "events.jsonl"), "utf8"));
  return { events, end: events.findLast((event) => event.type === "run:end") };
}

describe("a clock that is set back by an hour", () => {
  /** Where the environment says so, or at SIGUSR2. */
  const CLOCK = `
    import { isMainThread } from "node:worker_threads";
    const True = Date;
    let back = process.env.CLOCK_BACK ? 3_600_000 : 0;
    if (isMainThread) process.on("SIGUSR2", () => { back = 3_600_000; });
    globalThis.Date = class extends True {
      constructor(...given) { if (given.length === 0) super(True.now() - back); else super(...given); }
      static now() { return True.now() - back; }
    };
  `;

  it("while a run is trained: log, list, resume, attach and replay show what they should", async () => {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, "clock.mjs"), CLOCK);
    const options = `--import=${join(cwd, "clock.mjs")}`;
    const after = { CLOCK_BACK: "1", NODE_OPTIONS: options };
    const show = (...args: readonly string[]) => trainscope(args, { cwd, environment: after });
    let attached: Promise<Finished> | undefined;
    let [isBack, isStopped] = [false, false];
    const { status } = await trainscope(
      ["train", "--data", "sample", "--no-pictures", "--epochs", "100000", ...JSON_LINES],
      {
        cwd,
        environment: { NODE_OPTIONS: options },
        onOutput(stdout, kill) {
          if (!isBack && stdout.includes(`"epoch":20,`)) kill("SIGUSR2");
          isBack ||= stdout.includes(`"epoch":20,`);
          if (attached !== undefined || !stdout.includes(`"epoch":40,`)) return;
          attached = trainscope(["attach", "latest", ...JSON_LINES], {
            cwd,
            environment: after,
            onOutput(seen) {
              if (isStopped || !seen.includes(`"type":"epoch:end","epoch":60,`)) return;
              isStopped = true;
              kill("SIGINT");
            },
          });
        },
      },
    );
    expect(status).toBe(130);
    const { events, end } = endOfRun(runIn(cwd));
    const [first, last] = [events.at(0)?.time ?? 0, events.at(-1)?.time ?? 0];
    expect(last).toBeLessThan(first - 3_000_000);
    expect(events.map(({ seq }) => seq)).toEqual(events.map(({ seq }) => seq).sort((a, b) => a - b));
    const seen = await attached;
    expect([seen?.status, seen?.stderr]).toEqual([0, ""]);
    const told = eventsOf(seen?.stdout ?? "").filter(({ type }) => type === "epoch:end");
    expect(told.map(({ seq }) => seq)).toEqual(
      events.filter(({ type }) => type === "epoch:end").map(({ seq }) => seq),
    );

    const [listed] = JSON.parse((await show("runs", "--json")).stdout);
    expect(listed).toMatchObject({ state: "stopped", problems: [], epochs: { done: end?.epochs } });
    const replayed = eventsOf((await show("replay", "latest", ...JSON_LINES)).stdout);
    expect(replayed.map(({ seq }) => seq)).toEqual(events.map(({ seq }) => seq));
    const epochs = `${(end?.epochs ?? 0) + 2}`;
    const resumed = await show("train", "--resume", "latest", "--epochs", epochs, "--reporter", "lines");
    expect(resumed.status).toBe(0);
    expect(resumed.stdout).toMatch(
      new RegExp(`^Completed after ${epochs} of ${epochs} epochs in 0:0\\d,`, "m"),
    );
  });
});

describe("1,000 runs in the folder", () => {
  it("are listed, found and compared", async () => {
    const cwd = temporaryFolder();
    await trainscope(["train", "--data", "sample", "--no-pictures", "--epochs", "2", ...JSON_LINES], { cwd });
    const first = runIn(cwd);
    const record = JSON.parse(readFileSync(join(first, "run.json"), "utf8"));
    const log = readFileSync(join(first, "events.jsonl"), "utf8");
    for (let i = 1; i < 1000; i++) {
      const runId = `20200101-000000-${i.toString(36).padStart(4, "0")}`;
      const startedAt = new Date(Date.UTC(2020, 0, 1, 0, 0, i)).toISOString();
      const folder = join(cwd, "runs", runId);
      mkdirSync(folder);
      writeFileSync(join(folder, "run.json"), JSON.stringify({ ...record, runId, startedAt }));
      writeFileSync(join(folder, "events.jsonl"), log.replaceAll(record.runId, runId));
    }
    const runs = JSON.parse((await trainscope(["runs", "--json"], { cwd })).stdout);
    expect(runs).toHaveLength(1000);
    expect(runs.flatMap(({ problems }: { problems: unknown[] }) => problems)).toEqual([]);
    expect([runs[0].run, runs[999].run]).toEqual([record.runId, "20200101-000000-0001"]);
    const replayed = await trainscope(["replay", "latest", ...JSON_LINES], { cwd });
    expect(endOf(replayed.stdout).runId).toBe(record.runId);
    const compared = await trainscope(["compare", "--all", "--json"], { cwd });
    expect(compared.status).toBe(0);
    expect(JSON.parse(compared.stdout).runs).toHaveLength(1000);
  });
});
