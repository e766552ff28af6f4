// Where a run stands with its watchers: running, paused, stepping or stopping. Controls wait here and are applied between
// batches.
import type { Observable } from "rxjs";
import { type Control, isModeControl, type ModeControl, type Request } from "./control.ts";
import { createControlQueue } from "./control-queue.ts";

/** A run that is `stepping` pauses at the end of the epoch, `stepping-batch` after one batch. */
export type RunMode = "running" | "paused" | "stepping" | "stepping-batch" | "stopping";

export interface ModeChange {
  readonly action: ModeControl["action"];
  readonly from: RunMode;
  readonly to: RunMode;
}

export interface ControlHandlers {
  onMode(change: ModeChange): void;
  onRequest(request: Request): void;
}

export interface ControlReceiver {
  readonly mode: RunMode;
  /** What the source failed with; no more controls come then. */
  readonly failure: { readonly thrown: unknown } | undefined;
  /** Puts controls before all that have come in. */
  putFirst(controls: readonly Control[]): void;
  /** Applies what has come in and tells each change; waits while paused, unless `isOver`. */
  settle(handlers: ControlHandlers, isOver: () => boolean): Promise<void>;
  /** Carries out what is no change of mode; that is left for `settle`. */
  settleRequests(handlers: ControlHandlers): void;
  /** A batch within an epoch has ended: a step of one batch pauses. */
  endBatch(handlers: ControlHandlers): void;
  /** An epoch has ended: a step pauses. */
  endEpoch(handlers: ControlHandlers): void;
  /** Ends a wait, for `isOver` to be asked again. */
  wake(): void;
  close(): void;
}

/** Subscribes at once, so that nothing sent from then on is lost. */
export function createControlReceiver(source: Observable<Control> | undefined): ControlReceiver {
  /** Due before what has come in, one after the other. */
  const first: Control[] = [];
  const waiting = createControlQueue();
  const take = (): Control | undefined => first.shift() ?? waiting.take();
  let mode: RunMode = "running";
  let failure: ControlReceiver["failure"];
  let wakeUp: (() => void) | undefined;
  const wake = (): void => wakeUp?.();
  const subscription = source?.subscribe({
    next(control) {
      waiting.add(control);
      wake();
    },
    error(thrown) {
      failure = { thrown };
      wake();
    },
  });

  /** Nothing leads out of stopping, and what changes nothing is left out. */
  function change(action: ModeControl["action"], to: RunMode, handlers: ControlHandlers): void {
    if (mode === "stopping" || to === mode) return;
    const from = mode;
    mode = to;
    handlers.onMode({ action, from, to });
  }

  return {
    get mode() {
      return mode;
    },
    get failure() {
      return failure;
    },
    putFirst: (controls) => void first.unshift(...controls),
    async settle(handlers, isOver) {
      for (;;) {
        // One at a time: what is told of one may bring in the next.
        for (let control = take(); control !== undefined; control = take()) {
          if (isModeControl(control)) change(control.action, modeAfter(control), handlers);
          else if (mode !== "stopping") handlers.onRequest(control);
        }
        if (mode !== "paused" || failure !== undefined || isOver()) return;
        const { promise, resolve } = Promise.withResolvers<void>();
        wakeUp = resolve;
        await promise;
        wakeUp = undefined;
      }
    },
    settleRequests(handlers) {
      const modes: Control[] = [];
      for (let control = take(); control !== undefined; control = take()) {
        if (isModeControl(control)) modes.push(control);
        else handlers.onRequest(control);
      }
      first.push(...modes);
    },
    endBatch(handlers) {
      if (mode === "stepping-batch") change("pause", "paused", handlers);
    },
    endEpoch(handlers) {
      if (mode === "stepping" || mode === "stepping-batch") change("pause", "paused", handlers);
    },
    wake,
    close: () => subscription?.unsubscribe(),
  };
}

function modeAfter(control: ModeControl): RunMode {
  switch (control.action) {
    case "pause":
      return "paused";
    case "resume":
      return "running";
    case "step":
      return control.unit === "batch" ? "stepping-batch" : "stepping";
    case "stop":
      return "stopping";
  }
}
