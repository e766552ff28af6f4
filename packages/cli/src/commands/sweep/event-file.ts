// What a sweep tells, kept in its folder as it is told: from the newest start on, which tells once more what was found from before.
import { createWriteStream } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { finished } from "node:stream/promises";
import { reasonOf } from "@trainscope/runs";
import { attempt } from "../../report/report-folder.ts";
import type { SweepEvent } from "./events.ts";

export const SWEEP_EVENTS = "events.jsonl";

export interface EventFile {
  write(event: SweepEvent): void;
  /** All is on the disk, or it was told why not. */
  close(): Promise<void>;
}

/** For whoever has the folder to itself. Throws `OUTPUT_NOT_WRITABLE`; what fails later is told, and no reason to end. */
export async function beginEventFile(folder: string, tell: (line: string) => void): Promise<EventFile> {
  const path = join(folder, SWEEP_EVENTS);
  const stream = await attempt(path, async () => {
    // Another file: whoever reads the one before sees that it was replaced, and a link leads nowhere.
    await rm(path, { force: true });
    const opened = createWriteStream(path, { flags: "wx" });
    await new Promise((resolve, reject) => opened.once("ready", () => resolve(0)).once("error", reject));
    return opened;
  });
  let isFailed = false;
  stream.on("error", (error) => {
    if (isFailed) return;
    isFailed = true;
    tell(`can't write ${path}: ${reasonOf(error)}; attach and replay show what there is`);
  });
  return {
    write(event) {
      if (!isFailed) stream.write(`${JSON.stringify(event)}\n`);
    },
    async close() {
      stream.end();
      await finished(stream).catch(() => {});
    },
  };
}
