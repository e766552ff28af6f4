// The sweep, as a user's shell runs it: killed and gone on with, edited, and refused.
import { appendFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";
import { temporaryFolder, trainscope } from "./support/command.ts";
import { start } from "./support/started.ts";

interface Told {
  readonly type: string;
  readonly reused?: boolean;
  readonly candidate?: number;
  readonly seed?: number;
  readonly epochs?: number;
  readonly best?: boolean;
  readonly results?: Results;
}

interface Results {
  readonly candidates: readonly {
    readonly point: Readonly<Record<string, number>>;
    readonly epochs: number;
    readonly mean: number;
  }[];
  readonly winner: { readonly candidate: number; readonly test: { readonly mean: number } };
}

const SHORT = ["sweep", "--data", "sample", "--engine", "wasm", "--threads", "2", "--reporter", "json"];
const HALVING = [
  "--eta",
  "log:1e-4..1e-1",
  "--batch",
  "50,100",
  "--strategy",
  "halving",
  "--budget",
  "8",
  "--epochs",
  "9",
  "--seeds",
  "2",
  "--least-epochs",
  "1",
];

async function sweep(args: readonly string[], environment: Readonly<Record<string, string>> = {}) {
  const finished = await trainscope([...SHORT, ...args], { environment });
  return { ...finished, told: toldOf(finished.stdout) };
}

/** The environment in which the command is killed as it tells of so many trainings: by itself, so that it can't get further. */
function killedAfter(trainings: number, folder: string): Readonly<Record<string, string>> {
  const killer = join(folder, `kill-after-${trainings}.mjs`);
  const source = `
    const write = process.stdout.write.bind(process.stdout);
    let told = 0;
    process.stdout.write = (text, ...rest) => {
      const isWritten = write(text, ...rest);
      if (/"type":"trial:end".*"reused":false/.test(text) && ++told === ${trainings}) process.kill(process.pid, "SIGKILL");
      return isWritten;
    };`;
  writeFileSync(killer, source);
  return { NODE_OPTIONS: `--import=${pathToFileURL(killer)}` };
}

/** A last line may be torn. */
function toldOf(stdout: string): readonly Told[] {
  return stdout
    .split("\n")
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Told);
}

const resultsIn = (folder: string): Results => JSON.parse(readFileSync(join(folder, "results.json"), "utf8"));
const trainingsOf = (told: readonly Told[]) =>
  told.filter(({ type, reused }) => type === "trial:end" && reused === false);
const nameOf = ({ candidate, seed, epochs }: Told): string => `${candidate} ${seed} ${epochs}`;

describe("a sweep by halving", () => {
  it("that is killed again and again comes to the table of one that is not, trains nothing twice, and is kept as a whole", async () => {
    const home = temporaryFolder();
    const whole = await sweep([...HALVING, "--out", join(home, "whole")]);
    expect(whole.status).toBe(0);
    const out = join(home, "killed");
    const trained: string[] = [];
    for (const after of [1, 4, 3]) {
      const killed = await sweep([...HALVING, "--out", out], killedAfter(after, home));
      expect(killed.signal).toBe("SIGKILL");
      expect(trainingsOf(killed.told)).toHaveLength(after);
      trained.push(...trainingsOf(killed.told).map(nameOf));
    }
    // What it is stands in its folder.
    const last = await sweep(["--out", out]);
    expect(last).toMatchObject({ status: 0, stderr: "" });
    trained.push(...trainingsOf(last.told).map(nameOf));
    expect(resultsIn(out)).toEqual(resultsIn(join(home, "whole")));
    expect(new Set(trained).size).toBe(trained.length);

    // What is played once more has each of them once, if only as found where the kill came before its event was kept, and each start.
    const played = await trainscope(["replay", out, "--reporter", "json"]);
    expect(played).toMatchObject({ status: 0, stderr: "" });
    const told = toldOf(played.stdout);
    const ends = told.filter(({ type }) => type === "trial:end");
    expect(ends.map(nameOf).sort()).toEqual(trained.toSorted());
    expect(told.filter(({ type }) => type === "sweep:start")).toHaveLength(4);
    expect(told.at(-1)?.results).toEqual(resultsIn(out));

    // Trained at once, those that went on rung by rung come to the same bits.
    const once = join(home, "once");
    const promoted = resultsIn(out).candidates.filter(({ epochs }) => epochs === 9);
    expect(promoted.length).toBeGreaterThan(0);
    for (const { point } of promoted) {
      const settings = ["--eta", String(point.learningRate), "--batch", String(point.batchSize)];
      await sweep([...settings, "--epochs", "9", "--seeds", "2", "--strategy", "grid", "--out", once]);
    }
    const files = readdirSync(join(once, "trials")).filter((name) => name.endsWith(".bin"));
    expect(files).toHaveLength(2 * promoted.length);
    for (const name of files) {
      expect(readFileSync(join(out, "trials", name))).toEqual(readFileSync(join(once, "trials", name)));
    }
  });
});

