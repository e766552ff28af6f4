// Times a program from start to exit.
import { spawn } from "node:child_process";
import { type Command, environmentOf } from "./protocol/program.ts";

export interface WholeProcess {
  /** Milliseconds from start to exit. */
  readonly ms: number;
  readonly stdout: string;
}

/** Throws `Error` unless it ends with status 0; its `code` is "ENOENT" where there is no such program. */
export function runWhole(program: Command, cwd?: string): Promise<WholeProcess> {
  const { command, args } = program;
  return new Promise((resolve, reject) => {
    const start = performance.now();
    const child = spawn(command, args, {
      env: environmentOf(program),
      stdio: ["ignore", "pipe", "pipe"],
      ...(cwd === undefined ? {} : { cwd }),
    });
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr = (stderr + text).slice(-2000);
    });
    child.on("error", reject);
    child.on("close", (status, signal) => {
      const ms = performance.now() - start;
      if (status === 0) resolve({ ms, stdout });
      else reject(new Error(`${command} ended with ${signal ?? `status ${status}`}: ${lastLine(stderr)}`));
    });
  });
}

function lastLine(text: string): string {
  return text.trim().split("\n").at(-1) || "it says nothing of why";
}
