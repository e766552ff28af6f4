import type { Split } from "@trainscope/core";
import type { ControlEvent, MetricInfo } from "@trainscope/core/events";
import { at, epochEvents, metricInfo, runStart, stepEvents } from "@trainscope/core/testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ChartChoices } from "../chart/choices.ts";
import { plot } from "../chart/plot.ts";
import { groupMetrics } from "../model/metrics.ts";
import { type Overlay, overlayOf } from "../model/overlay.ts";
import { type DashboardState, initialState } from "../model/state.ts";
import { overviewTab } from "../tabs/overview.ts";
import { stateAfter, stateOf } from "../testing/events.ts";
import { sceneOf } from "../testing/scenes.ts";
import { plainText, type Row, rowWidth } from "../text/rows.ts";
import { COLORS, createTheme, type ThemeOptions } from "../text/theme.ts";
import { FIRST_VIEW } from "../view/view.ts";
import { chartPanel, warmingUpPanel } from "./chart.ts";
import { chartTitle } from "./chart-view.ts";
import { frameRows, innerSize } from "./frame.ts";
import type { PanelSpec } from "./panel-spec.ts";
import type { Scene } from "./scene.ts";

interface Look extends Partial<ThemeOptions> {
  readonly charts?: Partial<ChartChoices>;
  readonly name?: string;
  readonly overlay?: Overlay;
}

const METRICS = metricsOf("loss", { unit: "nats", display: { baseline: Math.LN10 } });

function metricsOf(name: string, more: Partial<MetricInfo> = {}): MetricInfo[] {
  return [metricInfo("train", name, more), metricInfo("validation", name, more)];
}

/** So many epochs of 40, each with the value that is told for its tag. */
function runOf(epochs: number, valueAt: (tag: string, epoch: number) => number | null, metrics = METRICS) {
  return stateAfter([at(0, runStart(metrics)), ...epochEvents(epochs, valueAt, metrics)]);
}

function panelOf(
  state: DashboardState,
  width: number,
  height: number,
  { charts, overlay, ...look }: Look = {},
): PanelSpec {
  const [group] = groupMetrics(state.run?.metrics ?? [], state.history.series);
  if (group === undefined) throw new Error("no metric");
  const view = { ...FIRST_VIEW, charts: { ...FIRST_VIEW.charts, ...charts } };
  const theme = createTheme({ color: true, ascii: false, ...look });
  const scene: Scene = sceneOf(state, { view, clock: undefined, theme, overlay });
  return chartPanel(scene, group, { left: 0, top: 0, width, height }, true);
}

function rowsOf(state: DashboardState, width: number, height: number, look: Look = {}): Row[] {
  const { heading, draw } = panelOf(state, width, height, look);
  const theme = createTheme({ color: true, ascii: false, ...look });
  return frameRows(draw(...innerSize(width, height)), heading?.() ?? { title: "" }, width, height, theme);
}

function textOf(state: DashboardState, width: number, height: number, look: Look = {}): string {
  return `\n${rowsOf(state, width, height, look)
    .map((row) => plainText(row).trimEnd())
    .join("\n")}\n`;
}

function headOf(state: DashboardState, width: number, look: Look = {}): string {
  return plainText(rowsOf(state, width, 12, look)[0] ?? []);
}

/** Falls, and on validation rises again after epoch 20; noise that is no random number. */
function curve(tag: string, epoch: number): number {
  const noise = ((epoch * 7919) % 13) / 130;
  const over = tag.startsWith("validation") ? Math.max(0, epoch - 20) * 0.015 + 0.1 : 0;
  return 1.6 + 0.9 * Math.exp(-epoch / 6) + noise + over;
}

it.each([
  ["fraction", 1, "100%"],
  ["%", 100, "100"],
] as const)("an axis of the unit %s ends at all there is", (unit, all, top) => {
  const state = runOf(5, (_, epoch) => all * (1 - 0.01 / epoch ** 3), metricsOf("top-1", { unit }));
  const labels = [...textOf(state, 60, 24).matchAll(/^│ *([\d.]+%?)┤/gm)].map(([, label]) => label);
  expect(labels[0]).toBe(top);
});

