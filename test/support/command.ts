// Runs the real command as a child process, the way a user's shell does.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { RunEndEvent, TrainingEvent } from "@trainscope/core/events";
import { onTestFinished } from "vitest";

export const root = join(import.meta.dirname, "../..");
export const command = join(root, "packages/cli/bin/trainscope.js");

export interface Finished {
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd?: string;
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** What to type in answer to words on stdout, one after the other; to none, at once. Else stdin is empty. */
  readonly dialogue?: readonly (readonly [words: string, answer: string])[];
  /** What stdin has, up to its end. */
  readonly input?: string;
  /** Called with what has come to stdout so far. */
  readonly onOutput?: (stdout: string, kill: (signal: NodeJS.Signals) => void) => void;
}

const CHOOSING = ["CIFAR10_DIR", "XDG_CACHE_HOME", "CI", "NO_COLOR", "FORCE_COLOR", "NODE_ENV"];

/** The environment of the tests, without what would choose data or a reporter for the command. */
export function cleanEnvironment(): Record<string, string | undefined> {
  const inherited = Object.entries(process.env).filter(([name]) => !CHOOSING.includes(name));
  return {
    ...Object.fromEntries(inherited),
    XDG_CACHE_HOME: join(tmpdir(), "trainscope-no-cache"),
    XDG_STATE_HOME: join(tmpdir(), "trainscope-test-state"),
  };
}

export function trainscope(args: readonly string[], options: RunOptions = {}): Promise<Finished> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [command, ...args], {
      cwd: options.cwd ?? root,
      env: { ...cleanEnvironment(), ...options.environment },
      stdio: [(options.dialogue ?? options.input) === undefined ? "ignore" : "pipe", "pipe", "pipe"],
    });
    const dialogue = [...(options.dialogue ?? [])];
    let answered = 0;
    let stdout = "";
    let stderr = "";
    const answer = (): void => {
      for (let next = dialogue[0]; next !== undefined; next = dialogue[0]) {
        const [words, typed] = next;
        const place = stdout.indexOf(words, answered);
        if (place < 0) return;
        answered = place + words.length;
        child.stdin?.write(typed);
        dialogue.shift();
      }
    };
    // Whoever has ended reads no more.
    child.stdin?.on("error", () => {});
    if (options.input !== undefined) child.stdin?.end(options.input);
    answer();
    child.stdout?.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
      answer();
      options.onOutput?.(stdout, (signal) => child.kill(signal));
    });
    child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
    });
    child.on("error", reject);
    child.on("close", (status, signal) => resolve({ status, signal, stdout, stderr }));
  });
}

/** A folder of the test's own, removed after it. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "trainscope-test-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export function eventsOf(stdout: string): TrainingEvent[] {
  return stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as TrainingEvent);
}

export function endOf(stdout: string): RunEndEvent {
  const last = eventsOf(stdout).at(-1);
  if (last?.type !== "run:end") throw new Error(`the last event is ${last?.type}; expected run:end`);
  return last;
}
