import fc from "fast-check";
import { Text } from "ink";
import { render } from "ink-testing-library";
import { afterEach, describe, expect, it } from "vitest";
import type { Formats } from "../../text/format-metric.ts";
import { displayWidth } from "../../text/width.ts";
import { type Command, NO_OVERLAY, type Overlay } from "../model/keys.ts";
import { dashboardReducer } from "../model/reducer.ts";
import { type DashboardState, initialState } from "../model/state.ts";
import { at, BUILT_IN, metricInfo, runStart, stateAfter, stateOf } from "../testing/events.ts";
import { createTheme, type Theme } from "../theme.ts";
import { Screen } from "./screen.tsx";

const PLAIN = createTheme({ color: false, ascii: false });

interface View {
  readonly overlay?: Overlay;
  readonly formats?: Formats;
  readonly theme?: Theme;
}

let unmount: (() => void) | undefined;

afterEach(() => {
  unmount?.();
  unmount = undefined;
});

/** The screen as lines of text, on a terminal of the size. */
function draw(state: DashboardState, columns: number, rows: number, view: View = {}): string[] {
  const { overlay = NO_OVERLAY, formats = new Map(), theme = PLAIN } = view;
  const screen = { state, clock: state.time, overlay, columns, rows, formats, theme };
  unmount?.();
  const app = render(<Text />);
  unmount = app.unmount;
  Object.defineProperty(app.stdout, "columns", { value: columns });
  app.rerender(<Screen {...screen} />);
  return (app.lastFrame() ?? "").split("\n");
}

function expectToFit(lines: readonly string[], columns: number, rows: number): void {
  expect(lines.length).toBeLessThanOrEqual(rows);
  for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(columns);
}

const CUSTOM = Array.from({ length: 9 }, (_, index) => `a-custom-metric-${index}`).flatMap((name) => [
  metricInfo("train", name, { unit: "ms" }),
  metricInfo("validation", name, { unit: "ms" }),
]);

const STATES: readonly (readonly [string, DashboardState])[] = [
  ["before the first event", initialState()],
  ["before the first epoch ends", stateOf(0)],
  ["after one epoch", stateOf(1)],
  ["in the middle of a run", stateOf(25)],
  ["with many custom metrics", stateOf(25, [...BUILT_IN, ...CUSTOM])],
  ["with wide and hostile names", stateAfter([at(0, runStart(BUILT_IN, "飛行機\n\u001b[2J🚀 ".repeat(20)))])],
];

const SIZES = [
  [60, 18],
  [80, 24],
  [100, 30],
  [120, 40],
  [200, 60],
  [59, 18],
  [200, 17],
  [20, 5],
] as const;

describe.each(STATES)("Screen %s", (_, state) => {
  it.each(SIZES)("fits a terminal of %i x %i", (columns, rows) => {
    expectToFit(draw(state, columns, rows), columns, rows);
    expectToFit(draw(state, columns, rows, { overlay: { help: true, quitting: false } }), columns, rows);
  });
});

describe("Screen", () => {
  it("fits a terminal of any size", () => {
    const state = stateOf(12, [...BUILT_IN, ...CUSTOM.slice(0, 6)]);
    fc.assert(
      fc.property(fc.integer({ min: 20, max: 220 }), fc.integer({ min: 5, max: 70 }), (columns, rows) => {
        expectToFit(draw(state, columns, rows), columns, rows);
      }),
      { numRuns: 25 },
    );
  });

  it.each(SIZES.slice(0, 5))("has everything essential at %i x %i", (columns, rows) => {
    const screen = draw(stateOf(25), columns, rows).join("\n");
    for (const part of [
      "trainscope",
      "CIFAR-10 (data_batch_1)",
      "training",
      "Loss",
      "Accuracy",
      "accuracy",
      "1.6200",
      "26/40",
      "50/100",
      "images/s",
      "left",
      "batch",
      "0.001",
      "started on",
      "pause",
      "help",
    ]) {
      expect(screen).toContain(part);
    }
    expect(screen).toMatch(/[\u2801-\u28ff]/);
  });

  it("says that a terminal is too small, what it needs, and still the epoch and the loss", () => {
    const screen = draw(stateOf(25), 50, 10).join("\n");
    expect(screen).toContain("terminal too small (50x10), needs 60x18");
    expect(screen).toContain("epoch 26/40");
    expect(screen).toContain("1.6200");
  });

  it("says which page of metrics it shows where there is no room for all", () => {
    const screen = draw(stateOf(5, [...BUILT_IN, ...CUSTOM]), 80, 24).join("\n");
    expect(screen).toMatch(/ \d\/\d +train/);
  });

  it("writes a custom metric as its author wants, and as a number where that fails", () => {
    const metrics = [...BUILT_IN, metricInfo("train", "latency"), metricInfo("train", "broken")];
    const formats: Formats = new Map([
      ["latency", (value: number) => `<${value.toFixed(1)} s>`],
      [
        "broken",
        () => {
          throw new Error("no format");
        },
      ],
    ]);
    const screen = draw(stateOf(10, metrics), 120, 40, { formats }).join("\n");
    expect(screen).toContain("<1.7 s>");
    expect(screen).toMatch(/broken +★ 1\.6500/);
  });

  it("shows the time left and the time gone", () => {
    const screen = draw(stateOf(25), 120, 40).join("\n");
    expect(screen).toContain("0:15 left");
    expect(screen).toContain("0:25 so far");
  });

  it("uses nothing but ASCII where the terminal has no more", () => {
    const theme = createTheme({ color: false, ascii: true });
    for (const [, state] of STATES) {
      for (const help of [false, true]) {
        const screen = draw(state, 120, 40, { theme, overlay: { help, quitting: false } }).join("\n");
        expect(screen).toMatch(/^[\x20-\x7e\n]*$/);
      }
    }
  });

  it("keeps a failing panel's message in its own frame while the others live on", () => {
    const state = stateOf(3);
    const broken: DashboardState = {
      ...state,
      get log(): DashboardState["log"] {
        throw new Error("out of paper");
      },
    };
    const lines = draw(broken, 100, 36);
    expectToFit(lines, 100, 36);
    const screen = lines.join("\n");
    expect(screen).toContain("Log: out of paper");
    expect(screen).toContain("images/s");
    expect(screen).toContain("Accuracy");
  });

  it("costs after 10,000 epochs what it costs after 100: the same number of lines and about as many dots", () => {
    const dots = (epochs: number): number => {
      const text = draw(stateOf(epochs), 120, 40).join("");
      return text.replace(/[^\u2801-\u28ff]/g, "").length;
    };
    expect(dots(10_000)).toBeLessThan(dots(100) * 3);
  });

  it.each<readonly [Command, string]>([
    ["toggle", "paused"],
    ["stop", "Ctrl-C leaves now, q asks first"],
  ])("shows what %s did", (command, text) => {
    const action = command === "toggle" ? "pause" : "stop";
    const asked = dashboardReducer(stateOf(2), { type: "request", action });
    const answered = dashboardReducer(
      asked,
      at(9000, { type: "control", action, from: null, to: null, epoch: 3, batch: 50 }),
    );
    expect(draw(answered, 80, 24).join("\n")).toContain(text);
    expect(draw(asked, 80, 24).join("\n")).toMatch(/pausing…|stopping…/);
  });
});
