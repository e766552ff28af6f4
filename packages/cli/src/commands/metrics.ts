// `trainscope metrics`: which metrics there are, and what each tells.
import type { Command } from "commander";
import { ExitStatus } from "../exit-status.ts";

export function addMetricsCommand(program: Command, end: (status: ExitStatus) => void): void {
  program
    .command("metrics")
    .description("List the metrics that train --metrics takes, with a sentence on each.")
    .option("--json", "print one JSON array instead of a table")
    .action(async ({ json = false }: { readonly json?: boolean }) => {
      const { listMetrics } = await import("../metrics/list-metrics.ts");
      listMetrics(json);
      end(ExitStatus.done);
    });
}
