// Makes docs/dashboard.png: a real run in a real terminal (tmux), drawn cell by cell.
// Usage: npm run picture [DATA]     DATA as for --data; the built-in sample where left out
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { drawScreen } from "./draw-screen.ts";

const COLUMNS = 104;
const ROWS = 30;
const EPOCHS = 100;
const TAKEN_AT = 64;
const SOCKET = "trainscope-picture";

const root = join(import.meta.dirname, "../..");
const data = process.argv[2] ?? "sample";
const folder = mkdtempSync(join(tmpdir(), "trainscope-picture-"));

function tmux(...words: readonly string[]): string {
  return execFileSync("tmux", ["-L", SOCKET, ...words], { encoding: "utf8" });
}

try {
  const command = join(root, "packages/tui/bin/trainscope.js");
  const train = [process.execPath, command, "train", "--data", data, "--epochs", `${EPOCHS}`, "--lambda", "0"];
  const config = join(root, "examples/custom-metric/trainscope.config.ts");
  const words = [...train, "--config", config, "--reporter", "dashboard"];
  execFileSync(
    "tmux",
    [
      "-L",
      SOCKET,
      "-f",
      "/dev/null",
      "new-session",
      "-d",
      "-x",
      `${COLUMNS}`,
      "-y",
      `${ROWS}`,
      words.join(" "),
    ],
    { cwd: folder, env: { ...process.env, LC_ALL: "C.UTF-8", TERM: "xterm-256color" } },
  );
  // Several epochs may go by from one look at the screen to the next.
  const epochOnScreen = (): number => Number(/epoch +(\d+)\//.exec(tmux("capture-pane", "-p"))?.[1] ?? 0);
  while (epochOnScreen() < TAKEN_AT) await sleep(20);
  writeFileSync(join(root, "docs/dashboard.png"), drawScreen(tmux("capture-pane", "-p", "-e"), COLUMNS, ROWS));
} finally {
  tmux("kill-server");
  rmSync(folder, { recursive: true, force: true });
}
