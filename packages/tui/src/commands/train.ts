// `trainscope train`: puts data, settings, plugins and a reporter together and sees the run through.
import {
  type AnyMetric,
  type Control,
  checkTrainOptions,
  collectPlugins,
  createRunId,
  KEEPS,
  LOSS_NAMES,
  type RunEndEvent,
  resolveSettings,
  type TrainSettings,
  train,
} from "@trainscope/core";
import { type Command, Option } from "commander";
import { Subject, takeUntil, tap } from "rxjs";
import { ExitStatus } from "../exit-status.ts";
import { chooseDataset } from "../input/dataset.ts";
import { chooseEngine, ENGINES, type EngineName } from "../input/engine.ts";
import { loadConfig, loadPlugin } from "../input/modules.ts";
import {
  collect,
  filled,
  initialisation,
  noise,
  nonNegativeInteger,
  nonNegativeNumber,
  positiveInteger,
  positiveNumber,
  probability,
  schedule,
} from "../input/parsers.ts";
import { watchInterrupts } from "../interrupts.ts";
import { describeLostOutput, onLostOutput } from "../output.ts";
import { chooseReporter, REPORTERS, type Reporter } from "../reporters/choose.ts";
import { loadReporter } from "../reporters/report.ts";
import { createSummary } from "../reporters/summary.ts";
import { createRunFolder } from "../run-folder.ts";
import { watchStrayErrors } from "../stray-errors.ts";
import type { Formats } from "../text/format-metric.ts";

interface TrainFlags {
  readonly data?: string;
  readonly trainOn?: "batch1" | "all";
  readonly lambda?: number;
  readonly eta?: number;
  readonly epochs?: number;
  readonly batch?: number;
  readonly seed?: number;
  readonly loss?: TrainSettings["loss"];
  readonly flip?: number;
  readonly schedule?: TrainSettings["schedule"];
  readonly init?: TrainSettings["initialisation"];
  readonly noise?: number;
  readonly patience?: number;
  readonly keep?: TrainSettings["keep"];
  readonly monitor?: string;
  readonly engine: EngineName;
  readonly threads?: number;
  readonly reporter?: Reporter;
  readonly out: string;
  readonly config?: string;
  readonly plugin: readonly string[];
}

export function addTrainCommand(program: Command, end: (status: ExitStatus) => void): void {
  program
    .command("train")
    .description("Train a linear classifier and watch it.")
    .option("--data <where>", "sample, cifar10 or a folder (default: cifar10 if it is there, else the sample)")
    .addOption(
      new Option("--train-on <part>", "training images of CIFAR-10 (default: batch1)").choices([
        "batch1",
        "all",
      ]),
    )
    .option("--lambda <factor>", "factor of the L2 term (default: 0.1)", nonNegativeNumber)
    .option("--eta <rate>", "learning rate (default: 0.001)", positiveNumber)
    .option("--epochs <count>", "passes over the training images (default: 40)", positiveInteger)
    .option("--batch <size>", "images in a batch (default: 100)", positiveInteger)
    .option("--seed <number>", "same seed, same bits (default: 0)", nonNegativeInteger)
    .addOption(new Option("--loss <name>", "what is minimised (default: softmax)").choices(LOSS_NAMES))
    .option("--flip <probability>", "mirror training images this often (default: 0)", probability)
    .option(
      "--schedule <form>",
      "learning rate over time: constant, step:EVERY:FACTOR, exponential:FACTOR, cosine, cyclical:MINIMUM:PERIOD",
      schedule,
    )
    .option(
      "--init <form>",
      "what the first weights are drawn from: normal:DEVIATION or xavier (default: normal:0.01)",
      initialisation,
    )
    .option(
      "--noise <amount>",
      "move each byte of a training image by up to this much, 0 to 127 (default: 0)",
      noise,
    )
    .option(
      "--patience <epochs>",
      "end early once the monitored figure has not been better for so long (default: 0, never)",
      nonNegativeInteger,
    )
    .addOption(
      new Option("--keep <which>", "parameters of which epoch the run ends with (default: last)").choices(
        KEEPS,
      ),
    )
    .option("--monitor <tag>", "figure that --patience and --keep best look at (default: validation/loss)")
    .addOption(
      new Option("--engine <name>", "what computes: float32 on all cores, or float64 on one to compare with")
        .choices(ENGINES)
        .default("wasm"),
    )
    .option("--threads <count>", "cores that the wasm engine computes on (default: all)", positiveInteger)
    .addOption(
      new Option("--reporter <kind>", "default: dashboard on a terminal, else lines").choices(REPORTERS),
    )
    .option("--out <folder>", "where runs are written", filled, "runs")
    .option(
      "--config <path>",
      "configuration (default: trainscope.config.ts, .js or .mjs in the working folder)",
    )
    .option(
      "--plugin <path>",
      "a module that exports a plugin, metric or exporter; may be repeated",
      collect,
      [],
    )
    .action(async (flags: TrainFlags) => end(await runTrain(flags)));
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
    plugins: [{ ...config, name: "config" }, ...(config.plugins ?? []), ...fromFlags],
  });
  const settings = resolveSettings({ ...config.settings, ...settingsOf(flags) });
  const trainOn = flags.trainOn ?? config.trainOn ?? "batch1";
  const { dataset, notice } = await chooseDataset(flags.data ?? config.data, trainOn);
  checkTrainOptions({ dataset, settings, metrics, exporters });
  const report = await loadReporter(reporter);
  return { reporter, report, engine, dataset, notice, settings, metrics, exporters };
}

