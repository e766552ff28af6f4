// `trainscope export`: a run's model, or the figures of a run or of another program's log, for other programs.

import { TrainscopeError } from "@trainscope/core/errors";
import { RUN_NAMES } from "@trainscope/runs";
import { readCheckpoint } from "@trainscope/runs/checkpoints";
import { chooseCheckpoint, placeOf, WANTED, type Wanted } from "@trainscope/runs/export";
import { writeNamed } from "@trainscope/runs/files";
import { print } from "@trainscope/tui/output";
import { type Command, Option } from "commander";
import { ExitStatus } from "../exit-status.ts";
import { ownRun } from "../export/own-run.ts";
import { TARGET_FORMATS, TARGETS, type Target, type TargetFormatName, targetOf } from "../export/targets.ts";
import { addPatternFlag, isForeignLog, type ReadingFlags } from "../input/foreign-log.ts";
import { filled, positiveInteger } from "../input/parsers.ts";

interface ExportFlags extends Pick<ReadingFlags, "pattern"> {
  readonly out: string;
  readonly to: string;
  readonly format?: TargetFormatName;
  readonly overwrite?: boolean;
  /** How a log is read. */
  readonly from?: string;
  readonly epoch?: number;
  readonly checkpoint?: Exclude<Wanted, number>;
}

export function addExportCommand(program: Command, end: (status: ExitStatus) => void): void {
  addPatternFlag(program.command("export"))
    .description("Write a run's model or figures, or the figures of any log, as a file for other programs.")
    .argument("<source>", `a run (${RUN_NAMES}), or the log of another program: a file or a folder`)
    .requiredOption("--to <file>", TARGETS, filled)
    .addOption(
      new Option("--format <name>", "what to write, whatever the file is called").choices(TARGET_FORMATS),
    )
    .option("--overwrite", "where there is such a file already, write over it")
    .addOption(
      new Option("--epoch <number>", "the model after this epoch, of which there must be a checkpoint")
        .argParser(positiveInteger)
        .conflicts("checkpoint"),
    )
    .addOption(
      new Option("--checkpoint <which>", "the model of which checkpoint (default: last)").choices(WANTED),
    )
    .option("--out <folder>", "where runs were written", filled, "runs")
    .option("--from <name>", "how to read another program's log, instead of as its content says", filled)
    .action(async (source: string, flags: ExportFlags) => {
      print(...(await exportNamed(source, flags)));
      end(ExitStatus.done);
    });
}

/** Gives what to tell of it. */
async function exportNamed(source: string, flags: ExportFlags): Promise<readonly string[]> {
  const { out, epoch, checkpoint, from, pattern } = flags;
  const to = targetOf(flags.to, flags);
  const wanted = epoch ?? checkpoint;
  const isForeign = from !== undefined || pattern !== undefined || (await isForeignLog(source));
  if (to.holds === "model") {
    if (isForeign) throw noModel(source, to);
    return await exportModel(await ownRun(out, source), to, wanted ?? "last");
  }
  if (wanted !== undefined) throw allEpochs(to);
  if (to.holds === "templates") {
    if (isForeign) throw noModel(source, to);
    const { exportTemplates } = await import("../export/templates.ts");
    return await exportTemplates(await ownRun(out, source), to.path);
  }
  const { exportRunFigures, exportSource } = await import("../export/figures.ts");
  if (isForeign) return await exportSource(source, to.path, to.name, { format: from, pattern });
  return await exportRunFigures(await ownRun(out, source), to.path, to.name, flags.overwrite === true);
}

function noModel(source: string, to: Target): TrainscopeError {
  return new TrainscopeError(
    "BAD_OPTION",
    `${to.path} would have weights, and ${source} is a log, which has none`,
    {
      hint: "Name a run of trainscope, or a file that ends in .csv or .jsonl.",
    },
  );
}

function allEpochs(to: Target): TrainscopeError {
  return new TrainscopeError(
    "BAD_OPTION",
    `${to.path} would have the ${to.holds} of all epochs; which was asked for`,
    {
      hint: "Leave out --epoch and --checkpoint, or name a file that ends in .npz, .safetensors or .onnx.",
    },
  );
}

async function exportModel(
  folder: string,
  to: Extract<Target, { holds: "model" }>,
  wanted: Wanted,
): Promise<readonly string[]> {
  const stored = await chooseCheckpoint(folder, wanted);
  const checkpoint = await readCheckpoint(stored.path);
  const { encodeModel } = await import("../exporters/encode-model.ts");
  await writeNamed(to.path, encodeModel(checkpoint, to.name), "--to");
  const { classes, inputs } = checkpoint.parameters;
  return [
    `wrote ${to.path}: weights (${classes} x ${inputs}) and biases (${classes}) of epoch ${placeOf(stored)}`,
  ];
}
