import { createTheme, panelRows, plainText, rowWidth } from "@trainscope/tui/parts";
import { expectTidy, NO_KEY } from "@trainscope/tui/testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isDashed, LOOKS, looksOf } from "../../screens/looks.ts";
import { createComparison } from "../comparison.ts";
import { manyMade, runMade } from "../testing/runs.ts";
import { matches } from "./filter.ts";
import { compareCommandsOf } from "./keys.ts";
import { compareLayoutFor } from "./layout.ts";
import { comparePanels } from "./panels.ts";
import { reduceCompare } from "./reducer.ts";
import { type CompareView, firstView, shownOf } from "./view.ts";

const twelve = createComparison(manyMade());
const PLAIN = createTheme({ color: false, ascii: false });

function typed(view: CompareView, keys: string, comparison = twelve): CompareView {
  let now = view;
  for (const key of keys) {
    const stroke = key === "\n" ? { ...NO_KEY, return: true } : NO_KEY;
    const commands = compareCommandsOf(key === "\n" ? "" : key, stroke, now.typing);
    for (const command of commands) now = reduceCompare(now, command, comparison, 3).view;
  }
  return now;
}

const start = firstView(undefined, "axis");

function screenOf(view: CompareView, columns: number, rows: number, comparison = twelve): string {
  const panels = comparePanels({ comparison, view, notice: undefined, theme: PLAIN }, columns, rows);
  return panels.flatMap((panel) => panelRows(panel, PLAIN).map(plainText)).join("\n");
}

describe("the screen", () => {
  it("says in its title whose it is, and how many runs or sources it has", () => {
    expect(screenOf(start, 100, 30)).toContain("trainscope compare  12 runs");
    expect(screenOf(firstView(undefined, "axis", "watch"), 100, 30)).toContain("trainscope watch  12 sources");
  });

  it("keeps within any terminal from 60 x 18 to 200 x 60, whatever is typed", () => {
    const worlds = [
      twelve,
      createComparison(manyMade(300)),
      createComparison([runMade({}), runMade({ key: "2" })]),
    ];
    const key = fc.constantFrom(..."mMtl/pssSjjjkkh?x\n");
    fc.assert(
      fc.property(
        fc.constantFrom(...worlds),
        fc.integer({ min: 60, max: 200 }),
        fc.integer({ min: 18, max: 60 }),
        fc.array(key, { maxLength: 25 }),
        fc.boolean(),
        (comparison, columns, rows, keys, ascii) => {
          const view = typed(start, keys.join(""), comparison);
          const theme = createTheme({ color: true, ascii });
          const panels = comparePanels({ comparison, view, notice: undefined, theme }, columns, rows);
          const flat = panels.filter(({ layer = 0 }) => layer === 0);
          expectTidy(
            flat.map(({ rect }) => rect),
            { left: 0, top: 0, width: columns, height: rows },
          );
          for (const panel of panels) {
            const drawn = panelRows(panel, theme);
            expect(drawn).toHaveLength(panel.rect.height);
            for (const row of drawn) expect(rowWidth(row)).toBe(panel.rect.width);
          }
        },
      ),
      { numRuns: 60, seed: 1 },
    );
    expect(compareLayoutFor(59, 18, 2)).toBeUndefined();
    expect(compareLayoutFor(60, 17, 2)).toBeUndefined();
  });

  it("tells each run's name, what sets it apart and its best, at any width", () => {
    for (const [columns, rows] of [
      [60, 18],
      [80, 24],
      [160, 50],
    ] as const) {
      const screen = screenOf(typed(start, "j"), columns, rows);
      expect(screen).toMatch(/> \S\Sb +r1 +.*0\.002.* 11\.00 % .*-/);
      expect(screen).toContain("Validation accuracy");
    }
  });
});

describe("keys", () => {
  it("filter by name, tag and setting; all words have to fit, and Esc shows all again", () => {
    const filtered = typed(start, "/even eta=0.003");
    expect(shownOf(twelve, filtered).runs.map(({ name }) => name)).toEqual(["r2"]);
    // While it is typed, letters are no commands.
    expect(filtered).toMatchObject({ typing: true, by: "axis", filter: "even eta=0.003" });
    const all = reduceCompare(filtered, { kind: "escape" }, twelve, 3).view;
    expect(shownOf(twelve, all).runs).toHaveLength(12);
  });

  it("that were typed quickly come at once, as pasted text does, which is none", () => {
    const kinds = (input: string) => compareCommandsOf(input, NO_KEY, false).map(({ kind }) => kind);
    expect(kinds("jp/eta=0.1\r")).toEqual(["move", "pin", "filter", "type", "enter"]);
    expect(kinds("/")).toEqual(["filter"]);
    expect(kinds("some quick text")).toEqual([]);
  });

  it("pin runs that stay whatever the filter", () => {
    const view = typed(start, "jp/even\n");
    const { runs } = shownOf(twelve, view);
    expect(runs.map(({ name }) => name)).toEqual(["r0", "r1", "r2", "r4", "r6", "r8", "r10"]);
    expect(typed(view, "kjp").pinned.size).toBe(0);
  });

  it("sort by the best value, with runs that have none last, and the other way round", () => {
    const names = (keys: string) => shownOf(twelve, typed(start, keys)).runs.map(({ name }) => name);
    const [first] = names("ss");
    const withValue = twelve.runs.filter(({ best }) => best.size > 0);
    const top = withValue.reduce((one, other) => (accuracyOf(other) > accuracyOf(one) ? other : one));
    expect(first).toBe(top.name);
    expect(names("ss").slice(-2)).toEqual(["r0", "r7"]);
    expect(names("ssS")).toEqual(names("ss").toReversed());
  });

  it("align by time and go through the metrics, round and back", () => {
    expect(typed(start, "t").by).toBe("time");
    expect(typed(start, "tt").by).toBe("axis");
    expect(typed(start, "mM").tag).toBe("validation/accuracy");
  });
});

function accuracyOf({ best }: (typeof twelve.runs)[number]): number {
  return best.get("validation/accuracy")?.value ?? Number.NEGATIVE_INFINITY;
}

describe("matches", () => {
  const run = createComparison([
    runMade({ settings: { learningRate: 0.001 }, tags: ["Good"] }),
    runMade({ key: "2" }),
  ]).runs[0];
  it.each([
    ["", true],
    ["eta=0.001", true],
    ["eta=0.01", false],
    ["ETA=0.001 good", true],
    ["good bad", false],
    ["cifar", true],
    ["eta=", true],
    ["=0.001", false],
  ])("%j: %s", (filter, expected) => expect(matches(run ?? expect.unreachable(), filter)).toBe(expected));
});

describe("looksOf", () => {
  it("gives no two shown runs the same colour and dash, and each the look it had before a filter", () => {
    const { runs } = createComparison(manyMade(40));
    const before = looksOf(runs, runs.slice(0, 12), new Set());
    expect(new Set([...before.values()].map(({ color, dashed }) => `${color} ${dashed}`)).size).toBe(12);
    const after = looksOf(runs, runs.slice(3, 9), new Set());
    for (const [run, look] of after) expect(look).toBe(before.get(run));
    const pinned = runs[39] ?? expect.unreachable();
    expect(looksOf(runs, runs, new Set([pinned.key])).has(pinned)).toBe(true);
  });

  it("tells neighbours apart by their dash where there are no colours", () => {
    LOOKS.slice(1).forEach((look, index) => {
      expect(isDashed(look, false)).not.toBe(isDashed(LOOKS[index] ?? look, false));
    });
  });
});
