// `trainscope watch` as a shell runs it: the programs of docs/watch.md, files that grow, and a terminal with a pipe before it.
import { spawn, spawnSync } from "node:child_process";
import { appendFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { EVENT_SCHEMAS } from "@trainscope/core/schema";
import { describe, expect, it, onTestFinished } from "vitest";
import { cleanEnvironment, command, eventsOf, root, temporaryFolder, trainscope } from "./support/command.ts";
import { smallData } from "./support/small-data.ts";
import { hasTmux, openTerminal } from "./support/terminal.ts";

const page = readFileSync(join(root, "docs/watch.md"), "utf8");
const blocks = [...page.matchAll(/^```(\w+)\n(.*?)^```$/gms)].map(([, language = "", text = ""]) => ({
  language,
  text,
}));

const hasPython = spawnSync("python3", ["--version"]).status === 0;
if (!hasPython) process.stderr.write("python3 is missing: the Python example of docs/watch.md is skipped.\n");

const WATCH = `'${process.execPath}' '${command}' watch`;

/** What a shell command prints, and how it ended. */
function shell(line: string, folder: string) {
  return spawnSync("bash", ["-c", line], { cwd: folder, env: cleanEnvironment(), encoding: "utf8" });
}

interface Program {
  readonly language: string;
  readonly file: string;
  readonly run: string;
}

const PROGRAMS: readonly Program[] = [
  { language: "python", file: "train.py", run: "python3 train.py" },
  { language: "sh", file: "train.sh", run: "bash train.sh" },
  { language: "ts", file: "train.ts", run: `'${process.execPath}' train.ts` },
];

describe("the examples in docs/watch.md", () => {
  const example = (language: string): string =>
    blocks.find((block) => block.language === language && /\bepoch in\b|epoch <=/.test(block.text))?.text ?? "";

  it.each(PROGRAMS.filter(({ language }) => hasPython || language !== "python"))(
    "$language",
    ({ language, file, run }) => {
      const folder = temporaryFolder();
      writeFileSync(join(folder, file), example(language));
      expect(example(language).trim().split("\n").length).toBeLessThanOrEqual(5);
      const { status, stdout, stderr } = shell(`${run} | ${WATCH} - --reporter json`, folder);
      expect([status, stderr]).toEqual([0, ""]);
      const epochs = eventsOf(stdout).flatMap((event) => (event.type === "point" ? [event] : []));
      expect(epochs.map(({ x }) => x)).toEqual([1, 2, 3, 4, 5]);
      // 2 / epoch, whatever the split.
      const losses = epochs.map(({ metrics }) => metrics["train/loss"] ?? metrics["validation/loss"]);
      expect(losses.map((loss) => Number(loss?.toFixed(4)))).toEqual([2, 1, 0.6667, 0.5, 0.4]);
    },
  );

  it.skipIf(!hasPython)("the line for a loop, appended to a file", () => {
    const folder = temporaryFolder();
    const line = blocks.find(({ text }) => text.includes("loss.item()"))?.text ?? "";
    const loop = [
      "import json",
      "class Loss:",
      "    def item(self): return float('nan')",
      "loss, acc = Loss(), 0.5",
    ];
    writeFileSync(join(folder, "loop.py"), [...loop, "for epoch in (1, 2):", `    ${line}`].join("\n"));
    expect(shell("python3 loop.py", folder).stderr).toBe("");
    const { stdout } = shell(`${WATCH} - < run.jsonl`, folder);
    expect(stdout).toMatch(/^epoch 2 \| train: loss - \| validation: accuracy 50.00 %/m);
  });

  it("the least event", () => {
    const least = blocks.find(({ language }) => language === "json")?.text ?? "";
    const { stdout } = shell(`${WATCH} - <<< '${least.trim()}'`, temporaryFolder());
    expect(stdout).toContain("epoch 1 | train: loss 1.7000\n");
  });
});

it("the table of events has those that are read, with the fields that are checked", () => {
  const table = page.slice(page.indexOf("| type | fields |"));
  const rows = [...table.matchAll(/^\| ([\w:]+) \| (.+) \|$/gm)].slice(1);
  const header = ["v", "type", "seq", "runId", "time"];
  const expected = Object.entries(EVENT_SCHEMAS).map(([type, { shape }]) => {
    const fields = Object.entries(shape).filter(([name]) => !header.includes(name));
    const names = fields.map(([name, { _zod }]) => (_zod.optin === undefined ? name : `${name}?`));
    return [type, names.join(", ")];
  });
  expect(rows.map(([, type, fields]) => [type, fields])).toEqual(expected);
});

it("the events of trainscope itself come through unchanged", async () => {
  const folder = temporaryFolder();
  const run = await trainscope(
    ["train", "--data", smallData, "--no-pictures", "--epochs", "2", "--reporter", "json"],
    {
      cwd: folder,
    },
  );
  writeFileSync(join(folder, "run.jsonl"), run.stdout);
  const { stdout } = shell(`${WATCH} - --reporter json < run.jsonl`, folder);
  expect(eventsOf(stdout).slice(0, -1)).toEqual(eventsOf(run.stdout));
  expect(eventsOf(stdout).at(-1)).toMatchObject({ type: "alert", message: "the input has ended" });
});

it("a file that isn't there yet is waited for, followed, and left by Ctrl-C", async () => {
  const folder = temporaryFolder();
  const file = join(folder, "run.jsonl");
  const child = spawn(process.execPath, [command, "watch", file], { env: cleanEnvironment() });
  onTestFinished(() => void child.kill("SIGKILL"));
  let said = "";
  const steps: readonly (readonly [words: string, then: () => void])[] = [
    ["waiting for", () => writeFileSync(file, '{"epoch": 1, "loss": 2}\n{"epoch": 2, "lo')],
    ["epoch 1 | train: loss 2.0000", () => appendFileSync(file, 'ss": 1}\n')],
    ["epoch 2 | train: loss 1.0000", () => void child.kill("SIGINT")],
  ];
  let step = 0;
  child.stdout.on("data", (text: Buffer) => {
    said += text;
    for (let next = steps[step]; next && said.includes(next[0]); next = steps[++step]) next[1]();
  });
  const status = await new Promise((resolve) => child.on("close", resolve));
  expect([step, status]).toEqual([steps.length, 130]);
});

it("several sources in lines and as JSON: which of them it is, each line says", () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "keras.csv"), "epoch,loss\n0,2\n1,1.5\n");
  const piped = `printf '{"epoch": 1, "val_acc": 0.25}\\n' | timeout --signal=INT 12 ${WATCH} keras.csv -`;
  const lines = shell(piped, folder).stdout.split("\n");
  expect(lines).toEqual(
    expect.arrayContaining([
      "keras.csv: epoch 1 | train: loss 1.5000",
      "stdin: epoch 1 | validation: accuracy 25.00 %",
      "stdin: the input has ended",
    ]),
  );
  const events = eventsOf(shell(`${piped} --reporter json`, folder).stdout);
  const points = events.flatMap((event) => (event.type === "point" ? [[event.runId, event.x]] : []));
  expect(points.toSorted()).toEqual([
    ["keras.csv", 0],
    ["keras.csv", 1],
    ["stdin", 1],
  ]);
});

