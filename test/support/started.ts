// The command as a process that goes on while the test does something: a worker, or a sweep.
import { type ChildProcess, spawn } from "node:child_process";
import { onTestFinished } from "vitest";
import { cleanEnvironment, command, root } from "./command.ts";

export interface Started {
  readonly child: ChildProcess;
  readonly stdout: () => string;
  readonly stderr: () => string;
  /** Its exit status, or the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals | null>;
  /** Waits until stdout has the words so often; rejects with all that was said where it ends before. */
  told(words: string, times?: number): Promise<void>;
  /** The same of stderr. */
  warned(words: string): Promise<void>;
}

export interface StartOptions {
  readonly cwd?: string;
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

/** Killed after the test, if it is still there. */
export function start(args: readonly string[], options: StartOptions = {}): Started {
  const child = spawn(process.execPath, [command, ...args], {
    cwd: options.cwd ?? root,
    env: { ...cleanEnvironment(), ...options.environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let [stdout, stderr] = ["", ""];
  const waiting = new Set<() => void>();
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
    for (const look of waiting) look();
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
    for (const look of waiting) look();
  });
  const ended = new Promise<number | NodeJS.Signals | null>((resolve) => {
    child.on("close", (status, signal) => resolve(status ?? signal));
  });
  onTestFinished(async () => {
    child.kill("SIGKILL");
    await ended;
  });
  const until = (isTold: () => boolean): Promise<void> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        if (isTold()) resolve();
      };
      waiting.add(look);
      look();
      ended.then((end) => reject(new Error(`ended with ${end} before it told:\n${stdout}\n${stderr}`)));
    });
  return {
    child,
    ended,
    stdout: () => stdout,
    stderr: () => stderr,
    told: (words, times = 1) => until(() => stdout.split(words).length > times),
    warned: (words) => until(() => stderr.includes(words)),
  };
}
