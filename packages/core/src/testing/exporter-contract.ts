// The contract suite of an exporter: `describeExporter(() => myExporter)` in a test file checks it all.
import { firstValueFrom, of, toArray } from "rxjs";
import { describe, expect, it } from "vitest";
import type { ArtifactEvent, TrainingEvent } from "../events.ts";
import { createGuard, type PluginFailure } from "../guard/guard.ts";
import { createParameters } from "../model/linear.ts";
import type { Exporter, StreamExporter } from "../plugins/exporter.ts";
import { connectHooks } from "../plugins/exporter-hooks.ts";
import { defineExporter } from "../plugins/plugin.ts";
import { train } from "../training/train.ts";
import { createTinyDataset } from "./tiny-dataset.ts";

interface Watched {
  readonly events: readonly TrainingEvent[];
  readonly written: ReadonlyMap<string, Uint8Array | string>;
}

/** Trains three epochs on a tiny dataset with the exporter beside it; its files stay in memory. */
export async function runWithExporter(
  exporter: Exporter,
  write?: (name: string) => Promise<string>,
): Promise<Watched> {
  const written = new Map<string, Uint8Array | string>();
  const events = train({
    dataset: createTinyDataset(),
    settings: { epochs: 3, batchSize: 20 },
    exporters: [exporter],
    write:
      write ??
      (async (name, content) => {
        written.set(name, content);
        return `memory/${name}`;
      }),
    async append(name, text) {
      written.set(name, `${written.get(name)}${text}`);
      return `memory/${name}`;
    },
  });
  return { events: await firstValueFrom(events.pipe(toArray())), written };
}

/** What a hook throws is thrown. */
function streamOf(exporter: Exporter): StreamExporter["connect"] {
  if (exporter.connect) return exporter.connect.bind(exporter);
  const onFailure = ({ hook, message }: PluginFailure): never => {
    throw new Error(`${hook}: ${message}`);
  };
  const guard = createGuard({ plugin: exporter.name, critical: false, onFailure });
  return (events, run) => connectHooks(exporter, guard, events, run);
}

/** The contract suite of exporters, to be called in a test file of vitest. */
export function describeExporter(create: () => Exporter): void {
  const { name } = create();

  describe(`exporter ${name}`, () => {
    it("has a name and connects", () => {
      const exporter = create();
      expect(defineExporter(exporter)).toBe(exporter);
    });

    it("watches a whole run without a failure, and tells of just the files it wrote", async () => {
      const { events, written } = await runWithExporter(create());
      expect(events.filter(({ type }) => type === "plugin:error")).toEqual([]);
      const artifacts = events.filter((event): event is ArtifactEvent => event.type === "artifact");
      expect(artifacts.map(({ path }) => path).sort()).toEqual(
        [...written.keys()].map((file) => `memory/${file}`).sort(),
      );
      expect(events.at(-1)).toMatchObject({ type: "run:end", reason: "completed" });
    });

    it("completes when the run ends before its first epoch", async () => {
      const model = { classNames: ["a"], shape: { width: 1, height: 1, channels: 1 } };
      const parameters = createParameters(1, 1);
      const statistics = { means: new Float64Array(1), deviations: Float64Array.of(1) };
      const artifacts = streamOf(create())(of(), {
        ...model,
        runId: "empty",
        dataName: "none",
        parameters: () => parameters,
        classifier: () => ({ ...model, parameters, statistics, loss: "softmax" }),
        write: async (file) => file,
        append: async (file) => file,
      });
      expect(await firstValueFrom(artifacts.pipe(toArray()))).toEqual([]);
    });

    it("a disk that is full fails the exporter and not the run", async () => {
      const { events } = await runWithExporter(create(), () => Promise.reject(new Error("no space left")));
      expect(events.at(-1)).toMatchObject({ type: "run:end", reason: "completed" });
      expect(events.filter(({ type }) => type === "artifact")).toEqual([]);
    });
  });
}
