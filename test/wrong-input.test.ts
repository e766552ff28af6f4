// Whatever is typed wrong gets one clear message, exit status 2, no stack trace, and leaves nothing behind.
import {
  closeSync,
  existsSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readdirSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { root, temporaryFolder, trainscope } from "./support/command.ts";

const BATCH_BYTES = 30_730_000;
const FILES = [1, 2, 3, 4, 5].map((n) => `data_batch_${n}.bin`).concat("test_batch.bin");
const NAMES = "airplane automobile bird cat deer dog frog horse ship truck".split(" ");

/** The official layout, all zeros: sparse files, so that it takes no space. */
function zeroCifar10(folder: string): string {
  for (const name of FILES) {
    const file = openSync(join(folder, name), "w");
    ftruncateSync(file, BATCH_BYTES);
    closeSync(file);
  }
  writeFileSync(join(folder, "batches.meta.txt"), `${NAMES.join("\n")}\n`);
  return folder;
}

async function refused(args: readonly string[], cwd: string, before = readdirSync(cwd)): Promise<string> {
  const { status, stdout, stderr } = await trainscope(args, { cwd });
  expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
  expect(stderr).not.toMatch(/^\s+at .+:\d+/m);
  expect(stderr.trim().split("\n").length).toBeLessThanOrEqual(3);
  expect(readdirSync(cwd)).toEqual(before);
  return stderr;
}

describe("wrong flags", () => {
  it.each([
    ["--eta banana", "argument 'banana' is invalid. Expected a number above 0."],
    ["--eta 0", "argument '0' is invalid. Expected a number above 0."],
    ["--epochs -1", "argument '-1' is invalid. Expected a whole number of at least 1."],
    ["--epochs 2.5", "argument '2.5' is invalid. Expected a whole number of at least 1."],
    ["--lambda -0.1", "argument '-0.1' is invalid. Expected a number of at least 0."],
    ["--batch 0", "Expected a whole number of at least 1."],
    ["--seed 1e99", "Expected a whole number of at least 0."],
    ["--flip 2", "Expected a probability from 0 to 1."],
    ["--loss mse", "argument 'mse' is invalid. Allowed choices are softmax, bce, svm."],
    ["--schedule step:10", 'schedule is "step:10"; expected one of constant, step:EVERY:FACTOR'],
    ["--init he", 'initialisation is "he"; expected one of normal:DEVIATION, xavier.'],
    ["--init normal:-1", "DEVIATION of the normal initialisation is -1; expected a number of at least 0."],
    ["--noise 200", "argument '200' is invalid. Expected a whole number from 0 to 127."],
    ["--patience -1", "argument '-1' is invalid. Expected a whole number of at least 0."],
    ["--keep first", "argument 'first' is invalid. Allowed choices are last, best."],
    ["--data sample --patience 3 --monitor validation/lss", 'monitor is "validation/lss"; expected the tag'],
    ["--data sample --keep best --monitor test/loss", "test figures are only known when the run has ended"],
    ["--reporter tv", "argument 'tv' is invalid. Allowed choices are dashboard, lines, sentences, json."],
    ["--reporter dashboard", "the dashboard needs a terminal, and stdout is none"],
    ["--threads 0", "argument '0' is invalid. Expected a whole number of at least 1."],
    ["--threads 17", "threads is 17; expected a whole number, 1 to 16"],
    ["--engine gpu", "argument 'gpu' is invalid. Allowed choices are native, wasm, reference."],
    ["--engine reference --threads 2", "--threads 2 with --engine reference, which computes on one"],
    ["--lamda 1", "unknown option '--lamda'\n(Did you mean --lambda?)"],
    ["--eta", "option '--eta <rate>' argument missing"],
    ["surplus", "too many arguments"],
    ["--out=", "argument '' is invalid. Expected a path."],
    ["--config .", "the configuration . is no file"],
  ])("train %s", async (flags, message) => {
    expect(await refused(["train", ...flags.split(" ")], temporaryFolder())).toContain(message);
  });

  it("an unknown command", async () => {
    expect(await refused(["trian"], temporaryFolder())).toContain("unknown command 'trian'");
  });
});

describe("wrong data", () => {
  it("a missing folder is named, with what to do", async () => {
    const message = await refused(["train", "--data", "nowhere"], temporaryFolder());
    expect(message).toMatch(/nowhere/);
    expect(message).toMatch(/--data/);
    expect(message).toMatch(/trainscope data download/);
  });

  it("an empty folder is named, with what was expected in it", async () => {
    const cwd = temporaryFolder();
    mkdirSync(join(cwd, "void"));
    expect(await refused(["train", "--data", "void"], cwd)).toMatch(/void.*data_batch_1\.bin/s);
  });

  it("a truncated file is named, with both sizes", async () => {
    const cwd = temporaryFolder();
    mkdirSync(join(cwd, "data"));
    zeroCifar10(join(cwd, "data"));
    const file = openSync(join(cwd, "data/data_batch_2.bin"), "r+");
    ftruncateSync(file, 1234);
    closeSync(file);
    const message = await refused(["train", "--data", "data"], cwd);
    expect(message).toMatch(/data_batch_2\.bin.*1,?234 bytes.*30,?730,?000/s);
  });

  it("a label of 10 is named, with its file and record", async () => {
    const cwd = temporaryFolder();
    mkdirSync(join(cwd, "data"));
    zeroCifar10(join(cwd, "data"));
    const file = openSync(join(cwd, "data/test_batch.bin"), "r+");
    writeSync(file, Uint8Array.of(10), 0, 1, 3073 * 41);
    closeSync(file);
    expect(await refused(["train", "--data", "data"], cwd)).toMatch(/test_batch\.bin.*41.*label.*10.*0 to 9/s);
  });

  it("files that are none of CIFAR-10's, and copies of each other, are told as such by data info", async () => {
    const cwd = temporaryFolder();
    mkdirSync(join(cwd, "data"));
    zeroCifar10(join(cwd, "data"));
    const { status, stdout } = await trainscope(["data", "info", "--data", "data"], { cwd });
    expect(status).toBe(0);
    expect(stdout).toMatch(
      /^test_batch\.bin +images of each class as in no file of CIFAR-10; 10,000 of its images are in data_batch_1\.bin, too$/m,
    );
    expect(stdout).toContain("\nThese are not the official files as they are published.\n");
  });

  it("cifar10 asked for and not found is no reason to take the sample", async () => {
    expect(await refused(["train", "--data", "cifar10"], temporaryFolder())).toContain("CIFAR10_DIR");
  });
});

describe("wrong surroundings", () => {
  it("an output folder that can't be made", async () => {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, "taken"), "a file");
    const message = await refused(["train", "--data", "sample", "--out", "taken/runs"], cwd);
    expect(message).toMatch(/can't make the folder taken\/runs/);
    expect(message).toContain("--out");
  });

  it("a folder of runs that is not there, or is none", async () => {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, "taken"), "a file");
    const missing = await refused(["runs"], cwd);
    expect(missing).toContain("can't read the runs in runs: it does not exist");
    expect(missing).toContain("--out");
    expect(await refused(["runs", "--out", "taken"], cwd)).toContain("in taken: it is no folder");
  });

  it("a contact sheet that can't be written", async () => {
    const message = await refused(
      ["data", "info", "--data", "sample", "--picture", "no/such/x.png"],
      temporaryFolder(),
    );
    expect(message).toContain("can't write no/such/x.png: its folder does not exist");
  });

  it("a place to download from that is no web address", async () => {
    const message = await refused(["data", "download", "--to", "d", "--url", "banana"], temporaryFolder());
    expect(message).toContain("argument 'banana' is invalid. Expected an http(s) URL.");
  });

  it.skipIf(!existsSync("/proc/self"))("an output folder where none can be made", async () => {
    const message = await refused(["train", "--data", "sample", "--out", "/proc/nope"], temporaryFolder());
    expect(message).toMatch(/^trainscope: can't make the folder \/proc\/nope: its folder does not exist$/m);
  });
});