it("what can't be watched is said in one clear line", async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "model.pt"), Uint8Array.of(0x50, 0x4b, 3, 4, 0, 0));
  const refused = async (...args: readonly string[]) => {
    const { status, stderr } = await trainscope(["watch", ...args]);
    return [status, stderr.split("\n")[0]];
  };
  expect(await refused(join(folder, "model.pt"))).toEqual([2, expect.stringContaining("a PyTorch checkpoint")]);
  expect(await refused(join(folder, "log.txt"), "--format", "xml")).toEqual([
    2,
    'trainscope: there is no format "xml"',
  ]);
  expect(await refused()).toEqual([2, "trainscope: nothing is named that could be watched"]);
  expect(await refused("sh", "train.sh")).toEqual([
    2,
    "trainscope: sh is a program, and no log of that name is there",
  ]);
  expect(await refused("one.csv", "two.csv", "--control")).toEqual([
    2,
    "trainscope: --control asks one loop, and several sources are named",
  ]);
});

it("lists what can be read", async () => {
  const { status, stdout } = await trainscope(["watch", "--formats"]);
  expect([status, stdout]).toEqual([
    0,
    expect.stringMatching(/^jsonl +JSON lines: .*\n.*^tensorboard +Tens/ms),
  ]);
});

describe("a program that is run to be watched", () => {
  const PROGRAM = `
    for (let epoch = 1; epoch <= 3; epoch++) console.log("Epoch " + epoch + "/3 loss " + 1 / epoch);
    console.error("careful");
    process.exitCode = 7;
  `;

  it("ends the command with its own exit status, and a person elsewhere hears of it", async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "train.mjs"), PROGRAM);
    const notify = 'printf %s "$TRAINSCOPE_MESSAGE" > told';
    const args = ["watch", "--reporter", "lines", "--notify", notify, "--", process.execPath, "train.mjs"];
    const { status, stdout } = await trainscope(args, { cwd: folder });
    expect(status).toBe(7);
    expect(stdout).toMatch(/^epoch 3 \| train: loss 0.3333/m);
    expect(stdout).toMatch(/^careful$/m);
    expect(readFileSync(join(folder, "told"), "utf8")).toBe("the run failed, train/loss 0.3333");
  });

  it("is told of by its name alone, without its arguments", async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "train.mjs"), "");
    const notify = 'printf "%s|%s" "$TRAINSCOPE_SOURCE" "$TRAINSCOPE_MESSAGE" > told';
    const run = [process.execPath, "train.mjs", "--api-key=SECRET"];
    await trainscope(["watch", "--reporter", "lines", "--notify", notify, "--", ...run], { cwd: folder });
    expect(readFileSync(join(folder, "told"), "utf8")).toBe("node train.mjs|node train.mjs has ended");
  });

  it("isn't followed on where the output is closed", () => {
    const folder = temporaryFolder();
    const program = `
      for (let epoch = 1; epoch < 500; epoch++) {
        console.log("Epoch " + epoch + "/500 loss " + 1 / epoch);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    `;
    writeFileSync(join(folder, "train.mjs"), program);
    const line = `${WATCH} --reporter lines -- '${process.execPath}' train.mjs | head -1; echo "\${PIPESTATUS[0]}"`;
    const { stdout, stderr } = shell(line, folder);
    expect([stderr, stdout]).toEqual(["", expect.stringMatching(/^.+\n130\n$/)]);
  });

  it("leaves no socket where the reporter can't be had", async () => {
    const folder = temporaryFolder();
    const sockets = join(folder, "sockets");
    mkdirSync(sockets);
    const { status, stderr } = await trainscope(
      ["watch", "--control", "--reporter", "dashboard", "--", process.execPath, "-e", ""],
      { cwd: folder, environment: { TMPDIR: sockets } },
    );
    expect([status, stderr]).toEqual([2, expect.stringContaining("the dashboard needs a terminal")]);
    expect(readdirSync(sockets)).toEqual([]);
  });

  it("is taken for a file without the --, and what isn't there is said", async () => {
    const refused = async (...args: readonly string[]) => {
      const { status, stderr } = await trainscope(["watch", ...args]);
      return [status, stderr];
    };
    // Of all programs it is the one that is there wherever these tests run.
    expect(await refused("node", "train.js")).toEqual([
      2,
      expect.stringContaining("trainscope watch -- node train.js"),
    ]);
    expect(await refused("--", "no-such-program")).toEqual([
      2,
      expect.stringContaining("there is no such program"),
    ]);
    expect(await refused("--notify", "ftp://x", "log.txt")).toEqual([
      2,
      expect.stringContaining("Expected bell, desktop"),
    ]);
  });
});

