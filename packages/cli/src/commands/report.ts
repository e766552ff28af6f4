// `trainscope report`: conducts the study and writes the report on it.

import { availableParallelism, cpus } from "node:os";
import { TrainscopeError } from "@trainscope/core/errors";
import type { EngineName } from "@trainscope/runs/choices";
import {
  createStudyAnnouncer,
  type EmitStudyEvent,
  plannedStages,
  runStudy,
  type StudyEvent,
  type StudyPart,
  withShares,
} from "@trainscope/study";
import { chooseReporter, REPORTERS, type Reporter } from "@trainscope/tui/choose-reporter";
import { print, tell } from "@trainscope/tui/output";
import { type Command, Option } from "commander";
import { ExitStatus } from "../exit-status.ts";
import { addDataFlag, addLabelsFlag, type DataFlags, partOf } from "../flags/data-flags.ts";
import { addEngineFlags } from "../flags/train-flags.ts";
import { gradientCheckOnThreads } from "../gradient-check/on-threads.ts";
import { chooseEngines } from "../input/engine.ts";
import { filled, MOST_SEEDS, nonNegativeInteger, seedCount, words } from "../input/parsers.ts";
import { chooseStudyData } from "../input/study-data.ts";
import { commandLine } from "../report/command-line.ts";
import { describeReport, type ReportSummary } from "../report/describe-report.ts";
import { createFingerprints } from "../report/fingerprint.ts";
import { createReportFolder } from "../report/report-folder.ts";
import { createTrialStore } from "../report/trial-store.ts";
import { reportStages, writeReport } from "../report/write-report.ts";
import { loadStudyReporter } from "../study-view/report.ts";
import { PROGRAM, VERSION } from "../version.ts";
import { runShown } from "./run-shown.ts";

interface ReportFlags extends Pick<DataFlags, "data" | "labels"> {
  readonly part: StudyPart;
  readonly quick?: boolean;
  readonly seeds: number;
  readonly seed: number;
  readonly out: string;
  readonly title?: string;
  readonly pdf: boolean;
  readonly engine?: EngineName;
  readonly threads?: number;
  readonly reporter?: Reporter;
}

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
    .action(async (flags: ReportFlags) => end(await runReport(flags)));
}

/** Everything that can be wrong with the input is found here, before anything is made. */
async function prepare(flags: ReportFlags) {
  const reporter = chooseReporter(flags.reporter);
  const engines = chooseEngines(flags);
  const { data, notice } = await chooseStudyData(flags.data, flags.part, partOf(flags));
  const show = await loadStudyReporter(reporter);
  const seeds = seedsFrom(flags.seed, flags.seeds);
  return { reporter, engines, data, notice, show, seeds };
}

/** The first seed and those after it. Throws `BAD_OPTION` where one of them would be too large to be exact. */
function seedsFrom(first: number, count: number): readonly number[] {
  const greatest = Number.MAX_SAFE_INTEGER - MOST_SEEDS;
  if (first <= greatest) return Array.from({ length: count }, (_, turn) => first + turn);
  throw new TrainscopeError(
    "BAD_OPTION",
    `--seed is ${first}; expected a whole number of at most ${greatest}`,
    {
      hint: "The study trains with the seeds after it, too.",
    },
  );
}

async function runReport(flags: ReportFlags): Promise<ExitStatus> {
  const { reporter, engines, data, notice, show, seeds } = await prepare(flags);
  const folder = await createReportFolder(flags.out);
  const { pngNotice } = await import("../output/png-notice.ts");
  for (const line of [notice, engines.notice, pngNotice()]) if (line !== undefined) tell(line);

  async function work(emit: EmitStudyEvent, signal: AbortSignal): Promise<ReportSummary> {
    const scope = { data, seeds, quick: flags.quick === true };
    const startedAt = performance.now();
    const processor = cpus()[0]?.model ?? "unknown processor";
    emit({
      type: "study:start",
      dataName: data.assignment.name,
      part: flags.part,
      quick: scope.quick,
      seeds,
      jobs: engines.threads,
      stages: withShares([...plannedStages(scope), ...reportStages(flags)]),
    });
    const results = await runStudy({
      ...scope,
      engine: engines.create,
      version: PROGRAM,
      threads: engines.threads,
      jobs: engines.threads,
      store: createTrialStore(folder.trials),
      checkGradients: gradientCheckOnThreads(engines.threads),
      fingerprintOf: createFingerprints(),
      emit,
      signal,
    });
    const written = await writeReport(results, folder, {
      title: flags.title,
      command: commandLine(process.argv.slice(2)),
      versions: { trainscope: VERSION, "Node.js": process.versions.node },
      processor: `${processor}, ${availableParallelism()} cores`,
      pdf: flags.pdf,
      emit,
      signal,
    });
    emit({ type: "study:end", reason: "completed" });
    return { results, written, milliseconds: performance.now() - startedAt };
  }

  const outcome = await runShown<StudyEvent, EmitStudyEvent, ReportSummary>({
    show,
    work,
    announce: createStudyAnnouncer,
    emitEnd: (emit, reason) => emit({ type: "study:end", reason }),
    stopped: `stopped. What was trained is kept in ${folder.trials}; the same command goes on from there.`,
  });
  if ("status" in outcome) return outcome.status;
  const { result } = outcome;
  if (reporter !== "json") print(...describeReport(result));
  return result.results.gradientCheck.passed ? ExitStatus.done : ExitStatus.failed;
}
