import { BUILT_IN, metricInfo } from "@trainscope/core/testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { initialState } from "../model/state.ts";
import { frameRows, headRows, innerSize } from "../panels/frame.ts";
import type { PanelSpec } from "../panels/panel-spec.ts";
import type { Scene } from "../panels/scene.ts";
import { stateOf } from "../testing/events.ts";
import { HERE } from "../testing/scenes.ts";
import type { Rect } from "../text/layout.ts";
import { fitRows, plainText } from "../text/rows.ts";
import { createTheme } from "../text/theme.ts";
import { FIRST_VIEW } from "../view/view.ts";
import { metricsTab } from "./metrics.ts";

const theme = createTheme({ color: true, ascii: false });

function sceneOf(custom: number, page = 0): Scene {
  const more = Array.from({ length: custom }, (_, index) =>
    (["train", "validation"] as const).map((split) => metricInfo(split, `custom-${index + 1}`)),
  );
  const state = stateOf(12, [...BUILT_IN, ...more.flat()]);
  const view = { ...FIRST_VIEW, scroll: { metrics: page } };
  return { state, view, clock: 0, formats: new Map(), theme, imageOf: undefined, ...HERE };
}

function area(width: number, height: number): Rect {
  return { left: 0, top: 2, width, height };
}

function chartsOf(panels: readonly PanelSpec[]): string[] {
  return panels.flatMap(({ name }) => (name.startsWith("Chart of ") ? [name.slice("Chart of ".length)] : []));
}

/** The area as text. */
function textOf(scene: Scene, place: Rect): string {
  const cells = Array.from({ length: place.height }, () => Array.from({ length: place.width }, () => " "));
  for (const { rect, framed, heading, draw } of metricsTab.panels(scene, place)) {
    const { width, height } = rect;
    const head = heading?.();
    const rows = framed
      ? frameRows(draw(...innerSize(width, height)), head ?? { title: "" }, width, height, theme)
      : head
        ? headRows(draw(width - 1, height - 1), head, width, height, theme)
        : fitRows(draw(width, height), width, height);
    rows.forEach((row, index) => {
      [...plainText(row)].forEach((character, column) => {
        const line = cells[rect.top - place.top + index];
        if (line) line[rect.left - place.left + column] = character;
      });
    });
  }
  return `\n${cells.map((line) => line.join("").trimEnd()).join("\n")}\n`;
}

