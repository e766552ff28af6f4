// What steers a run: the settings in force, and what is done at a boundary where controls are applied.

import { isSettingControl, type Request, type SettingControl } from "../control/control.ts";
import type { ControlHandlers, ControlReceiver } from "../control/control-receiver.ts";
import { describePlace, type Place, readScript, type ScriptedControl } from "../control/script.ts";
import { messageOf } from "../errors.ts";
import type { EventBody } from "../events.ts";
import { checkLiveSetting, type TrainSettings } from "../settings/settings.ts";
import type { Ending } from "./ending.ts";

export interface RunController {
  /** In force; another object after each change. */
  readonly settings: TrainSettings;
  /** Applies what is due at a boundary. Waits while paused. */
  settle(place: Place): Promise<void>;
  /** Where the run is about to end by itself: what may make it go on, and what is only to be written. */
  settleRequests(place: Place): void;
  /** A batch within an epoch, or an epoch, has ended: a step that was asked for pauses. */
  endBatch(place: Place): void;
  endEpoch(place: Place): void;
  /** How many batches may follow before the next boundary where something is known to be due. */
  batchesAhead(place: Place): number;
  /** The run is over: says what of the script was left. */
  close(): void;
}

export interface RunControllerOptions {
  readonly settings: TrainSettings;
  readonly controls: ControlReceiver;
  /** In the order of its places. */
  readonly script: readonly ScriptedControl[];
  readonly emit: (body: EventBody) => void;
  readonly end: (ending: Ending) => void;
  readonly isOver: () => boolean;
  readonly saveCheckpoint: (place: Place, reason: "asked" | "stop") => void;
}

export function createRunController(options: RunControllerOptions): RunController {
  const { controls, emit, end, isOver } = options;
  const script = readScript(options.script);
  let { settings } = options;

  function warn(message: string): void {
    emit({ type: "alert", level: "warning", code: "control", message });
  }

  function changeSetting({ action, to }: SettingControl, place: Place): void {
    const from = settings[action];
    try {
      checkLiveSetting(action, to);
    } catch (thrown) {
      warn(`${messageOf(thrown)}; it stays ${from}`);
      return;
    }
    if (action === "epochs" && to < place.epoch) {
      warn(`epochs is ${to}; expected at least the present epoch, ${place.epoch}; it stays ${from}`);
      return;
    }
    if (to === from) return;
    settings = { ...settings, [action]: to };
    emit({ type: "control", action, from, to, ...place });
  }

  function carryOut(request: Request, place: Place): void {
    if (isSettingControl(request)) {
      changeSetting(request, place);
      return;
    }
    emit({ type: "control", action: request.action, from: null, to: null, ...place });
    if (request.action === "checkpoint") options.saveCheckpoint(place, "asked");
  }

  function handlersAt({ epoch, batch }: Place): ControlHandlers {
    const place = { epoch, batch };
    return {
      onMode(change) {
        // Before it is told, so that a run that goes on from there has not been stopped.
        if (change.to === "stopping") options.saveCheckpoint(place, "stop");
        emit({ type: "control", ...change, ...place });
      },
      onRequest: (request) => carryOut(request, place),
    };
  }

  /** What of the script is due goes before what has come in. */
  function queueScript(place: Place): void {
    const due = script.take(place, (missed) =>
      warn(`the script's ${describeMissed(missed)}: the run has no such place`),
    );
    controls.putFirst(due);
  }

  return {
    get settings() {
      return settings;
    },
    async settle(place) {
      queueScript(place);
      await controls.settle(handlersAt(place), isOver);
      if (controls.mode === "stopping") end({ reason: "stopped" });
      if (controls.failure !== undefined) {
        const message = `the control stream failed: ${messageOf(controls.failure.thrown)}`;
        end({ reason: "failed", message });
      }
    },
    settleRequests(place) {
      queueScript(place);
      controls.settleRequests(handlersAt(place));
    },
    endBatch: (place) => controls.endBatch(handlersAt(place)),
    endEpoch: (place) => controls.endEpoch(handlersAt(place)),
    batchesAhead({ epoch, batch }) {
      if (controls.mode === "stepping-batch") return 1;
      return (script.nextBatch(epoch) ?? Number.POSITIVE_INFINITY) - batch;
    },
    close() {
      const rest = script.rest();
      const [first] = rest;
      if (first === undefined) return;
      const others = rest.length > 1 ? `, nor ${rest.length - 1} more after it` : "";
      warn(`the script's ${describeMissed(first)}${others}: the run ended before`);
    },
  };
}

function describeMissed({ control, ...place }: ScriptedControl): string {
  return `${control.action} was not applied ${describePlace(place)}`;
}
