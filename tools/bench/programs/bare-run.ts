// Trains as the command does, and leaves nothing but its timing: no log, no checkpoints, no socket, no lines.
// Arguments: CIFAR-10's folder or "sample", engine, epochs, the timing's file.
import { writeFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { train } from "@trainscope/core";
import { createSample, loadCifar10 } from "@trainscope/data-cifar";
import { lastValueFrom } from "rxjs";
import { engineOf } from "./engines.ts";
import timing from "./timing-exporter.ts";

const [data = "", engine = "", epochs = "", file = ""] = process.argv.slice(2);
const dataset = data === "sample" ? createSample() : await loadCifar10(data, { trainOn: "batch1" });
await lastValueFrom(
  train({
    dataset,
    settings: { epochs: Number(epochs) },
    engine: engineOf(engine).create(availableParallelism()),
    exporters: [timing],
    async write(_, content) {
      await writeFile(file, content);
      return file;
    },
  }),
);
