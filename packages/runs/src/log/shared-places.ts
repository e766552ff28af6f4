// Where a plugin failed, for a log that others are given: from the working folder on. Of the rest of the machine no path is told.
import { relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import type { TrainingEvent } from "@trainscope/core/events";

/** Of V8: "at hook (file:///folder/plugin.ts:3:11)", or without name and brackets. */
const FRAME = /^(\s*at (?:.*\()?)(.+?)(:\d+:\d+\)?)$/;

/** The event as a log keeps it. `root`: the working folder. */
export function withSharedPlaces(event: TrainingEvent, root = process.cwd()): TrainingEvent {
  if (event.type !== "plugin:error") return event;
  const { place, stack } = event;
  return {
    ...event,
    ...(place === undefined ? {} : { place: place.replace(/^(.+)(:\d+)$/, sharing(root)) }),
    ...(stack === undefined ? {} : { stack: stack.split("\n").map(inLine).join("\n") }),
  };

  function inLine(line: string): string {
    return line.replace(FRAME, (_, before: string, path: string, after: string) => {
      // "at async /folder/plugin.ts:3:11" has no brackets.
      const [, asynchronous = "", place = path] = /^(async )?(.+)$/.exec(path) ?? [];
      return `${before}${asynchronous}${sharedPath(place, root)}${after}`;
    });
  }
}

const sharing =
  (root: string) =>
  (_: string, path: string, line: string): string =>
    `${sharedPath(path, root)}${line}`;

/** Below the working folder from there on, of an installed package its own, of any other file the name. */
function sharedPath(place: string, root: string): string {
  const path = place.startsWith("file://") ? pathOf(place) : place;
  if (!/^(?:[/\\]|[A-Za-z]:[/\\])/.test(path)) return path;
  const parts = path.split(/[/\\]/);
  const below = relative(root, path);
  if (!below.startsWith("..") && below !== path) return below.split(sep).join("/");
  const installed = parts.lastIndexOf("node_modules");
  return installed < 0 ? `.../${parts.at(-1)}` : parts.slice(installed).join("/");
}

function pathOf(address: string): string {
  try {
    return fileURLToPath(address);
  } catch {
    // Of another system.
    return address.slice("file://".length);
  }
}
