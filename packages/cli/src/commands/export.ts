// `trainscope export`: a run's parameters, or the figures of a run or of another program's log, for other programs.

import { statSync } from "node:fs";
import { extname } from "node:path";
import { TrainscopeError } from "@trainscope/core/errors";
import { findRun, RUN_NAMES, readCheckpoint, writeNamed } from "@trainscope/runs";
import {
  chooseCheckpoint,
  encodeParameters,
  type ParametersFormat,
  placeOf,
  WANTED,
  type Wanted,
} from "@trainscope/runs/export";
import { print } from "@trainscope/tui/output";
import { type Command, InvalidArgumentError, Option } from "commander";
import { ExitStatus } from "../exit-status.ts";
import { addReadingFlags, isForeignLog, type ReadingFlags } from "../input/foreign-log.ts";
import { filled, positiveInteger } from "../input/parsers.ts";

interface ExportFlags extends ReadingFlags {
  readonly out: string;
  readonly to: Target;
  readonly epoch?: number;
  readonly checkpoint?: Exclude<Wanted, number>;
}

const FORMATS = ["npz", "safetensors", "csv", "jsonl", "tensorboard"] as const;

interface Target {
  readonly path: string;
  /** As the path ends; a folder is TensorBoard's. */
  readonly format: (typeof FORMATS)[number];
}

const TARGETS = "a file that ends in .npz, .safetensors, .csv or .jsonl, or a folder for TensorBoard's files";

export function addExportCommand(program: Command, end: (status: ExitStatus) => void): void {
  addReadingFlags(program.command("export"))
    .description(
      "Write a run's parameters or figures, or the figures of any log, as a file for other programs.",
    )
    .argument("<source>", `a run (${RUN_NAMES}), or the log of another program: a file or a folder`)
    .requiredOption("--to <file>", TARGETS, target)
    .addOption(
      new Option("--epoch <number>", "parameters after this epoch, of which there must be a checkpoint")
        .argParser(positiveInteger)
        .conflicts("checkpoint"),
    )
    .addOption(
      new Option("--checkpoint <which>", "parameters of which checkpoint (default: last)").choices(WANTED),
    )
    .option("--out <folder>", "where runs were written", filled, "runs")
    .action(async (source: string, flags: ExportFlags) => {
      print(...(await exportNamed(source, flags)));
      end(ExitStatus.done);
    });
}

/** Gives what to tell of it. */
async function exportNamed(source: string, flags: ExportFlags): Promise<readonly string[]> {
  const { out, to, epoch, checkpoint, format, pattern } = flags;
  const wanted = epoch ?? checkpoint;
  const isForeign = format !== undefined || pattern !== undefined || (await isForeignLog(source));
  if (to.format === "npz" || to.format === "safetensors") {
    if (isForeign) throw noParameters(source, to.path);
    return await exportParameters(await findRun(out, source), to.path, to.format, wanted ?? "last");
  }
  if (wanted !== undefined) throw allEpochs(to.path);
  const { exportRunFigures, exportSource } = await import("../export/figures.ts");
  if (isForeign) return await exportSource(source, to.path, to.format, { format, pattern });
  return await exportRunFigures(await findRun(out, source), to.path, to.format);
}

function noParameters(source: string, to: string): TrainscopeError {
  return new TrainscopeError(
    "BAD_OPTION",
    `${to} would have parameters, and ${source} is a log, which has none`,
    {
      hint: "Name a run of trainscope, or a file that ends in .csv or .jsonl.",
    },
  );
}

function allEpochs(to: string): TrainscopeError {
  return new TrainscopeError("BAD_OPTION", `${to} would have the figures of all epochs; which was asked for`, {
    hint: "Leave out --epoch and --checkpoint, or name a file that ends in .npz or .safetensors.",
  });
}

async function exportParameters(
  folder: string,
  to: string,
  format: ParametersFormat,
  wanted: Wanted,
): Promise<readonly string[]> {
  const stored = await chooseCheckpoint(folder, wanted);
  const checkpoint = await readCheckpoint(stored.path);
  await writeNamed(to, encodeParameters(checkpoint, format), "--to");
  const { classes, inputs } = checkpoint.parameters;
  return [`wrote ${to}: weights (${classes} x ${inputs}) and biases (${classes}) of epoch ${placeOf(stored)}`];
}

function target(path: string): Target {
  const ending = extname(path).toLowerCase();
  const format = FORMATS.find((one) => ending === `.${one}`);
  if (format !== undefined && format !== "tensorboard") return { path, format };
  const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
  if (isFolder || (ending === "" && path !== "")) return { path, format: "tensorboard" };
  throw new InvalidArgumentError(`Expected ${TARGETS}.`);
}
