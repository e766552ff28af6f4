// Makes the pictures of docs/watch.md: for each tool a made-up log in its format, watched in a real terminal (tmux).
// Usage: npm run watch-pictures
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { screenSvg } from "@trainscope/tui/screen-picture";
import { madeUpLogs } from "./made-up-logs.ts";
import { rowsOf } from "./screen-rows.ts";

const COLUMNS = 88;
const ROWS = 20;
const SOCKET = "trainscope-watch-pictures";
const LONGEST_MS = 20_000;

const root = join(import.meta.dirname, "../..");
const pictures = join(root, "docs/watch");

function tmux(...words: readonly string[]): string {
  return execFileSync("tmux", ["-L", SOCKET, ...words], { encoding: "utf8" });
}

/** The screen as soon as it shows curves, and then no more of the start. */
async function screenOf(folder: string, source: string): Promise<string> {
  const command = `'${process.execPath}' '${join(root, "packages/cli/bin/trainscope.js")}' watch ${source}`;
  const environment = { ...process.env, LC_ALL: "C.UTF-8", TERM: "xterm-256color", COLORTERM: "truecolor" };
  const size = ["-x", `${COLUMNS}`, "-y", `${ROWS}`];
  execFileSync("tmux", ["-L", SOCKET, "-f", "/dev/null", "new-session", "-d", ...size, command], {
    cwd: folder,
    env: environment,
  });
  try {
    const until = Date.now() + LONGEST_MS;
    while (!/[\u2801-\u28ff]/.test(tmux("capture-pane", "-p"))) {
      if (Date.now() > until) throw new Error(`no curves of ${source}: ${tmux("capture-pane", "-p")}`);
      await sleep(50);
    }
    await sleep(2500);
    return tmux("capture-pane", "-p", "-e");
  } finally {
    tmux("kill-server");
  }
}

mkdirSync(pictures, { recursive: true });
for (const { name, files, source, title } of madeUpLogs()) {
  const folder = mkdtempSync(join(tmpdir(), "trainscope-watch-"));
  try {
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content);
    }
    const rows = rowsOf(await screenOf(folder, source));
    const svg = screenSvg(rows, { columns: COLUMNS, rows: ROWS, title: `trainscope watch: ${title}` });
    writeFileSync(join(pictures, `${name}.svg`), svg);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
