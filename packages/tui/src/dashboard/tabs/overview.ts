// "Overview": what a watcher wants to know at a glance. Charts, numbers, settings, and the newest lines of the log.

import { mayTellMore } from "@trainscope/core/source";
import { figuresOf, type MetricGroup } from "../model/metrics.ts";
import { chartPanel, warmingUpPanel } from "../panels/chart.ts";
import { logRows } from "../panels/log.ts";
import { metricsRows } from "../panels/metrics.ts";
import type { PanelSpec } from "../panels/panel-spec.ts";
import type { Scene } from "../panels/scene.ts";
import { settingsLine, settingsRowCount, settingsRows } from "../panels/settings.ts";
import { indented } from "../text/layout.ts";
import { run } from "../text/rows.ts";
import { COLORS } from "../text/theme.ts";
import { type OverviewLayout, overviewLayout } from "./overview-layout.ts";
import type { Tab } from "./tab.ts";

export const overviewTab: Tab = {
  name: "overview",
  title: "Overview",
  panels(scene, area) {
    const { run: start } = scene.state;
    const { listed, charted, constants } = figuresOf(scene.state);
    const layout = overviewLayout(area, {
      // A chart that will never have a value doesn't wait for one.
      charts: charted.length === 0 ? WAITING.length : charted.length,
      metrics: listed.length,
      settings: settingsRowCount(start) + constants.length,
    });
    return [
      ...charts(scene, charted, layout),
      metricsPanel(scene, layout),
      settingsPanel(scene, layout, constants),
      logPanel(scene, layout),
    ];
  },
  keys: [
    ["l", "axis"],
    ["m", "smooth"],
    ["i", "crosshair"],
    ["+", "zoom"],
    ["u", "undo"],
  ],
};

const WAITING = ["Loss", "Accuracy"];

/** Before the run has said which metrics it has, empty frames. */
function charts(
  scene: Scene,
  charted: readonly MetricGroup[],
  { charts: rects, framed }: OverviewLayout,
): PanelSpec[] {
  const waits = mayTellMore(scene.source, scene.state.phase === "ended");
  return rects.map((rect, index) => {
    const group = charted[index];
    return group
      ? chartPanel(scene, group, rect, framed)
      : warmingUpPanel(WAITING[index] ?? `chart ${index + 1}`, rect, framed, waits);
  });
}

/** Where there is no room for all metrics, one page after the other is shown, as the clock has it. */
const PAGES_TURN_MS = 1000;

function metricsPanel({ state, clock, formats, theme }: Scene, { metrics, framed }: OverviewLayout): PanelSpec {
  const turn = Math.floor((clock ?? 0) / PAGES_TURN_MS);
  return {
    name: "Metrics",
    rect: framed ? metrics : indented(metrics),
    framed,
    ...(framed ? { heading: () => ({ title: "Metrics" }) } : {}),
    draw: (width, height) => metricsRows(state, clock, formats, width, height, theme),
    depends: [state.run, state.recorded, state.newest, turn, formats],
  };
}

function settingsPanel(
  { state, formats, theme }: Scene,
  { settings }: OverviewLayout,
  constants: readonly MetricGroup[],
): PanelSpec {
  // What is the same for long enough becomes one of them, and what changes is none any more.
  const names = constants.map(({ name }) => name).join();
  const panel = settings.height > 1;
  return {
    name: "Settings",
    rect: settings,
    framed: panel,
    ...(panel ? { heading: () => ({ title: "Settings" }) } : {}),
    draw: (width, height) =>
      panel ? settingsRows(state, width, height, theme, formats) : [settingsLine(state, width, theme, formats)],
    depends: [state.run, state.learningRate, state.lambda, state.batchSize, names, formats],
  };
}

function logPanel({ state, theme }: Scene, { log, framed }: OverviewLayout): PanelSpec {
  const logFramed = framed && log.height >= 4;
  const problems = state.problems === 1 ? "1 problem" : `${state.problems} problems`;
  const legends = state.problems > 0 ? [[run(problems, { color: COLORS.caution })]] : [];
  return {
    name: "Log",
    rect: logFramed ? log : indented(log),
    framed: logFramed,
    ...(logFramed ? { heading: () => ({ title: "Log", legends }) } : {}),
    draw: (_, height) => logRows(state.log, height, theme),
    depends: [state.log, state.problems],
    click: () => ({ kind: "tab", tab: "log" }),
  };
}
