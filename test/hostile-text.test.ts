// Whatever a run folder, a log, a socket, a plugin or the command line holds: a terminal does nothing of it.
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { visible } from "@trainscope/core/text";
import { afterAll, beforeAll, expect, it, onTestFinished } from "vitest";
import { type Finished, temporaryFolder, trainscope } from "./support/command.ts";
import { smallData } from "./support/small-data.ts";

/** The clipboard, a title, an erased screen, colours in 7 and 8 bits, marks of direction, and lines of its own. */
const HOSTILE =
  "hostile\u001b]52;c;cm0gLXJm\u0007\u001b]0;own\u001b\\\u001b[2J\u001b[31m\u009b31m\u009d0;own\u009c\u202e\u2066\u200b\u0007\b\u2028forged\r\nforged";

/** All but line feeds that ends what a command acts on, hides or reorders. */
const RAW = /[^\P{Cc}\n]|[\p{Zl}\p{Zp}\p{Bidi_Control}\u200b\ufeff]/u;

function expectVisible({ stdout, stderr }: Finished): void {
  for (const text of [stdout, stderr]) {
    expect(text).not.toMatch(RAW);
    // A picture's labels may have lines.
    if (!text.startsWith("<svg")) expect(text).not.toMatch(/^forged/m);
  }
}

it("a terminal does nothing of what an archive's entries are called, which are passed over and told", async () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, "data"));
  writeFileSync(join(folder, "data/train.bin"), Buffer.alloc(2 * 3073, 1));
  writeFileSync(join(folder, `data/${HOSTILE}.pkl`), Uint8Array.of(0x80, 4, 0x4e, 0x2e));
  const archive = join(folder, "data.tar");
  execFileSync("tar", ["-cf", archive, "-C", join(folder, "data"), "."]);
  const told = await trainscope(["data", "info", "--data", archive, "--picture", "sheet.svg"], { cwd: folder });
  expectVisible(told);
  expect([told.status, told.stderr]).toEqual([
    0,
    expect.stringMatching(/^trainscope: Passed over, as they hold no data: hostile.*forged.*\.pkl\.\n$/),
  ]);
});

const TRAIN = ["train", "--data", smallData, "--no-pictures", "--epochs", "1", "--reporter", "lines"];

const PLUGIN = `
import { Observable } from ${JSON.stringify(createRequire(import.meta.url).resolve("rxjs"))};
const hostile = ${JSON.stringify(HOSTILE)};
const line = hostile.replaceAll(/[\\r\\n]/g, "");
console.log(line);
process.stderr.write(Buffer.from(line));
process.emitWarning(hostile);
const metric = {
  name: "shown", direction: "max", unit: hostile, splits: ["validation"],
  init: () => 0, update: () => 0, result: () => 1, format: () => hostile,
};
const failing = { ...metric, name: "failing", result() { throw new Error(hostile); } };
const odd = {
  name: "odd",
  connect: (events, run) => new Observable((told) => events.subscribe(async ({ type }) => {
    if (type !== "run:end") return;
    told.next({ kind: hostile, title: hostile, path: await run.write("odd.txt", hostile) });
    told.complete();
  })),
};
export default { metrics: [metric, failing], exporters: [odd] };
`;

/** A folder with a run of ours, one of a stranger in each of its texts, and logs of another program. */
let cwd = "";
const STRANGER = `runs/stranger-${HOSTILE}`;
beforeAll(async () => {
  cwd = mkdtempSync(join(tmpdir(), "trainscope-test-"));
  writeFileSync(join(cwd, "plugin.mjs"), PLUGIN);
  expect((await trainscope(TRAIN, { cwd })).status).toBe(0);
  const [own = ""] = readdirSync(join(cwd, "runs"));
  renameSync(join(cwd, "runs", own), join(cwd, "runs", "own"));
  makeStranger();
  writeFileSync(join(cwd, `${HOSTILE}.csv`), `epoch,${JSON.stringify(HOSTILE)},loss\n1,2,3\n2,3,4\n`);
});

