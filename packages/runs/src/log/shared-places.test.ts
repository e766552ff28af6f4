import { EVENT_VERSION, type TrainingEvent } from "@trainscope/core/events";
import { expect, it } from "vitest";
import { withSharedPlaces } from "./shared-places.ts";

const ROOT = "/home/alice/my work";

function failedIn(place: string, ...frames: readonly string[]): TrainingEvent {
  const stack = ["Error: /home/alice is what it says", ...frames.map((frame) => `    ${frame}`)].join("\n");
  const what = { plugin: "frail", hook: "update", message: "m", place, stack, failures: 1, disabled: false };
  return { v: EVENT_VERSION, seq: 1, runId: "run", time: 0, type: "plugin:error", ...what };
}

it.skipIf(process.platform === "win32")("of a stack no path above the working folder is kept", () => {
  const event = failedIn(
    "/home/alice/my work/plugins/frail.ts:12",
    "at Object.update (file:///home/alice/my%20work/plugins/frail.ts:12:5)",
    "at async /home/alice/my work/frail.cjs:1:2",
    "at new Sum (/home/alice/my work/node_modules/sums/index.js:3:4)",
    "at file:///usr/lib/node_modules/trainscope/node_modules/@trainscope/core/dist/guard/guard.js:59:31",
    "at Object.call [as update] (file:///home/bob/shared/metrics.mjs:7:9)",
    "at JSON.parse (<anonymous>)",
    "at async node:internal/main:1:2",
  );
  expect(withSharedPlaces(event, ROOT)).toEqual({
    ...event,
    place: "plugins/frail.ts:12",
    stack: [
      "Error: /home/alice is what it says",
      "    at Object.update (plugins/frail.ts:12:5)",
      "    at async frail.cjs:1:2",
      "    at new Sum (node_modules/sums/index.js:3:4)",
      "    at node_modules/@trainscope/core/dist/guard/guard.js:59:31",
      "    at Object.call [as update] (.../metrics.mjs:7:9)",
      "    at JSON.parse (<anonymous>)",
      "    at async node:internal/main:1:2",
    ].join("\n"),
  });
});

it("what says no more than that stays as it is, and other events do", () => {
  const event = failedIn("frail.ts:3", "at update (frail.ts:3:1)", "at nowhere");
  expect(withSharedPlaces(event, ROOT)).toEqual(event);
  const { place: _, stack: __, ...bare } = event as Extract<TrainingEvent, { type: "plugin:error" }>;
  expect(withSharedPlaces(bare, ROOT)).toEqual(bare);
});
