// Which metrics there are, and what each tells.
import type { Direction } from "@trainscope/core";
import { catalogue, FAMILIES } from "@trainscope/metrics";
import { print, printJson } from "@trainscope/tui/output";
import { tableLines } from "@trainscope/tui/text";

function describe(metric: ReturnType<typeof catalogue>[number]) {
  const { name, description = "", kind = "number", direction = null, splits } = metric;
  return { name, description, kind, direction, splits };
}

const BETTER: Readonly<Record<Direction, string>> = { min: "lower", max: "higher", none: "-" };

export function listMetrics(json: boolean): void {
  if (json) {
    printJson(catalogue().map(describe));
    return;
  }
  const rows = catalogue()
    .map(describe)
    .map(({ name, direction, description }) => [name, BETTER[direction ?? "none"], description]);
  const families = FAMILIES.map(({ name, description }) => [name, description]);
  print(
    ...tableLines([["name", "better", "what it tells"], ...rows]),
    "",
    "Other forms have their option in the name:",
    ...tableLines(families).map((line) => `  ${line}`),
    "",
    "trainscope train --metrics f1,ece,top-5 has them beside loss, cost and accuracy; --metrics all has all of this list.",
  );
}
