// Makes an exporter of what is recorded of a run while it goes on, and written at its end, and whenever an export is asked for.
import type { Artifact, ModelParameters, RunContext, StreamExporter } from "@trainscope/core";
import type { TrainingEvent } from "@trainscope/core/events";
import { concatAll, concatMap, filter, map, takeWhile, tap } from "rxjs";

type Content = Uint8Array | string | undefined;

/** What is made of a run's events, in their order. */
export interface Recorder {
  take(event: TrainingEvent): void;
  /** The weights as they were after an epoch, where the recorder has a use for them. */
  takeWeights?(epoch: number, parameters: ModelParameters): void;
  /** The file as it is now; `undefined` where there is nothing to write yet. */
  content(): Content | Promise<Content>;
}

interface RecordingExporter extends Pick<Artifact, "kind" | "title"> {
  readonly name: string;
  readonly file: string;
  readonly examine?: boolean;
  readonly create: (run: RunContext) => Recorder;
}

export function recordingExporter({
  name,
  file,
  kind,
  title,
  examine,
  create,
}: RecordingExporter): StreamExporter {
  // Connected anew after a failure, it goes on with what it had of the run.
  const recorders = new WeakMap<RunContext, Recorder>();
  return {
    name,
    ...(examine === undefined ? {} : { examine }),
    connect(events, run) {
      const recorder = recorders.get(run) ?? create(run);
      recorders.set(run, recorder);
      return events.pipe(
        tap((event) => {
          recorder.take(event);
          if (event.type === "epoch:end" && recorder.takeWeights !== undefined) {
            const parameters = presentParameters(run);
            if (parameters !== undefined) recorder.takeWeights(event.epoch, parameters);
          }
        }),
        filter(isAsking),
        takeWhile(({ type }) => type !== "run:end", true),
        // Taken while that event is being delivered: what comes later is none of it.
        map(() => recorder.content()),
        concatMap(write),
        concatAll(),
      );

      async function write(made: Content | Promise<Content>): Promise<readonly Artifact[]> {
        const content = await made;
        return content === undefined ? [] : [{ kind, title, path: await run.write(file, content) }];
      }
    },
  };
}

/** `undefined` for the past of a run that is continued: its parameters are gone. */
function presentParameters(run: RunContext): ModelParameters | undefined {
  try {
    return run.parameters();
  } catch {
    return undefined;
  }
}

function isAsking(event: TrainingEvent): boolean {
  return event.type === "run:end" || (event.type === "control" && event.action === "export");
}
