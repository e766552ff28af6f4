// A program that is measured: a process that stays, asked over lines for one measurement after another.
import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { type Measurement, type Missing, parseGreeting, parseMeasurement, type Request } from "./messages.ts";

export interface Command {
  readonly command: string;
  readonly args: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
}

export interface Program {
  readonly versions: Readonly<Record<string, string>>;
  measure(request: Request): Promise<Measurement>;
  /** Resolves when the process has ended. */
  close(): Promise<void>;
}

/** An answer that takes longer will not come. */
const PATIENCE_MS = 300_000;

/** What runs this process runs the others written in TypeScript too: the same Node.js, the same conditions. */
export function nodeCommand(script: string, ...args: readonly string[]): Command {
  return { command: process.execPath, args: [...process.execArgv, script, ...args] };
}

/** That of a program to be measured: OpenBLAS chooses its kernels itself, whatever this shell tells it. */
export function environmentOf({ environment = {} }: Command): NodeJS.ProcessEnv {
  const { OPENBLAS_CORETYPE: _, OPENBLAS_L2_SIZE: __, ...others } = process.env;
  return { ...others, ...environment };
}

/** Starts it and waits until it has prepared. Throws `Error` where it fails, or answers what can't be read. */
export async function startProgram(program: Command): Promise<Program | Missing> {
  const { command, args } = program;
  const child = spawn(command, args, { env: environmentOf(program) });
  const answers = readAnswers(child, command);
  try {
    const greeting = parseGreeting(await answers.next());
    if ("missing" in greeting) return greeting;
    return {
      versions: greeting.versions,
      async measure(request) {
        child.stdin.write(`${request}\n`);
        return parseMeasurement(await answers.next());
      },
      async close() {
        child.stdin.end("quit\n");
        await answers.ended;
      },
    };
  } catch (error) {
    child.kill();
    if (error instanceof Error && "code" in error && error.code === "ENOENT") {
      return { missing: `${command} is not installed` };
    }
    throw error;
  }
}

interface Answers {
  /** The next line. Rejects where the process can't be started, has ended, or lets one wait too long. */
  next(): Promise<string>;
  readonly ended: Promise<void>;
}

function readAnswers(child: ChildProcessWithoutNullStreams, command: string): Answers {
  let complaint = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    complaint = (complaint + text).slice(-2000);
  });
  // A program that has ended is told of by what `next` rejects with.
  child.stdin.on("error", () => {});
  const failed = new Promise<never>((_, reject) => child.on("error", reject));
  failed.catch(() => {});
  const ended = new Promise<void>((resolve) => {
    child.on("close", () => resolve());
    child.on("error", () => resolve());
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();

  async function line(): Promise<string> {
    const { done, value } = await lines.next();
    if (done !== true) return value;
    await ended;
    const last = complaint.trim().split("\n").at(-1);
    throw new Error(`${command} ended with status ${child.exitCode}: ${last || "it says nothing of why"}`);
  }

  return {
    async next() {
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<never>((_, reject) => {
        timer = setTimeout(() => {
          child.kill();
          reject(new Error(`${command} did not answer for ${PATIENCE_MS / 1000} s`));
        }, PATIENCE_MS);
      });
      try {
        return await Promise.race([line(), failed, late]);
      } finally {
        clearTimeout(timer);
      }
    },
    ended,
  };
}
