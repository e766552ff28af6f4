// `trainscope gradcheck`: the analytic gradient against centred differences, as a table or JSON.
import { LOSS_NAMES } from "@trainscope/core/settings";
import { type Command, Option } from "commander";
import type { ExitStatus } from "../exit-status.ts";
import { addDataFlags } from "../flags/data-flags.ts";
import type { GradcheckFlags } from "../gradient-check/check-gradients.ts";
import { anyNumber, nonNegativeInteger } from "../input/parsers.ts";

export function addGradcheckCommand(program: Command, end: (status: ExitStatus) => void): void {
  const command = program
    .command("gradcheck")
    .description("Check the gradient of every parameter numerically; exit status 1 where it is wrong.");
  addDataFlags(command)
    .addOption(new Option("--loss <name>", "the loss to check").choices(LOSS_NAMES).default("softmax"))
    .option("--seed <number>", "of the parameters that are checked", nonNegativeInteger, 42)
    .option("--json", "print one JSON object instead of a table")
    .option("--fault <size>", "add this to every analytic entry, to see the check fail", anyNumber)
    .action(async (flags: GradcheckFlags) => {
      const { runGradcheck } = await import("../gradient-check/check-gradients.ts");
      end(await runGradcheck(flags));
    });
}
