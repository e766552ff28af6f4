// The subcommands: what each is for, and where it is. Only the one that is asked for is loaded, since most of a start's
// time goes into loading.
import type { Command } from "commander";

/** A program that was run ends with a status of its own. */
type End = (status: number) => void;
type Add = (program: Command, end: End) => void;

interface Entry {
  readonly name: string;
  /** Its line in the list of commands. */
  readonly summary: string;
  readonly load: () => Promise<Add>;
}

/** In the order in which the help lists them. */
const COMMANDS: readonly Entry[] = [
  {
    name: "train",
    summary: "train a linear classifier and watch it",
    load: async () => (await import("./train.ts")).addTrainCommand,
  },
  {
    name: "fork",
    summary: "start a new run from where another stood, with other settings",
    load: async () => (await import("./fork.ts")).addForkCommand,
  },
  {
    name: "attach",
    summary: "watch a run that another process trains, and steer it",
    load: async () => (await import("./attach.ts")).addAttachCommand,
  },
  {
    name: "replay",
    summary: "play what a run has logged as if it were going on",
    load: async () => (await import("./replay.ts")).addReplayCommand,
  },
  {
    name: "runs",
    summary: "list the runs on disk; tag, rename or remove them",
    load: async () => (await import("./runs.ts")).addRunsCommand,
  },
  {
    name: "export",
    summary: "write the figures of runs, or of any log, as a table or as TensorBoard's files",
    load: async () => (await import("./export.ts")).addExportCommand,
  },
  {
    name: "watch",
    summary: "watch the training of any other program",
    load: async () => (await import("./watch.ts")).addWatchCommand,
  },
  {
    name: "compare",
    summary: "put several runs side by side",
    load: async () => (await import("./compare.ts")).addCompareCommand,
  },
  {
    name: "sweep",
    summary: "search settings: grid, random, halving or tpe",
    load: async () => (await import("./sweep/sweep.ts")).addSweepCommand,
  },
  {
    name: "worker",
    summary: "train what sweeps on other machines have queued",
    load: async () => (await import("./worker.ts")).addWorkerCommand,
  },
  {
    name: "report",
    summary: "conduct the whole study and write it up",
    load: async () => (await import("./report.ts")).addReportCommand,
  },
  {
    name: "gradcheck",
    summary: "compare analytic gradients with numeric ones",
    load: async () => (await import("./gradcheck.ts")).addGradcheckCommand,
  },
  {
    name: "metrics",
    summary: "list the metrics that there are, with a sentence on each",
    load: async () => (await import("./metrics.ts")).addMetricsCommand,
  },
  {
    name: "data",
    summary: "look at the data, or fetch CIFAR-10",
    load: async () => (await import("./data.ts")).addDataCommand,
  },
  {
    name: "reset-terminal",
    summary: "put a terminal right that a killed dashboard has left",
    load: async () => (await import("./reset-terminal.ts")).addResetTerminalCommand,
  },
];

/** What completes needs to know all commands. */
const COMPLETING = ["completion", "complete"];

/** Adds all commands to the program, those that `args` doesn't ask for with their summaries alone. */
export async function addCommands(program: Command, args: readonly string[], end: End): Promise<void> {
  const words = args.filter((word) => !word.startsWith("-"));
  const asked = words[0] === "help" ? words[1] : words[0];
  const isCompleting = COMPLETING.includes(asked ?? "");
  for (const { name, summary, load } of COMMANDS) {
    if (name === asked || isCompleting) (await load())(program, end);
    else program.command(name);
    program.commands.at(-1)?.summary(summary);
  }
  if (isCompleting) await (await import("./completion.ts")).addCompletion(program, args);
  else program.command("completion").summary("print what completes commands, runs and metrics in your shell");
}