describe("metricsTab", () => {
  it("has four charts a page at 80 x 24, and says which page it is and which line is which", () => {
    expect(textOf(sceneOf(4), area(80, 18))).toMatchInlineSnapshot(`
      "
      ╭─ Loss ──────── ━━ 1.6417  ━━ 1.7917 ─╮╭─ Accuracy ── ━━ 39.17 %  ━━ 39.17 % ─╮
      │ 2.2┤⡆                                ││    │   ⢀⡠⠤⠒⠒⠒★                       │
      │    │⣼                                ││    │ ⢀⠔⠁                             │
      │ 2.0┤⢱⡇                               ││ 35%┤ ⡜                               │
      │    │⠈⡞⠤⣀⡀                            ││    │⢠⠃                               │
      │ 1.8┤ ⠱⣀ ⠈⠉⠉⠒⠒★                       ││    │⢸                                │
      │    │   ⠑⠒⠒⠤⠤⠤⠄                       ││ 30%┤⠇                                │
      │     1        ★     20             40 ││     1        ★     20             40 │
      ╰──────────────────────────────────────╯╰──────────────────────────────────────╯
      ╭─ Custom-1 ──── ━━ 1.6417  ━━ 1.7917 ─╮╭─ Custom-2 ──── ━━ 1.6417  ━━ 1.7917 ─╮
      │ 2.2┤⢆                                ││ 2.2┤⢆                                │
      │    │⢾⡀                               ││    │⢾⡀                               │
      │    │⠸⡱⡀                              ││    │⠸⡱⡀                              │
      │ 1.8┤ ⢣⠈⠑⠒⠒⠤⠤⠤★                       ││ 1.8┤ ⢣⠈⠑⠒⠒⠤⠤⠤★                       │
      │    │  ⠉⠒⠒⠢⠤⠤⠤⠄                       ││    │  ⠉⠒⠒⠢⠤⠤⠤⠄                       │
      │     1        ★     20             40 ││     1        ★     20             40 │
      ╰──────────────────────────────────────╯╰──────────────────────────────────────╯
       page 1 of 2 – loss, accuracy, custom-1, custom-2       ━━ train  ━━ validation
      "
    `);
  });

  it("has all three of the built-in metrics at 60 x 18", () => {
    expect(textOf(sceneOf(0), area(60, 12))).toMatchInlineSnapshot(`
      "
       Loss        ━━ train  ━━ val  Accuracy    ━━ train  ━━ val
      2.2┤⡆                            │  ⡠⠔⠒⠒⠒★
         │⢿⡀                        35%┤⢀⠎
      1.8┤⠸⡈⠢⠤⢄⣀⣀★                     │⡸
         │ ⠈⠒⠢⠤⠤⠤⠄                  30%┤⠇
          1      ★    20         40     1      ★    20         40
       Cost                 ━━ train 1.6417  ━━ validation 1.7917
      2.2┤⢢
         │⠱⡣⣀
      1.8┤ ⠱⣀⠑⠒⠤⠤⠤⠤⢄⣀⣀⣀⣀⣀★
         │   ⠑⠒⠒⠒⠒⠤⠤⠤⠤⠤⠤⠤⠤
          1           10 ★          20            30           40
      "
    `);
  });

  it("has the table of numbers where there is room", () => {
    const names = (width: number, height: number) =>
      metricsTab.panels(sceneOf(0), area(width, height)).map(({ name }) => name);
    expect(names(200, 54)).toContain("Numbers");
    expect(names(80, 18)).not.toContain("Numbers");
  });

  it("shows every metric on exactly one of its pages, whatever there is of them and of room", () => {
    const size = fc.tuple(fc.integer({ min: 60, max: 220 }), fc.integer({ min: 12, max: 60 }));
    fc.assert(
      fc.property(size, fc.integer({ min: 0, max: 40 }), ([width, height], custom) => {
        const place = area(width, height);
        const last = metricsTab.lastScroll?.(sceneOf(custom), place) ?? 0;
        const pages = Array.from({ length: last + 1 }, (_, page) =>
          chartsOf(metricsTab.panels(sceneOf(custom, page), place)),
        );
        const names = [
          "loss",
          "accuracy",
          ...Array.from({ length: custom }, (_, i) => `custom-${i + 1}`),
          "cost",
        ];
        expect(pages.flat()).toEqual(names);
        expect(pages.every((page) => page.length > 0)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it("has panels that never overlap and never leave the area", () => {
    const size = fc.tuple(fc.integer({ min: 60, max: 220 }), fc.integer({ min: 12, max: 60 }));
    fc.assert(
      fc.property(size, fc.integer({ min: 0, max: 30 }), fc.nat(3), ([width, height], custom, page) => {
        const place = area(width, height);
        const taken = new Set<string>();
        for (const { rect } of metricsTab.panels(sceneOf(custom, page), place)) {
          expect(rect.left + rect.width).toBeLessThanOrEqual(place.left + width);
          expect(rect.top + rect.height).toBeLessThanOrEqual(place.top + height);
          expect(Math.min(rect.left - place.left, rect.top - place.top)).toBeGreaterThanOrEqual(0);
          for (let row = rect.top; row < rect.top + rect.height; row++) {
            for (let column = rect.left; column < rect.left + rect.width; column++) {
              expect(taken.has(`${row}.${column}`)).toBe(false);
              taken.add(`${row}.${column}`);
            }
          }
        }
      }),
      { numRuns: 15 },
    );
  });

  it("stays on the last page where there are fewer than before, and warms up where there is no run yet", () => {
    const place = area(80, 18);
    const last = metricsTab.lastScroll?.(sceneOf(9), place) ?? 0;
    const names = (page: number) => chartsOf(metricsTab.panels(sceneOf(9, page), place));
    expect(names(last + 7)).toEqual(names(last));
    const waiting = metricsTab.panels({ ...sceneOf(0), state: initialState() }, place);
    expect(chartsOf(waiting)).toEqual(["Loss", "Accuracy"]);
    expect(waiting[0]?.draw(36, 7).map(plainText).join("")).toContain("warming up");
  });
});
