// A run folder is data from outside: nothing of it is imported, and nothing outside of it is read or written through it.
import { spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { command, type Finished, temporaryFolder, trainscope } from "./support/command.ts";
import { smallData } from "./support/small-data.ts";

/** Writes `canary` beside itself where it is imported; gives a metric whose values look unlike others. */
const PLUGIN = `import { appendFileSync } from "node:fs";
appendFileSync(new URL("canary", import.meta.url), "x");
export default { name: "twice", splits: ["validation"], direction: "none", unit: "bits", display: { digits: 1 },
  init: () => 0, update: (state) => state, result: () => 3, format: (value) => "format-" + value };`;

const TRAIN = ["train", "--data", smallData, "--epochs", "2", "--no-pictures", "--reporter", "lines"];

let home = "";
/** A run that this user has trained with `plugin.mjs`, and one without modules. */
let own = "";
let plain = "";
let state: { readonly XDG_STATE_HOME: string } = { XDG_STATE_HOME: "" };

beforeAll(async () => {
  home = realpathSync(mkdtempSync(join(tmpdir(), "trainscope-trust-")));
  state = { XDG_STATE_HOME: join(home, "state") };
  writeFileSync(join(home, "plugin.mjs"), PLUGIN);
  const options = { cwd: home, environment: state };
  for (const args of [
    ["--out", "own", "--plugin", "plugin.mjs"],
    ["--out", "plain"],
  ]) {
    const { status, stderr } = await trainscope([...TRAIN, ...args], options);
    if (status !== 0) throw new Error(stderr);
  }
  own = join(home, "own", readdirSync(join(home, "own"))[0] ?? "");
  plain = join(home, "plain", readdirSync(join(home, "plain"))[0] ?? "");
  return () => rmSync(home, { recursive: true, force: true });
});

/** A working folder with `runs/X`, a copy of a run that isn't known here. */
let work = "";
let run = "";
beforeEach(() => {
  work = realpathSync(temporaryFolder());
  run = join(work, "runs/X");
  cpSync(plain, run, { recursive: true });
});

/** As if it came out of an archive: run.json names the module, and the module wherever it lies is the user's file. */
function name(plugin: string): void {
  const record = JSON.parse(readFileSync(join(run, "run.json"), "utf8"));
  writeFileSync(join(run, "run.json"), JSON.stringify({ ...record, modules: { plugins: [plugin] } }));
}

function inWork(...args: readonly string[]): Promise<Finished> {
  return trainscope(args, { cwd: work, environment: state });
}

const REPLAY = ["replay", "latest", "--reporter", "lines"] as const;
const RESUME = [
  "train",
  "--resume",
  "latest",
  "--epochs",
  "3",
  "--reporter",
  "lines",
  "--no-pictures",
] as const;
const FORK = ["fork", "latest", "--epochs", "3", "--reporter", "lines", "--no-pictures"] as const;
const ATTACH = ["attach", "latest", "--reporter", "lines"] as const;

describe("a module that a run folder names is not imported", () => {
  const places: readonly (readonly [how: string, place: string, named: string])[] = [
    ["by an absolute path beside run.json", "runs/X/plugin.mjs", "<work>/runs/X/plugin.mjs"],
    ["through /proc/self/cwd", "runs/X/plugin.mjs", "/proc/self/cwd/runs/X/plugin.mjs"],
    ["by a path relative to the working folder", "plugin.mjs", "plugin.mjs"],
    ["through a link to the runs", "runs/X/plugin.mjs", "<work>/link/X/plugin.mjs"],
    ["by a name that begins with two dots", "runs/..p.mjs", "<work>/runs/..p.mjs"],
    ["outside the runs", "elsewhere/plugin.mjs", "<work>/elsewhere/plugin.mjs"],
  ];

  it.each(places)("%s", async (how, place, named) => {
    symlinkSync(join(work, "runs"), join(work, "link"));
    mkdirSync(join(work, "elsewhere"));
    writeFileSync(join(work, place), PLUGIN);
    const path = named.replace("<work>", work);
    name(path);
    const before = readFileSync(join(run, "events.jsonl"), "utf8");
    const said = `the plugin ${path}, which the run names, is none that your own runs have used; it was not loaded`;
    // Each command comes through the one door; the first place shows it for all of them.
    const isFirst = how === places[0]?.[0];
    for (const args of isFirst ? [RESUME, FORK] : [RESUME]) {
      const { status, stdout, stderr } = await inWork(...args);
      expect([status, stdout, stderr]).toEqual([
        2,
        "",
        `trainscope: ${said}\nIf you trust it, name it yourself: --plugin ${path}\n`,
      ]);
    }
    for (const args of isFirst ? [REPLAY, ATTACH] : [REPLAY]) {
      const { status, stdout, stderr } = await inWork(...args);
      expect([status, stderr]).toEqual([0, expect.stringContaining(`trainscope: ${said}. `)]);
      expect(stdout).toContain("Completed after 2 of 2 epochs");
    }
    expect(readFileSync(join(run, "events.jsonl"), "utf8")).toBe(before);
    const files = readdirSync(work, { recursive: true }).map((file) => basename(String(file)));
    expect(files).not.toContain("canary");
  });

  it("though this user's own run has used a file of that name, with another content", async () => {
    const path = join(work, "plugin.mjs");
    writeFileSync(path, PLUGIN.replace("result: () => 3", "result: () => 4"));
    const trained = await inWork(...TRAIN, "--out", "mine", "--plugin", "plugin.mjs");
    expect(trained.status).toBe(0);
    rmSync(join(work, "canary"));
    writeFileSync(path, PLUGIN);
    const { status, stderr } = await inWork("train", "--resume", "latest", "--out", "mine", "--epochs", "3");
    expect([status, stderr]).toEqual([
      2,
      `trainscope: the plugin ${path}, which the run names, is not what your own runs have used: it has changed since; it was not loaded\nIf you trust it, name it yourself: --plugin ${path}\n`,
    ]);
    expect(existsSync(join(work, "canary"))).toBe(false);
    // Named by the user it goes on, and from then on by itself.
    const resume = ["train", "--resume", "latest", "--out", "mine", "--reporter", "lines", "--no-pictures"];
    const named = await inWork(...resume, "--epochs", "3", "--plugin", "plugin.mjs");
    expect([named.status, named.stdout]).toEqual([0, expect.stringContaining("twice format-3")]);
    expect((await inWork(...resume, "--epochs", "4")).status).toBe(0);
  });
});

describe("a module that this user's own run has used", () => {
  it("is imported again to show the run, and to go on with it", async () => {
    const replayed = await trainscope(["replay", own], { environment: state });
    expect([replayed.status, replayed.stderr]).toEqual([0, ""]);
    expect(replayed.stdout).toContain("twice format-3");
  });

  it("is not needed to show the values of its metrics, which stand in the log with unit and digits", async () => {
    const { status, stdout, stderr } = await trainscope(["replay", own], {
      environment: { XDG_STATE_HOME: join(work, "another-user") },
    });
    expect([status, stderr]).toEqual([0, expect.stringContaining("is none that your own runs have used")]);
    expect(stdout).toContain("twice 3.0");
  });

  it("can't be recorded where there is no home, which is told and stops nothing", async () => {
    const environment = { XDG_STATE_HOME: undefined, HOME: "" };
    const trained = await trainscope([...TRAIN, "--plugin", join(home, "plugin.mjs")], {
      cwd: work,
      environment,
    });
    expect([trained.status, trained.stderr]).toEqual([
      0,
      expect.stringContaining("it can't be recorded that this run uses your modules: there is no folder for"),
    ]);
  });
});

it("a run.json that lies elsewhere makes the latest run a damaged one, which is refused by name", async () => {
  const target = join(work, "notes");
  cpSync(join(run, "run.json"), target);
  rmSync(join(run, "run.json"));
  symlinkSync(target, join(run, "run.json"));
  const { status, stderr } = await inWork(...RESUME);
  expect([status, stderr]).toEqual([2, expect.stringContaining("run.json")]);
});

describe("a part of a run that lies elsewhere is refused by name, before anything is read or written", () => {
  const commands = [
    [...RESUME],
    [...FORK],
    [...REPLAY],
    [...ATTACH],
    ["runs", "tag", "latest", "good"],
    ["runs", "remove", "latest", "--yes"],
    ["export", "latest", "--to", "weights.npz"],
  ];

  it.each([
    ["events.jsonl", "file"],
    ["label.json", "file"],
    ["checkpoints", "folder"],
    ["artifacts", "folder"],
    ["sessions", "folder"],
    ["control.sock", "socket"],
    ["checkpoints/epoch-0009.safetensors", "file or folder"],
    ["sessions/0002.json", "file or folder"],
    ["artifacts/pictures", "file or folder"],
  ])("%s", async (part, expected) => {
    const target = join(work, "notes");
    if (existsSync(join(run, part))) cpSync(join(run, part), target, { recursive: true });
    else if (part === "artifacts") mkdirSync(target);
    else writeFileSync(target, "my notes");
    rmSync(join(run, part), { recursive: true, force: true });
    mkdirSync(join(run, "artifacts"), { recursive: true });
    if (part === "artifacts") rmSync(join(run, part), { recursive: true });
    symlinkSync(target, join(run, part));
    const everything = () =>
      spawnSync("find", [work, "-printf", "%p %y %s %T@\n"], { encoding: "utf8" }).stdout;
    const before = everything();
    // Each command comes through the one door; the first part shows it for all of them.
    const tried = part === "events.jsonl" ? commands : [RESUME];
    for (const args of tried) {
      const { status, stderr } = await inWork(...args);
      expect([args[0], status, stderr.split("\n")[0]]).toEqual([
        args[0],
        2,
        `trainscope: runs/X/${part} is a symbolic link; expected a ${expected} of the run's own`,
      ]);
    }
    expect(everything()).toBe(before);
  });

  it.skipIf(process.platform === "win32")("a pipe in a part's place holds nobody up", async () => {
    rmSync(join(run, "events.jsonl"));
    spawnSync("mkfifo", [join(run, "events.jsonl"), join(run, "label.json")]);
    expect((await inWork(...REPLAY)).stderr).toMatch(
      /^trainscope: runs\/X\/\w+\.jsonl? is a pipe; expected a file/,
    );
    expect((await inWork("runs")).status).toBe(0);
    expect((await inWork("compare", "X", plain)).status).toBe(2);
  });
});

describe("a run that was killed as it began", () => {
  it("goes on though its session file is empty, and though it has no log yet", async () => {
    rmSync(join(run, "checkpoints"), { recursive: true });
    writeFileSync(join(run, "sessions/0002.json"), "");
    rmSync(join(run, "events.jsonl"));
    const { status, stdout, stderr } = await inWork(...RESUME);
    expect([status, stderr]).toEqual([0, expect.stringContaining("it begins anew")]);
    expect(stdout).toContain("Completed after 3 of 3 epochs");
  });

  it("says that nothing is lost where it has no run.json, and can be removed", async () => {
    rmSync(join(run, "run.json"));
    writeFileSync(join(run, "events.jsonl"), "");
    writeFileSync(join(run, "sessions/0002.json"), "");
    mkdirSync(join(run, ".control-aB3xYz"));
    const { status, stderr } = await inWork("train", "--resume", "X");
    expect([status, stderr]).toEqual([
      2,
      "trainscope: can't go on from runs/X: run.json: it is missing\nIt was ended before it had begun: nothing is lost. trainscope runs remove runs/X removes it.\n",
    ]);
    expect((await inWork("runs", "remove", "X", "--yes")).status).toBe(0);
    expect(readdirSync(join(work, "runs"))).toEqual([]);
  });

  it.each(["sessions", "sessions/0001.json", "run.json", "events.jsonl"])(
    "as soon as it has %s, it can be gone on with or removed",
    async (sought) => {
      const out = join(work, "killed");
      const args = [process.execPath, command, ...TRAIN, "--out", out];
      spawnSync("sh", ["-c", KILL_ONCE, "sh", out, sought, ...args], { env: { ...process.env, ...state } });
      for (const id of readdirSync(out).filter((one) => existsSync(join(out, one, "run.json")))) {
        const { status, stderr } = await inWork("train", "--resume", id, "--out", out, "--no-pictures");
        expect([status, stderr]).toEqual([0, expect.anything()]);
        const removed = await inWork("runs", "remove", id, "--out", out, "--yes");
        expect([removed.status, removed.stderr]).toEqual([0, ""]);
      }
      // What was killed before it was a run is in no list, and has no log that lacks its run.json.
      for (const id of readdirSync(out)) expect(existsSync(join(out, id, "events.jsonl"))).toBe(false);
    },
  );
});

/** Runs a command, and kills it once there is what $2 names in a folder of $1. */
const KILL_ONCE = `out=$1; sought=$2; shift 2
"$@" >/dev/null 2>&1 & pid=$!
while kill -0 $pid 2>/dev/null; do
  for run in "$out"/*; do
    if [ -e "$run/$sought" ]; then kill -9 $pid; wait $pid 2>/dev/null; exit 0; fi
  done
done`;

it("a fork may have a metric that its parent didn't have, at any epoch", async () => {
  writeFileSync(join(work, "plugin.mjs"), PLUGIN);
  // The sample's epochs are short: that of the first has left no checkpoint, and is trained again.
  rmSync(join(run, "checkpoints/epoch-0001.safetensors"), { force: true });
  for (const place of [[], ["--epoch", "1"]]) {
    const { status, stdout, stderr } = await inWork(
      ...FORK,
      "--out",
      "runs",
      ...place,
      "--plugin",
      "plugin.mjs",
    );
    expect([status, stderr]).toEqual([0, expect.stringContaining("a fork of runs/X")]);
    expect(stdout).toContain("twice format-3");
    const fork = readdirSync(join(work, "runs")).find((id) => id !== "X") ?? expect.unreachable();
    // The user has named the metric's module for the fork, which therefore goes on with it.
    const resumed = await inWork(
      "train",
      "--resume",
      fork,
      "--epochs",
      "4",
      "--reporter",
      "lines",
      "--no-pictures",
    );
    expect([resumed.status, resumed.stdout]).toEqual([0, expect.stringContaining("twice format-3")]);
    rmSync(join(work, "runs", fork), { recursive: true });
  }
});
