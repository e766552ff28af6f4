// How long the epochs of a run take, with the command as it is.
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { runWhole } from "../whole-process.ts";
import { trainscopeCommand } from "./built-command.ts";
import type { RunTiming } from "./timing-exporter.ts";

const EXPORTER = join(import.meta.dirname, "timing-exporter.ts");

/** Trains with these words of the command line into the folder `out`; milliseconds from the first epoch's start to the last one's end. */
export async function timeCommand(words: readonly string[], out: string): Promise<number> {
  await mkdir(out, { recursive: true });
  await runWhole(trainscopeCommand("train", ...words, "--plugin", EXPORTER, "--out", out), out);
  for (const run of await readdir(out)) {
    const file = join(out, run, "artifacts/timing.json");
    if (existsSync(file)) return await wholeMsIn(file);
  }
  throw new Error("the run left no timing.json");
}

/** Of a file that the timing exporter has written. */
export async function wholeMsIn(file: string): Promise<number> {
  return (JSON.parse(await readFile(file, "utf8")) as RunTiming).wholeMs;
}
