// `trainscope runs import`, by the command: what other programs left, as runs of ours.
import { chmodSync, mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { eventsOf, root, temporaryFolder, trainscope } from "./support/command.ts";

const LOG = [
  '{"config": {"optimizer": "sgd", "seed": 3}}',
  '{"epoch": 1, "train_loss": 2.5, "val_acc": 25, "lr": 0.5, "timestamp": 1700000000}',
  "saving the best model",
  '{"epoch": 2, "train_loss": NaN, "val_acc": 50.5, "lr": 0.25, "timestamp": 1700000060}',
  "",
].join("\n");
const TABLE = "epoch,loss,val_loss\n1,3,3.5\n2,2,2.5\n3,1,1.5\n";

function put(cwd: string, name: string, content: string): void {
  mkdirSync(join(cwd, name, ".."), { recursive: true });
  writeFileSync(join(cwd, name), content);
}

async function list(cwd: string) {
  return JSON.parse((await trainscope(["runs", "--json"], { cwd })).stdout) as Record<string, unknown>[];
}

describe("trainscope runs import", () => {
  it("makes a run that is listed, replayed, exported and removed like any other, with its curves", async () => {
    const cwd = temporaryFolder();
    put(cwd, "first try.jsonl", LOG);
    const { status, stdout, stderr } = await trainscope(["runs", "import", "first try.jsonl"], { cwd });
    expect([status, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(
      /^imported runs\/20231114-221320-[a-z]{4}, called "first try": 2 epochs, 3 series\nread as jsonl: first try\.jsonl\n$/,
    );
    expect(await list(cwd)).toMatchObject([
      {
        name: "first try",
        startedAt: "2023-11-14T22:13:20.000Z",
        problems: [],
        epochs: { done: 2, planned: null },
        bestValidationAccuracy: { epoch: 2, value: 0.505 },
        settings: { "config/seed": 3 },
      },
    ]);
    const [id = ""] = readdirSync(join(cwd, "runs"));
    expect(readdirSync(join(cwd, "runs", id, "artifacts"))).toEqual([
      "curves-accuracy.png",
      "curves-accuracy.svg",
      "curves-loss.png",
      "curves-loss.svg",
      "curves.png",
      "curves.svg",
    ]);
    const replayed = await trainscope(["replay", "first try", "--reporter", "json"], { cwd });
    const told = eventsOf(replayed.stdout);
    expect(told.map(({ type }) => type)).toEqual([
      "run:start",
      "point",
      "alert",
      "point",
      ...Array.from({ length: 6 }, () => "artifact"),
    ]);
    expect(told[3]).toMatchObject({
      x: 2,
      metrics: { "train/loss": null, "validation/accuracy": 50.5 },
      learningRate: 0.25,
      time: 1_700_000_060_000,
    });
    await trainscope(["export", "latest", "--to", "run.csv"], { cwd });
    expect(readFileSync(join(cwd, "run.csv"), "utf8").split("\r\n").slice(0, 3)).toEqual([
      "epoch,learning rate,train/loss,validation/accuracy",
      "1,0.5,2.5,25",
      "2,0.25,,50.5",
    ]);
    const resumed = await trainscope(["train", "--resume", "latest"], { cwd });
    expect([resumed.status, resumed.stderr]).toEqual([
      2,
      expect.stringMatching(/^trainscope: can't go on from .*: another program trained it\n/),
    ]);
    expect((await trainscope(["runs", "remove", "latest", "--yes"], { cwd })).status).toBe(0);
    expect(readdirSync(join(cwd, "runs"))).toEqual([]);
  });

  it("imports the same figures once, and gives each run a name of its own", async () => {
    const cwd = temporaryFolder();
    put(cwd, "a/log.csv", TABLE);
    put(cwd, "b/a.csv", TABLE.replace("1.5", "1.25"));
    put(cwd, "c/copy.csv", TABLE);
    const imported = await trainscope(["runs", "import", "a/log.csv", "b/a.csv", "--no-pictures"], { cwd });
    expect(imported.stdout).toMatch(/called "a": 3 epochs(?:.|\n)*called "a 2": 3 epochs/);
    const again = await trainscope(["runs", "import", "c/copy.csv", "a", "--no-pictures"], { cwd });
    const [first = ""] = (await list(cwd)).filter(({ name }) => name === "a").map(({ run }) => String(run));
    expect(again).toMatchObject({ status: 0, stderr: "" });
    expect(again.stdout).toBe(
      ["c/copy.csv", "a/log.csv"]
        .map((file) => `runs/${first} is there already: the figures of ${file} were imported before\n`)
        .join(""),
    );
    expect(await list(cwd)).toHaveLength(2);
    expect(readdirSync(join(cwd, "runs", first)).sort()).toEqual(["events.jsonl", "label.json", "source.json"]);
  });

  it("imports each run of a folder, but no run of ours, and not what was printed beside a log", async () => {
    const cwd = temporaryFolder();
    put(cwd, "all/one/metrics.csv", TABLE);
    put(cwd, "all/one/console.log", "epoch 1 loss 3.0\nepoch 2 loss 2.0\n");
    put(cwd, "all/two/console.log", "epoch 1 loss 3.25\nepoch 2 loss 2.25\n");
    put(cwd, "all/three/notes.log", "nothing but words\n");
    put(
      cwd,
      "all/ours/events.jsonl",
      '{"v":1,"type":"epoch:end","epoch":1,"epochs":1,"metrics":{"train/loss":1},"timing":{}}\n',
    );
    const { status, stdout, stderr } = await trainscope(["runs", "import", "all", "--no-pictures"], { cwd });
    expect(status).toBe(0);
    expect([...stdout.matchAll(/called "([^"]*)"/g)].map(([, name]) => name).sort()).toEqual(["one", "two"]);
    expect(stderr).toBe(
      "trainscope: left out: no figures of a training were found in all/three/notes.log, read as text: " +
        `${/read as text: (.*)\n/.exec(stderr)?.[1]}\n`,
    );
    const own = await trainscope(["runs", "import", "all/ours"], { cwd });
    expect([own.status, own.stderr]).toEqual([
      2,
      expect.stringContaining("all/ours is the folder of a run already"),
    ]);
  });

  it("says of a folder of our own runs that they are runs already, be they one or more", async () => {
    const cwd = temporaryFolder();
    put(cwd, "one.csv", TABLE);
    put(cwd, "two.csv", TABLE.replace("1.5", "1.25"));
    for (const source of ["one.csv", "two.csv"]) {
      expect((await trainscope(["runs", "import", source, "--no-pictures"], { cwd })).status).toBe(0);
      const own = await trainscope(["runs", "import", "runs", "--out", "more"], { cwd });
      const reason = "what runs holds are runs of trainscope already";
      expect([own.status, own.stdout, own.stderr]).toEqual([2, "", expect.stringContaining(reason)]);
    }
    expect(readdirSync(cwd).sort()).toEqual(["one.csv", "runs", "two.csv"]);
  });

  it("a file whose time is before 1970 makes a run whose source can be read", async () => {
    const cwd = temporaryFolder();
    put(cwd, "old.csv", TABLE);
    // As a number of seconds a negative time would be taken for now.
    const time = new Date("1969-12-30T00:00:00Z");
    utimesSync(join(cwd, "old.csv"), time, time);
    expect((await trainscope(["runs", "import", "old.csv", "--no-pictures"], { cwd })).status).toBe(0);
    expect(await list(cwd)).toMatchObject([{ name: "old", problems: [] }]);
    const again = await trainscope(["runs", "import", "old.csv", "--no-pictures"], { cwd });
    expect(again.stdout).toContain("were imported before");
  });

  it("of wrong input nothing is made", async () => {
    const cwd = temporaryFolder();
    put(cwd, "words.log", "nothing but words\n");
    put(cwd, "table.csv", TABLE);
    for (const [words, reason] of [
      [["words.log"], "left out: no figures of a training were found in words.log"],
      [["table.csv", "missing.csv"], "can't read missing.csv"],
      [["table.csv", "--format", "xml"], 'there is no format "xml"'],
      [["table.csv", "--pattern", "x"], "Expected a regular expression with named groups"],
      [[], "missing required argument 'source'"],
    ] as const) {
      const { status, stdout, stderr } = await trainscope(["runs", "import", ...words], { cwd });
      expect([status, stdout, stderr]).toEqual([2, "", expect.stringContaining(reason)]);
    }
    put(cwd, "file", "");
    const inFile = await trainscope(["runs", "import", "table.csv", "--out", "file"], { cwd });
    expect([inFile.status, inFile.stderr]).toEqual([2, expect.stringContaining("can't make the folder file/")]);
    expect(readdirSync(cwd).sort()).toEqual(["file", "table.csv", "words.log"]);
  });

  it.skipIf(process.getuid?.() === 0)("leaves nothing where it may not write", async () => {
    const cwd = temporaryFolder();
    put(cwd, "table.csv", TABLE);
    mkdirSync(join(cwd, "runs"), { mode: 0o500 });
    const { status, stderr } = await trainscope(["runs", "import", "table.csv"], { cwd });
    expect([status, stderr]).toEqual([2, expect.stringContaining("permission denied")]);
    chmodSync(join(cwd, "runs"), 0o700);
    expect(readdirSync(join(cwd, "runs"))).toEqual([]);
  });
});

it("the commands of docs/watch.md on logs that are there do what they say", async () => {
  const cwd = temporaryFolder();
  put(cwd, "log.txt", LOG);
  put(cwd, "results.csv", TABLE);
  put(cwd, "out.txt", "at 10 we have 3.5 bits\nat 20 we have 2.5 bits\n");
  const page = readFileSync(join(root, "docs/watch.md"), "utf8");
  const commands = [...page.matchAll(/^npx trainscope ((?:export|runs|replay|compare) .*)$/gm)];
  expect(commands.length).toBeGreaterThan(6);
  for (const [line, words = ""] of commands) {
    const args = Array.from(words.matchAll(/'([^']*)'|\S+/g), ([word, quoted]) => quoted ?? word);
    const { status, stdout, stderr } = await trainscope(args, { cwd });
    expect([line, status, stderr]).toEqual([line, 0, ""]);
    expect(stdout).not.toBe("");
  }
});
