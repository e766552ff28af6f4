// Scenes of a run at its various stages, for tests that want to see all of them.

import { at, BUILT_IN, metricInfo, runStart } from "@trainscope/core/testing";
import { type DashboardState, initialState } from "../model/state.ts";
import type { Scene } from "../panels/scene.ts";
import { createTheme } from "../text/theme.ts";
import { FIRST_VIEW } from "../view/view.ts";
import { change, stateAfter, stateOf } from "./events.ts";

const PLAIN = createTheme({ color: false, ascii: false });

/** A run of this process, which isn't forked, with no other beneath it. */
export const HERE = { source: { kind: "training" }, overlay: undefined, mayFork: false } as const;

/** Without colours, on the first tab, where nothing else is said. */
export function sceneOf(state: DashboardState, more: Partial<Scene> = {}): Scene {
  return {
    state,
    view: FIRST_VIEW,
    clock: state.time,
    formats: new Map(),
    theme: PLAIN,
    imageOf: undefined,
    ...HERE,
    ...more,
  };
}

const CUSTOM = Array.from({ length: 9 }, (_, index) => `a-custom-metric-${index}`).flatMap((name) => [
  metricInfo("train", name, { unit: "ms" }),
  metricInfo("validation", name, { unit: "ms" }),
]);

const HOSTILE = "飛行機\n\u001b[2J🚀 ".repeat(20);

/** Each with what it is a scene of. */
export const SCENES: readonly (readonly [string, DashboardState])[] = [
  ["before the first event", initialState()],
  ["before the first epoch ends", stateOf(0)],
  ["after one epoch", stateOf(1)],
  ["in the middle of a run", stateOf(25)],
  ["with many custom metrics", stateOf(25, [...BUILT_IN, ...CUSTOM])],
  [
    "with wide and hostile names, and plugins that fail",
    stateAfter([
      at(0, runStart(BUILT_IN, HOSTILE)),
      at(1, change("learningRate", 0.001, 0.01)),
      at(2, {
        type: "plugin:times",
        epoch: 1,
        hooks: [{ plugin: HOSTILE, hook: "update", calls: 1e9, milliseconds: 1e8, failures: 3 }],
      }),
      at(3, {
        type: "plugin:error",
        plugin: HOSTILE,
        hook: "update",
        message: HOSTILE,
        failures: 3,
        disabled: true,
      }),
      at(4, { type: "alert", level: "warning", code: "overfitting", message: HOSTILE }),
    ]),
  ],
];
