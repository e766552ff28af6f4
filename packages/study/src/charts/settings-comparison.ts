// One quantity of several settings in one chart, a line each.

import type { ChartSpecification } from "@trainscope/viz";
import {
  describeQuantity,
  extentsOf,
  type FigureOptions,
  frame,
  joinCaption,
  lineStyle,
  linesPanel,
  requireValues,
  seriesFrom,
  specification,
  valueAxis,
} from "@trainscope/viz/parts";
import type { SettingResult } from "../stages/results.ts";
import { describeSeeds, titleOfSetting } from "./setting-curves.ts";

/** What `settingsComparisonSpecification` takes. */
export interface SettingsComparisonOptions extends FigureOptions {
  /** Told before what lines and bands are. */
  readonly dataName?: string | undefined;
  /** E.g. "validation/accuracy". */
  readonly tag: string;
  /** Number of classes, for the line of chance. */
  readonly classes?: number | undefined;
}

const SIZE = { width: 520, height: 300 };

/**
 * A colour and a dash a setting, bands of a standard deviation each way where there are seeds, values at the ends.
 * Throws `BAD_OPTION` where no setting has a value of the tag.
 */
export function settingsComparisonSpecification(
  settings: readonly SettingResult[],
  options: SettingsComparisonOptions,
): ChartSpecification {
  const { tag, classes, size = SIZE } = options;
  const [split = "", name = tag] = tag.split("/");
  const described = describeQuantity(name, { classes });
  const words = { train: "Training", validation: "Validation", test: "Test" }[split] ?? split;
  const quantity = { ...described, title: `${words} ${described.title.toLowerCase()}` };
  const series = settings.flatMap((setting, index) =>
    seriesFrom({
      name: titleOfSetting(setting),
      style: lineStyle(index),
      epochs: setting.epochs,
      values: setting.curves[tag]?.mean ?? [],
      deviations: setting.curves[tag]?.deviation,
      factor: quantity.factor,
    }),
  );
  const title = options.title ?? `${quantity.title} of ${settings.length} settings`;
  requireValues(series.length, tag, title);
  const subtitle = options.subtitle ?? joinCaption([options.dataName, describeSeeds(settings)]);
  const epochs = longest(settings.map((setting) => setting.epochs));
  const yAxis = valueAxis(extentsOf(series), quantity, Math.floor(size.height / 45));
  const styles = Object.fromEntries(series.map((one) => [one.name, one.style]));
  return specification({
    ...frame({ title, subtitle, description: `${title} by epoch. ${subtitle}`, width: size.width }),
    ...linesPanel({ series, styles, quantity, xs: epochs, yAxis, size }),
  });
}

/** Of runs that may have ended early, the epochs of the one that went on for longest. */
export function longest(epochs: readonly (readonly number[])[]): readonly number[] {
  return epochs.reduce((most, one) => (one.length > most.length ? one : most), []);
}