describe("wrong modules", () => {
  async function withConfig(source: string): Promise<string> {
    const cwd = temporaryFolder();
    writeFileSync(join(cwd, "trainscope.config.ts"), source);
    return await refused(["train", "--data", "sample"], cwd);
  }

  it.each(["trainscope.config.ts", "trainscope.config.js"])(
    "%s with a syntax error: file and line",
    async (name) => {
      const cwd = temporaryFolder();
      writeFileSync(join(cwd, name), "export default {\n  settings: {};;\n};\n");
      const message = await refused(["train", "--data", "sample"], cwd);
      expect(message).toContain(`the configuration ${name}, line 2, does not load: `);
    },
  );

  it("a configuration that throws: file, line and its words", async () => {
    const message = await withConfig("const a = 1;\nthrow new Error('no luck');\nexport default {};\n");
    expect(message).toMatch(/trainscope\.config\.ts, line 2, does not load: no luck/);
  });

  it("a configuration without a default export", async () => {
    expect(await withConfig("export const x = 1;\n")).toContain("has no default export");
  });

  it("an unknown field, a wrong setting and a wrong metric, each by name", async () => {
    expect(await withConfig("export default { metric: [] };")).toContain('unknown field "metric"');
    expect(await withConfig("export default { settings: { eta: 1 } };")).toContain('unknown setting "eta"');
    expect(await withConfig("export default { settings: { epochs: 0 } };")).toContain("epochs is 0");
    expect(await withConfig("export default { settings: { epochs: 0 } };")).toContain("trainscope.config.ts: ");
    expect(await withConfig("export default { data: 5 };")).toContain("data is number");
    expect(await withConfig("export default { metrics: [{ name: 'x' }] };")).toContain(
      'metric "x": init is undefined',
    );
  });

  it.each([
    ['defineMetric({ name: "Top_3" })', 'metric: named "Top_3"; expected a name of lower case words'],
    ['defineExporter({ name: "x" })', 'exporter "x": it has none of connect, onEpoch, onExamination, onEnd'],
    ["defineConfig({ epochs: 3 })", 'unknown field "epochs" in the configuration'],
    ["defineConfig({ settings: { eta: 0.1 } })", 'unknown setting "eta"'],
  ])("%s is told like that, with the file it stands in", async (call, message) => {
    const core = join(root, "packages/core/dist/index.js");
    const source = `import { defineConfig, defineExporter, defineMetric } from ${JSON.stringify(core)};\nexport default ${call};\n`;
    expect(await withConfig(source)).toContain(`trainscope.config.ts: ${message}`);
  });

  it("an exporter with the name of a built-in one", async () => {
    const exporter = "{ name: 'curves', connect: (events) => events }";
    expect(await withConfig(`export default { exporters: [${exporter}] };`)).toContain(
      'exporter "curves": two of the same name',
    );
  });

  it("a configuration or plugin that is not there", async () => {
    expect(await refused(["train", "--config", "no.ts"], temporaryFolder())).toContain("no.ts does not exist");
    expect(await refused(["train", "--plugin", "no.ts"], temporaryFolder())).toContain("no.ts does not exist");
  });
});
