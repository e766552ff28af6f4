import { at, BUILT_IN, metricInfo, runStart } from "@trainscope/core/testing";
import { describe, expect, it } from "vitest";
import { stateAfter } from "../testing/events.ts";
import { plainText } from "../text/rows.ts";
import { createTheme } from "../text/theme.ts";
import { pluginRows } from "./plugins.ts";

const theme = createTheme({ color: true, ascii: false });
const time = { calls: 0, milliseconds: 0, failures: 0 };

const state = stateAfter([
  at(0, runStart([...BUILT_IN, metricInfo("train", "f1")])),
  at(1000, {
    type: "plugin:times",
    epoch: 1,
    hooks: [
      { ...time, plugin: "loss", hook: "update", calls: 200, milliseconds: 4 },
      { ...time, plugin: "f1", hook: "init", calls: 2, milliseconds: 0.004 },
      { ...time, plugin: "f1", hook: "update", calls: 198, milliseconds: 249.996, failures: 3 },
      { ...time, plugin: "curves", hook: "next", calls: 1_234_567, milliseconds: 12_345 },
    ],
  }),
  at(1000, {
    type: "plugin:error",
    plugin: "f1",
    hook: "update",
    message: "no rows",
    failures: 3,
    disabled: true,
  }),
  at(1000, { type: "artifact", plugin: "curves", kind: "image", title: "Curves", path: "curves.png" }),
]);

function text(width: number): string {
  return `\n${pluginRows(state, width, theme)
    .map((row) => plainText(row).trimEnd())
    .join("\n")}\n`;
}

describe("pluginRows", () => {
  it("has the slowest first, with its hooks, failures, files and last error", () => {
    expect(text(90)).toMatchInlineSnapshot(`
      "
      plugin                         calls        ms   ms/call   of run  errors  files  state
      curves (exporter)               1.2M    12,345     0.010  > 100 %       -      1  active
        next                          1.2M    12,345     0.010  > 100 %       -
      f1 (metric)                      200     250.0     1.250   25.0 %       3      -  disabled
        init                             2     0.004     0.002    0.0 %       -
        update                         198     250.0     1.263   25.0 %       3
        update: no rows
      loss (metric)                    200     4.000     0.020    0.4 %       -      -  active
        update                         200     4.000     0.020    0.4 %       -
      "
    `);
  });

  it("leaves out share and files where there is little room", () => {
    expect(text(58)).toMatchInlineSnapshot(`
      "
      plugin         calls        ms   ms/call  errors  state
      curves          1.2M    12,345     0.010       -  active
        next          1.2M    12,345     0.010       -
      f1               200     250.0     1.250       3  disabled
        init             2     0.004     0.002       -
        update         198     250.0     1.263       3
        update: no rows
      loss             200     4.000     0.020       -  active
        update         200     4.000     0.020       -
      "
    `);
  });
});