describe("an edited sweep", () => {
  it("keeps what was trained: a wider range, more budget, more seeds, and another strategy", async () => {
    const out = join(temporaryFolder(), "edited");
    const of = async (...args: string[]) => await sweep([...args, "--out", out]);
    const first = await of("--eta", "1e-3,1e-2", "--lambda", "0,0.1", "--epochs", "2", "--strategy", "grid");
    expect(trainingsOf(first.told)).toHaveLength(4);
    const wider = await of("--eta", "1e-3,1e-2,1e-1");
    expect([trainingsOf(wider.told).length, resultsIn(out).candidates.length]).toEqual([2, 6]);
    const seeds = await of("--seeds", "2");
    expect([trainingsOf(seeds.told).length, resultsIn(out).candidates.length]).toEqual([6, 6]);
    const tpe = await of("--strategy", "tpe", "--eta", "log:1e-4..1e-1", "--budget", "9");
    expect([trainingsOf(tpe.told).length, resultsIn(out).candidates.length]).toEqual([6, 9]);
  });

  it("is edited while it runs: the process that runs it takes a wider range and more budget up, and trains nothing twice", async () => {
    const out = join(temporaryFolder(), "live");
    const running = start([
      ...SHORT,
      "--eta",
      "1e-3,1e-2",
      "--strategy",
      "grid",
      "--epochs",
      "60",
      "--out",
      out,
    ]);
    await running.told('"type":"trial:epoch"');
    // However long the others take to start.
    running.child.kill("SIGSTOP");
    const refused = await sweep(["--strategy", "tpe", "--out", out]);
    expect([refused.status, refused.stdout]).toEqual([2, ""]);
    expect(refused.stderr).toContain(`--strategy is "tpe"; the sweep that runs in ${out} has "grid"`);
    const wider = start(["sweep", "--data", "sample", "--eta", "1e-3,1e-2,1e-1", "--out", out]);
    while (!existsSync(join(out, "edit.json"))) await setTimeout(50);
    running.child.kill("SIGCONT");
    expect(await wider.ended).toBe(0);
    expect(wider.stdout()).toContain("has taken it up: eta 0.001,0.01, now 0.001,0.01,0.1");
    expect(await running.ended).toBe(0);
    const told = toldOf(running.stdout());
    expect(told.filter(({ type }) => type === "sweep:edit")).toMatchObject([{ planned: 3 }]);
    expect(trainingsOf(told).map(nameOf).sort()).toEqual(["0 0 60", "1 0 60", "2 0 60"]);
    expect(resultsIn(out).candidates).toHaveLength(3);
    // What it has become stands in its folder.
    const again = await sweep(["--out", out]);
    expect([again.status, trainingsOf(again.told)]).toEqual([0, []]);
  });

  it("what would make all its trials others is refused, and nothing is changed", async () => {
    const out = join(temporaryFolder(), "sweep");
    await sweep(["--eta", "0.01", "--epochs", "1", "--out", out]);
    const before = readFileSync(join(out, "sweep.json"), "utf8");
    for (const [flags, message] of [
      [["--epochs", "2"], "epochs is 2; the sweep in "],
      [["--objective", "validation/loss"], '--objective is "validation/loss"; the sweep in '],
    ] as const) {
      const { status, stderr, stdout } = await sweep([...flags, "--out", out]);
      expect([status, stdout]).toEqual([2, ""]);
      expect(stderr).toContain(message);
    }
    expect(readFileSync(join(out, "sweep.json"), "utf8")).toBe(before);
  });
});

it("of the same seed, one and two threads give the same table", async () => {
  const home = temporaryFolder();
  const args = [
    "--eta",
    "log:1e-4..1e-1",
    "--strategy",
    "tpe",
    "--budget",
    "16",
    "--epochs",
    "1",
    "--ahead",
    "2",
  ];
  const [one, two] = [join(home, "one"), join(home, "two")];
  await sweep([...args, "--out", one, "--threads", "1"]);
  await sweep([...args, "--out", two]);
  expect(resultsIn(one)).toEqual(resultsIn(two));
});

