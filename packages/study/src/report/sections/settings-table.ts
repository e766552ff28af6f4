// The table of the settings' final figures, beside what others have published.

import type { Spread } from "@trainscope/core/analysis";
import { SPLITS } from "@trainscope/core/events";
import type { SettingResult, StudyResults } from "../../stages/results.ts";
import { type Cell, left, right, type Table } from "../document.ts";
import { divergedMark } from "../words/diverged.ts";
import { fixed, NOTHING, percentSpread, settingName, UNKNOWN, valueSpread } from "../words/numbers.ts";

export function settingsTable(results: StudyResults): Table {
  const { settings, best } = results;
  const published = showsPublished(results);
  return {
    kind: "table",
    title: "Final loss, cost and accuracy of each setting",
    columns: [
      left("Setting"),
      ...["loss", "cost", "accuracy"].flatMap((name) =>
        SPLITS.map((split) => right(`${titled(split)} ${name}`)),
      ),
      ...(published ? [right("Published test accuracy")] : []),
    ],
    rows: settings.map((setting) => [
      { text: settingName(setting) + divergedMark(setting) },
      ...["loss", "cost"].flatMap((name) =>
        SPLITS.map((split) => cellOf(setting, `${split}/${name}`, valueSpread)),
      ),
      ...SPLITS.map((split) => cellOf(setting, `${split}/accuracy`, percentSpread)),
      ...(published ? [publishedCell(setting)] : []),
    ]),
    marked: best,
  };
}

/** Only of a full number of epochs on the data that the published figures are of. */
export function showsPublished({ settings, quick }: StudyResults): boolean {
  return !quick && settings.some((setting) => setting.published !== null);
}

const titled = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

function cellOf(setting: SettingResult, tag: string, format: (spread: Spread) => string): Cell {
  const spread = setting.figures[tag] ?? NOTHING;
  return { text: format(spread), value: spread.mean };
}

function publishedCell({ published }: SettingResult): Cell {
  if (published === null) return { text: UNKNOWN, value: null };
  const [low, high] = published;
  return { text: `${rangeText(low, high)}\u00a0%`, value: (low + high) / 2 };
}

const rangeText = (low: number, high: number): string => `${fixed(100 * low, 1)}–${fixed(100 * high, 1)}`;
