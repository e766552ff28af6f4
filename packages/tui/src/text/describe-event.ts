// Events in words: the same ones in the dashboard's log and in the lines of a pipe.
import { isAbsolute, relative } from "node:path";
import type {
  CheckpointEvent,
  ControlEvent,
  RunEndEvent,
  RunEndReason,
  TrainingEvent,
} from "@trainscope/core/events";
import { formatCount, formatSetting } from "./format.ts";

/** How much what is said matters. */
export type Severity = "info" | "success" | "warning" | "error";

/** An event in words. */
export interface Said {
  readonly severity: Severity;
  readonly text: string;
  /** A line with the key of the one before may take its place; the text where it is left out. */
  readonly key?: string;
}

/** What is to be said of an event, if anything. */
export function describeEvent(event: TrainingEvent): Said | undefined {
  switch (event.type) {
    case "run:start": {
      const { data, model, parent } = event;
      const sizes = [
        ...(data ? [`${formatCount(data.train)} images`] : []),
        ...(model ? [`${formatCount(model.parameters)} parameters`] : []),
      ].join(", ");
      const from = parent ? ` from epoch ${parent.epoch} of ${parent.runId}` : "";
      const started = `started${data ? ` on ${data.name}` : ""}${from}`;
      return { severity: "info", text: sizes === "" ? started : `${started}: ${sizes}` };
    }
    case "run:resume": {
      const { epoch, batch } = event;
      const place = batch > 0 ? `epoch ${epoch}, after batch ${batch}` : `epoch ${epoch}`;
      return { severity: "info", text: `continued from a checkpoint in ${place}` };
    }
    case "control":
      return describeControl(event);
    case "checkpoint":
      return describeCheckpoint(event);
    case "artifact":
      return {
        severity: "success",
        text: `${event.title} written to ${event.path}`,
        key: `artifact:${event.path}`,
      };
    case "alert":
      return { severity: event.level, text: event.message };
    case "plugin:error": {
      const disabled = event.disabled ? "; it is now disabled" : "";
      const again = event.failures > 1 ? ` (${event.failures} times)` : "";
      return {
        severity: event.disabled ? "error" : "warning",
        text: `${event.plugin} failed in ${event.hook}${placeText(event)}${again}: ${event.message}${disabled}`,
      };
    }
    case "run:end":
      return describeEnd(event);
    default:
      return undefined;
  }
}

/** Where a plugin failed, in brackets: from the working folder on, or the whole path where that is shorter. */
export function placeText({ place }: { readonly place?: string | undefined }): string {
  if (place === undefined) return "";
  const short = isAbsolute(place) ? relative(process.cwd(), place) : place;
  return ` (${short.length < place.length ? short : place})`;
}

/** Those that come by themselves take one line together; an earlier version's log doesn't tell the reason. */
function describeCheckpoint({ reason = "asked", best, epoch, path }: CheckpointEvent): Said {
  if (best && reason === "best") {
    return { severity: "success", text: `best model so far saved, epoch ${epoch}`, key: "checkpoint:best" };
  }
  const written: Said = { severity: "success", text: `checkpoint written to ${path}` };
  return reason === "every" ? { ...written, key: "checkpoint:every" } : written;
}

/** Whether it came by itself: nothing that a person who reads line by line waits for. */
export function isRoutine(event: TrainingEvent): boolean {
  return event.type === "checkpoint" && (event.reason ?? "asked") !== "asked";
}

function describeControl({ action, from, to, epoch, batch }: ControlEvent): Said {
  const place = batch > 0 ? `in epoch ${epoch}, after batch ${batch}` : `at epoch ${epoch}`;
  const change = `from ${setting(from)} to ${setting(to)}, ${place}`;
  switch (action) {
    case "pause":
      return { severity: "info", text: `paused ${place}` };
    case "resume":
      return { severity: "info", text: `going on ${place}` };
    case "step":
      return { severity: "info", text: `one ${to === "stepping-batch" ? "batch" : "epoch"}, then a pause` };
    case "stop":
      return { severity: "warning", text: `stopping ${place}` };
    case "learningRate":
      return { severity: "info", text: `learning rate ${change}` };
    case "lambda":
      return { severity: "info", text: `L2 penalty ${change}` };
    case "batchSize":
      return { severity: "info", text: `batch size ${change}` };
    case "epochs":
      return { severity: "info", text: `number of epochs ${change}` };
    case "checkpoint":
      return { severity: "info", text: `checkpoint asked for ${place}` };
    case "export":
      return { severity: "info", text: `pictures asked for ${place}` };
  }
}

function describeEnd({ reason, epochs, keptEpoch }: RunEndEvent): Said {
  const { severity, text } = ENDINGS[reason];
  const isBack = keptEpoch !== null && keptEpoch < epochs;
  return { severity, text: isBack ? `${text}; back to the parameters of epoch ${keptEpoch}` : text };
}

const ENDINGS: Readonly<Record<RunEndReason, { readonly severity: Severity; readonly text: string }>> = {
  completed: { severity: "success", text: "all epochs done" },
  stopped: { severity: "info", text: "stopped on request" },
  "early-stop": { severity: "success", text: "stopped early: no more improvement" },
  diverged: { severity: "error", text: "stopped: the loss diverged" },
  failed: { severity: "error", text: "the run failed" },
};

function setting(value: number | string | null): string {
  return typeof value === "number" ? formatSetting(value) : (value ?? "none");
}