afterAll(() => rmSync(cwd, { recursive: true }));

function makeStranger(): void {
  const folder = join(cwd, STRANGER);
  mkdirSync(folder);
  const record = JSON.parse(readFileSync(join(cwd, "runs/own/run.json"), "utf8"));
  const data = { ...record.data, name: HOSTILE, source: HOSTILE };
  const modules = { config: `/${HOSTILE}`, plugins: [`/${HOSTILE}.mjs`], pictures: false };
  writeFileSync(join(folder, "run.json"), JSON.stringify({ ...record, data, modules, arguments: [HOSTILE] }));
  writeFileSync(join(folder, "label.json"), JSON.stringify({ v: 1, name: HOSTILE, tags: [HOSTILE] }));
  const events = readFileSync(join(cwd, "runs/own/events.jsonl"), "utf8").trimEnd().split("\n");
  const lines = events.flatMap((line) => {
    const event = JSON.parse(line);
    if (event.type === "run:start") return [startOf(event), ...asides(event)];
    if (event.type !== "epoch:end") return [line];
    const metrics = { ...event.metrics, [`train/${HOSTILE}`]: 1 };
    return [JSON.stringify({ ...event, metrics }), `{"damaged ${HOSTILE.replaceAll(/[\r\n]/g, "")}`];
  });
  writeFileSync(join(folder, "events.jsonl"), `${lines.join("\n")}\n`);
}

// biome-ignore lint/suspicious/noExplicitAny: a line of the log, whose texts are to be others.
function startOf(event: any): string {
  const metric = { tag: `train/${HOSTILE}`, name: HOSTILE, split: "train", direction: "none", unit: HOSTILE };
  const data = { ...event.data, name: HOSTILE, classes: event.data.classes.map(() => HOSTILE) };
  return JSON.stringify({ ...event, data, metrics: [...event.metrics, { ...metric, display: {} }] });
}

function asides({ v, runId, time }: { v: number; runId: string; time: number }): string[] {
  const header = { v, runId, time, seq: 0 };
  return [
    { type: "alert", level: "warning", code: "engine", message: HOSTILE },
    { type: "plugin:error", plugin: HOSTILE, hook: "result", message: HOSTILE, failures: 3, disabled: true },
    { type: "artifact", plugin: HOSTILE, kind: HOSTILE, title: HOSTILE, path: HOSTILE },
    { type: "checkpoint", epoch: 1, batch: 0, reason: "asked", path: `${HOSTILE}/x`, best: false },
    { type: "alert", level: HOSTILE, code: HOSTILE, message: 1 },
    { type: HOSTILE, v: 99 },
  ].map((event) => JSON.stringify({ ...header, ...event }));
}

const STRANGE_LOG = [
  JSON.stringify({ epoch: 1, [HOSTILE]: 2, loss: 1 }),
  `printed ${HOSTILE.replaceAll(/[\r\n]/g, "")}`,
  JSON.stringify({ epoch: 2, [HOSTILE]: HOSTILE, loss: HOSTILE }),
].join("\n");

const OF_FOLDERS: readonly (readonly string[])[] = [
  ["runs"],
  ["runs", "--json"],
  ...["lines", "sentences", "json"].map((reporter) => ["replay", STRANGER, "--reporter", reporter]),
  ...["lines", "sentences", "json"].map((reporter) => ["attach", STRANGER, "--reporter", reporter]),
  ...[[], ["--json"], ["--csv", "-"], ["--metric", `train/${HOSTILE}`, "--picture", "-"]].map((flags) => [
    "compare",
    STRANGER,
    "runs/own",
    ...flags,
  ]),
  ["compare", STRANGER, "runs/own", "--csv", `${HOSTILE}.out.csv`],
  ["export", STRANGER, "--to", `${HOSTILE}.out.csv`],
  ["export", STRANGER, "--to", `${HOSTILE}.npz`],
  ["export", `${HOSTILE}.csv`, "--to", "out.csv"],
  ["runs", "import", `${HOSTILE}.csv`, "--no-pictures", "--out", "imported"],
  ["fork", STRANGER],
  ["train", "--resume", STRANGER],
  ["train", "--controls", `${STRANGER}/events.jsonl`],
  ["runs", "tag", STRANGER, HOSTILE],
  ["runs", "tag", STRANGER, "plain"],
  ["runs", "rename", STRANGER, HOSTILE],
  ["runs", "remove", STRANGER],
];

