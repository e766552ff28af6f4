// Where a run stands with its watchers: running, paused, stepping or stopping. Controls queue up here and are
// applied between batches.
import type { Observable, Subscription } from "rxjs";
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
  /** Applies what has come in, waits while paused, and tells each change. */
  settle(onChange: (change: ModeChange) => void): Promise<void>;
  /** An epoch has ended: a step pauses. */
  endEpoch(onChange: (change: ModeChange) => void): void;
  close(): void;
}

const NEXT_MODE = { pause: "paused", resume: "running", step: "stepping", stop: "stopping" } as const;

/** Nothing leads out of stopping, and what changes nothing is left out. */
function nextMode(mode: RunMode, control: Control): RunMode {
  return mode === "stopping" ? mode : NEXT_MODE[control.action];
}

export function createControls(source: Observable<Control> | undefined, signal: AbortSignal): Controls {
  const queue: Control[] = [];
  let mode: RunMode = "running";
  let wake: (() => void) | undefined;
  const subscription: Subscription | undefined = source?.subscribe((control) => {
    queue.push(control);
    wake?.();
  });
  signal.addEventListener("abort", () => wake?.(), { once: true });

  function change(action: ControlAction, to: RunMode, onChange: (change: ModeChange) => void): void {
    if (to === mode) return;
    const from = mode;
    mode = to;
    onChange({ action, from, to });
  }

  return {
    get mode() {
      return mode;
    },
    async settle(onChange) {
      for (;;) {
        // One at a time: what is told of one may bring in the next.
        for (let control = queue.shift(); control !== undefined; control = queue.shift()) {
          change(control.action, nextMode(mode, control), onChange);
        }
        if (mode !== "paused" || signal.aborted) return;
        const { promise, resolve } = Promise.withResolvers<void>();
        wake = resolve;
        await promise;
        wake = undefined;
      }
    },
    endEpoch(onChange) {
      if (mode === "stepping") change("pause", "paused", onChange);
    },
    close: () => subscription?.unsubscribe(),
  };
}
