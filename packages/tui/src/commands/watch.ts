// `trainscope watch`: shows the training of any program, by what it prints or the log that it writes.
import { existsSync, openSync } from "node:fs";
import { basename, resolve } from "node:path";
import { PassThrough } from "node:stream";
import { ReadStream } from "node:tty";
import { TrainscopeError } from "@trainscope/core";
import { FORMATS, formatNamed } from "@trainscope/formats";
import { type Command, Option } from "commander";
import { concatWith, NEVER, Subject, takeUntil, tap } from "rxjs";
import { createSourceStore, type Source } from "../dashboard/source.ts";
import { reassertRawMode } from "../dashboard/terminal/raw-mode.ts";
import { ExitStatus } from "../exit-status.ts";
import { addReadingFlags, type ReadingFlags } from "../input/foreign-log.ts";
import { watchInterrupts } from "../interrupts.ts";
import { describeLostOutput, onLostOutput } from "../output/lost-output.ts";
import { print, tell } from "../output/print.ts";
import { isTerminal } from "../output/streams.ts";
import { chooseReporter, defaultReporter, REPORTERS, type Reporter } from "../reporters/choose.ts";
import { loadReporter } from "../reporters/report.ts";
import { watchStrayErrors } from "../stray-errors.ts";
import { watchPath, watchStream } from "../watch/watched-source.ts";

interface WatchFlags extends ReadingFlags {
  readonly reporter?: Reporter;
  readonly formats?: boolean;
}

const STDIN = "-";
const NOTHING_TO_ASK = "another program trains: nothing can be asked of it here";

export function addWatchCommand(program: Command, end: (status: ExitStatus) => void): void {
  addReadingFlags(program.command("watch"))
    .description("Show the training of any program: what it prints, or the log that it writes.")
    .argument("[source]", "a file that grows, a folder of logs, or - for what is piped in")
    .addOption(
      new Option("--reporter <name>", "how it is shown (default: dashboard on a terminal)").choices(REPORTERS),
    )
    .option("--formats", "list what can be read")
    .addHelpText(
      "after",
      `
  python train.py | trainscope watch -
  trainscope watch log.txt
  trainscope watch lightning_logs
What is no figure goes to the log.`,
    )
    .action(async (source: string | undefined, flags: WatchFlags) => {
      if (flags.formats === true) {
        print(...formatList());
        end(ExitStatus.done);
      } else end(await runWatch(named(source), flags));
    });
}

function named(source: string | undefined): string {
  if (source !== undefined && source !== "") return source;
  throw new TrainscopeError("BAD_OPTION", "nothing is named that could be watched", {
    hint: "Name a file, a folder, or - for what is piped in: python train.py | trainscope watch -",
  });
}

function formatList(): readonly string[] {
  const width = Math.max(...FORMATS.map(({ name }) => name.length));
  return FORMATS.map(({ name, title }) => `${name.padEnd(width)}  ${title}`);
}

async function runWatch(file: string, flags: WatchFlags): Promise<ExitStatus> {
  if (file === STDIN && process.stdin.isTTY) {
    throw new TrainscopeError("BAD_OPTION", "nothing is piped in", {
      hint: "Use it as in: python train.py | trainscope watch -",
    });
  }
  const { format, pattern } = flags;
  if (format !== undefined) formatNamed(format);
  const reporter = chooseWatchReporter(flags.reporter);
  const quit = new Subject<void>();
  const strayErrors = watchStrayErrors(() => quit.next());
  const interrupts = watchInterrupts({
    onFirst: () => quit.next(),
    onSecond: () => quit.next(),
  });
  let lostOutput: NodeJS.ErrnoException | undefined;
  onLostOutput((error) => {
    lostOutput ??= error;
    quit.next();
  });
  const keys = file === STDIN && needsKeys(reporter) ? openTerminal() : undefined;
  const watched = { kind: "watched", name: file === STDIN ? "stdin" : basename(resolve(file)) } as const;
  const source = createSourceStore<Source>(watched);
  const options = { format, pattern };
  const lines = (file === STDIN ? watchStream(process.stdin, options) : watchPath(file, options)).pipe(
    tap({
      complete() {
        source.set({ ...watched, hasEnded: true });
        // The programs before the pipe have ended, or will in a moment.
        if (keys === undefined) return;
        for (const delay of [0, ENDING_MS]) setTimeout(() => reassertRawMode(keys), delay).unref();
      },
    }),
  );
  // What was shown last can be looked at as long as there is a key to leave with.
  const mayStay = reporter === "dashboard" && (file !== STDIN || keys !== undefined);
  const shown = (mayStay ? lines.pipe(concatWith(NEVER)) : lines).pipe(takeUntil(quit));
  try {
    const report = await loadReporter(reporter);
    await report(shown, {
      formats: new Map(),
      source,
      // Of these reporters only the dashboard knows by itself that nothing can be asked.
      onControl: () => void (reporter !== "dashboard" && print(`${NOTHING_TO_ASK}.`)),
      onQuit: () => quit.next(),
      stdin: file === STDIN ? (keys ?? noKeys()) : process.stdin,
    });
  } finally {
    interrupts.close();
    keys?.destroy();
  }
  for (const line of strayErrors.lines()) tell(line);
  const fault = strayErrors.fault();
  if (fault !== undefined) {
    tell(`ended by ${fault}.`);
    return ExitStatus.failed;
  }
  if (lostOutput !== undefined) return describeLostOutput(lostOutput);
  return interrupts.count > 0 ? ExitStatus.interrupted : ExitStatus.done;
}

/** The dashboard where there is a terminal to show it: what is piped in comes by another way than the keys. */
function chooseWatchReporter(asked: Reporter | undefined): Reporter {
  if (asked !== undefined) return chooseReporter(asked);
  return defaultReporter({
    inputIsTerminal: true,
    outputIsTerminal: isTerminal("stdout"),
    environment: process.env,
  });
}

function needsKeys(reporter: Reporter): boolean {
  return reporter === "dashboard" || reporter === "sentences";
}

/** Milliseconds from what a program prints last to its end, as a rule. */
const ENDING_MS = 500;

const TERMINAL = "/dev/tty";

/** The terminal's keys, where stdin is a pipe; `undefined` where the process has none. */
function openTerminal(): ReadStream | undefined {
  if (!existsSync(TERMINAL)) return undefined;
  try {
    return new ReadStream(openSync(TERMINAL, "r"));
  } catch {
    return undefined;
  }
}

/** Never says anything. */
function noKeys(): NodeJS.ReadStream {
  return new PassThrough() as unknown as NodeJS.ReadStream;
}
