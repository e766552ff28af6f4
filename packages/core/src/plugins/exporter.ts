// The contract of an exporter: it watches the run's events and writes files through the run's context.
import type { Observable } from "rxjs";
import type { ImageShape } from "../data/dataset.ts";
import type { EpochEndEvent, EvaluationDetailsEvent, RunEndEvent, TrainingEvent } from "../events.ts";
import type { Classifier } from "../model/classifier.ts";
import type { ModelParameters } from "../model/linear.ts";

/** A file that was written. */
export interface Artifact {
  /** What it shows, e.g. "curves", "weights"; consumers group by it. */
  readonly kind: string;
  readonly title: string;
  readonly path: string;
}

/** The files of a run. */
export interface RunFiles {
  /**
   * Writes a file of the run, whole or not at all, and gives its path.
   * `name` is a relative path with "/" between its parts.
   */
  write(name: string, content: Uint8Array | string): Promise<string>;
  /**
   * Adds to the end of a text file of the run, and gives its path when that is written. The file begins anew with a run, and where
   * one is continued, whose past is told again: no line comes twice. Text that comes while a write is under way goes with the next.
   * What needs the parameters of each epoch is not told again: let a metric compute it.
   */
  append(name: string, text: string): Promise<string>;
}

/** What an exporter may know of, and do in, the run it watches. Frozen, as events are. */
export interface RunContext extends RunFiles {
  readonly runId: string;
  readonly dataName: string;
  readonly classNames: readonly string[];
  readonly shape: ImageShape;
  /**
   * A copy of the model's parameters as they are now. They stand still while an event is being delivered and after
   * `run:end`. Throws while the past of a run that is continued is being told: the parameters of then are gone.
   */
  parameters(): ModelParameters;
  /** The model as it is now, a copy: its parameters, and what they mean. Throws where `parameters` does. */
  classifier(): Classifier;
}

interface ExporterBasics {
  readonly name: string;
  /** A failure ends the run. Otherwise it is reported, and after three the exporter is disabled. */
  readonly critical?: boolean;
  /** Has the validation split looked at more closely after every epoch: an `examination` follows each `epoch:end`. */
  readonly examine?: boolean;
}

/**
 * `connect` is called once, and again after a failure of its stream. It sees every event of the run, `run:end` included, and completes when it has
 * written all it wants to; the run waits for that and for promises that its handlers gave, but not forever. A handler that
 * throws, or whose promise rejects, has failed; a function given to `tap` should throw, as its promise is given to nobody. Where a run is continued it is told the events before
 * again, up to `run:resume`: what an exporter gathers is whole, and what it wrote of single epochs is there already.
 */
export interface StreamExporter extends ExporterBasics {
  connect(events: Observable<TrainingEvent>, run: RunContext): Observable<Artifact>;
}

/** The files that a hook has written, if any. */
// biome-ignore lint/suspicious/noConfusingVoidType: what a function without a return gives.
export type Written = Artifact | readonly Artifact[] | undefined | void;

/**
 * Written without RxJS. A hook is called while its event is being delivered, whether or not what it gave before has resolved; `onEnd`
 * when all of that has. The run waits for them, but not forever. Where a run is continued they are called for the past again; of a
 * hook that asks for the parameters of then nothing more is expected.
 */
export interface HookExporter extends ExporterBasics {
  readonly connect?: never;
  onEpoch?(event: EpochEndEvent, run: RunContext): Written | Promise<Written>;
  /** With `examine`, after each `onEpoch`. */
  onExamination?(event: EvaluationDetailsEvent, run: RunContext): Written | Promise<Written>;
  onEnd?(event: RunEndEvent, run: RunContext): Written | Promise<Written>;
}

/** Writes files of a run: connected to its stream of events, or by a function for each event. */
export type Exporter = StreamExporter | HookExporter;
