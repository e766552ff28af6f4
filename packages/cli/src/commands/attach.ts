// `trainscope attach`: shows a run that another process trains, and lets go of it again without touching it.
import { RUN_NAMES } from "@trainscope/runs/choices";
import { chooseReporter, REPORTERS } from "@trainscope/tui/choose-reporter";
import { type Command, Option } from "commander";
import type { AttachFlags } from "../attach/attach-run.ts";
import type { ExitStatus } from "../exit-status.ts";
import { addModuleFlags } from "../flags/train-flags.ts";
import { filled } from "../input/parsers.ts";
import { addNotifyFlag } from "../notify/notify-flag.ts";
import { refuseForSweep } from "./sweep/refuse-flags.ts";

export function addAttachCommand(program: Command, end: (status: ExitStatus) => void): void {
  addNotifyFlag(addModuleFlags(program.command("attach")))
    .description("Follow a run that another process trains, in another terminal or over a shared folder.")
    .argument("<run>", RUN_NAMES)
    .option("--control", "pause, change or stop the run from here, too")
    .addOption(
      new Option("--reporter <kind>", "default: dashboard on a terminal, else lines").choices(REPORTERS),
    )
    .option("--out <folder>", "where runs are written", filled, "runs")
    .action(async (run: string, _: AttachFlags, self: Command) =>
      end(await attachNamed(run, self.optsWithGlobals())),
    );
}

async function attachNamed(named: string, flags: AttachFlags): Promise<ExitStatus> {
  const reporter = chooseReporter(flags.reporter);
  const { sweptRuns } = await import("../input/swept-runs.ts");
  if ((await sweptRuns(named)) === undefined) {
    const { attachRun } = await import("../attach/attach-run.ts");
    return await attachRun(named, reporter, flags);
  }
  refuseForSweep(named, { "--control": flags.control, "--notify": flags.notify[0] });
  return await (await import("./sweep/watch-sweep.ts")).attachSweep(named, reporter);
}