describe("splits at different paces", () => {
  const charts = (crosshair: number) => ({ charts: { crosshair } });

  it("are drawn over steps, each at its own, and the axis says so", () => {
    const state = stateAfter(stepEvents(12_500, "validation"));
    const text = textOf(state, 100, 12);
    expect(text).toMatch(/━━ train 2\.0080 +━━ validation 2\.5080/);
    expect(text).toMatch(/step 10 .* 10k .* 20k/);
  });

  it("are read off each at the point next to the crosshair", () => {
    const state = stateAfter(stepEvents(1000, "validation"));
    expect(headOf(state, 100, charts(250))).toMatch(/step 250 +━━ train 2\.4000 +━━ validation 2\.9000 ─/);
    expect(headOf(state, 100, charts(300))).toMatch(/step 300 +━━ train 2\.3333 +━━ validation 2\.9000 at 250/);
    expect(headOf(state, 100, charts(380))).toMatch(/step 380 +━━ train 2\.2632 +━━ validation 2\.7000 at 500/);
    const window = { first: 260, last: 300, follows: false };
    expect(headOf(state, 100, { charts: { crosshair: 300, window } })).toContain("validation 2.9000 at 250");
  });

  it("are seen in a window between two of their points", () => {
    const state = stateAfter(stepEvents(1000, "validation"));
    const window = { first: 260, last: 300, follows: false };
    const rows = rowsOf(state, 60, 12, { charts: { window } }).slice(1, -1);
    const width = rows
      .flat()
      .filter(({ text, color }) => color === COLORS.validation && /[\u2801-\u28ff]/.test(text))
      .reduce((sum, { text }) => sum + text.length, 0);
    expect(width).toBeGreaterThan(45);
  });

  it("stop the crosshair where it is clicked at a point of any of them", () => {
    const { click } = panelOf(stateAfter(stepEvents(1000, "validation")), 60, 12);
    const steps = Array.from({ length: 60 }, (_, column) => click?.(column, 3)).flatMap((command) =>
      command?.kind === "charts" && command.choices.crosshair !== undefined ? [command.choices.crosshair] : [],
    );
    expect(steps.length).toBeGreaterThan(40);
    expect(steps.every((step) => step % 10 === 0)).toBe(true);
  });

  it("test figures alone beside training look like validation, and their own where there is both", () => {
    const colors = (...splits: Split[]) =>
      rowsOf(stateAfter(stepEvents(1000, ...splits)), 100, 12)[0]?.flatMap(({ text, color }) =>
        /━━/.test(text) && color !== undefined ? [color] : [],
      );
    expect(colors("test")).toEqual([COLORS.train, COLORS.validation]);
    expect(headOf(stateAfter(stepEvents(1000, "test")), 100)).toMatch(/━━ train .*━━ test 2\.6000/);
    expect(colors("validation", "test")).toEqual([COLORS.train, COLORS.validation, COLORS.test]);
    const plain = { color: false } as const;
    expect(headOf(stateAfter(stepEvents(1000, "validation", "test")), 100, plain)).toMatch(
      /━━ train .*╍╍ validation .*┈┈ test/,
    );
  });

  it("say before the first that they wait for a value", () => {
    const state = stateAfter([at(0, { type: "run:start", axis: "step", config: {}, metrics: METRICS })]);
    expect(textOf(state, 60, 12)).toContain("waiting for the first value");
  });

  it("say that a series was thinned", () => {
    const state = stateAfter(stepEvents(1000, "validation"));
    const series = state.history.series.get("train/loss");
    state.history.series.set("train/loss", { x: [], values: [], ...series, total: 3_000_000 });
    expect(headOf(state, 120)).toContain("thinned: 100 of 3.0M points");
  });
});

function change(action: ControlEvent["action"], epoch: number, from: number, to: number): ControlEvent {
  return { v: 1, seq: 1, runId: "run", time: 1, type: "control", action, from, to, epoch, batch: 0 };
}

const CHANGED = {
  ...runOf(30, curve),
  controls: [change("learningRate", 13, 0.1, 0.01), change("epochs", 25, 30, 40)],
};

