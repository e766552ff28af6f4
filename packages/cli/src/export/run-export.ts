// A run's model, or the figures of a run or of another program's log, for other programs.
import { TrainscopeError } from "@trainscope/core/errors";
import { readCheckpoint } from "@trainscope/runs/checkpoints";
import type { Wanted } from "@trainscope/runs/choices";
import { chooseCheckpoint, placeOf } from "@trainscope/runs/export";
import { writeNamed } from "@trainscope/runs/files";
import { isForeignLog } from "../input/foreign-log.ts";
import type { ReadingFlags } from "../input/reading-flags.ts";
import { ownRun } from "./own-run.ts";
import { type Target, type TargetFormatName, targetOf } from "./targets.ts";

export interface ExportFlags extends Pick<ReadingFlags, "pattern"> {
  readonly out: string;
  readonly to: string;
  readonly format?: TargetFormatName;
  readonly overwrite?: boolean;
  /** How a log is read. */
  readonly from?: string;
  readonly epoch?: number;
  readonly checkpoint?: Exclude<Wanted, number>;
}

/** Gives what to tell of it. */
export async function exportNamed(source: string, flags: ExportFlags): Promise<readonly string[]> {
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
    const { exportTemplates } = await import("./templates.ts");
    return await exportTemplates(await ownRun(out, source), to.path);
  }
  const { exportRunFigures, exportSource } = await import("./figures.ts");
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
