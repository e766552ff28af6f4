// Trials in files: for each a JSON file with its record, and one with its parameters and frames as bytes.
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Values } from "@trainscope/core";
import { writeWhole } from "@trainscope/runs/files";
import type { TemplateFrame, Trial, TrialRecord, TrialResult, TrialStore } from "@trainscope/sweep/trial";
import { attempt } from "./report-folder.ts";

/** What the JSON file holds. */
interface StoredTrial {
  readonly key: string;
  readonly record: TrialRecord;
  readonly classes: number;
  readonly inputs: number;
  readonly precision: "float32" | "float64";
  /** Epochs of the frames, whose bytes follow the weights and biases. */
  readonly frames: readonly number[];
  /** SHA-256 of the other file. */
  readonly checksum: string;
}

/** The same trial with other settings, data or engine has files of its own. */
export function trialFile(id: string, key: string, extension: "json" | "bin"): string {
  return `${id}-${checksumOf(Buffer.from(key)).slice(0, 8)}.${extension}`;
}

/**
 * A trial counts only where both files are whole and belong together: the record is written last, and holds the
 * checksum of the bytes. Saving rejects with `OUTPUT_NOT_WRITABLE` where it can't.
 */
export function createTrialStore<Planned extends Trial>(folder: string): TrialStore<Planned> {
  const pathOf = (id: string, key: string, extension: "json" | "bin"): string =>
    join(folder, trialFile(id, key, extension));
  return {
    async load(trial, key) {
      try {
        const stored = JSON.parse(await readFile(pathOf(trial.id, key, "json"), "utf8")) as StoredTrial;
        if (stored.key !== key) return undefined;
        const bytes = await readFile(pathOf(trial.id, key, "bin"));
        return stored.checksum === checksumOf(bytes) ? restore(stored, trial, bytes) : undefined;
      } catch {
        // Not there, or not whole: it is trained.
        return undefined;
      }
    },
    async save({ record, parameters, frames }, key) {
      const { classes, inputs, weights, biases } = parameters;
      const bytes = Buffer.concat(
        [weights, biases, ...frames.map(({ templates }) => templates)].map(
          ({ buffer, byteOffset, byteLength }) => new Uint8Array(buffer, byteOffset, byteLength),
        ),
      );
      const stored: StoredTrial = {
        key,
        record,
        classes,
        inputs,
        precision: weights instanceof Float32Array ? "float32" : "float64",
        frames: frames.map(({ epoch }) => epoch),
        checksum: checksumOf(bytes),
      };
      await attempt(folder, async () => {
        await writeWhole(pathOf(record.trial.id, key, "bin"), bytes);
        await writeWhole(pathOf(record.trial.id, key, "json"), JSON.stringify(stored));
      });
    },
  };
}

/** Titles may have changed since: the plan's own is taken. */
function restore<Planned extends Trial>(
  stored: StoredTrial,
  trial: Planned,
  bytes: Buffer,
): TrialResult<Planned> {
  const { record, classes, inputs, precision, frames } = stored;
  // A copy begins at an address that is a multiple of 8, as float64 needs.
  const { buffer } = Uint8Array.from(bytes);
  const Numbers = precision === "float32" ? Float32Array : Float64Array;
  let at = 0;
  const take = (count: number): Values => {
    const values = new Numbers(buffer, at, count);
    at += values.byteLength;
    return values;
  };
  const [weights, biases] = [take(classes * inputs), take(classes)];
  return {
    record: { ...record, trial },
    parameters: { classes, inputs, weights, biases },
    frames: frames.map((epoch): TemplateFrame => {
      const templates = new Uint8Array(buffer, at, classes * inputs);
      at += templates.byteLength;
      return { epoch, templates };
    }),
  };
}

function checksumOf(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
