import type { RunEndReason } from "@trainscope/core/events";
import type { ProcessState, Source } from "@trainscope/core/source";
import { at, epochEvents, point, progress, runStart, stepEvents } from "@trainscope/core/testing";
import { describe, expect, it } from "vitest";
import { addToDashboard } from "../model/add-event.ts";
import { figuresOf } from "../model/metrics.ts";
import type { DashboardState } from "../model/state.ts";
import { stateAfter, stateOf } from "../testing/events.ts";
import { HERE } from "../testing/scenes.ts";
import { plainText } from "../text/rows.ts";
import { createTheme } from "../text/theme.ts";
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
    const row = titleRow(addToDashboard(stateOf(2), end), HERE.source, 100, theme);
    expect(row).toContainEqual({ text, bold: true, color });
  });
});

describe("where the events come from", () => {
  const time = new Date(2026, 10, 24, 14, 3, 59).getTime();
  const attached = (processState: ProcessState, mayControl = false): Source => {
    return { kind: "attached", mayControl, processState, lastHeartbeat: time };
  };
  const replay = { kind: "replay", playing: true, speed: 30, epoch: 2, lastEpoch: 9 } as const;

  it.each<readonly [string, Source, string]>([
    ["a replay that plays", replay, "● replay 30x"],
    ["a replay that stands", { ...replay, playing: false }, "‖ replay paused"],
    ["a run elsewhere", attached("alive"), "● attached · training"],
    ["one that can be asked", attached("alive", true), "● in control · training"],
    ["one that is silent", attached("silent"), "▲ silent since 14:03:59"],
    ["one that died", attached("died"), "✗ died, last sign 2026-11-24 14:03:59"],
    ["another program", { kind: "watched", name: "train.py" }, "● train.py · training"],
  ])("is said of %s in the title", (_, source, badge) => {
    expect(plainText(titleRow(stateOf(2), source, 80, theme))).toMatch(new RegExp(`${badge} $`));
  });

  it("is said below the progress in place of batches that nobody tells of", () => {
    const logged = stateAfter([at(0, runStart()), ...epochEvents(2).filter(({ type }) => type !== "progress")]);
    const second = (source: Source) => plainText(progressRows(logged, source, 9e9, 80, theme)[1] ?? []).trim();
    expect(second(replay)).toBe("playing, 30x  ·  epoch 2 of 9 in the log  ·  no weights yet");
    expect(second(attached("died"))).toBe("its process died, last sign 2026-11-24 14:03:59");
    const [first = []] = progressRows(logged, attached("died"), 9e9, 80, theme);
    expect(plainText(first)).toContain("broken off");
    expect(plainText(progressRows(stateOf(2), attached("alive"), 0, 80, theme)[1] ?? [])).toContain("50/100");
  });

  it("doesn't let the time of a run go on that isn't trained at this moment", () => {
    for (const source of [replay, attached("died")]) {
      expect(plainText(progressRows(stateOf(2), source, 9e9, 100, theme)[0] ?? [])).toContain("0:02 so far");
    }
  });
});

describe("progressRows", () => {
  it("gives whole per cent exactly", () => {
    for (let batch = 0; batch <= 100; batch++) {
      const [, row = []] = progressRows(stateAfter([at(0, progress(1, batch))]), HERE.source, 0, 80, theme);
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
    const common = ["learning rate η", "L2 penalty λ", "batch size"];
    expect(labels(stateOf(1), 6)).toEqual([...common, "loss", "schedule", "seed, mirrored"]);
    expect(labels(changed, 6)).toEqual([...common, "seed, mirrored", "noise", "patience, keep"]);
    expect(labels(changed, 1)).toEqual(["learning rate η"]);
  });
});

it("figures that never change are settings, and have neither a chart nor a row of numbers", () => {
  const told = (x: number) => point(x, { "train/n_parameters": 124_439_808, "train/scale": x < 4 ? 7 : x });
  const after = (steps: number) =>
    stateAfter([...stepEvents(10), ...Array.from({ length: steps }, (_, index) => told(index + 1))]);
  const names = (steps: number) => {
    const { listed, charted, constants } = figuresOf(after(steps));
    return [listed, charted, constants].map((groups) => groups.map(({ name }) => name));
  };
  expect(names(2)).toEqual([["loss", "scale"], ["loss", "scale"], ["n_parameters"]]);
  expect(names(3)).toEqual([["loss"], ["loss"], ["n_parameters", "scale"]]);
  expect(names(4)).toEqual([["loss", "scale"], ["loss", "scale"], ["n_parameters"]]);
  expect(settingsRows(after(3), 46, 99, theme).map(plainText)).toContain("n_parameters    1.24e8");
  expect(plainText(settingsLine(after(3), 80, theme))).toContain("n_parameters 1.24e8");
});