/** What a report of the tests can print. */
function titled(rows: readonly (readonly string[])[]): readonly (readonly [string, readonly string[]])[] {
  return rows.map((args) => [visible(args.join(" ")), args]);
}

it.each(titled(OF_FOLDERS))("a stranger's folder: %s", async (_, args) => {
  const finished = await trainscope(args, { cwd });
  expectVisible(finished);
  expect(finished.stdout + finished.stderr).toContain("hostile");
});

it.each(["lines", "sentences", "json"])("another program's output, as %s", async (reporter) => {
  const finished = await trainscope(["watch", "-", "--reporter", reporter], { cwd, input: STRANGE_LOG });
  expect(finished.status).toBe(0);
  expectVisible(finished);
  expect(finished.stdout).toContain("hostile");
});

const OF_THE_COMMAND_LINE: readonly (readonly string[])[] = [
  [HOSTILE],
  [`--${HOSTILE}`],
  ["train", HOSTILE],
  ...["--data", "--loss", "--plugin", "--config", "--controls"].map((flag) => ["train", flag, HOSTILE]),
  ["replay", `no-${HOSTILE}`],
  ["export", "own", "--to", `${HOSTILE}.csv`, "--pattern", HOSTILE],
  ["compare", "own", STRANGER, "--metric", HOSTILE],
  ["runs", "--setting", HOSTILE],
  ["data", "download", "--url", HOSTILE],
];

it.each(titled(OF_THE_COMMAND_LINE))("the command line: %s", async (_, args) => {
  const finished = await trainscope(args, { cwd });
  expect(finished.status).not.toBe(0);
  expectVisible(finished);
});

it.each(["lines", "sentences", "json"])("a plugin of the user's own, as %s", async (reporter) => {
  const args = [...TRAIN.slice(0, -1), reporter, "--config", "plugin.mjs", "--out", "odd"];
  const finished = await trainscope(args, { cwd });
  expect(finished.status).toBe(0);
  expectVisible(finished);
  expect(finished.stdout).toContain("hostile");
  expect(finished.stderr).toMatch(/hostile/);
});

it.runIf(process.platform !== "win32")("what a run says over its socket", async () => {
  const folder = join(temporaryFolder(), "run");
  mkdirSync(folder);
  const log = readFileSync(join(cwd, "runs/own/events.jsonl"), "utf8").split("\n");
  writeFileSync(join(folder, "events.jsonl"), `${log[0]}\n`);
  const event = JSON.parse(log[0] ?? "");
  const said = [
    { hello: 1 },
    { refused: HOSTILE },
    { event: { ...event, seq: 1, type: "alert", level: "warning", code: "engine", message: HOSTILE } },
    { event: { ...event, seq: 2, type: HOSTILE } },
  ];
  const server = createServer((socket) => {
    socket.on("error", () => {});
    socket.end(said.map((line) => `${JSON.stringify(line)}\n`).join(""));
  });
  await new Promise<void>((resolve) => server.listen(join(folder, "control.sock"), resolve));
  onTestFinished(() => void server.close());
  const finished = await trainscope(["attach", folder, "--control", "--reporter", "lines"], { cwd });
  expectVisible(finished);
  expect(finished.stderr).toContain("hostile");
});
