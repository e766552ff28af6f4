// The curves of one setting over its seeds: one quantity, or loss, cost and accuracy side by side.

import type { ChartSpecification } from "@trainscope/viz";
import type { Panel } from "@trainscope/viz/parts";
import {
  type Axis,
  axisOver,
  describeQuantity,
  extentsOf,
  type FigureOptions,
  frame,
  joinCaption,
  linesPanel,
  type PanelSize,
  type Quantity,
  requireValues,
  type Series,
  SPLIT_STYLES,
  seriesFrom,
  specification,
  valueAxis,
} from "@trainscope/viz/parts";
import type { SettingResult } from "../stages/results.ts";
import {
  SETTING_QUANTITIES,
  type SettingDomains,
  type SettingQuantity,
  type SharedDomain,
  settingDomains,
} from "./setting-domains.ts";

/** What `settingCurvesSpecification` takes. */
export interface SettingCurvesOptions extends FigureOptions, Partial<SharedDomain> {
  /** Told before what lines and bands are. */
  readonly dataName?: string | undefined;
  readonly quantity: SettingQuantity;
  /** Number of classes, for the line of chance. */
  readonly classes: number;
}

/** What `settingFigureSpecification` takes. */
export interface SettingFigureOptions extends FigureOptions {
  /** Told before what lines and bands are. */
  readonly dataName?: string | undefined;
  readonly classes: number;
  /** As `settingDomains` gives them; the setting's own where they aren't given. */
  readonly domains?: SettingDomains | undefined;
}

const SINGLE_SIZE: PanelSize = { width: 460, height: 280 };
const COMBINED_SIZE: PanelSize = { width: 250, height: 220 };

/**
 * Train and validation over epochs, the test value as a point at the end; the mean of several seeds with a band of a
 * standard deviation each way. Throws `BAD_OPTION` where there is no value.
 */
export function settingCurvesSpecification(
  setting: SettingResult,
  options: SettingCurvesOptions,
): ChartSpecification {
  const size = options.size ?? SINGLE_SIZE;
  const { domain, scale, quantity } = options;
  const shared = domain === undefined ? undefined : { domain, scale: scale ?? "linear" };
  const panel = panelOf(setting, quantity, options.classes, shared, size);
  const title = options.title ?? `${titleOfSetting(setting)}: ${quantity}`;
  requireValues(panel === undefined ? 0 : 1, quantity, title);
  const subtitle = options.subtitle ?? joinCaption([options.dataName, describeSeeds([setting])]);
  return specification({
    ...frame({ title, subtitle, description: `${title} by epoch. ${subtitle}`, width: size.width }),
    ...(panel as Panel),
  });
}

/** Loss, cost and accuracy side by side under one title and one legend. Throws `BAD_OPTION` where there is no value. */
export function settingFigureSpecification(
  setting: SettingResult,
  options: SettingFigureOptions,
): ChartSpecification {
  const size = options.size ?? COMBINED_SIZE;
  const { classes } = options;
  const domains = options.domains ?? settingDomains([setting], classes)[0];
  const panels = SETTING_QUANTITIES.flatMap((quantity): Panel[] => {
    const panel = panelOf(setting, quantity, classes, domains?.[quantity], size);
    return panel === undefined ? [] : [panel];
  });
  const title = options.title ?? titleOfSetting(setting);
  requireValues(panels.length, "loss, cost or accuracy", title);
  const remark = domains?.loss.isOwn ? "Loss and cost on a scale of their own" : "";
  const subtitle = options.subtitle ?? joinCaption([options.dataName, describeSeeds([setting]), remark]);
  const description = `Loss, cost and accuracy of ${title} by epoch. ${subtitle}`;
  return specification({
    ...frame({ title, subtitle, description, width: panels.length * size.width }),
    hconcat: panels,
    spacing: 28,
    resolve: { legend: { color: "shared", strokeDash: "shared" } },
  });
}

/** Whether a setting has a value to draw: one whose runs diverged in their first epoch has none. */
export function hasCurves(setting: SettingResult): boolean {
  return SETTING_QUANTITIES.some((name) => seriesOfSetting(setting, describeQuantity(name, {})).length > 0);
}

/** `λ = 0.1, η = 0.001`. */
export function titleOfSetting({
  lambda,
  learningRate,
}: Pick<SettingResult, "lambda" | "learningRate">): string {
  return `λ = ${lambda}, η = ${learningRate}`;
}

/** What lines and bands are, and how many runs diverged. */
export function describeSeeds(settings: readonly Pick<SettingResult, "reasons">[]): string {
  const seeds = settings[0]?.reasons.length ?? 0;
  const reasons = settings.flatMap((setting) => setting.reasons);
  const diverged = reasons.filter((reason) => reason === "diverged").length;
  return joinCaption([
    seeds > 1 ? `Mean of ${seeds} seeds, ± one standard deviation` : "",
    diverged === 0
      ? ""
      : reasons.length === 1
        ? "The run diverged"
        : `${diverged} of ${reasons.length} runs diverged`,
  ]);
}

function panelOf(
  setting: SettingResult,
  name: SettingQuantity,
  classes: number,
  shared: SharedDomain | undefined,
  size: PanelSize,
): Panel | undefined {
  const quantity = describeQuantity(name, { classes });
  const series = seriesOfSetting(setting, quantity);
  if (series.length === 0) return undefined;
  const styles = Object.fromEntries(Object.values(SPLIT_STYLES).map((style) => [style.label, style]));
  const yAxis = axisOf(series, quantity, shared, size);
  return linesPanel({ series, styles, quantity, xs: setting.epochs, yAxis, size, id: name });
}

function axisOf(
  series: readonly Series[],
  quantity: Quantity,
  shared: SharedDomain | undefined,
  { height }: PanelSize,
): Axis {
  const mostTicks = Math.floor(height / 45);
  if (shared === undefined) return valueAxis(extentsOf(series), quantity, mostTicks);
  return axisOver(shared.domain, shared.scale, mostTicks);
}

/** Train, validation and test, as far as they have values; test's is at the last epoch. */
function seriesOfSetting(setting: SettingResult, { name, factor }: Quantity): Series[] {
  const { epochs, curves, figures } = setting;
  const { train, validation, test } = SPLIT_STYLES;
  const atEnd = figures[`test/${name}`];
  const last = epochs.length - 1;
  const onlyLast = (value: number | null | undefined) =>
    epochs.map((_, index) => (index === last ? (value ?? null) : null));
  const ofSplit = (split: "train" | "validation", style: typeof train): Series[] => {
    const curve = curves[`${split}/${name}`];
    const [values, deviations] = [curve?.mean ?? [], curve?.deviation];
    return seriesFrom({ name: style.label, style, epochs, values, deviations, factor });
  };
  return [
    ...ofSplit("train", train),
    ...ofSplit("validation", validation),
    ...seriesFrom({
      name: test.label,
      style: test,
      epochs,
      values: onlyLast(atEnd?.mean),
      deviations: onlyLast(atEnd?.deviation),
      factor,
    }),
  ];
}
