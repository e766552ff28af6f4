// Conducts the study and writes the report on it.
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
import { chooseReporter, type Reporter } from "@trainscope/tui/choose-reporter";
import { print, tell } from "@trainscope/tui/output";
import { ExitStatus } from "../exit-status.ts";
import { type DataFlags, partOf } from "../flags/data-flags.ts";
import { gradientCheckOnThreads } from "../gradient-check/on-threads.ts";
import { chooseEngines } from "../input/engine.ts";
import { MOST_SEEDS } from "../input/parsers.ts";
import { chooseStudyData } from "../input/study-data.ts";
import { runShown } from "../output/run-shown.ts";
import { loadStudyReporter } from "../study-view/report.ts";
import { PROGRAM, VERSION } from "../version.ts";
import { commandLine } from "./command-line.ts";
import { describeReport, type ReportSummary } from "./describe-report.ts";
import { createFingerprints } from "./fingerprint.ts";
import { createReportFolder } from "./report-folder.ts";
import { createTrialStore } from "./trial-store.ts";
import { reportStages, writeReport } from "./write-report.ts";

export interface ReportFlags extends Pick<DataFlags, "data" | "labels"> {
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

export async function runReport(flags: ReportFlags): Promise<ExitStatus> {
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
