// `trainscope report`: conducts the study and writes the report on it.
import type { StudyPart } from "@trainscope/study";
import { REPORTERS } from "@trainscope/tui/choose-reporter";
import { type Command, Option } from "commander";
import type { ExitStatus } from "../exit-status.ts";
import { addDataFlag, addLabelsFlag } from "../flags/data-flags.ts";
import { addEngineFlags } from "../flags/train-flags.ts";
import { filled, nonNegativeInteger, seedCount, words } from "../input/parsers.ts";
import type { ReportFlags } from "../report/run-report.ts";

const PARTS: readonly StudyPart[] = ["basic", "full"];

export function addReportCommand(program: Command, end: (status: ExitStatus) => void): void {
  const command = program
    .command("report")
    .description("Conduct the whole study and write a report on it. Goes on where it stopped.");
  addLabelsFlag(addDataFlag(command))
    .addOption(
      new Option("--part <which>", "basic: gradient check and four settings; full: improvements, too")
        .choices(PARTS)
        .default("full"),
    )
    .option("--quick", "fewer epochs: to see in seconds what the report looks like")
    .option("--seeds <count>", "train the four settings with so many seeds, 1 to 100", seedCount, 1)
    .option("--seed <number>", "the first seed", nonNegativeInteger, 0)
    .option("--out <folder>", "where the report is written", filled, "report")
    .option("--title <text>", "of the report", words)
    .option("--no-pdf", "don't print report.pdf");
  addEngineFlags(command)
    .addOption(
      new Option("--reporter <kind>", "default: dashboard on a terminal, else lines").choices(REPORTERS),
    )
    .action(async (flags: ReportFlags) => {
      const { runReport } = await import("../report/run-report.ts");
      end(await runReport(flags));
    });
}
