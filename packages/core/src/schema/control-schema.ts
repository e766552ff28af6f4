// Controls as data from outside: what a viewer asks of a run, and what a record says that a run is to repeat.
import * as z from "zod/mini";
import type { Control } from "../control/control.ts";
import type { ScriptedControl } from "../control/script.ts";
import { CONTROL_ACTIONS } from "../control-actions.ts";
import { describeLiveRange, isLiveValue, LIVE_SETTINGS, type LiveSetting } from "../settings/settings.ts";
import { COUNT, oneOf, shapeOf } from "./kinds.ts";

function setting<Name extends LiveSetting>(action: Name) {
  const to = z.custom<number>(
    (value) => isLiveValue(action, value),
    `${describeLiveRange(action)} for ${action}`,
  );
  return shapeOf({ action: z.literal(action), to });
}

const [epochs, batchSize, learningRate, lambda] = LIVE_SETTINGS;

/** Of a `Control` that comes from outside. */
export const CONTROL_SCHEMA: z.ZodMiniType<Control> = z.discriminatedUnion(
  "action",
  [
    setting(epochs),
    setting(batchSize),
    setting(learningRate),
    setting(lambda),
    shapeOf({ action: z.enum(["pause", "resume", "stop", "checkpoint", "export"]) }),
    shapeOf({ action: z.literal("step"), unit: z.exactOptional(oneOf(["batch", "epoch"])) }),
  ],
  {
    error: ({ code }: { readonly code: string }) =>
      code === "invalid_type" ? "an object" : `one of ${CONTROL_ACTIONS.join(", ")}`,
  },
);

/** Of the controls of a script that comes from outside. */
export const SCRIPT_SCHEMA: z.ZodMiniType<readonly ScriptedControl[]> = z.array(
  shapeOf({ epoch: COUNT, batch: COUNT, control: CONTROL_SCHEMA }),
  "an array",
);