describe("chartPanel", () => {
  it("draws train and validation, chance, the best epoch and what was changed", () => {
    expect(textOf(CHANGED, 80, 14)).toMatchInlineSnapshot(`
      "
      ╭─ Loss (nats) ────── ━━ train 1.6676  ━━ validation 1.9176  ┄┄ chance 2.3026 ─╮
      │    │⠢⡀                                                                       │
      │ 2.4┤⢄⠑⢄                                                                      │
      │    │┄⠑⢄⠑⢄⡀┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄ chance │
      │ 2.2┤   ⠑⢄⡈⠒⠤⣀                                                                │
      │    │     ⠈⠢⢄⡀⠱⡀                                                              │
      │ 2.0┤        ⠈⠱⡘⠤⣀⣀                                                           │
      │    │          ⠘⠤⣀⣀⠉⠑⠒⠒⠒⠒⠢⡀                     ⣀⡀   ⢀⣀⡠⠤⠔⠂                   │
      │ 1.8┤              ⠉⠑⠒⠒⠒⠒⠢⡑⠤⠤⠤⠤⠔⠒⠒⠒⠒⠒⠉⠑⢄ ⣀⡠⠤⠔⠒⠊⠉ ⠈⠒⠔⠊⠁                        │
      │    │                     ⠑⠤⠤⠤⠤⠤⠤⠔⠒⠒⠒⠒⠢⣀★ ⢀⣀⣀⣀⡠⠤⠤⢄       ⢀⡀                   │
      │ 1.6┤                                   ⠉⠉⠁       ⠑⠤⠒⠊⠉⠉⠉⠁                    │
      │    ╰┬───────────────┬───η──────────────★──────n──────────┬─────────────────┬ │
      │     1               10                 20                30               40 │
      ╰──────────────────────────────────────────────────────────────────────────────╯
      "
    `);
  });

  it("tells curves apart by dashes where there is no colour, and by letters in ASCII", () => {
    expect(textOf(CHANGED, 60, 12, { color: false })).toMatchInlineSnapshot(`
      "
      ╭─ Loss ─────────── ━━ train 1.6676  ╍╍ validation 1.9176 ─╮
      │ 2.5┤⠢⡀                                                   │
      │    │⠑⡔⢀┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄ chance │
      │    │ ⠈⢆⠑⠄⢀                                               │
      │    │   ⠉⠢⢄⠑                                              │
      │ 2.0┤      ⠉⢆⠢⠄⢀⡀                                         │
      │    │       ⠈⠢⠤⠤⢌⣁⣁⣉⠂  ⢀⢀⣀⡀⢀⣀⡀   ⢀⡀⠠⠒⠄ ⣀⠤ ⠒⠉              │
      │    │               ⠱⣉⣉⣀⣀⡠⠤⠤⠤⢄★⠒⠈⠁ ⣀⣀ ⠁                   │
      │    │                        ⠈⠒⠒⠉⠉⠉  ⠑⠤⠒⠒⠊⠉⠉              │
      │    ╰┬───────────┬─η──────────★────n───────┬────────────┬ │
      │     1           10           20           30          40 │
      ╰──────────────────────────────────────────────────────────╯
      "
    `);
    expect(textOf(CHANGED, 60, 12, { color: false, ascii: true })).toMatchInlineSnapshot(`
      "
      +- Loss ----------- ** train 1.6676  oo validation 1.9176 -+
      | 2.5+o                                                    |
      |    |*o                                                   |
      |    |-*ooo---------------------------------------- chance |
      |    |    *ooo                                             |
      | 2.0+      **oooooo                        o              |
      |    |        ******ooooooooooo  ooooooooooo               |
      |    |               **********#o*****    ***              |
      |    |                         *      ****                 |
      |    ++-----------+-e----------#----n-------+------------+ |
      |     1           10           20           30          40 |
      +----------------------------------------------------------+
      "
    `);
  });

  it("reads exact values off at the crosshair, and names what was changed there", () => {
    const value = (tag: string): string => curve(tag, 12).toFixed(4);
    const values = `epoch 12  ━━ train ${value("train/loss")}  ━━ validation ${value("validation/loss")}`;
    expect(headOf(CHANGED, 110, { charts: { crosshair: 12, smoothing: 0.6 } })).toContain(
      `${values}  η 0.1 → 0.01  smoothed 0.6`,
    );
    expect(textOf(CHANGED, 80, 12, { charts: { crosshair: 12 } })).toMatchInlineSnapshot(`
      "
      ╭─ Loss (nats) ─────── epoch 12  ━━ train 1.8064  ━━ val 1.9064  η 0.1 → 0.01 ─╮
      │ 2.5┤⠢⡀                  ┊                                                    │
      │    │⠑⢌⠢⢄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┊┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄ chance │
      │    │  ⠑⢄⠑⠢⢄⣀            ┊                                                    │
      │    │    ⠉⠒⠤⣀⡉⠢⡀         ┊                                                    │
      │ 2.0┤        ⠈⠑⡌⠒⠤⠤⣀⡀    ┊                                                    │
      │    │          ⠈⠒⠤⠤⠤⢌⣉⣉⣉⣉●⢄   ⣀⣀⣀⣀⣀⣀⣀⣀⡀     ⢀⣀⡠⠤⠒⠢⣀ ⣀⡠⠤⠔⠒⠊⠁                   │
      │    │                    ⠈⠢⣉⣉⣉⣀⣀⣀⡠⠤⠤⠤⠤⢌⠒★⠒⠊⠉⠁ ⢀⣀⣀⡀ ⠉                          │
      │    │                    ┊             ⠉⠒⠒⠊⠉⠉⠉⠁  ⠈⠒⠤⠒⠒⠒⠊⠉⠉⠁                   │
      │    ╰┬───────────────┬───η──────────────★──────n──────────┬─────────────────┬ │
      │     1               10  12             20                30               40 │
      ╰──────────────────────────────────────────────────────────────────────────────╯
      "
    `);
    // A small chart says as much of it as there is room for.
    expect(headOf(CHANGED, 40, { charts: { crosshair: 12 } })).toContain(" 12 ━ 1.8064 ━ 1.9064 ");
    expect(headOf(CHANGED, 30, { charts: { crosshair: 12 } })).toContain(" 12 1.8");
  });

  it("reads off at the nearest epoch that has ended, and not outside of the window", () => {
    expect(headOf(CHANGED, 80, { charts: { crosshair: 39 } })).toContain("epoch 30 ");
    expect(
      headOf(CHANGED, 80, { charts: { crosshair: 5, window: { first: 10, last: 20, follows: false } } }),
    ).not.toContain("epoch");
  });

  it("keeps the values themselves faint behind when it smooths", () => {
    const smoothed = rowsOf(CHANGED, 80, 14, { charts: { smoothing: 0.8 } }).flat();
    const cyan = smoothed.filter(({ color }) => color === COLORS.train);
    expect(cyan.some(({ dim }) => dim)).toBe(true);
    expect(cyan.some(({ dim }) => !dim)).toBe(true);
    expect(
      rowsOf(CHANGED, 80, 14)
        .flat()
        .some(({ color, dim }) => color === COLORS.train && dim),
    ).toBe(false);
  });

  it("names missing values: how many, since when, and of which split", () => {
    const missing = (from: number, to: number, split = "") =>
      headOf(
        runOf(12, (tag, epoch) =>
          tag.startsWith(split) && epoch >= from && epoch <= to ? null : curve(tag, epoch),
        ),
        100,
      );
    expect(missing(7, 12)).toContain("NaN since epoch 7");
    expect(missing(3, 5)).toContain("no value in 3 epochs");
    expect(missing(4, 4)).toContain("no value in epoch 4");
    expect(missing(3, 5, "validation")).toContain("validation: no value in 3 epochs");
    expect(missing(0, 0)).not.toContain("no value");
    const custom = runOf(9, (tag, epoch) => (epoch > 5 ? null : curve(tag, epoch)), metricsOf("margin"));
    expect(headOf(custom, 100)).toContain("no value since epoch 6");
  });

  it("takes a chosen axis before the metric's own, and stays linear where nothing is above 0", () => {
    const log = runOf(9, curve, metricsOf("norm", { display: { scale: "log", baseline: 2 } }));
    expect(headOf(log, 100)).toContain("log axis  ┄┄ baseline 2");
    expect(headOf(log, 100, { charts: { scale: "linear" } })).not.toContain("log axis");
    expect(headOf(CHANGED, 100, { charts: { scale: "log" } })).toContain("log axis");
    const negative = runOf(9, (tag, epoch) => -curve(tag, epoch));
    expect(textOf(negative, 60, 12, { charts: { scale: "log" } })).toBe(textOf(negative, 60, 12));
  });

  it("shows a window as a plot of these epochs alone", () => {
    const [first, last] = [8, 19];
    const epochs = Array.from({ length: last - first + 1 }, (_, index) => first + index);
    const values = (tag: string) => epochs.map((epoch) => curve(tag, epoch));
    const state = runOf(30, curve, metricsOf("margin", { direction: "none" }));
    const window = panelOf(state, 64, 14, { charts: { window: { first, last, follows: false } } }).draw(60, 12);
    const series = [{ values: values("train/margin") }, { values: values("validation/margin") }];
    expect(window.map(plainText)).toEqual(plot(series, 60, 12, { epochs }).map(plainText));
  });

  it("puts the crosshair where it is clicked, and nowhere outside of the plot", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 30 }), fc.constantFrom(40, 80, 160), (epoch, width) => {
        const shown = panelOf(CHANGED, width, 14, { charts: { crosshair: epoch } });
        const column = Math.max(...shown.draw(width - 4, 12).map((row) => plainText(row).indexOf("┊")));
        const command = shown.click?.(column, 3);
        const clicked = command?.kind === "charts" ? command.choices.crosshair : undefined;
        // In a narrow chart two epochs may share a column.
        expect(Math.abs((clicked ?? -9) - epoch)).toBeLessThanOrEqual(width < 80 ? 1 : 0);
      }),
    );
    const panel = panelOf(CHANGED, 80, 14);
    expect([panel.click?.(0, 3), panel.click?.(20, -1), panel.click?.(20, 12), panel.click?.(76, 3)]).toEqual(
      Array.from({ length: 4 }, () => undefined),
    );
  });

  it("is drawn again for a new epoch, another choice or another place, and for nothing else", () => {
    const same = (a: PanelSpec, b: PanelSpec): boolean =>
      (a.depends ?? []).every((one, index) => Object.is(one, b.depends?.[index]));
    const theme = createTheme({ color: true, ascii: false });
    const [group] = groupMetrics(METRICS, new Map());
    if (group === undefined) throw new Error("no metric");
    const formats = new Map();
    const of = (state: DashboardState, charts: ChartChoices = FIRST_VIEW.charts, width = 80): PanelSpec => {
      const scene = sceneOf(state, { view: { ...FIRST_VIEW, charts }, formats, theme });
      return chartPanel(scene, group, { left: 0, top: 0, width, height: 14 }, true);
    };
    const before = of(CHANGED);
    expect(same(before, of({ ...CHANGED, batch: 7, samplesPerSecond: 9, log: [] }))).toBe(true);
    expect(same(before, of({ ...CHANGED, recorded: CHANGED.recorded + 1 }))).toBe(false);
    expect(same(before, of({ ...CHANGED, controls: [] }))).toBe(false);
    expect(same(before, of(CHANGED, { ...FIRST_VIEW.charts, crosshair: 3 }))).toBe(false);
    expect(same(before, of(CHANGED, FIRST_VIEW.charts, 81))).toBe(false);
  });

  describe("over another run", () => {
    const falling = (tag: string, epoch: number): number => (tag.startsWith("train") ? 2 : 2.2) - 0.04 * epoch;
    const parent = overlayOf("parent 20261124", epochEvents(40, falling, METRICS));
    /** Forked after epoch 12: its own log begins with the next. */
    const forked = stateAfter([
      at(0, runStart(METRICS)),
      ...epochEvents(20, (tag, epoch) => falling(tag, epoch) - 0.01 * (epoch - 12), METRICS).slice(36),
    ]);

    it("draws that one's curves beneath, faint, over all of its epochs and on the same axes", () => {
      const text = textOf(forked, 80, 14, { overlay: parent });
      expect(text).toMatch(/\n│ +1 .* 40 │\n/);
      expect(text).toContain("2.0┤");
      expect(textOf(forked, 80, 14)).toMatch(/\n│ +13 .* 40 │\n/);
      const plotted = rowsOf(forked, 80, 14, { overlay: parent }).flat();
      const dimmed = plotted.filter(
        ({ dim, color }) => dim && (color === COLORS.train || color === COLORS.validation),
      );
      expect(dimmed.map(({ text }) => text).join("").length).toBeGreaterThan(40);
    });

    it.each([120, 80, 39, 30])("says whose they are in %i columns", (width) => {
      const whole = width > 36 ? "parent 20261124" : "parent";
      expect(headOf(forked, width, { overlay: parent })).toContain(whole);
    });

    it("is drawn before the run's own first epoch has ended", () => {
      const started = stateAfter([at(0, runStart(METRICS))]);
      expect(textOf(started, 80, 14)).toContain("waiting for the first epoch");
      expect(textOf(started, 80, 14, { overlay: parent })).toMatch(/[⠁-⣿]/);
    });

    it("leaves a chart as it is of a metric that the other run doesn't have", () => {
      const other = overlayOf("other", epochEvents(20, falling, metricsOf("cost")));
      expect(headOf(stateOf(20, METRICS), 80, { overlay: other })).toBe(headOf(stateOf(20, METRICS), 80));
    });
  });

  it.each([
    ["watched", { kind: "watched", name: "stdin", hasEnded: true }],
    ["replayed", { kind: "replay", playing: false, speed: 1, epoch: 0, lastEpoch: 0 }],
    ["attached to", { kind: "attached", mayControl: false, processState: "died", lastHeartbeat: 0 }],
  ] as const)("waits for nothing where no more can come of what is %s", (_, source) => {
    const state = stateOf(0, METRICS);
    const [group = expect.unreachable()] = groupMetrics(METRICS, state.history.series);
    const rect = { left: 0, top: 0, width: 60, height: 9 };
    const text = (panel: PanelSpec) => panel.draw(56, 7).map(plainText).join("");
    expect(text(chartPanel(sceneOf(state, { source }), group, rect, true))).toContain("no epoch was told");
    const [chart = expect.unreachable()] = overviewTab
      .panels(sceneOf(initialState(), { source }), { left: 0, top: 0, width: 100, height: 30 })
      .filter(({ name }) => name === "Chart of Loss");
    expect(text(chart)).toContain("no figure was told");
  });

  it("has a frame from the first moment on", () => {
    const warming = warmingUpPanel("Loss", { left: 0, top: 0, width: 40, height: 9 }, true, true);
    expect(warming.draw(36, 7).map(plainText).join("")).toContain("warming up");
    expect(textOf(stateOf(0, METRICS), 60, 9)).toContain("waiting for the first epoch to end");
    expect(textOf(stateOf(1, METRICS), 60, 9)).toMatch(/[\u2801-\u28ff★]/);
  });

  it("is as wide as its place, whatever is chosen", () => {
    const choices = fc.record({
      scale: fc.constantFrom("auto" as const, "log" as const, "linear" as const),
      smoothing: fc.constantFrom(0, 0.6, 0.95),
      window: fc.option(
        fc.constantFrom({ first: 3, last: 7, follows: false }, { first: 32, last: 40, follows: true }),
        { nil: undefined },
      ),
      crosshair: fc.option(fc.integer({ min: 1, max: 50 }), { nil: undefined }),
    });
    const look = fc.record({ charts: choices, color: fc.boolean(), ascii: fc.boolean() });
    fc.assert(
      fc.property(
        look,
        fc.integer({ min: 10, max: 130 }),
        fc.integer({ min: 3, max: 30 }),
        (all, width, height) => {
          const rows = rowsOf(CHANGED, width, height, all);
          expect(rows.map(rowWidth)).toEqual(Array.from({ length: height }, () => width));
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe("chartTitle", () => {
  it("has the unit where there is room", () => {
    const [group] = groupMetrics(metricsOf("latency", { unit: "ms" }), new Map());
    if (group === undefined) throw new Error("no metric");
    expect(chartTitle(group, 80)).toBe("Latency (ms)");
    expect(chartTitle(group, 40)).toBe("Latency");
  });
});
