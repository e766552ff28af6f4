// Where a run stands with its watchers: running, paused, stepping or stopping. Controls queue up here and are
// applied between batches.
import type { Observable } from "rxjs";
import type { ControlAction } from "../events.ts";
import type { Control } from "./control.ts";

export type RunMode = "running" | "paused" | "stepping" | "stopping";

export interface ModeChange {
  readonly action: ControlAction;
  readonly from: RunMode;
  readonly to: RunMode;
}

export interface Controls {
  readonly mode: RunMode;
  /** What the source failed with; no more controls come then. */
  readonly failure: { readonly thrown: unknown } | undefined;
  /** Applies what has come in and tells each change; waits while paused, unless `isOver`. */
  settle(onChange: (change: ModeChange) => void, isOver: () => boolean): Promise<void>;
  /** An epoch has ended: a step pauses. */
  endEpoch(onChange: (change: ModeChange) => void): void;
  /** Ends a wait, for `isOver` to be asked again. */
  wake(): void;
  close(): void;
}

const NEXT_MODE = { pause: "paused", resume: "running", step: "stepping", stop: "stopping" } as const;

/** Subscribes at once, so that nothing sent from then on is lost. */
export function createControls(source: Observable<Control> | undefined): Controls {
  const queue: Control[] = [];
  let mode: RunMode = "running";
  let failure: Controls["failure"];
  let wakeUp: (() => void) | undefined;
  const wake = (): void => wakeUp?.();
  const subscription = source?.subscribe({
    next(control) {
      queue.push(control);
      wake();
    },
    error(thrown) {
      failure = { thrown };
      wake();
    },
  });

  /** Nothing leads out of stopping, and what changes nothing is left out. */
  function change(action: ControlAction, to: RunMode, onChange: (change: ModeChange) => void): void {
    if (mode === "stopping" || to === mode) return;
    const from = mode;
    mode = to;
    onChange({ action, from, to });
  }

  return {
    get mode() {
      return mode;
    },
    get failure() {
      return failure;
    },
    async settle(onChange, isOver) {
      for (;;) {
        // One at a time: what is told of one may bring in the next.
        for (let control = queue.shift(); control !== undefined; control = queue.shift()) {
          change(control.action, NEXT_MODE[control.action], onChange);
        }
        if (mode !== "paused" || failure !== undefined || isOver()) return;
        const { promise, resolve } = Promise.withResolvers<void>();
        wakeUp = resolve;
        await promise;
        wakeUp = undefined;
      }
    },
    endEpoch(onChange) {
      if (mode === "stepping") change("pause", "paused", onChange);
    },
    wake,
    close: () => subscription?.unsubscribe(),
  };
}
