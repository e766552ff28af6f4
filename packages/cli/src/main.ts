// The trainscope command: hands over to one of its subcommands and turns what went wrong into one clear message.
import { type ErrorCode, messageOf, stackOf, TrainscopeError } from "@trainscope/core/errors";
import { guardStreams, tell } from "@trainscope/tui/output";
import { Command, CommanderError } from "commander";
import { addCommands } from "./commands/table.ts";
import { ExitStatus } from "./exit-status.ts";
import { withPlainErrors } from "./output/commander.ts";
import { watchOutput } from "./output/lost-output.ts";
import { VERSION } from "./version.ts";

/** Runs the command with its arguments (without `node` and the script); gives the exit status. */
export async function main(args: readonly string[]): Promise<number> {
  let status: number = ExitStatus.done;
  const program = withPlainErrors(new Command("trainscope"))
    .description("Train a classifier on CIFAR-10 and watch it learn, live, in your terminal.")
    .version(VERSION)
    .option("--verbose", "show where an error came from, a plugin's in a run too")
    .showHelpAfterError("Run it with --help to see every option.")
    .exitOverride();
  const end = (outcome: number): void => {
    status = outcome;
  };
  guardStreams();
  watchOutput();
  try {
    // Subcommands inherit exitOverride and the help hint. Only the one that is asked for is loaded.
    await addCommands(program, args, end);
    await program.parseAsync(args, { from: "user" });
    return status;
  } catch (error) {
    if (error instanceof CommanderError) {
      // Commander has said it already; it ends help and version with 0 and a wrong use with 1.
      return error.exitCode === 0 ? ExitStatus.done : ExitStatus.badInput;
    }
    tell(...describeError(error, args.includes("--verbose")));
    return statusOf(error);
  }
}

/** A network that fails, an archive that came wrong, or an engine or a run that broke off is no fault of the input. */
const FAILURES: readonly ErrorCode[] = [
  "DOWNLOAD_FAILED",
  "CHECKSUM_MISMATCH",
  "ENGINE_FAILED",
  "RUN_FAILED",
  "TRIAL_FAILED",
  "TRIAL_LOST",
  "QUEUE_FAILED",
];

function statusOf(error: unknown): ExitStatus {
  const isInput = error instanceof TrainscopeError && !FAILURES.includes(error.code);
  return isInput ? ExitStatus.badInput : ExitStatus.failed;
}

function describeError(error: unknown, verbose: boolean): [string, ...string[]] {
  const lines: [string, ...string[]] = [messageOf(error)];
  if (error instanceof TrainscopeError && error.hint !== undefined) lines.push(error.hint);
  if (verbose) lines.push(...(stackOf(error) ?? "").split("\n"));
  else if (!(error instanceof TrainscopeError))
    lines.push("This is a fault of trainscope. --verbose shows where.");
  return lines;
}
