// Makes docs/dashboard.svg: a real run in a real terminal (tmux), watched for a while with keys typed at it.
// Usage: npm run picture -- [DATA]     DATA as for --data; the built-in sample where left out
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { animatedScreenSvg, type TimedFrame } from "@trainscope/tui/screen-picture";
import { rowsOf } from "./screen-rows.ts";

const COLUMNS = 104;
const ROWS = 30;
const SOCKET = "trainscope-picture";

/** Keys that are typed, and then how many pictures are taken, so many milliseconds apart. */
interface Scene {
  readonly keys: readonly string[];
  readonly pictures: number;
  readonly every: number;
}

const SCENES: readonly Scene[] = [
  { keys: [], pictures: 14, every: 350 },
  { keys: ["3"], pictures: 3, every: 1200 },
  { keys: ["4"], pictures: 4, every: 800 },
  { keys: ["1"], pictures: 2, every: 500 },
  { keys: ["e"], pictures: 1, every: 900 },
  ...[..."0.0002"].map((key) => ({ keys: [key], pictures: 1, every: 150 })),
  { keys: ["Enter"], pictures: 1, every: 300 },
  { keys: ["Escape"], pictures: 8, every: 500 },
];

const root = join(import.meta.dirname, "../..");
const data = process.argv[2] ?? "sample";
const folder = mkdtempSync(join(tmpdir(), "trainscope-picture-"));

function tmux(...words: readonly string[]): string {
  return execFileSync("tmux", ["-L", SOCKET, ...words], { encoding: "utf8" });
}

function openTerminal(): void {
  const command = join(root, "packages/cli/bin/trainscope.js");
  const config = join(root, "examples/custom-metric/trainscope.config.ts");
  const train = [process.execPath, command, "train", "--data", data, "--epochs", "400", "--lambda", "0.01"];
  const words = [...train, "--config", config, "--reporter", "dashboard"];
  const size = ["-x", `${COLUMNS}`, "-y", `${ROWS}`];
  const environment = { ...process.env, LC_ALL: "C.UTF-8", TERM: "xterm-256color", COLORTERM: "truecolor" };
  execFileSync("tmux", ["-L", SOCKET, "-f", "/dev/null", "new-session", "-d", ...size, words.join(" ")], {
    cwd: folder,
    env: environment,
  });
}

async function watch(): Promise<TimedFrame[]> {
  while (!/epoch +[1-9]\d*\//.test(tmux("capture-pane", "-p"))) await sleep(20);
  const frames: TimedFrame[] = [];
  for (const { keys, pictures, every } of SCENES) {
    if (keys.length > 0) {
      tmux("send-keys", ...keys);
      await sleep(120);
    }
    for (let picture = 0; picture < pictures; picture++) {
      frames.push({ rows: rowsOf(tmux("capture-pane", "-p", "-e")), milliseconds: every });
      await sleep(every);
    }
  }
  return frames;
}

try {
  openTerminal();
  const title =
    "trainscope's dashboard: curves grow, templates form, and the learning rate is changed on the way";
  const svg = animatedScreenSvg(await watch(), { columns: COLUMNS, rows: ROWS, title });
  writeFileSync(join(root, "docs/dashboard.svg"), svg);
} finally {
  tmux("kill-server");
  rmSync(folder, { recursive: true, force: true });
}
