// The checkpoint of one trial, in files.
import { readFile, rm } from "node:fs/promises";
import { decodeCheckpoint, encodeCheckpoint } from "@trainscope/core";
import { isTrainscopeError } from "@trainscope/core/errors";
import type { TrainingEvent } from "@trainscope/core/events";
import { parseEventLine } from "@trainscope/core/log";
import { writeWhole } from "@trainscope/runs/files";
import type { TrialCheckpoints } from "@trainscope/sweep/trial";

export interface FileCheckpoints extends TrialCheckpoints {
  /** Removes what a trial that is done doesn't need any more. */
  remove(): Promise<void>;
}

/** At `path`, without an extension; of a training up to so many epochs: one that is of more is not gone on from. */
export function createFileCheckpoints(path: string, epochs: number): FileCheckpoints {
  const [file, log] = [`${path}.safetensors`, `${path}.jsonl`];
  return {
    async load() {
      try {
        const checkpoint = await decodeCheckpoint(await readFile(file));
        const { epoch, reason, seq } = checkpoint;
        if (epoch > epochs || (epoch === epochs && reason === "stop")) return undefined;
        const lines = (await readFile(log, "utf8")).split("\n").slice(0, -1);
        const events = lines
          .map(parseEventLine)
          .flatMap((parsed) => (parsed.kind === "event" ? [parsed.event] : []));
        return { checkpoint, path: file, events: events.filter((event) => event.seq < seq) };
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === "ENOENT" || isTrainscopeError(error)) return undefined;
        throw error;
      }
    },
    async save(checkpoint, before) {
      // The result has what a trial ended with.
      if (checkpoint.reason === "end") return file;
      const bytes = await encodeCheckpoint(checkpoint);
      // The log first: whoever finds the checkpoint finds all that was told before it.
      await writeWhole(log, logText(before));
      await writeWhole(file, bytes);
      return file;
    },
    async remove() {
      await Promise.all([rm(file, { force: true }), rm(log, { force: true })]);
    },
  };
}

/** As a run's log has them. */
export function logText(events: readonly TrainingEvent[]): string {
  return events.map((event) => `${JSON.stringify(event)}\n`).join("");
}
