// The dashboard for anybody's stream: a run's events, or plain objects of numbers as a training loop logs them.
import type { Control, ModelParameters } from "@trainscope/core";
import { requireArgument, TrainscopeError } from "@trainscope/core/errors";
import { isEvent, RecordEvents, type ValuesRecord } from "@trainscope/core/records";
import { createSourceStore, type ShownEvent, TRAINING } from "@trainscope/core/source";
import { describeValue } from "@trainscope/core/text";
import {
  concat,
  concatMap,
  defer,
  from,
  type Observable,
  type ObservableInput,
  Subject,
  takeUntil,
} from "rxjs";
import { openDashboard } from "./dashboard/dashboard.tsx";
import { chooseReporter } from "./reporters/choose.ts";
import { loadReporter } from "./reporters/report.ts";
import type { Formats } from "./text/format-metric.ts";

/** An Observable or AsyncIterable of what a run tells, or an array of it. */
export type DashboardSource = ObservableInput<ShownEvent | ValuesRecord>;

/** How a stream is shown; all of it may be left out. */
export interface DashboardOptions {
  /**
   * Takes what keys ask of the run: pause, go on, stop, another learning rate. Without it keys ask for nothing, and `q` and
   * Ctrl-C leave; with it the first Ctrl-C asks the run to stop, and the next leaves.
   */
  readonly control?: ((control: Control) => void) | { next(control: Control): void } | undefined;
  /** What the stream is called on the screen, where there is no `control`. */
  readonly name?: string | undefined;
  /** How many epochs or steps there will be, where records don't say. */
  readonly length?: number | undefined;
  /** Custom metrics' own way to write a value, by metric name. */
  readonly formats?: Formats | undefined;
  /** The bytes of a validation image, plane by plane, by its index in the split. */
  readonly imageOf?: ((index: number) => Uint8Array) | undefined;
  /** The model as it is now. Asked for while an `epoch:end` is being delivered, and copied. */
  readonly parameters?: (() => ModelParameters | undefined) | undefined;
  /** Writes a picture of the screen; gives the path to tell. */
  readonly savePicture?: ((name: string, content: Uint8Array | string) => Promise<string>) | undefined;
  /** A terminal; the process' own where it is left out. */
  readonly stdout?: NodeJS.WriteStream | undefined;
  /** Where keys come from; the process' own where it is left out. */
  readonly stdin?: NodeJS.ReadStream | undefined;
}

const NO_FORMATS: Formats = new Map();

/**
 * Shows a run on the terminal's alternate screen until its stream completes or the user leaves, which unsubscribes from it.
 * Where the process has no terminal that could show it, the same is told in lines, or in sentences to a screen reader. Rejects
 * with the stream's error, and with `BAD_DATA` for what is neither event nor object; the terminal is restored before.
 *
 * @example
 * await showDashboard(of({ epoch: 1, loss: 0.9, val_loss: 1.1 }, { epoch: 2, loss: 0.7, val_loss: 1 }));
 */
export async function showDashboard(source: DashboardSource, options: DashboardOptions = {}): Promise<void> {
  requireArgument("showDashboard", "the options", options, "an object");
  const { control, name = "the stream", formats = NO_FORMATS, stdout, stdin } = options;
  const { imageOf, parameters, savePicture } = options;
  const quit = new Subject<void>();
  const events = eventsOf(streamOf(source), options).pipe(takeUntil(quit));
  const showing = {
    formats,
    imageOf,
    parameters,
    savePicture,
    source: control === undefined ? createSourceStore({ kind: "watched", name }) : TRAINING,
    onControl: typeof control === "function" ? control : (asked: Control) => control?.next(asked),
    onQuit: () => quit.next(),
  };
  const reporter = stdout === undefined && stdin === undefined ? chooseReporter(undefined) : "dashboard";
  if (reporter === "dashboard") return await openDashboard({ ...showing, events, stdout, stdin }).done;
  const report = await loadReporter(reporter);
  await report(events, showing);
}

function streamOf(source: DashboardSource): Observable<ShownEvent | ValuesRecord> {
  try {
    return from(source);
  } catch (cause) {
    throw new TrainscopeError(
      "BAD_OPTION",
      `showDashboard(): the source is ${describeValue(source)}; expected a stream`,
      {
        hint: "Give an Observable, an AsyncIterable or a list, of events or of objects of numbers.",
        cause,
      },
    );
  }
}

/** Records become the events of one run, which ends with them. */
function eventsOf(
  source: Observable<ShownEvent | ValuesRecord>,
  { length }: DashboardOptions,
): Observable<ShownEvent> {
  return defer(() => {
    const records = new RecordEvents({ runId: "stream", length });
    const events = source.pipe(
      concatMap((item): readonly ShownEvent[] => (isShown(item) ? [item] : records.add(item))),
    );
    return concat(
      events,
      defer(() => (records.isBegun ? [records.end("completed")] : [])),
    );
  });
}

function isShown(item: ShownEvent | ValuesRecord): item is ShownEvent {
  return item?.type === "restart" || item?.type === "parameters" || isEvent(item as ValuesRecord);
}