describe("the trainings of a sweep", () => {
  it("are compared, with a band over the seeds of each setting, and replayed, as runs are", async () => {
    const home = temporaryFolder();
    await trainscope([...SHORT, "--eta", "1e-3,1e-2", "--epochs", "3", "--strategy", "grid", "--seeds", "3"], {
      cwd: home,
    });
    const compared = await trainscope(["compare", "sweep", "--group-by", "seed", "--json"], { cwd: home });
    expect([compared.status, compared.stderr]).toEqual([0, ""]);
    const { runs } = JSON.parse(compared.stdout) as {
      runs: { folder: string; settings: { eta: string }; group: { n: number }; curves: { epochs: number[] } }[];
    };
    expect(runs.map(({ settings, group }) => [settings.eta, group.n]).sort()).toEqual([
      ["0.001", 3],
      ["0.01", 3],
    ]);
    const [folder = ""] = runs[0]?.folder.split("\n") ?? [];
    const replayed = await trainscope(["replay", folder, "--reporter", "json"], { cwd: home });
    const events = replayed.stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { type: string });
    expect([replayed.status, replayed.stderr]).toEqual([0, ""]);
    const resumed = await trainscope(["train", "--resume", folder], { cwd: home });
    expect(resumed.status).toBe(2);
    expect(resumed.stderr).toContain(`can't go on from ${folder}: it is a training of a sweep`);
    expect(resumed.stderr).toContain("trainscope sweep --out sweep goes on with that");
    expect(events.filter(({ type }) => type === "epoch:end")).toHaveLength(3);
  });
});

describe("a sweep as a whole", () => {
  const LONG = ["--eta", "1e-3,1e-2,1e-1", "--lambda", "0,0.1", "--strategy", "grid", "--epochs", "30"];

  it("is attached to while it goes on, and replayed, as it told itself", async () => {
    const out = join(temporaryFolder(), "sweep");
    const sweep = start([...SHORT, ...LONG, "--out", out]);
    await sweep.told('"type":"trial:epoch"');
    const attached = start(["attach", out, "--reporter", "json"]);
    expect(await Promise.all([sweep.ended, attached.ended])).toEqual([0, 0]);
    expect(toldOf(attached.stdout())).toEqual(toldOf(sweep.stdout()));
    const replayed = await trainscope(["replay", out, "--reporter", "json"]);
    expect([replayed.status, replayed.stderr]).toEqual([0, ""]);
    expect(toldOf(replayed.stdout)).toEqual(toldOf(sweep.stdout()));
    const refused = await trainscope(["replay", out, "--epoch", "3"]);
    expect([refused.status, refused.stderr]).toEqual([
      2,
      expect.stringContaining(`--epoch is for a run; ${out} is a sweep`),
    ]);
  });

  it("that was killed is told of, with the command that goes on; of a torn line nothing is made up", async () => {
    const home = temporaryFolder();
    const out = join(home, "sweep");
    const sweep = start([...SHORT, ...LONG, "--out", out], { environment: killedAfter(2, home) });
    await sweep.told('"type":"trial:epoch"');
    const attached = start(["attach", out, "--reporter", "json"]);
    expect(await Promise.all([sweep.ended, attached.ended])).toEqual(["SIGKILL", 1]);
    expect(attached.stderr()).toContain(
      `no process goes on with this sweep; trainscope sweep --out ${out} does`,
    );
    appendFileSync(join(out, "events.jsonl"), '{"type":"trial:end","v":1}\n');
    const { stdout, stderr } = await trainscope(["replay", out, "--reporter", "json"]);
    expect(stdout).toBe(attached.stdout());
    expect(stderr).toContain("events.jsonl: a line is passed over: ");
  });
});

it("tells people lines, a table and the winner's test accuracy, and writes the table as CSV", async () => {
  const out = join(temporaryFolder(), "sweep");
  const { status, stdout } = await trainscope([
    "sweep",
    "--data",
    "sample",
    "--eta",
    "1e-3,1e-2",
    "--schedule",
    "constant,step:1:0.5",
    "--strategy",
    "grid",
    "--epochs",
    "2",
    "--seeds",
    "2",
    "--out",
    out,
  ]);
  expect(status).toBe(0);
  expect(stdout).toContain("sweep: grid, 4 settings, 2 seeds each, 2 epochs in full");
  expect(stdout).toMatch(/^ {3}\d \| eta 0\.01, schedule constant \| 2 epochs \| validation\/accuracy \d/m);
  expect(stdout).toMatch(/^rank +eta +schedule +epochs +validation\/accuracy +±$/m);
  expect(stdout).toMatch(/^test accuracy of the winner: \d\d\.\d\d %, the mean of 2 seeds$/m);
  const csv = readFileSync(join(out, "results.csv"), "utf8").split("\r\n");
  expect(csv[0]).toBe("rank,candidate,eta,schedule,epochs,validation/accuracy,deviation,n,state,seed 0,seed 1");
  expect(csv).toHaveLength(6);
});

