// Makes of an exporter's hooks what an exporter's `connect` gives.
import { Observable } from "rxjs";
import type { RunEndEvent, TrainingEvent } from "../events.ts";
import type { Guard } from "../guard/guard.ts";
import type { Artifact, HookExporter, RunContext, Written } from "./exporter.ts";
import { ParametersUnavailableError } from "./parameters-unavailable.ts";

/** What a hook throws, or its promise rejects with, is counted by the guard, and the stream goes on. */
export function connectHooks(
  exporter: HookExporter,
  guard: Guard,
  events: Observable<TrainingEvent>,
  run: RunContext,
): Observable<Artifact> {
  return new Observable((subscriber) => {
    const pending = new Set<Promise<void>>();

    function call(hook: string, body: () => Written | Promise<Written>): void {
      if (guard.disabled) return;
      const outcome = guard.call(hook, () => lenient(body));
      if (!outcome.ok) return;
      if (!(outcome.value instanceof Promise)) {
        tell(outcome.value);
        return;
      }
      const emitted: Promise<void> = outcome.value
        // The guard has seen it reject.
        .then(tell, () => {})
        .finally(() => pending.delete(emitted));
      pending.add(emitted);
    }

    function tell(written: Written): void {
      for (const artifact of [written ?? []].flat()) subscriber.next(artifact as Artifact);
    }

    async function end(event: RunEndEvent | undefined): Promise<void> {
      await Promise.all(pending);
      if (event) call("onEnd", () => exporter.onEnd?.(event, run));
      await Promise.all(pending);
      subscriber.complete();
    }

    let last: RunEndEvent | undefined;
    return events.subscribe({
      next(event) {
        if (event.type === "epoch:end") call("onEpoch", () => exporter.onEpoch?.(event, run));
        else if (event.type === "examination")
          call("onExamination", () => exporter.onExamination?.(event, run));
        else if (event.type === "run:end") last = event;
      },
      complete: () => void end(last),
    });
  });
}

/** Who asks for parameters that are gone has written its files of that epoch before the run was continued. */
function lenient(body: () => Written | Promise<Written>): Written | Promise<Written> {
  const pass = (thrown: unknown): undefined => {
    if (!(thrown instanceof ParametersUnavailableError)) throw thrown;
  };
  try {
    const written = body();
    return isThenable(written) ? Promise.resolve(written).catch(pass) : written;
  } catch (thrown) {
    return pass(thrown);
  }
}

function isThenable(value: unknown): value is PromiseLike<Written> {
  return typeof (value as PromiseLike<Written> | undefined)?.then === "function";
}
