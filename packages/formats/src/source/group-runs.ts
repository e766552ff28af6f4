// Which of a folder's logs are of one run, and what that run is called.
import { basename, dirname, join, sep } from "node:path";
import type { Split } from "@trainscope/core";
import type { Format } from "../format.ts";
import { splitOfWord } from "../meaning/words.ts";
import type { FoundLog } from "./find-logs.ts";

/** The logs of one run. */
export interface FoundRun {
  /** Of its file or, where that is called as all are, of the folder that it lies in. */
  readonly name: string;
  readonly format: Format;
  readonly files: readonly RunFile[];
  /** Milliseconds since 1970 when the newest of them was written to last. */
  readonly modified: number;
}

/** A log of a run. */
export interface RunFile {
  readonly path: string;
  /** As the folder that it lies in says: TensorBoard's `train` and `validation`. */
  readonly split: Split | undefined;
}

/**
 * `logs` of the folder at the absolute path `root`, the newest first; runs come in the order of their newest log. What a program printed is
 * left out where the same folder has a log of its figures.
 */
export function groupRuns(root: string, logs: readonly FoundLog[]): readonly FoundRun[] {
  const runs = new Map<string, FoundLog[]>();
  for (const log of logs) {
    const key = runKey(log);
    runs.set(key, [...(runs.get(key) ?? []), log]);
  }
  const better = new Set(logs.filter(({ format }) => format.name !== "text").map(({ group }) => group));
  const kept = [...runs.values()].filter(
    ([first]) => first?.format.name !== "text" || !better.has(first.group),
  );
  return kept.map((own) => foundRun(root, own));
}

/**
 * One run are MLflow's metrics of it, and TensorBoard's files of a folder with those of the folders beside it that are named after a
 * split. Any other file is a run by itself.
 */
function runKey({ path, format, group }: FoundLog): string {
  if (format.name === "mlflow") return `mlflow ${group}`;
  return format.name === "tensorboard" ? `tensorboard ${withoutSplit(group)}` : path;
}

function foundRun(root: string, logs: readonly FoundLog[]): FoundRun {
  const [newest] = logs as [FoundLog, ...FoundLog[]];
  const { format, modified, path } = newest;
  const isGrouped = runKey(newest) !== path;
  const files = logs
    .map((log) => ({ path: log.path, split: isGrouped ? splitOfWord(basename(log.group)) : undefined }))
    .sort((one, other) => (one.path < other.path ? -1 : 1));
  const place =
    format.name === "mlflow" ? join(root, newest.group, "metrics") : join(root, newest.group, basename(path));
  return { name: runName(place), format, files, modified };
}

/** A folder's path without the split that it ends in. */
function withoutSplit(group: string): string {
  if (splitOfWord(basename(group)) === undefined) return group;
  const above = dirname(group);
  return above === "." ? "" : above;
}

/** What many runs' files and folders are called alike. */
const COMMON =
  /^(?:(?:trainer|train|training|val|valid|validation|test|eval|best|last)?[_-]?(?:state|metrics?|scalars?|history|results?|logs?|output|stdout|stderr|console|nohup|progress|summary|events?|run|data|vis_data|tensorboard|tb|files|project|train|val|valid|validation|test|eval)|events\.out\.tfevents\..*|\.)$/i;

/** By an absolute path. */
export function runName(path: string): string {
  const parts = path.split(sep).filter((part) => part !== "");
  const own = parts.map((part, index) =>
    index === parts.length - 1 ? part.replace(/(?<=.)\.[^.]*$/, "") : part,
  );
  const isFolderNamed = /^events\.out\.tfevents\./.test(parts.at(-1) ?? "");
  const names = isFolderNamed ? own.slice(0, -1) : own;
  return names.findLast((name) => !COMMON.test(name)) ?? names.at(-1) ?? "run";
}