it.each([
  [[], "the search space has no setting"],
  [["--eta", "log:0..1"], "--eta has the bound 0; expected a number above 0 in a logarithmic range"],
  [["--loss", "hinge"], "option '--loss <values>' argument 'hinge' is invalid. Expected one of softmax"],
])("%j is refused in a line, with status 2, and nothing is made", async (args, message) => {
  const home = temporaryFolder();
  const { status, stdout, stderr } = await trainscope(["sweep", "--data", "sample", ...args, "--out", "new"], {
    cwd: home,
  });
  expect([status, stdout, readdirSync(home)]).toEqual([2, "", []]);
  expect(stderr).toContain(message);
  expect(stderr).not.toContain("    at ");
});

describe("a configuration with a sweep", () => {
  const written = (home: string, sweep: string): string => {
    writeFileSync(join(home, "trainscope.config.js"), `export default { sweep: ${sweep} };`);
    return home;
  };

  it("is searched as its flags would be, and flags win over it", async () => {
    const space = `{ loss: ["softmax", "svm"], learningRate: { log: [1e-3, 1e-1] }, noise: { linear: [1, 2], when: { loss: ["svm"] } } }`;
    const home = written(temporaryFolder(), `{ space: ${space}, strategy: "grid", seeds: 2 }`);
    const args = [...SHORT, "--epochs", "1", "--eta", "0.01", "--seeds", "1", "--out", "sweep"];
    const { status, stderr } = await trainscope(args, { cwd: home });
    expect([status, stderr]).toEqual([0, "trainscope: configuration: trainscope.config.js\n"]);
    const { definition } = JSON.parse(readFileSync(join(home, "sweep", "sweep.json"), "utf8"));
    expect(definition).toMatchObject({ strategy: "grid", seeds: 1 });
    expect(definition.space).toEqual({
      loss: { kind: "choice", values: ["softmax", "svm"] },
      learningRate: { kind: "choice", values: [0.01] },
      noise: { kind: "linear", from: 1, to: 2, whole: true, when: { loss: ["svm"] } },
    });
    const points = resultsIn(join(home, "sweep")).candidates.map(({ point }) => point);
    expect(points.filter(({ loss }) => String(loss) === "softmax")).toEqual([
      { loss: "softmax", learningRate: 0.01 },
    ]);
    expect(new Set(points.map(({ noise }) => noise))).toEqual(new Set([undefined, 1, 2]));
  });

  it.each([
    ["{ space: { learningRate: { log: [1, 0.1] } } }", "learningRate goes from 1 to 0.1; expected the smaller"],
    ["{ space: { learnigRate: [1] } }", 'unknown field "learnigRate" in sweep.space'],
  ])("that is wrong is refused with the file's name: %s", async (sweep, message) => {
    const home = written(temporaryFolder(), sweep);
    const { status, stderr, stdout } = await trainscope(["sweep", "--data", "sample"], { cwd: home });
    expect([status, stdout, readdirSync(home)]).toEqual([2, "", ["trainscope.config.js"]]);
    expect(stderr).toContain("trainscope.config.js: ");
    expect(stderr).toContain(message);
  });
});

it("what is damaged in its folder is told with its place", async () => {
  const out = join(temporaryFolder(), "sweep");
  await sweep(["--eta", "0.01", "--epochs", "1", "--out", out]);
  for (const [name, content, message] of [
    [
      "jobs.jsonl",
      '{"candidate":0,"epochs":1,"known":0,"point":{"learningRate":-1}}\n',
      "line 1: learningRate is -1",
    ],
    ["sweep.json", "{}", "v is missing; expected 1"],
  ] as const) {
    writeFileSync(join(out, name), content);
    const { status, stderr } = await sweep(["--out", out]);
    expect(status).toBe(2);
    expect(stderr).toContain(`${join(out, name)} is damaged: ${message}`);
  }
});

it("a folder of something else is left alone", async () => {
  const out = temporaryFolder();
  writeFileSync(join(out, "mine.txt"), "mine");
  const { status, stderr } = await sweep(["--eta", "0.01", "--out", out]);
  expect(status).toBe(2);
  expect(stderr).toContain("holds something else than a sweep");
  expect(readdirSync(out)).toEqual(["mine.txt"]);
});
