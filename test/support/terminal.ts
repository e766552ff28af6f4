// A real terminal for the dashboard: tmux runs the command, types keys and reads the screen.
import { execFileSync, spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { cleanEnvironment, command, temporaryFolder } from "./command.ts";

export const hasTmux = spawnSync("tmux", ["-V"]).status === 0;
if (!hasTmux) process.stderr.write("tmux is missing: the tests of the dashboard in a terminal are skipped.\n");

export interface Terminal {
  readonly folder: string;
  /** The screen as text, one line a row. */
  screen(): string;
  /** The same with the escape sequences of its colours. */
  colouredScreen(): string;
  type(...keys: readonly string[]): void;
  /** A press of the left button, or a turn of the wheel, at a cell; the first is 0, 0. */
  mouse(action: "click" | "wheel-up" | "wheel-down", column: number, row: number): void;
  resize(columns: number, rows: number): void;
  /** Waits until the screen fits, and gives it. */
  until(fits: RegExp | ((screen: string) => boolean)): Promise<string>;
  /** Closes the terminal, as its window is closed. */
  hangUp(): void;
  /** Sends a signal to the command. */
  kill(signal: string): void;
  /** Whether the terminal shows its normal screen, with a cursor. */
  isNormal(): boolean;
  /** What a program may have set of the terminal itself. */
  modes(): TerminalModes;
  /** Of its line, as `stty -a` names them: `icanon` where on, `-icanon` where off. */
  lineModes(): readonly string[];
}

export interface TerminalModes {
  readonly alternateScreen: boolean;
  readonly mouse: boolean;
  readonly cursor: boolean;
  readonly wrapping: boolean;
}

/** As xterm numbers the buttons in its SGR reports. */
const BUTTONS = { click: 0, "wheel-up": 64, "wheel-down": 65 } as const;

const WAIT_MS = 120_000;
let opened = 0;

export interface TerminalOptions {
  readonly columns?: number;
  readonly rows?: number;
  readonly environment?: Readonly<Record<string, string>>;
  /** Put into the folder it starts in, by name. */
  readonly files?: Readonly<Record<string, string>>;
  /** Of those, the one that is piped in; keys then come from the terminal all the same. */
  readonly input?: string;
  /** Of those, one that Node.js runs in the same terminal; what it prints is piped in. */
  readonly program?: string;
  /** What the shell runs when the command has ended; it waits where left out. */
  readonly afterwards?: string;
}

export function openTerminal(
  args: readonly string[],
  {
    columns = 80,
    rows = 24,
    environment = {},
    files = {},
    input,
    program,
    afterwards = "sleep 60",
  }: TerminalOptions = {},
): Terminal {
  const folder = temporaryFolder();
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  const socket = `trainscope-${process.pid}-${++opened}`;
  const tmux = (...words: readonly string[]): string =>
    execFileSync("tmux", ["-L", socket, ...words], { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });

  // A script, so that the shell is there to tell the exit status and to keep the screen.
  const words = [process.execPath, command, ...args].map((word) => `'${word.replaceAll("'", "'\\''")}'`);
  const exports = Object.entries({ LC_ALL: "C.UTF-8", ...environment }).map(
    ([name, value]) => `export ${name}='${value}'`,
  );
  const script = [
    ...exports,
    `${program === undefined ? "" : `'${process.execPath}' ${program} | `}sh -c 'echo $$ > pid; exec "$@"' sh ${words.join(" ")}${input === undefined ? "" : ` < ${input}`}`,
    'echo "exit status $?"',
    afterwards,
  ];
  writeFileSync(join(folder, "run.sh"), `${script.join("\n")}\n`);
  execFileSync(
    "tmux",
    ["-L", socket, "-f", "/dev/null", "new-session", "-d", "-x", `${columns}`, "-y", `${rows}`, "sh run.sh"],
    { cwd: folder, env: { ...cleanEnvironment(), TERM: "xterm-256color" } },
  );
  onTestFinished(() => void spawnSync("tmux", ["-L", socket, "kill-server"]));

  const screen = (): string => tmux("capture-pane", "-p");
  return {
    folder,
    screen,
    colouredScreen: () => tmux("capture-pane", "-p", "-e"),
    type: (...keys) => void tmux("send-keys", ...keys),
    mouse: (action, column, row) => {
      tmux("send-keys", "-l", `\u001b[<${BUTTONS[action]};${column + 1};${row + 1}M`);
    },
    resize: (width, height) => void tmux("resize-window", "-x", `${width}`, "-y", `${height}`),
    async until(fits) {
      const test = typeof fits === "function" ? fits : (text: string) => fits.test(text);
      const deadline = Date.now() + WAIT_MS;
      for (;;) {
        const text = screen();
        if (test(text)) return text;
        if (Date.now() > deadline) throw new Error(`the screen never fitted ${fits}:\n${text}`);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    },
    kill: (signal) => void execFileSync("sh", ["-c", `kill -${signal} $(cat pid)`], { cwd: folder }),
    hangUp: () => void tmux("kill-session"),
    isNormal: () => tmux("display", "-p", "#{alternate_on} #{cursor_flag}").trim() === "0 1",
    modes() {
      const flags = tmux("display", "-p", "#{alternate_on} #{mouse_any_flag} #{cursor_flag} #{wrap_flag}");
      const [alternateScreen, mouse, cursor, wrapping] = flags
        .trim()
        .split(" ")
        .map((flag) => flag === "1");
      return { alternateScreen, mouse, cursor, wrapping } as TerminalModes;
    },
    lineModes() {
      const tty = tmux("display", "-p", "#{pane_tty}").trim();
      return execFileSync("sh", ["-c", `stty -a < ${tty}`], { encoding: "utf8" }).split(/[\s;]+/);
    },
  };
}
