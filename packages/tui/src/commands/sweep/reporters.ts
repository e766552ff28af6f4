// A sweep for pipes, logs and terminals: as lines for people, or as an event a line for programs.
import { jsonText } from "../../output/json-text.ts";
import type { Print } from "../../output/print.ts";
import type { SweepEvent } from "./events.ts";
import { describeResults, formatObjective } from "./results.ts";
import { describePoint } from "./swept-settings.ts";

export const SWEEP_REPORTERS = ["lines", "json"] as const;
export type SweepReporter = (typeof SWEEP_REPORTERS)[number];

export function createSweepReporter(reporter: SweepReporter, print: Print): (event: SweepEvent) => void {
  if (reporter === "json") return (event) => print(jsonText(event));
  let done = 0;
  let start: Extract<SweepEvent, { type: "sweep:start" }> | undefined;
  return (event) => {
    if (event.type === "sweep:start") {
      start = event;
      print(...headOf(event));
    } else if (event.type === "candidate:end" && start !== undefined)
      print(candidateLine(event, ++done, start));
    else if (event.type === "sweep:end" && event.reason === "completed") {
      print("", ...describeResults(event.results));
    }
  };
}

function headOf({
  dataName,
  folder,
  definition,
  planned,
  lanes,
  before,
}: SweepEvent & { type: "sweep:start" }) {
  const { strategy, seeds, objective, settings } = definition;
  const parts = [
    strategy,
    planned === null ? "until the space has no more" : plural(planned, "setting"),
    ...(seeds > 1 ? [`${seeds} seeds each`] : []),
    `${plural(settings.epochs, "epoch")} in full`,
    `${plural(lanes, "training")} at a time`,
  ];
  return [
    `data: ${dataName}`,
    `sweep: ${parts.join(", ")}; chosen by ${objective}`,
    `folder: ${folder}${before > 0 ? `, which has ${plural(before, "setting")} already` : ""}`,
  ];
}

function candidateLine(
  { point, epochs, mean, deviation, best }: SweepEvent & { type: "candidate:end" },
  done: number,
  { definition: { objective, settings } }: SweepEvent & { type: "sweep:start" },
): string {
  const count = epochs < settings.epochs ? `${epochs} of ${settings.epochs}` : `${epochs}`;
  const spread =
    deviation === null
      ? ""
      : ` ± ${objective === "validation/accuracy" ? (100 * deviation).toFixed(2) : deviation.toPrecision(2)}`;
  return [
    String(done).padStart(4),
    describePoint(point),
    `${count} epoch${settings.epochs === 1 ? "" : "s"}`,
    `${objective} ${formatObjective(objective, mean)}${spread}`,
    ...(best ? ["best so far"] : []),
  ].join(" | ");
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
