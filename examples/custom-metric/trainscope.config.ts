// A metric and an exporter of your own. From this folder: npx trainscope train
import { defineConfig, defineExporter, defineMetric } from "@trainscope/core";
import { concatMap, filter, from, map, toArray } from "rxjs";

/** The share of images whose label is among the three most probable classes. */
export const top3 = defineMetric({
  name: "top-3",
  splits: ["train", "validation", "test"],
  direction: "max",
  unit: "fraction",
  display: { baseline: 0.3 },
  init: () => ({ hits: 0, rows: 0 }),
  update(state, { size, classes, probabilities, labels }) {
    for (let row = 0; row < size; row++) {
      const scores = probabilities.subarray(row * classes, (row + 1) * classes);
      const own = scores[labels[row] ?? 0] ?? 0;
      if (scores.filter((score) => score > own).length < 3) state.hits++;
    }
    return { hits: state.hits, rows: state.rows + size };
  },
  result: ({ hits, rows }) => (rows === 0 ? null : hits / rows),
});

/** A spreadsheet of every epoch, written when the run ends. */
export const table = defineExporter({
  name: "table",
  connect: (events, run) =>
    events.pipe(
      filter((event) => event.type === "epoch:end"),
      toArray(),
      filter((epochs) => epochs.length > 0),
      map((epochs) => {
        const tags = Object.keys(epochs[0]?.metrics ?? {});
        const rows = epochs.map(({ epoch, metrics }) => [epoch, ...tags.map((tag) => metrics[tag] ?? "")]);
        return [["epoch", ...tags], ...rows].map((row) => row.join(",")).join("\n");
      }),
      concatMap((csv) => from(run.write("epochs.csv", `${csv}\n`))),
      map((path) => ({ kind: "table", title: "Every epoch", path })),
    ),
});

export default defineConfig({ metrics: [top3], exporters: [table] });
