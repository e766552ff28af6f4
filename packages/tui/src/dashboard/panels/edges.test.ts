import type { RunEndReason } from "@trainscope/core";
import { describe, expect, it } from "vitest";
import { dashboardReducer } from "../model/reducer.ts";
import { at, progress, stateAfter, stateOf } from "../testing/events.ts";
import { plainText } from "../text/rows.ts";
import { createTheme } from "../theme.ts";
import { progressRows } from "./progress.ts";
import { settingsRows } from "./settings.ts";
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
    const end = at(9000, { type: "run:end", reason, epochs: 2, metrics: {}, plugins: [] });
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
    const row = settingsRows(stateOf(1), width, theme).at(-1) ?? [];
    expect(row.at(-1)?.text).toBe(text);
  });
});