describe.skipIf(!hasTmux)("in a terminal", () => {
  const LINES = [
    "Loading",
    '{"epoch": 1, "loss": NaN, "val_acc": 0.25}',
    "\u001b[2J\u0000",
    '{"epoch": 2, "loss": 1.5, "lr": 0.1}',
  ];

  it("shows what is piped in, takes keys, and stays until q when the program has ended", async () => {
    const terminal = openTerminal(["watch", "-"], {
      input: "lines.txt",
      files: { "lines.txt": `${LINES.join("\n")}\n` },
    });
    await terminal.until(/stdin · ended/);
    expect(terminal.screen()).toMatch(/loss +★? *1\.5000/);
    expect(terminal.screen()).toMatch(/the input has ended/);
    terminal.type("6");
    await terminal.until(/Loading/);
    terminal.type("q");
    expect(await terminal.until(/exit status \d+/)).toContain("exit status 0");
    expect(terminal.isNormal()).toBe(true);
  });

  it("shows several sources over each other as they grow, whatever format each has, and leaves by q", async () => {
    const files = {
      "old.csv": "epoch,loss,val_accuracy\n0,2.0,0.25\n1,1.5,0.5\n2,1.25,0.75\n",
      "new.txt": "Epoch 0 train loss 3.5 val acc 45.0\nEpoch 1 train loss 2.5 val acc 65.0\n",
      "piped.jsonl": '{"epoch": 1, "val_acc": 0.1}\n{"epoch": 2, "val_acc": 0.3}\n',
    };
    const terminal = openTerminal(["watch", "old.csv", "new.txt", "-", "later.jsonl"], {
      columns: 110,
      rows: 32,
      files,
      input: "piped.jsonl",
    });
    const has =
      (...lines: readonly RegExp[]) =>
      (screen: string) =>
        lines.every((line) => line.test(screen));
    const shown = await terminal.until(
      has(
        /a old\.csv .*75\.00 % +2 /,
        /b new\.txt .*65\.00 % +1 /,
        /c stdin .*30\.00 % +2 /,
        /d later\.jsonl +-/,
      ),
    );
    expect(shown).toMatch(/Validation accuracy .* metric 1\/2/);
    appendFileSync(join(terminal.folder, "old.csv"), "3,1.0,0.9375\n");
    writeFileSync(join(terminal.folder, "later.jsonl"), '{"epoch": 1, "val_acc": 0.5}\n');
    await terminal.until(has(/a old\.csv .*★ 93\.75 % +3 /, /d later\.jsonl .*50\.00 % +1 /));
    terminal.type("m");
    await terminal.until(has(/Train loss .* metric 2\/2/, /a old\.csv .*1\.0000 +3 /));
    terminal.type("q");
    expect(await terminal.until(/exit status \d+/)).toContain("exit status 0");
    expect(terminal.isNormal()).toBe(true);
  });

  it("a Node.js program that is piped in takes raw mode along when it ends: keys still need no Enter", async () => {
    const program = `
      for (let epoch = 1; epoch < 40; epoch++) {
        console.log(JSON.stringify({ epoch, loss: 1 / epoch }));
        await new Promise((resolve) => setTimeout(resolve, 200));
      }
    `;
    const files = { "program.mjs": program };
    const terminal = openTerminal(["watch", "-"], { columns: 100, files, program: "program.mjs" });
    // It finds the terminal as it was, and the dashboard has it before it ends.
    await terminal.until((screen) => /epoch +\d/.test(screen) && !screen.includes("stdin has ended"));
    expect(terminal.lineModes()).toContain("-icanon");
    await terminal.until(/stdin has ended/);
    await expect.poll(() => terminal.lineModes(), { timeout: 60_000 }).toContain("-icanon");
    terminal.type("q");
    expect(await terminal.until(/exit status/)).toContain("exit status 0");
  });

  it("asks of a program that it runs whether it goes on, which it then does in lines", async () => {
    const program = `
      console.log("Epoch 1/9 loss 4\\nEpoch 2/9 loss 3");
      setTimeout(() => console.log("Epoch 3/9 loss 2"), 6000);
      setTimeout(() => process.exit(4), 6500);
    `;
    const terminal = openTerminal(["watch", "--", process.execPath, "program.mjs"], {
      columns: 100,
      files: { "program.mjs": program },
    });
    await terminal.until(/loss .*3\.0000/);
    terminal.type("q");
    await terminal.until(/Stop the program\?/);
    terminal.type("n");
    const screen = await terminal.until(/exit status/);
    expect(screen).toMatch(/goes on; its figures follow in lines/);
    expect(screen).toMatch(/epoch 3 \| train: loss 2\.0000/);
    expect(screen).toContain("exit status 4");
  });

  it.each(["TERM", "INT", "HUP"])("is left by SIG%s when the program has ended", async (signal) => {
    const program = 'console.log("Epoch 1/2 loss 4\\nEpoch 2/2 loss 3"); process.exitCode = 5;';
    const terminal = openTerminal(["watch", "--", process.execPath, "program.mjs"], {
      columns: 100,
      files: { "program.mjs": program },
    });
    await terminal.until(/ended with status 5/);
    terminal.kill(signal);
    expect(await terminal.until(/exit status \d+/)).toContain("exit status 5");
    expect(terminal.isNormal()).toBe(true);
  });

  it("keys go to the dashboard, and what is piped in to the program that is run", async () => {
    const program = `
      let read = "";
      for await (const part of process.stdin) read += part;
      console.log("Epoch 1/2 loss 4\\nEpoch 2/2 loss " + read.length);
    `;
    const terminal = openTerminal(["watch", "--", process.execPath, "program.mjs"], {
      columns: 100,
      files: { "program.mjs": program, "data.txt": "x".repeat(7) },
      input: "data.txt",
    });
    await terminal.until(/loss .*7\.0000/);
    await terminal.until(/has ended/);
    terminal.type("q");
    expect(await terminal.until(/exit status \d+/)).toContain("exit status 0");
  });

  it("says so where nothing is piped in", async () => {
    const screen = await openTerminal(["watch", "-"]).until(/exit status \d+/);
    expect(screen).toMatch(/^trainscope: nothing is piped in$/m);
    expect(screen).toContain("exit status 2");
  });
});
