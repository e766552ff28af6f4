import { BUILT_IN, metricInfo } from "@trainscope/core/testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { panelRows } from "../panels/frame.ts";
import { stateOf } from "../testing/events.ts";
import { NO_KEY } from "../testing/no-key.ts";
import { expectTidy } from "../testing/rects.ts";
import { SCENES, sceneOf } from "../testing/scenes.ts";
import { plainText, rowWidth } from "../text/rows.ts";
import { createTheme } from "../text/theme.ts";
import { commandOf, type Key, strokesOf } from "../view/keys.ts";
import { reduceView } from "../view/reducer.ts";
import { type Dialog, FIRST_VIEW, TAB_NAMES, type View } from "../view/view.ts";
import { commandAt, screenPanels, viewContext } from "./screen-panels.ts";
import { screenRows } from "./screen-rows.ts";

const THEMES = [
  createTheme({ color: "truecolor", ascii: false }),
  createTheme({ color: false, ascii: false }),
  createTheme({ color: false, ascii: true }),
];
const anyTheme = fc.constantFrom(...THEMES);
const anyTab = fc.constantFrom(...TAB_NAMES);
const columns = fc.integer({ min: 60, max: 220 });
const rows = fc.integer({ min: 18, max: 70 });

describe.each(SCENES)("screenPanels %s", (name, state) => {
  it("are tidy and drawn at their size, in every tab and at any size of the terminal", () => {
    fc.assert(
      fc.property(anyTab, columns, rows, anyTheme, fc.nat(40), (tab, width, height, theme, scroll) => {
        const view: View = { ...FIRST_VIEW, tab, scroll: { [tab]: scroll } };
        const panels = screenPanels(sceneOf(state, { view, theme }), width, height);
        expectTidy(
          panels.map(({ rect }) => rect),
          { left: 0, top: 0, width, height },
        );
        expect(new Set(panels.map(({ key }) => key)).size).toBe(panels.length);
        for (const panel of panels) {
          const drawn = panelRows(panel, theme);
          expect(drawn.length).toBe(panel.rect.height);
          for (const row of drawn) expect(rowWidth(row)).toBe(panel.rect.width);
          // Names that aren't ASCII are replaced where they are written.
          if (theme.ascii && !name.includes("hostile"))
            expect(drawn.map(plainText).join("")).toMatch(/^[\x20-\x7e]*$/);
        }
      }),
      { numRuns: 60 },
    );
  });
});

const TYPED = { kind: "settings", field: "lambda", texts: {}, error: undefined } as const;
const DIALOGS: readonly Dialog[] = [
  { kind: "stop" },
  { ...TYPED, purpose: "change" },
  { ...TYPED, purpose: "fork" },
  { kind: "epoch", text: "12", error: "epoch 12: expected a whole number, 0 (the start) to 9" },
];

describe("screenPanels", () => {
  it("has a message alone on a terminal that is too small", () => {
    const lines = screenRows(sceneOf(stateOf(25)), 50, 10)
      .map(plainText)
      .join("\n");
    expect(lines).toContain("terminal too small (50x10), needs 60x18");
    expect(lines).toContain("epoch 26/40");
    expect(lines).toContain("1.6200");
  });

  it("lays a dialog over the middle of any screen", () => {
    fc.assert(
      fc.property(columns, rows, fc.constantFrom(...DIALOGS), (width, height, dialog) => {
        const scene = sceneOf(stateOf(5), { view: { ...FIRST_VIEW, dialog } });
        const [over] = screenPanels(scene, width, height).filter(({ layer = 0 }) => layer > 0);
        if (over === undefined) throw new Error("no dialog");
        expectTidy([over.rect], { left: 0, top: 0, width, height });
        for (const row of screenRows(scene, width, height)) expect(rowWidth(row)).toBe(width);
      }),
    );
  });

  it("names a tab that can't arrange its panels, and draws the rest", () => {
    const state = stateOf(3);
    const broken = {
      ...state,
      get history(): never {
        throw new Error("no past");
      },
    };
    const lines = screenRows(sceneOf(broken), 100, 36).map(plainText).join("\n");
    expect(lines).toContain("no past");
    expect(lines).toContain("images/s");
  });
});

