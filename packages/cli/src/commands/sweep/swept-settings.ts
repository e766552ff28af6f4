// Values of the settings that can be swept: how they are checked and written.
import { TrainscopeError } from "@trainscope/core/errors";
import {
  describeInitialisation,
  describeSchedule,
  type Initialisation,
  resolveSettings,
  type Schedule,
} from "@trainscope/core/settings";
import type { Point } from "@trainscope/sweep";
import type { Dimension, SearchSpace, SettingValue } from "@trainscope/sweep/space";
import { formatSetting } from "@trainscope/tui/text";
import { SWEPT_FLAGS } from "./swept-flags.ts";

/** Throws `BAD_OPTION` for a setting that can't be swept, and for a value that the setting can't have. */
export function checkSweptValues(space: SearchSpace): void {
  for (const [name, dimension] of Object.entries(space)) {
    if (dimension === undefined) continue;
    if (!SWEPT_FLAGS.some(({ setting }) => setting === name)) {
      const names = SWEPT_FLAGS.map(({ setting }) => setting).join(", ");
      throw new TrainscopeError("BAD_OPTION", `search space: ${name} can't be swept`, {
        hint: `What can be: ${names}. The number of epochs is one for all, --seeds has the seeds.`,
      });
    }
    const values = dimension.kind === "choice" ? dimension.values : [dimension.from, dimension.to];
    for (const value of values) resolveSettings({ [name]: value });
  }
}

/** Column and value of each setting of the point, in the order of the flags. */
export function pointTexts(point: Point): readonly (readonly [string, string])[] {
  return SWEPT_FLAGS.flatMap(({ name, setting }) => {
    const value = point[setting];
    return value === undefined ? [] : [[name, settingText(setting, value)] as const];
  });
}

/** `eta 0.00312, batch 50` */
export function describePoint(point: Point): string {
  return pointTexts(point)
    .map(([name, text]) => `${name} ${text}`)
    .join(", ");
}

/** A value of a setting as the command line writes it. */
export function settingText(setting: string, value: SettingValue): string {
  if (setting === "schedule") return describeSchedule(value as Schedule);
  if (setting === "initialisation") return describeInitialisation(value as Initialisation);
  return typeof value === "number" ? formatSetting(value) : String(value);
}

/** What a setting may be, as the command line writes it; a condition is not told. */
export function dimensionText(setting: string, dimension: Dimension | undefined): string {
  if (dimension === undefined) return "not searched";
  if (dimension.kind === "choice")
    return dimension.values.map((value) => settingText(setting, value)).join(",");
  const { kind, from, to, points } = dimension;
  return `${kind}:${from}..${to}${points === undefined ? "" : `/${points}`}`;
}
