// What tells of a sweep while it goes on, by name: a screen or lines for people, an event a line for programs.

import type { Reporter } from "@trainscope/tui/choose-reporter";
import { jsonText, type Print, print } from "@trainscope/tui/output";
import type { Observable } from "rxjs";
import type { StopHandlers } from "../../interrupts.ts";
import { describeEdit } from "./definition.ts";
import type { SweepEvent } from "./events.ts";
import { formatDeviation, formatMean, plural } from "./results.ts";
import { describePoint } from "./swept-settings.ts";

/** Subscribes at once; resolves when the stream has completed, with the terminal as it was before. */
export type SweepReport = (events: Observable<SweepEvent>, handlers: StopHandlers) => Promise<void>;

/** What only a screen has. */
export interface ShownOptions {
  /** Another process conducts it, or it is over: there is nothing to be stopped. */
  readonly isWatched?: boolean;
  /** The clock of the events. */
  readonly now?: () => number;
}

/** React and Ink are loaded only where they are shown. */
export async function loadSweepReporter(reporter: Reporter, shown: ShownOptions = {}): Promise<SweepReport> {
  switch (reporter) {
    case "json":
      return async (events) =>
        await events.forEach((event) => {
          print(jsonText(event));
        });
    case "lines":
    // A sweep's lines are sentences already.
    case "sentences":
      return async (events) => await events.forEach(createLines(print));
    case "dashboard": {
      const { showSweep } = await import("./screen/show.tsx");
      return (events, handlers) => showSweep({ events, ...shown, ...handlers }).done;
    }
  }
}

function createLines(print: Print): (event: SweepEvent) => void {
  let done = 0;
  let start: Extract<SweepEvent, { type: "sweep:start" }> | undefined;
  return (event) => {
    if (event.type === "sweep:start") {
      start = event;
      print(...headOf(event));
    } else if (event.type === "sweep:edit" && start !== undefined) {
      print(editLine(event, start));
      const { definition, planned } = event;
      start = { ...start, definition, planned };
    } else if (event.type === "candidate:end" && start !== undefined)
      print(candidateLine(event, ++done, start));
    else if (event.type === "trial:lost") print(lostLine(event));
  };
}

function headOf({
  dataName,
  folder,
  definition,
  planned,
  lanes,
  queue,
  before,
}: SweepEvent & { type: "sweep:start" }) {
  const { strategy, seeds, objective, settings } = definition;
  const parts = [
    strategy,
    planned === null ? "until the space has no more" : plural(planned, "setting"),
    ...(seeds > 1 ? [`${seeds} seeds each`] : []),
    `${plural(settings.epochs, "epoch")} in full`,
    queue === undefined ? `${plural(lanes, "training")} at a time` : `trained by the workers of ${queue}`,
  ];
  return [
    `data: ${dataName}`,
    `sweep: ${parts.join(", ")}; chosen by ${objective}`,
    `folder: ${folder}${before > 0 ? `, which has ${plural(before, "setting")} already` : ""}`,
  ];
}

function candidateLine(
  ended: SweepEvent & { type: "candidate:end" },
  done: number,
  { definition: { objective, settings } }: SweepEvent & { type: "sweep:start" },
): string {
  const { point, epochs, deviation, best } = ended;
  const count = epochs < settings.epochs ? `${epochs} of ${settings.epochs}` : `${epochs}`;
  const spread = deviation === null ? "" : ` ± ${formatDeviation(objective, deviation)}`;
  return [
    String(done).padStart(4),
    describePoint(point),
    `${count} epoch${settings.epochs === 1 ? "" : "s"}`,
    `${objective} ${formatMean(objective, ended)}${spread}`,
    ...(best ? ["best so far"] : []),
  ].join(" | ");
}

function editLine(
  { definition, planned }: SweepEvent & { type: "sweep:edit" },
  before: SweepEvent & { type: "sweep:start" },
): string {
  const size = planned === null ? "until the space has no more" : `${plural(planned, "setting")} in all`;
  return ["edited", describeEdit(before.definition, definition), size].join(" | ");
}

function lostLine({ point, seed, message }: SweepEvent & { type: "trial:lost" }): string {
  return ["lost", `${describePoint(point)}, seed ${seed}`, message].join(" | ");
}
