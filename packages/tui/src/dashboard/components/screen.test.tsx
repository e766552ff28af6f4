import { at, BUILT_IN, metricInfo, runStart } from "@trainscope/core/testing";
import { Text } from "ink";
import { render } from "ink-testing-library";
import { afterEach, describe, expect, it } from "vitest";
import type { Formats } from "../../text/format-metric.ts";
import { displayWidth } from "../../text/width.ts";
import { addToDashboard } from "../model/add-event.ts";
import type { DashboardState } from "../model/state.ts";
import type { Scene } from "../panels/scene.ts";
import { screenRows } from "../screen/screen-rows.ts";
import { stateAfter, stateOf } from "../testing/events.ts";
import { SCENES, sceneOf } from "../testing/scenes.ts";
import { FIRST_VIEW, TAB_NAMES } from "../view/view.ts";
import { Screen } from "./screen.tsx";

let unmount: (() => void) | undefined;

afterEach(() => {
  unmount?.();
  unmount = undefined;
});

/** The screen as lines of text, on a terminal of the size. */
function draw(state: DashboardState, columns: number, rows: number, more: Partial<Scene> = {}): string[] {
  unmount?.();
  const app = render(<Text />);
  unmount = app.unmount;
  Object.defineProperty(app.stdout, "columns", { value: columns });
  app.rerender(<Screen scene={sceneOf(state, more)} columns={columns} rows={rows} />);
  return (app.lastFrame() ?? "").split("\n");
}

function expectToFit(lines: readonly string[], columns: number, rows: number): void {
  expect(lines.length).toBeLessThanOrEqual(rows);
  for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(columns);
}

const SIZES = [
  [60, 18],
  [80, 24],
  [120, 40],
  [200, 60],
  [59, 18],
  [20, 5],
] as const;

describe.each(SCENES)("Screen %s", (_, state) => {
  it.each(SIZES)("fits a terminal of %i x %i", (columns, rows) => {
    expectToFit(draw(state, columns, rows), columns, rows);
  });
});

describe("Screen", () => {
  it.each(SIZES.slice(0, 4))("has everything essential at %i x %i", (columns, rows) => {
    const screen = draw(stateOf(25), columns, rows).join("\n");
    for (const part of [
      "trainscope",
      "CIFAR-10 (data_batch_1)",
      "training",
      "[Overview",
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
      expect(screen.replace("[1 Overview", "[Overview")).toContain(part);
    }
    expect(screen).toMatch(/[\u2801-\u28ff]/);
  });

  it("names every tab, and marks the one that is shown", () => {
    for (const tab of TAB_NAMES) {
      for (const [columns, rows] of SIZES.slice(0, 4)) {
        const scene = sceneOf(stateOf(3), { view: { ...FIRST_VIEW, tab } });
        const line = screenRows(scene, columns, rows)[1]
          ?.map(({ text }) => text)
          .join("")
          .toLowerCase();
        for (const name of TAB_NAMES) expect(line).toContain(name);
        expect(line).toMatch(new RegExp(`\\[(\\d )?${tab}\\]`));
      }
    }
  });

  it("counts the problems on the log's tab, at the least size as well", () => {
    const alert = at(9000, { type: "alert", level: "warning", code: "overfitting", message: "a gap" });
    const state = addToDashboard(addToDashboard(stateOf(3), alert), { ...alert, time: 9001 });
    expect(draw(state, 80, 24)[1]).toContain("Log ▲2");
    expect(draw(state, 60, 18)[1]).toContain("Log▲");
  });

  it("says which page of metrics it shows where there is no room for all", () => {
    const many = Array.from({ length: 9 }, (_, index) => metricInfo("train", `metric-${index}`));
    const screen = draw(stateOf(5, [...BUILT_IN, ...many]), 80, 24).join("\n");
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

  it("keeps a failing panel's message in its own frame while the others live on", () => {
    const log = stateOf(3).log.map((line) => ({
      ...line,
      get text(): string {
        throw new Error("out of paper");
      },
    }));
    const screen = draw({ ...stateOf(3), log }, 120, 40).join("\n");
    expect(screen).toContain("Log: out of paper");
    expect(screen).toContain("Accuracy");
    expect(screen).toContain("learning rate");
  });

  it("costs after 10,000 epochs what it costs after 100: the same number of lines and about as many dots", () => {
    const dots = (epochs: number): number => {
      const text = draw(stateOf(epochs), 120, 40).join("");
      return text.replace(/[^\u2801-\u28ff]/g, "").length;
    };
    expect(dots(10_000)).toBeLessThan(dots(100) * 3);
  });

  it.each([
    ["pause", "paused", "pausing…"],
    ["stop", "Ctrl-C leaves now, q asks first", "stopping…"],
  ] as const)("shows at once that a %s was asked for, and then that it is so", (action, text, soon) => {
    const asked = addToDashboard(stateOf(2), { type: "request", control: { action } });
    const answered = addToDashboard(
      asked,
      at(9000, { type: "control", action, from: null, to: null, epoch: 3, batch: 50 }),
    );
    expect(draw(asked, 80, 24).join("\n")).toContain(soon);
    expect(draw(answered, 80, 24).join("\n")).toContain(text);
  });

  it("warms up in every tab without a fault until the run has started", () => {
    const waiting = stateAfter([at(0, runStart())]);
    for (const tab of TAB_NAMES) {
      const view = { ...FIRST_VIEW, tab };
      const [before, started] = [SCENES[0]?.[1] ?? waiting, waiting].map((state) =>
        draw(state, 80, 24, { view }).join("\n"),
      );
      expect(before).toContain("warming up");
      expect(started).toContain("● training");
    }
  });
});
