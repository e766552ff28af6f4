// Every chart of a report as it is to look: open golden/ to see them.
import { join } from "node:path";
import { renderChart } from "@trainscope/viz";
import { expectGolden } from "@trainscope/viz/testing";
import { describe, test } from "vitest";
import { studyCharts } from "./testing/study-charts.ts";

const GOLDEN = join(import.meta.dirname, "../golden");

describe("charts of a study look as they did", () => {
  for (const [name, spec] of Object.entries(studyCharts())) {
    test(name, async () => expectGolden(GOLDEN, name, await renderChart(spec, { format: "png" })));
  }
});
