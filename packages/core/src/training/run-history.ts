// What a run was before it was continued, from the events it had told until then.
import type { Checkpoint } from "../checkpoint/checkpoint.ts";
import { type ScriptedControl, scriptOf } from "../control/script.ts";
import { TrainscopeError } from "../errors.ts";
import { type EpochEndEvent, isPersisted, type RunStartEvent, type TrainingEvent } from "../events.ts";
import { PASS_HOOKS } from "../metrics/evaluator.ts";
import { isLiveSetting, resolveSettings, type TrainSettings } from "../settings/settings.ts";

/** From where, and with what behind it, a run goes on. */
export interface Resumption {
  readonly checkpoint: Checkpoint;
  /** Of the checkpoint's file: told anew, as what was told of it is past the checkpoint. */
  readonly path?: string;
  /** The run's log. What is past the checkpoint will happen again, changes of settings at their old places included. */
  readonly events: readonly TrainingEvent[];
  /** Another number of epochs in all, from here on. */
  readonly epochs?: number;
}

export interface RecordedEpoch {
  readonly event: EpochEndEvent;
  /** In force at its end. */
  readonly settings: TrainSettings;
  /** The names of the metrics that had failed in it. */
  readonly failed: ReadonlySet<string>;
}

/** What a run had told before it is continued. */
export interface RunHistory {
  readonly start: RunStartEvent;
  /** What was told before the checkpoint, and no other. */
  readonly events: readonly TrainingEvent[];
  /** Those the run started with. */
  readonly settings: TrainSettings;
  readonly epochs: readonly RecordedEpoch[];
  /** Of each plugin. */
  readonly failures: ReadonlyMap<string, number>;
  /** Changes of settings that the log has past the checkpoint. */
  readonly ahead: readonly ScriptedControl[];
}

/**
 * Throws `BAD_OPTION` where the log doesn't begin with the start of the checkpoint's run, or lacks something that was
 * told before it.
 */
export function rebuildHistory({
  checkpoint,
  events: log,
}: Pick<Resumption, "checkpoint" | "events">): RunHistory {
  const { runId, seq, logged } = checkpoint;
  const events = log.filter((event) => event.seq < seq && isPersisted(event));
  const [start] = events;
  if (start?.type !== "run:start") throw refuse(`it begins with ${start?.type ?? "nothing"}`);
  const other = events.find((event) => event.runId !== runId);
  if (other !== undefined) throw refuse(`it has an event of the run ${other.runId}`);
  if (events.length !== logged) throw refuse(`it has ${events.length} of the ${logged} events before that`);

  const initial = resolveSettings(start.config);
  const epochs: RecordedEpoch[] = [];
  const failures = new Map<string, number>();
  let settings = initial;
  let failed = new Set<string>();
  for (const event of events) {
    if (event.type === "epoch:end") {
      epochs.push({ event, settings, failed });
      failed = new Set();
    } else if (event.type === "plugin:error") {
      failures.set(event.plugin, event.failures);
      if (PASS_HOOKS.includes(event.hook)) failed.add(event.plugin);
    } else if (event.type === "control" && isLiveSetting(event.action) && typeof event.to === "number") {
      settings = { ...settings, [event.action]: event.to };
    }
  }
  const later = log.filter((event) => event.seq >= seq && event.runId === runId);
  const ahead = scriptOf(later).filter(({ control }) => control.action !== "stop");
  return { start, events, settings: initial, epochs, failures, ahead };

  function refuse(found: string): TrainscopeError {
    const { epoch, batch } = checkpoint;
    const message = `the log doesn't lead to the checkpoint of epoch ${epoch}, batch ${batch}, of the run ${runId}: ${found}`;
    return new TrainscopeError("BAD_OPTION", message);
  }
}