describe("any keys", () => {
  const character = fc
    .constantFrom(..."12345678?h psbeucovxqlmi+-=0.ng\r")
    .map((text) => [text, NO_KEY] as const);
  const named = fc
    .constantFrom(
      ...(Object.keys(NO_KEY) as (keyof Key)[]).filter((name) => name !== "ctrl" && name !== "meta"),
    )
    .map((name) => ["", { ...NO_KEY, [name]: true }] as const);
  const keys = fc.array(fc.oneof(character, named), { maxLength: 40 });

  it.each([SCENES[0], SCENES[3], SCENES[5]].flatMap((scene) => (scene ? [scene] : [])))(
    "pressed in any order leave a screen that can be drawn, %s",
    (_, state) => {
      fc.assert(
        fc.property(
          keys,
          fc.constantFrom([60, 18], [80, 24], [200, 60]),
          (pressed, [width = 0, height = 0]) => {
            let view: View = FIRST_VIEW;
            for (const [text, key] of pressed) {
              const scene = sceneOf(state, { view });
              for (const stroke of strokesOf(text, view.dialog)) {
                const command = commandOf(stroke, key, view.dialog);
                if (command) view = reduceView(view, command, viewContext(scene, width, height)).view;
              }
            }
            const panels = screenPanels(sceneOf(state, { view }), width, height);
            for (const panel of panels) {
              for (const row of panelRows(panel, sceneOf(state).theme)) {
                expect(rowWidth(row)).toBe(panel.rect.width);
              }
            }
          },
        ),
        { numRuns: 60 },
      );
    },
  );
});

describe("viewContext", () => {
  it("knows how far each tab can be scrolled: beyond that nothing new is seen", () => {
    const many = Array.from({ length: 12 }, (_, index) => metricInfo("train", `metric-${index}`));
    const state = stateOf(4, [...BUILT_IN, ...many]);
    for (const tab of TAB_NAMES) {
      const screenAt = (scroll: number) =>
        screenRows(sceneOf(state, { view: { ...FIRST_VIEW, tab, scroll: { [tab]: scroll } } }), 80, 24).map(
          plainText,
        );
      const last = viewContext(sceneOf(state), 80, 24).lastScroll({ ...FIRST_VIEW, tab });
      expect(screenAt(last + 1)).toEqual(screenAt(last));
      if (last > 0) expect(screenAt(last)).not.toEqual(screenAt(last - 1));
    }
  });
});

describe("commandAt", () => {
  const scene = sceneOf(stateOf(5));
  const at = (text: string, view: View = FIRST_VIEW, width = 100, height = 30) => {
    const shown = { ...scene, view };
    const lines = screenRows(shown, width, height).map(plainText);
    const row = lines.findIndex((line) => line.includes(text));
    expect(row).toBeGreaterThanOrEqual(0);
    return commandAt(screenPanels(shown, width, height), lines[row]?.indexOf(text) ?? -1, row);
  };

  it("a click on a tab's name selects it", () => {
    for (const [name, tab] of [
      ["Overview", "overview"],
      ["Samples", "samples"],
      ["Help", "help"],
    ] as const) {
      expect(at(name)).toEqual({ kind: "tab", tab });
      expect(at(name, { ...FIRST_VIEW, tab: "log" }, 60, 18)).toEqual({ kind: "tab", tab });
    }
  });

  it("a click on an answer of the stop dialog gives it, and nothing below the dialog is reached", () => {
    const view: View = { ...FIRST_VIEW, dialog: { kind: "stop" } };
    expect(at("stop and save", view)).toEqual({ kind: "answer", answer: "save" });
    expect(at("stop now", view)).toEqual({ kind: "answer", answer: "now" });
    expect(at("go on", view)).toEqual({ kind: "answer", answer: "go on" });
    expect(at("Samples", view)).toBeUndefined();
  });

  it("a click on a setting in its dialog leads to its field", () => {
    const open = reduceView(
      FIRST_VIEW,
      { kind: "edit", field: "learningRate" },
      viewContext(scene, 100, 30),
    ).view;
    expect(at("batch size ", open)).toEqual({ kind: "edit", field: "batchSize" });
  });

  it("a click in a chart puts the crosshair on an epoch that has ended", () => {
    const panels = screenPanels(scene, 100, 30);
    const chart = panels.find(({ name }) => name.startsWith("Chart"));
    if (chart === undefined) throw new Error("no chart");
    const { left, top, width, height } = chart.rect;
    const command = commandAt(panels, left + Math.floor(width / 2), top + Math.floor(height / 2));
    expect(command).toMatchObject({ kind: "charts", choices: { crosshair: expect.any(Number) } });
  });

  it("never fails, wherever it falls", () => {
    fc.assert(
      fc.property(anyTab, fc.nat(110), fc.nat(40), (tab, column, row) => {
        const panels = screenPanels({ ...scene, view: { ...FIRST_VIEW, tab } }, 100, 30);
        expect(() => commandAt(panels, column, row)).not.toThrow();
      }),
    );
  });
});
