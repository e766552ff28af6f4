// The map of two settings: the best figure of each cell, as far as it is known.
import type { Dimension, Point, SearchSpace, SettingValue } from "@trainscope/sweep";
import type { Objective } from "./definition.ts";
import { scoreOf } from "./definition.ts";
import { type Figure, figureState } from "./results.ts";
import { SWEPT_FLAGS } from "./swept-flags.ts";
import { settingText } from "./swept-settings.ts";

/** Settings' names; a space with one setting that has several values has itself alone. */
export type Pair = readonly [across: string, down: string | undefined];

/** Of the settings that have more than one value, each with each other. */
export function pairsOf(space: SearchSpace): readonly Pair[] {
  const names = SWEPT_FLAGS.map(({ setting }) => setting).filter((name) => isSearched(space[name]));
  if (names.length === 1 && names[0] !== undefined) return [[names[0], undefined]];
  return names.flatMap((across, index) => names.slice(index + 1).map((down): Pair => [across, down]));
}

function isSearched(dimension: Dimension | undefined): boolean {
  return dimension !== undefined && (dimension.kind !== "choice" || dimension.values.length > 1);
}

/** The cells along a setting: a choice each, or equal parts of a range. */
export interface MapAxis {
  readonly setting: string;
  /** As the flag is called. */
  readonly name: string;
  /** What each cell is called: its value, or where it begins. */
  readonly labels: readonly string[];
  /** `undefined` for a value that has no cell. */
  readonly cellOf: (value: SettingValue | undefined) => number | undefined;
}

/** `most`: cells that there is room for; of more choices the first are shown. */
export function mapAxis(space: SearchSpace, setting: string, most: number): MapAxis {
  const name = SWEPT_FLAGS.find((flag) => flag.setting === setting)?.name ?? setting;
  const dimension = space[setting];
  const common = { setting, name };
  if (dimension === undefined) return { ...common, labels: [], cellOf: () => undefined };
  if (dimension.kind === "choice") {
    const labels = dimension.values.slice(0, most).map((value) => settingText(setting, value));
    return {
      ...common,
      labels,
      cellOf(value) {
        const at = value === undefined ? -1 : labels.indexOf(settingText(setting, value));
        return at < 0 ? undefined : at;
      },
    };
  }
  const { kind, from, to, whole } = dimension;
  const count = Math.max(1, whole ? Math.min(most, to - from + 1) : most);
  const at = kind === "log" ? Math.log10 : (value: number) => value;
  const step = (at(to) - at(from)) / count;
  const begins = Array.from({ length: count }, (_, cell) => {
    const place = at(from) + cell * step;
    const begin = kind === "log" ? 10 ** place : place;
    return whole ? Math.ceil(begin) : begin;
  });
  return {
    ...common,
    labels: begins.map((value) => shortNumber(value)),
    cellOf(value) {
      // An earlier definition of the sweep may have had a wider range.
      if (typeof value !== "number" || !(value >= from && value <= to)) return undefined;
      return Math.min(count - 1, Math.floor((at(value) - at(from)) / step));
    },
  };
}

/** In at most six characters. */
function shortNumber(value: number): string {
  const isShort = value === 0 || (Math.abs(value) >= 1e-3 && Math.abs(value) < 1e5);
  const text = isShort ? String(Number(value.toPrecision(2))) : value.toExponential(1);
  return text.replace(".0e", "e").replace("e+", "e");
}

/** The best mean of the cell; why there is none where none of its settings has a figure; `undefined` where none has ended. */
export type MapCell = number | "diverged" | "lost" | undefined;

export interface HeatMap {
  readonly across: MapAxis;
  /** Of one cell where the map has one setting only. */
  readonly down: MapAxis | undefined;
  /** Row by row. */
  readonly cells: readonly (readonly MapCell[])[];
}

/** A candidate of a board, or of the results. */
interface Tried {
  readonly point: Point;
  readonly outcome: Figure | undefined;
}

export function heatMapOf(
  candidates: Iterable<Tried>,
  across: MapAxis,
  down: MapAxis | undefined,
  objective: Objective,
): HeatMap {
  const cells = Array.from({ length: down?.labels.length ?? 1 }, () =>
    across.labels.map((): MapCell => undefined),
  );
  for (const { point, outcome } of candidates) {
    if (outcome === undefined) continue;
    const column = across.cellOf(point[across.setting]);
    const row = cells[down === undefined ? 0 : (down.cellOf(point[down.setting]) ?? -1)];
    if (row === undefined || column === undefined) continue;
    row[column] = better(row[column], outcome, objective);
  }
  return { across, down, cells };
}

function better(known: MapCell, outcome: Figure, objective: Objective): MapCell {
  const { mean } = outcome;
  if (typeof known !== "number")
    return mean ?? (known === "diverged" ? known : (figureState(outcome) as MapCell));
  return mean !== null && scoreOf(objective, mean) < scoreOf(objective, known) ? mean : known;
}
