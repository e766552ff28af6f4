// `trainscope train`: puts data, settings, plugins and a reporter together and sees the run through.
import {
  type AnyMetric,
  type Control,
  checkTrainOptions,
  collectPlugins,
  createRunId,
  type Dataset,
  inputCount,
  type RunEndEvent,
  resolveSettings,
  type TrainOptions,
  train,
} from "@trainscope/core";
import type { Command } from "commander";
import { Subject, takeUntil, tap } from "rxjs";
import { ExitStatus } from "../exit-status.ts";
import { checkControls, loadControls } from "../input/controls-file.ts";
import { chooseDataset } from "../input/dataset.ts";
import { chooseEngine } from "../input/engine.ts";
import { loadConfig, loadPlugin } from "../input/modules.ts";
import { watchEngine } from "../input/watched-engine.ts";
import { watchInterrupts } from "../interrupts.ts";
import { describeLostOutput, onLostOutput } from "../output.ts";
import { chooseReporter } from "../reporters/choose.ts";
import { loadReporter } from "../reporters/report.ts";
import { createSummary } from "../reporters/summary.ts";
import { createRunLog, type RunLog } from "../run-files/run-log.ts";
import { createRunRecord, type RunBeginning } from "../run-files/run-record.ts";
import { createRunFolder, type RunFolder } from "../run-folder.ts";
import { watchStrayErrors } from "../stray-errors.ts";
import type { Formats } from "../text/format-metric.ts";
import { addTrainFlags, settingsOf, type TrainFlags } from "./train-flags.ts";

export function addTrainCommand(program: Command, end: (status: ExitStatus) => void): void {
  const command = program.command("train").description("Train a linear classifier and watch it.");
  addTrainFlags(command).action(async (flags: TrainFlags) => end(await runTrain(flags)));
}

/** Everything that can be wrong with the input is found here, before anything is made. */
async function prepare(flags: TrainFlags) {
  const reporter = chooseReporter(flags.reporter);
  const engine = chooseEngine(flags);
  const config = await loadConfig(flags.config);
  const fromFlags = await Promise.all(flags.plugin.map(loadPlugin));
  const { defaultExporters } = await import("@trainscope/viz");
  const { metrics, exporters } = collectPlugins({
    exporters: defaultExporters(),
    plugins: [
      { name: "config", metrics: config.metrics ?? [], exporters: config.exporters ?? [] },
      ...(config.plugins ?? []),
      ...fromFlags,
    ],
  });
  const settings = resolveSettings({ ...config.settings, ...settingsOf(flags) });
  const trainOn = flags.trainOn ?? config.trainOn ?? "batch1";
  const { dataset, notice } = await chooseDataset(flags.data ?? config.data, trainOn);
  const examine = reporter === "dashboard";
  const plain = { dataset, settings, metrics, exporters, examine };
  checkTrainOptions(plain);
  const options = { ...plain, script: await chooseScript(flags.controls, plain) };
  const report = await loadReporter(reporter);
  return { reporter, report, engine, notice, options };
}

/** The controls to repeat, as a run of these options can; none where no file is named. */
async function chooseScript(path: string | undefined, options: TrainOptions) {
  if (path === undefined) return [];
  const script = await loadControls(path);
  checkControls(path, () => checkTrainOptions({ ...options, script }));
  return script;
}

async function runTrain(flags: TrainFlags): Promise<ExitStatus> {
  const strayErrors = watchStrayErrors();
  const { reporter, report, engine, notice, options } = await prepare(flags);
  const { dataset, metrics } = options;
  const runId = createRunId();
  const folder = await createRunFolder(flags.out, runId);
  const log = await startLog(folder, { ...options, runId, engine: flags.engine, threads: flags.threads });
  if (notice !== undefined) process.stderr.write(`trainscope: ${notice}\n`);

  const control = new Subject<Control>();
  const quit = new Subject<void>();
  const interrupts = watchInterrupts({
    onFirst: () => control.next({ action: "stop" }),
    onSecond: () => quit.next(),
  });
  let lostOutput: NodeJS.ErrnoException | undefined;
  onLostOutput((error) => {
    lostOutput ??= error;
    quit.next();
  });
  const summary = createSummary();
  const { write, saveCheckpoint } = folder;
  const { create, parameters } = watchEngine(engine);
  const events = train({ ...options, engine: create, control, runId, write, saveCheckpoint }).pipe(
    takeUntil(quit),
    tap((event) => {
      summary.add(event);
      log.add(event);
    }),
  );
  const formats = formatsOf(metrics);
  let isFolderLeft = false;
  let lacking: string | undefined;
  try {
    await report(events, {
      formats,
      onControl: (asked) => control.next(asked),
      onInterrupt: interrupts.note,
      onQuit: () => quit.next(),
      folder: folder.path,
      imageOf: (index) => validationImage(dataset, index),
      parameters,
      savePicture: write,
    });
  } finally {
    interrupts.close();
    lacking = await log.close();
    isFolderLeft = await folder.close();
  }

  for (const line of strayErrors()) process.stderr.write(`trainscope: ${line}\n`);
  if (lacking !== undefined) {
    process.stderr.write(`trainscope: ${log.path} lacks the end of the run: ${lacking}\n`);
  }
  if (lostOutput !== undefined) return describeLostOutput(lostOutput);
  if (summary.end === undefined) {
    const kept = isFolderLeft ? `what was written is in ${folder.path}` : "nothing was written";
    process.stderr.write(`trainscope: left at once; ${kept}.\n`);
    return ExitStatus.interrupted;
  }
  if (reporter !== "json") process.stdout.write(summary.text(formats, log.path));
  return statusOf(summary.end, interrupts.count > 0);
}

/** Writes how the run begins. Its folder is removed where that can't be written. */
async function startLog(folder: RunFolder, beginning: RunBeginning): Promise<RunLog> {
  try {
    return await createRunLog(folder.path, createRunRecord(beginning), tellTrouble);
  } catch (error) {
    await folder.close();
    throw error;
  }
}

/** The dashboard, where it has the screen, shows in its log what the console is given. */
function tellTrouble(reason: string): void {
  console.warn(`trainscope: the log of this run can't be written (${reason}); each epoch tries again`);
}

function statusOf({ reason }: RunEndEvent, wasInterrupted: boolean): ExitStatus {
  if (reason === "diverged" || reason === "failed") return ExitStatus.failed;
  return reason === "stopped" && wasInterrupted ? ExitStatus.interrupted : ExitStatus.done;
}

/** Its bytes, as the dataset has them. */
function validationImage({ shape, validation }: Dataset, index: number): Uint8Array {
  const inputs = inputCount(shape);
  return validation.images.subarray(index * inputs, (index + 1) * inputs);
}

function formatsOf(metrics: readonly AnyMetric[]): Formats {
  return new Map(
    metrics.flatMap(({ name, format }) => (format === undefined ? [] : [[name, format] as const])),
  );
}
