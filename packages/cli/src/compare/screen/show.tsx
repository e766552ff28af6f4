// A comparison on the live screen, until a key ends it; what keys ask for is written beside it.
import { stat } from "node:fs/promises";
import { messageOf } from "@trainscope/core/errors";
import { writeWhole } from "@trainscope/runs/files";
import { showLive } from "@trainscope/tui/components";
import type { Observable } from "rxjs";
import type { Comparison } from "../comparison.ts";
import { comparisonCsv } from "../comparison-csv.ts";
import { drawComparison, drawResults } from "../picture.ts";
import { CompareApp } from "./app.tsx";
import type { CompareEffect } from "./reducer.ts";
import { type CompareStore, connectCompare } from "./store.ts";
import { type CompareView, shownOf, usesLog } from "./view.ts";

export interface CompareScreenOptions {
  readonly first: Comparison;
  readonly comparisons: Observable<Comparison>;
  readonly view: CompareView;
  /** Asked to leave: by q, or by Ctrl-C. */
  readonly onLeave: (by: "quit" | "interrupt") => void;
  readonly stdout?: NodeJS.WriteStream;
  readonly stdin?: NodeJS.ReadStream;
}

export interface CompareScreen {
  /** As `Live` has it. */
  readonly done: Promise<void>;
  close(): Promise<void>;
  /** Paths of what keys have written. */
  readonly written: readonly string[];
}

export function showComparison(options: CompareScreenOptions): CompareScreen {
  const { first, comparisons, view, onLeave } = options;
  const written: string[] = [];
  const perform = (store: CompareStore, effect: CompareEffect, now: CompareView): void => {
    if (effect === "quit" || effect === "interrupt") {
      onLeave(effect);
      return;
    }
    store.print("info", effect === "csv" ? "writing the values" : "drawing the picture");
    writeOut(store.snapshot().comparison, effect, now).then(
      (path) => {
        written.push(path);
        store.print("success", `written: ${path}`);
      },
      (error: unknown) => store.print("warning", `not written: ${messageOf(error)}`),
    );
  };
  const live = showLive({
    connect: (connection) => connectCompare(first, comparisons, { now: Date.now, ...connection }),
    draw: (store, theme) => (
      <CompareApp
        store={store}
        theme={theme}
        firstView={view}
        onEffect={(effect, now) => perform(store, effect, now)}
      />
    ),
    stdout: options.stdout,
    stdin: options.stdin,
  });
  return { done: live.done, close: live.close, written };
}

/** Of the runs that are shown, into the working folder; gives the path. */
async function writeOut(comparison: Comparison, effect: "csv" | "picture", view: CompareView): Promise<string> {
  const { metric, result, runs } = shownOf(comparison, view);
  const tag = (result ?? metric)?.tag;
  if (metric === undefined || tag === undefined) throw new Error("no run has a value yet");
  const name = `compare-${tag.replaceAll(/[^\p{L}\p{N}]+/gu, "-")}`;
  const format = (await import("@trainscope/viz")).pngProblem() === undefined ? "png" : "svg";
  const path = effect === "csv" ? await freePath("compare", "csv") : await freePath(name, format);
  const scale = usesLog(view, metric) ? "log" : "linear";
  const content =
    effect === "csv"
      ? [...comparisonCsv({ ...comparison, runs })].join("")
      : result !== undefined
        ? await drawResults({ runs }, format, result)
        : await drawComparison(comparison, format, { metric, by: view.by, scale, runs });
  await writeWhole(path, content);
  return path;
}

/** A name that no file has yet: nothing is overwritten by a key. */
async function freePath(name: string, extension: string): Promise<string> {
  for (let turn = 1; ; turn++) {
    const path = turn === 1 ? `${name}.${extension}` : `${name}-${turn}.${extension}`;
    const isTaken = await stat(path).then(
      () => true,
      () => false,
    );
    if (!isTaken) return path;
  }
}