async function runTrain(flags: TrainFlags): Promise<ExitStatus> {
  const strayErrors = watchStrayErrors();
  const { reporter, report, engine, dataset, notice, settings, metrics, exporters } = await prepare(flags);
  const runId = createRunId();
  const folder = await createRunFolder(flags.out, runId);
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
  const { write } = folder;
  const events = train({ dataset, settings, metrics, exporters, engine, control, runId, write }).pipe(
    takeUntil(quit),
    tap((event) => summary.add(event)),
  );
  const formats = formatsOf(metrics);
  let isFolderLeft = false;
  try {
    await report(events, {
      formats,
      onControl: (asked) => control.next(asked),
      onInterrupt: interrupts.note,
      onQuit: () => quit.next(),
    });
  } finally {
    interrupts.close();
    isFolderLeft = await folder.close();
  }

  for (const line of strayErrors()) process.stderr.write(`trainscope: ${line}\n`);
  if (lostOutput !== undefined) return describeLostOutput(lostOutput);
  if (summary.end === undefined) {
    const kept = isFolderLeft ? `what was written is in ${folder.path}` : "nothing was written";
    process.stderr.write(`trainscope: left at once; ${kept}.\n`);
    return ExitStatus.interrupted;
  }
  if (reporter !== "json") process.stdout.write(summary.text(formats));
  return statusOf(summary.end, interrupts.count > 0);
}

function statusOf({ reason }: RunEndEvent, wasInterrupted: boolean): ExitStatus {
  if (reason === "diverged" || reason === "failed") return ExitStatus.failed;
  return reason === "stopped" && wasInterrupted ? ExitStatus.interrupted : ExitStatus.done;
}

/** Only what was given, so that it wins over the configuration and the rest does not. */
function settingsOf(flags: TrainFlags): Partial<TrainSettings> {
  const settings = {
    lambda: flags.lambda,
    learningRate: flags.eta,
    epochs: flags.epochs,
    batchSize: flags.batch,
    seed: flags.seed,
    loss: flags.loss,
    flip: flags.flip,
    schedule: flags.schedule,
    initialisation: flags.init,
    noise: flags.noise,
    patience: flags.patience,
    keep: flags.keep,
    monitor: flags.monitor,
  };
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
}

function formatsOf(metrics: readonly AnyMetric[]): Formats {
  return new Map(
    metrics.flatMap(({ name, format }) => (format === undefined ? [] : [[name, format] as const])),
  );
}
