import type { RunEndReason } from "@trainscope/core";
import { describe, expect, it } from "vitest";
import { dashboardReducer } from "../model/reducer.ts";
import type { DashboardState } from "../model/state.ts";
import { at, progress, runStart, stateAfter, stateOf } from "../testing/events.ts";
import { plainText } from "../text/rows.ts";
import { createTheme } from "../theme.ts";
import { progressRows } from "./progress.ts";
import { settingsLine, settingsRowCount, settingsRows } from "./settings.ts";
import { titleRow } from "./title.ts";

const theme = createTheme({ color: true, ascii: false });

describe("titleRow", () => {
  it.each<readonly [RunEndReason, string, string]>([
    ["completed", "✓ done", "green"],
    ["early-stop", "✓ stopped early", "green"],
    ["stopped", "■ stopped", "yellow"],
    ["diverged", "✗ diverged", "red"],
    ["failed", "✗ failed", "red"],
  ])("says how a run that %s ended", (reason, text, color) => {
    const end = at(9000, { type: "run:end", reason, epochs: 2, keptEpoch: 2, metrics: {}, plugins: [] });
    const row = titleRow(dashboardReducer(stateOf(2), end), 100, theme);
    expect(row).toContainEqual({ text, bold: true, color });
  });
});

describe("progressRows", () => {
  it("gives whole per cent exactly", () => {
    for (let batch = 0; batch <= 100; batch++) {
      const [, row = []] = progressRows(stateAfter([at(0, progress(1, batch))]), 0, 80, theme);
      expect(plainText(row)).toContain(` ${batch}%`);
    }
  });
});

describe("settingsRows", () => {
  it.each([
    [46, "wasm · 2 threads · float32"],
    [34, "wasm · 2 threads"],
    [26, "wasm"],
  ])("in %i columns cuts nothing of what computes", (width, text) => {
    const row = settingsRows(stateOf(1), width, 9, theme).at(-1) ?? [];
    expect(row.at(-1)?.text).toBe(text);
  });

  const changed = stateAfter([
    at(0, { ...runStart(), config: { ...runStart().config, noise: 8, patience: 5, keep: "best" } }),
  ]);

  it("shows settings that differ from the default, and asks for the rows that it needs", () => {
    const rows = settingsRows(changed, 46, 99, theme).map(plainText);
    expect(rows).toContain("noise           8");
    expect(rows).toContain("patience, keep  5, best");
    expect(rows).toHaveLength(settingsRowCount(changed.run));
    expect(settingsRows(stateOf(1), 46, 99, theme)).toHaveLength(settingsRowCount(stateOf(1).run));
    expect(plainText(settingsLine(changed, 100, theme))).toContain(
      "seed 42   noise 8   patience 5   keep best",
    );
  });

  it("leaves out what says least where there is no room for all", () => {
    const labels = (state: DashboardState, height: number) =>
      settingsRows(state, 46, height, theme).map(([label]) => label?.text.trim());
    const common = ["learning rate η", "weight decay λ", "batch size"];
    expect(labels(stateOf(1), 6)).toEqual([...common, "loss", "schedule", "seed, mirrored"]);
    expect(labels(changed, 6)).toEqual([...common, "seed, mirrored", "noise", "patience, keep"]);
    expect(labels(changed, 1)).toEqual(["learning rate η"]);
  });
});
