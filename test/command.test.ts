// The command from end to end, on the built-in sample.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isPersisted } from "@trainscope/core/events";
import { readEventLog } from "@trainscope/core/log";
import { loadImage } from "canvas";
import { describe, expect, it } from "vitest";
import { cleanEnvironment, endOf, eventsOf, root, temporaryFolder, trainscope } from "./support/command.ts";

const drawn = ["train", "--data", "sample", "--epochs", "2"];
const quick = [...drawn, "--no-pictures"];

describe("train --reporter json", () => {
  it("prints each persisted event as a line of stdout, and nothing else there", async () => {
    const cwd = temporaryFolder();
    const { status, stdout, stderr } = await trainscope([...quick, "--reporter", "json"], { cwd });
    expect([status, stderr]).toEqual([0, ""]);
    const events = eventsOf(stdout);
    expect(events.every(isPersisted)).toBe(true);
    expect(events[0]).toMatchObject({ type: "run:start", data: { name: "built-in sample" } });
    expect(events.at(-1)).toMatchObject({ type: "run:end", reason: "completed", epochs: 2 });
  });

  it("messages go to stderr: which data was chosen", async () => {
    const { stdout, stderr } = await trainscope(["train", "--epochs", "1", "--reporter", "json"], {
      cwd: temporaryFolder(),
    });
    expect(stderr).toContain("CIFAR-10 was not found; this is the built-in sample");
    expect(endOf(stdout).reason).toBe("completed");
  });

  it("a reader that stops reading ends it quietly, with 130, as a run that is stopped", async () => {
    const cwd = temporaryFolder();
    const { stdout, stderr, status } = shell(
      `${quick.join(" ")} --epochs 1000 --reporter json | head -n 1`,
      cwd,
    );
    expect(stdout).toContain("run:start");
    expect([status, stderr]).toEqual([130, ""]);
    expect(logOf(cwd).events.at(-1)).toMatchObject({ type: "run:end", reason: "stopped" });
  });

  it.skipIf(!existsSync("/dev/full"))(
    "a full disk under stdout is told, with status 1, and ends the run",
    () => {
      const cwd = temporaryFolder();
      const { stderr, status } = shell(`${quick.join(" ")} --epochs 1000 --reporter json > /dev/full`, cwd);
      expect(stderr).toMatch(/^trainscope: can't write to stdout: .*ENOSPC/);
      expect(stderr).not.toMatch(/^\s+at /m);
      expect(status).toBe(1);
      expect(logOf(cwd).events.at(-1)).toMatchObject({ type: "run:end", reason: "stopped" });
    },
  );
});

/** The log of the only run there. */
function logOf(cwd: string, out = "runs") {
  const [run = ""] = readdirSync(join(cwd, out));
  return readEventLog(readFileSync(join(cwd, out, run, "events.jsonl"), "utf8"));
}

/** Runs the command in a shell; the status is the command's own, also at the head of a pipe. */
function shell(words: string, cwd: string) {
  const bin = join(root, "packages/cli/bin/trainscope.js");
  const script = `"${process.execPath}" "${bin}" ${words}; exit \${PIPESTATUS[0]}`;
  return spawnSync("bash", ["-c", script], { encoding: "utf8", cwd, env: cleanEnvironment() });
}

describe("the log of a run", () => {
  it("has every event that was told, and `trainscope runs` what became of the run", async () => {
    const cwd = temporaryFolder();
    const { stdout } = await trainscope([...quick, "--eta", "0.01", "--reporter", "json"], { cwd });
    const told = eventsOf(stdout);
    expect(logOf(cwd)).toEqual({ events: told, problems: [], problemCount: 0, newer: [], torn: false });
    const runId = told[0]?.runId ?? "";
    expect(JSON.parse(readFileSync(join(cwd, "runs", runId, "run.json"), "utf8"))).toMatchObject({
      v: 1,
      runId,
      settings: { epochs: 2, learningRate: 0.01 },
      arguments: [...quick, "--eta", "0.01", "--reporter", "json"],
    });

    const json = await trainscope(["runs", "--json"], { cwd });
    const end = endOf(stdout);
    expect(JSON.parse(json.stdout)).toMatchObject([
      {
        run: runId,
        state: "completed",
        epochs: { done: 2, planned: 2 },
        problems: [],
        data: "built-in sample",
        testAccuracy: end.metrics["test/accuracy"],
      },
    ]);
    const list = await trainscope(["runs"], { cwd });
    expect([list.status, list.stderr]).toEqual([0, ""]);
    expect(list.stdout).toMatch(new RegExp(`^${runId} .* built-in sample +2/2 .* completed +eta 0\\.01$`, "m"));
  });

  it("a disk that is full is told once, training goes on, and the log is whole lines", () => {
    const cwd = temporaryFolder();
    const bin = join(root, "packages/cli/bin/trainscope.js");
    // No file may be larger than 16 blocks of 1024 bytes.
    const script = `ulimit -f 16; "${process.execPath}" "${bin}" train --data sample --epochs 40 --reporter lines`;
    const { status, stdout, stderr } = spawnSync("bash", ["-c", script], {
      encoding: "utf8",
      cwd,
      env: cleanEnvironment(),
    });
    expect(status).toBe(0);
    expect(stdout).toContain("Completed after 40 of 40 epochs");
    expect(stderr.match(/the log of this run can't be written/g)).toHaveLength(1);
    expect(stderr).toMatch(/^trainscope: runs\/.*events\.jsonl lacks the end of the run: /m);
    const { events, problems, torn } = logOf(cwd);
    expect([problems, torn]).toEqual([[], false]);
    expect(events.length).toBeGreaterThan(5);
  });

  it("a folder that is removed while the run goes on ends neither the run nor the command", async () => {
    const cwd = temporaryFolder();
    let isRemoved = false;
    const { status, stdout, stderr } = await trainscope(["train", "--data", "sample", "--epochs", "100"], {
      cwd,
      onOutput(text) {
        if (isRemoved || !text.includes("epoch   2/")) return;
        isRemoved = true;
        rmSync(join(cwd, "runs"), { recursive: true, maxRetries: 20, retryDelay: 10 });
      },
    });
    expect(status).toBe(0);
    expect(stdout).toContain("Completed after 100 of 100 epochs");
    expect(stderr).toContain("trainscope: the log of this run can't be written (it is no longer there)");
    expect(stderr).toMatch(/events\.jsonl lacks the end of the run: it is no longer there$/m);
  });
});

describe("train --reporter lines", () => {
  it("is what a pipe gets: data, settings, a line an epoch, the test figures and every path written", async () => {
    const cwd = temporaryFolder();
    const { status, stdout } = await trainscope(drawn, { cwd });
    expect(status).toBe(0);
    expect(stdout).toContain("data: built-in sample (2,000 train, 1,000 validation, 1,000 test)");
    expect(stdout).toMatch(/^settings: loss softmax, lambda 0\.1, eta 0\.001, batch 100, epochs 2, seed 0$/m);
    expect(stdout).toMatch(/^epoch 2\/2 \| train: loss \d.*accuracy [\d.]+ % \| validation: loss/m);
    expect(stdout).toMatch(/^ {2}test accuracy +[\d.]+ %$/m);
    expect(stdout).not.toContain("\x1b");
    const paths = [...stdout.matchAll(/^ {2}(runs\/.+)$/gm)].map(([, path]) => path ?? "");
    expect(paths.length).toBeGreaterThanOrEqual(8);
    for (const path of paths) expect(existsSync(join(cwd, path))).toBe(true);
  });

  it("pictures are whole PNG and SVG files", async () => {
    const cwd = temporaryFolder();
    const { stdout } = await trainscope([...drawn, "--reporter", "json", "--out", "elsewhere"], { cwd });
    const artifacts = eventsOf(stdout).filter((event) => event.type === "artifact");
    expect(artifacts.map(({ kind }) => kind)).toEqual(expect.arrayContaining(["curves", "weights"]));
    for (const { path } of artifacts) {
      expect(path.startsWith("elsewhere/")).toBe(true);
      const picture = await loadImage(join(cwd, path));
      expect(picture.width).toBeGreaterThan(300);
      expect(picture.height).toBeGreaterThan(150);
    }
    const folder = join(cwd, "elsewhere", readdirSync(join(cwd, "elsewhere"))[0] ?? "", "artifacts");
    expect(readdirSync(folder).filter((name) => name.includes("tmp"))).toEqual([]);
  });
});

describe("settings", () => {
  it("flags win over the configuration, which wins over the defaults", async () => {
    const cwd = temporaryFolder();
    writeFileSync(
      join(cwd, "trainscope.config.ts"),
      "export default { data: 'sample', settings: { epochs: 1, lambda: 0.5, batchSize: 50 } };",
    );
    const flags = ["--lambda", "0.25", "--flip", "0.5", "--schedule", "step:10:0.1", "--loss", "bce"];
    const { stdout } = await trainscope(["train", ...flags, "--reporter", "json"], { cwd });
    expect(eventsOf(stdout)[0]).toMatchObject({
      config: {
        epochs: 1,
        batchSize: 50,
        lambda: 0.25,
        flip: 0.5,
        loss: "bce",
        learningRate: 0.001,
        schedule: { kind: "step", every: 10, factor: 0.1 },
      },
    });
  });

  it("a run that ends early says so, and what it kept", async () => {
    const flags = ["--epochs", "40", "--eta", "0.01", "--init", "xavier", "--noise", "8"];
    const choice = ["--patience", "1", "--keep", "best", "--monitor", "validation/accuracy"];
    const { status, stdout } = await trainscope([...quick, ...flags, ...choice], { cwd: temporaryFolder() });
    expect(status).toBe(0);
    expect(stdout).toMatch(
      /seed 0, init xavier, noise 8, patience 1, keep best, monitor validation\/accuracy$/m,
    );
    const [, best] =
      /^info: for 1 epoch validation\/accuracy has not been better than after epoch (\d+)$/m.exec(stdout) ?? [];
    expect(stdout).toContain(`Stopped early after ${Number(best) + 1} of 40 epochs`);
    expect(stdout).toContain(`kept the parameters of epoch ${best}, the best by validation/accuracy`);
  });

  it("a run that diverges says so and ends with status 1", async () => {
    const { status, stdout } = await trainscope([...quick, "--eta", "1e300"], { cwd: temporaryFolder() });
    expect(status).toBe(1);
    expect(stdout).toContain("Diverged after 0 of 2 epochs");
    expect(stdout).toContain("try a lower learning rate");
  });
});

describe("plugins", () => {
  const example = join(root, "examples/custom-metric");

  it("the example's metric and exporter are found in its folder, shown, and written", async () => {
    const out = temporaryFolder();
    const { status, stdout } = await trainscope([...quick, "--out", out], { cwd: example });
    expect(status).toBe(0);
    expect(stdout).toMatch(/validation: .*top-3 [\d.]+ %/);
    expect(stdout).toMatch(/test top-3 +[\d.]+ %/);
    const csv = readFileSync(/ {2}(.+epochs\.csv)/.exec(stdout)?.[1] ?? "", "utf8");
    expect(csv.split("\n")[0]).toContain("validation/top-3");
  });

  it("a plugin by path that throws is named, counted and disabled; training goes on", async () => {
    const cwd = temporaryFolder();
    writeFileSync(
      join(cwd, "frail.ts"),
      `export default { name: "frail", splits: ["train"], direction: "min", init: () => 0,
        update() { throw new Error("not today"); }, result: () => 0 };`,
    );
    const { status, stdout, stderr } = await trainscope(
      ["--verbose", "train", "--data", "sample", "--epochs", "4", "--plugin", "frail.ts", "--no-pictures"],
      { cwd },
    );
    expect(status).toBe(0);
    const stack = /^trainscope: frail, update: Error: not today\n +at .*frail\.ts:2:\d+\)/gm;
    expect(stderr.match(stack)).toHaveLength(3);
    // Who shows it later has the stacks from its log, which knows no path of this machine.
    const [run = ""] = readdirSync(join(cwd, "runs"));
    expect(readFileSync(join(cwd, "runs", run, "events.jsonl"), "utf8")).not.toContain(cwd);
    const shown = ["replay", "attach"].map(async (how) => {
      const again = await trainscope([how, "latest", "--reporter", "lines", "--verbose"], { cwd });
      expect(again.stderr.match(stack)).toHaveLength(3);
      expect(again.stderr).toContain("    at Object.update (frail.ts:2:");
    });
    await Promise.all(shown);
    expect(stdout).toContain("warning: frail failed in update (frail.ts:2): not today");
    expect(stdout).toContain(
      "error: frail failed in update (frail.ts:2) (3 times): not today; it is now disabled",
    );
    expect(stdout).not.toContain("4 times");
    expect(stdout).toContain('plugin "frail" was disabled: not today (frail.ts:2)');
    expect(stdout).toContain("Completed after 4 of 4 epochs");
  });

  it("an error a plugin lets loose in a timer or a promise is told, and training goes on", async () => {
    const cwd = temporaryFolder();
    writeFileSync(
      join(cwd, "loose.ts"),
      `export default { name: "loose", splits: ["train"], direction: "none",
        init() { setTimeout(() => { throw new Error("from a timer"); }); Promise.reject(new Error("from a promise")); return 0; },
        update: (state) => state, result: () => 0 };`,
    );
    const { status, stdout, stderr } = await trainscope([...quick, "--plugin", "loose.ts", "--verbose"], {
      cwd,
    });
    expect(status).toBe(0);
    expect(stderr.match(/^ +at .*loose\.ts:2:\d+/gm)).toHaveLength(2);
    expect(stdout).toContain("Completed after 2 of 2 epochs");
    expect(stderr).toContain("from a timer");
    expect(stderr).toContain("from a promise");
  });
});

describe("what a plugin leaves running", () => {
  it("neither keeps a finished command alive, nor changes its status", async () => {
    const cwd = temporaryFolder();
    writeFileSync(
      join(cwd, "timer.ts"),
      `export default { name: "timer", splits: ["train"], direction: "none",
        init() { setInterval(() => { throw new Error("tick"); }, 5); return 0; },
        update: (state) => state, result: () => 0 };`,
    );
    const { status, stdout, stderr } = await trainscope([...quick, "--plugin", "timer.ts"], { cwd });
    expect(status).toBe(0);
    expect(stdout).toContain("Completed after 2 of 2 epochs");
    expect(stderr).toMatch(/^trainscope: an error outside of every hook \(\d+ times\): tick$/m);
    expect(stderr).not.toMatch(/^\s+at /m);
  });
});

describe("interrupts", () => {
  const long = ["train", "--data", "sample", "--epochs", "100000"];

  it.each(["SIGINT", "SIGTERM"] as const)(
    "%s once: finishes the batch, writes the pictures, ends with 130",
    async (signal) => {
      const cwd = temporaryFolder();
      let sent = false;
      const { status, stdout } = await trainscope(long, {
        cwd,
        onOutput(text, kill) {
          if (!sent && text.includes("epoch      2/")) {
            sent = true;
            kill(signal);
          }
        },
      });
      expect(status).toBe(130);
      expect(stdout).toMatch(/^warning: stopping /m);
      expect(stdout).toMatch(/Stopped after \d+ of 100000 epochs/);
      expect(stdout).toContain("weights.png");
    },
  );

  it("twice: leaves at once, whatever it waits for, with what was seen in the log", async () => {
    const cwd = temporaryFolder();
    const slow = `export default { name: "slow", connect: () => ({ subscribe: () => ({ unsubscribe() {} }) }) };`;
    writeFileSync(join(cwd, "slow.js"), slow);
    let sent = 0;
    const { status, stderr } = await trainscope([...long, "--plugin", "slow.js"], {
      cwd,
      onOutput(text, kill) {
        if (sent === 0 && text.includes("epoch      1/")) {
          sent = 1;
          kill("SIGINT");
          // Within a moment it would be taken for the same.
          setTimeout(() => kill("SIGINT"), 500);
        }
      },
    });
    expect(status).toBe(130);
    expect(stderr).toMatch(/left at once; what was written is in runs\/[\w-]+\.$/m);
    const { events, problems, torn } = logOf(cwd);
    expect([problems, torn]).toEqual([[], false]);
    expect(events.map(({ type }) => type)).not.toContain("run:end");
    expect(events).toContainEqual(expect.objectContaining({ type: "checkpoint", reason: "stop" }));
    const left = readdirSync(cwd, { recursive: true }).map(String);
    expect(left.filter((name) => name.endsWith(".tmp"))).toEqual([]);
  });
});

describe("gradcheck", () => {
  it("prints a row a case, all below 1e-7, and ends with 0", async () => {
    const { status, stdout } = await trainscope(["gradcheck", "--data", "sample"]);
    expect(status).toBe(0);
    expect(stdout.match(/ok$/gm)).toHaveLength(12);
    expect(stdout).toContain("Passed");
  });

  it("--json prints one object", async () => {
    const { status, stdout } = await trainscope(["gradcheck", "--data", "sample", "--json", "--loss", "bce"]);
    const { rows, passed } = JSON.parse(stdout) as {
      rows: { maxAbsoluteDifference: number; maxRelativeError: number }[];
      passed: boolean;
    };
    expect([status, passed, rows.length]).toEqual([0, true, 12]);
    for (const { maxAbsoluteDifference, maxRelativeError } of rows) {
      expect(maxAbsoluteDifference).toBeLessThan(1e-7);
      expect(maxRelativeError).toBeGreaterThan(0);
    }
  });

  it("ends with 1 where the gradient is broken on purpose", async () => {
    const { status, stdout } = await trainscope(["gradcheck", "--data", "sample", "--fault", "1e-6"]);
    expect(status).toBe(1);
    expect(stdout).toContain("FAILED");
  });
});

describe("data", () => {
  it("info shows counts of every class and writes a contact sheet", async () => {
    const cwd = temporaryFolder();
    const { status, stdout } = await trainscope(["data", "info", "--data", "sample"], { cwd });
    expect(status).toBe(0);
    expect(stdout).toMatch(/^airplane +200 +100 +100$/m);
    expect(stdout).toMatch(/^total +2,000 +1,000 +1,000$/m);
    const sheet = await loadImage(join(cwd, "contact-sheet.png"));
    expect(sheet.width).toBeGreaterThan(300);
  });
});

describe("help", () => {
  it.each([[], ["train"], ["runs"], ["gradcheck"], ["data"], ["data", "info"], ["data", "download"]])(
    "trainscope %s --help",
    async (...words) => {
      const { status, stdout } = await trainscope([...words, "--help"]);
      expect(status).toBe(0);
      expect(stdout).toMatch(/^Usage: trainscope/);
    },
  );
});
