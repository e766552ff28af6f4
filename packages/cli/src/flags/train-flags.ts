// The flags of `trainscope train`, and the settings that they are.
import { KEEPS, LOSS_NAMES, type TrainSettings } from "@trainscope/core/settings";
import { ENGINES, type EngineName } from "@trainscope/runs/choices";
import { REPORTERS, type Reporter } from "@trainscope/tui/choose-reporter";
import { type Command, Option } from "commander";
import {
  collect,
  filled,
  initialisation,
  metricNames,
  noise,
  nonNegativeInteger,
  nonNegativeNumber,
  positiveInteger,
  positiveNumber,
  probability,
  schedule,
} from "../input/parsers.ts";
import { addNotifyFlag, type NotifyFlags } from "../notify/notify-flag.ts";
import { type CheckpointFlags, USUAL_CHECKPOINTS } from "./checkpoint-policy.ts";
import { addDataFlags, type DataFlags } from "./data-flags.ts";

export interface TrainFlags extends DataFlags, CheckpointFlags, Partial<NotifyFlags> {
  /** A flag of the whole command. */
  readonly verbose?: boolean | undefined;
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
  readonly engine?: EngineName;
  readonly threads?: number;
  readonly reporter?: Reporter;
  readonly out: string;
  readonly config?: string;
  readonly plugin: readonly string[];
  readonly metrics: readonly string[];
  readonly pictures: boolean;
  readonly controls?: string;
  readonly resume?: string;
}

/** What is trained, and how. */
export function addSettingFlags(command: Command): Command {
  return addDataFlags(command)
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
    .option("--monitor <tag>", "figure that --patience and --keep best look at (default: validation/loss)");
}

/** What computes, and on how many cores. */
export function addEngineFlags(command: Command): Command {
  return command
    .addOption(
      new Option(
        "--engine <name>",
        "what computes: native, in C with the machine's widest vectors (default where it was built), wasm (default elsewhere), or reference, in float64 on one core, to compare with",
      ).choices(ENGINES),
    )
    .option(
      "--threads <count>",
      "cores that the native and the wasm engine compute on (default: all)",
      positiveInteger,
    );
}

/** What computes, what shows it and what it leaves. */
export function addRunFlags(command: Command): Command {
  const { every, keep } = USUAL_CHECKPOINTS;
  return addEngineFlags(addNotifyFlag(addModuleFlags(command)))
    .addOption(
      new Option("--reporter <kind>", "default: dashboard on a terminal, else lines").choices(REPORTERS),
    )
    .option("--out <folder>", "where runs are written", filled, "runs")
    .option("--no-pictures", "draw no curves and weights when the run ends")
    .option(
      "--checkpoint-every <epochs>",
      `save the run so often, to be resumed; 0: only when asked, stopped and ended (default: ${every}, or the run's own)`,
      nonNegativeInteger,
    )
    .option(
      "--keep-checkpoints <count>",
      `so many of the newest, beside the best and those that were asked for (default: ${keep}, or the run's own)`,
      positiveInteger,
    );
}

/** Modules of the user's own, and metrics of the catalogue. */
export function addModuleFlags(command: Command): Command {
  return command
    .option(
      "--config <path>",
      "configuration (default: the run's own; for a new run trainscope.config.* in the working folder or above)",
      filled,
    )
    .option(
      "--plugin <name>",
      "path or package whose default export is a plugin, metric or exporter; may be repeated",
      (path, before: readonly string[]) => collect(filled(path), before),
      [],
    )
    .option(
      "--metrics <names>",
      "more metrics, by name, with commas between them; trainscope metrics lists them",
      (names, before: readonly string[]) => [...new Set([...before, ...metricNames(names)])],
      [],
    );
}

/** Only what was given, so that it wins over the configuration and the rest does not. */
export function settingsOf(flags: TrainFlags): Partial<TrainSettings> {
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
