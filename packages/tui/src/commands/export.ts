// `trainscope export`: a run's parameters or figures as a file for other programs.
import { extname, join } from "node:path";
import { TrainscopeError } from "@trainscope/core";
import { type Command, InvalidArgumentError, Option } from "commander";
import { ExitStatus } from "../exit-status.ts";
import { chooseCheckpoint, placeOf, WANTED, type Wanted } from "../export/choose-checkpoint.ts";
import { csvOf, planEpochsTable } from "../export/epochs-table.ts";
import { encodeParameters, type ParametersFormat } from "../export/parameters-file.ts";
import { filled, positiveInteger } from "../input/parsers.ts";
import { readCheckpoint } from "../run-files/checkpoints.ts";
import { LOG_FILE } from "../run-files/file-names.ts";
import { findRun, RUN_NAMES } from "../run-files/find-run.ts";
import { writeNamed } from "../run-folder.ts";

interface ExportFlags {
  readonly out: string;
  readonly to: Target;
  readonly epoch?: number;
  readonly checkpoint?: Exclude<Wanted, number>;
}

const FORMATS = ["npz", "safetensors", "csv"] as const;

interface Target {
  readonly path: string;
  /** As the path ends. */
  readonly format: (typeof FORMATS)[number];
}

export function addExportCommand(program: Command, end: (status: ExitStatus) => void): void {
  program
    .command("export")
    .description("Write a run's parameters for NumPy or as safetensors, or the figures of its epochs as CSV.")
    .argument("<run>", RUN_NAMES)
    .requiredOption("--to <file>", "a file that ends in .npz, .safetensors or .csv", target)
    .addOption(
      new Option("--epoch <number>", "parameters after this epoch, of which there must be a checkpoint")
        .argParser(positiveInteger)
        .conflicts("checkpoint"),
    )
    .addOption(
      new Option("--checkpoint <which>", "parameters of which checkpoint (default: last)").choices(WANTED),
    )
    .option("--out <folder>", "where runs were written", filled, "runs")
    .action(async (run: string, flags: ExportFlags) => {
      process.stdout.write(await exportRun(run, flags));
      end(ExitStatus.done);
    });
}

/** Gives what to tell of it. */
async function exportRun(run: string, { out, to, epoch, checkpoint }: ExportFlags): Promise<string> {
  const folder = await findRun(out, run);
  const wanted = epoch ?? checkpoint;
  const { path, format } = to;
  if (format !== "csv") return await exportParameters(folder, path, format, wanted ?? "last");
  if (wanted === undefined) return await exportFigures(folder, path);
  throw new TrainscopeError("BAD_OPTION", `${path} would have the figures of all epochs; which was asked for`, {
    hint: "Leave out --epoch and --checkpoint, or name a file that ends in .npz or .safetensors.",
  });
}

async function exportParameters(
  folder: string,
  to: string,
  format: ParametersFormat,
  wanted: Wanted,
): Promise<string> {
  const stored = await chooseCheckpoint(folder, wanted);
  const checkpoint = await readCheckpoint(stored.path);
  await writeNamed(to, encodeParameters(checkpoint, format), "--to");
  const { classes, inputs } = checkpoint.parameters;
  return `wrote ${to}: weights (${classes} x ${inputs}) and biases (${classes}) of epoch ${placeOf(stored)}\n`;
}

async function exportFigures(folder: string, to: string): Promise<string> {
  const log = join(folder, LOG_FILE);
  const table = await planEpochsTable(log);
  for (const problem of table.problems) process.stderr.write(`trainscope: ${folder}: ${problem}\n`);
  const { toCsv } = await import("@trainscope/viz");
  await writeNamed(to, csvOf(log, table, toCsv), "--to");
  return `wrote ${to}: ${table.told} ${table.axis}s\n`;
}

function target(path: string): Target {
  const format = FORMATS.find((one) => extname(path).toLowerCase() === `.${one}`);
  if (format === undefined) {
    throw new InvalidArgumentError("Expected a file that ends in .npz, .safetensors or .csv.");
  }
  return { path, format };
}
