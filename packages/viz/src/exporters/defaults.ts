// The pictures every run gets unless it asks for others.
import type { StreamExporter } from "@trainscope/core";
import { curvesExporter } from "./curves.ts";
import { resultsExporter } from "./results.ts";
import { weightsExporter } from "./weights.ts";

/** Curves, metrics' matrices and curves, and weights. Each keeps its numbers per connection, so one exporter may watch several runs. */
export function defaultExporters(): StreamExporter[] {
  return [curvesExporter(), resultsExporter(), weightsExporter()];
}
