// Schedules of the learning rate: what each makes of the rate, above what it does to validation accuracy.

import type { ChartSpecification } from "@trainscope/viz";
import type { Panel } from "@trainscope/viz/parts";
import {
  describeQuantity,
  extentsOf,
  type FigureOptions,
  frame,
  INK,
  type LineStyle,
  lineStyle,
  linesPanel,
  type Quantity,
  requireValues,
  type Series,
  scientific,
  seriesFrom,
  specification,
  valueAxis,
} from "@trainscope/viz/parts";
import type { VariantResult } from "../stages/results.ts";
import { longest } from "./settings-comparison.ts";

const SIZE = { width: 520, height: 240 };
/** Of the greatest: a cosine ends at next to nothing, which would take a logarithmic axis many decades. */
const LEAST_RATE = 1e-4;
/** Of the plot of rates, as a part of the other's. */
const RATE_HEIGHT = 0.7;

const BASELINE_STYLE: LineStyle = { colour: INK, dash: [1, 0] };
const STYLES: readonly LineStyle[] = [0, 1, 2, 3, 5, 6].map(lineStyle);

const RATE: Quantity = {
  name: "learning-rate",
  title: "Learning rate η",
  unit: undefined,
  factor: 1,
  scale: "log",
  range: undefined,
  baseline: undefined,
  format: (rate) => (rate < 1e-4 ? scientific(rate) : String(Number(rate.toPrecision(3)))),
};

/**
 * Of the variants of group "schedule" and the baseline; others are left out. Throws `BAD_OPTION` where none is left.
 */
export function schedulesSpecification(
  variants: readonly VariantResult[],
  options: FigureOptions = {},
): ChartSpecification {
  const size = options.size ?? SIZE;
  const shown = variants.filter(({ group }) => group === "schedule" || group === "baseline");
  const styled = stylesOf(shown);
  const epochs = longest(shown.map((variant) => variant.epochs));
  const title = options.title ?? "Learning-rate schedules";
  const seriesOf = (values: (variant: VariantResult) => readonly (number | null)[], factor: number) =>
    shown.flatMap((variant) =>
      seriesFrom({
        name: variant.title,
        style: styled[variant.title] ?? BASELINE_STYLE,
        epochs: variant.epochs,
        values: values(variant),
        factor,
      }),
    );
  const accuracy = { ...describeQuantity("accuracy", {}), title: "Validation accuracy" };
  const greatest = Math.max(...shown.flatMap(({ learningRates }) => learningRates));
  const rates = seriesOf(
    ({ learningRates }) => learningRates.map((rate) => (rate > LEAST_RATE * greatest ? rate : null)),
    1,
  );
  const accuracies = seriesOf(({ series }) => series["validation/accuracy"] ?? [], accuracy.factor);
  requireValues(rates.length, "learning rate", title);
  const panelOf = (series: readonly Series[], quantity: Quantity, height: number): Panel[] => {
    if (series.length === 0) return [];
    const yAxis = valueAxis(extentsOf(series), quantity, Math.floor(height / 45));
    const panel = { series, styles: styled, quantity, xs: epochs, yAxis, size: { width: size.width, height } };
    return [linesPanel({ ...panel, id: quantity.name, endLabels: quantity !== RATE })];
  };
  const subtitle =
    options.subtitle ?? "What each makes of the learning rate, and of the accuracy on validation";
  return specification({
    ...frame({ title, subtitle, description: `${title}. ${subtitle}`, width: size.width }),
    vconcat: [
      ...panelOf(rates, RATE, Math.round(RATE_HEIGHT * size.height)),
      ...panelOf(accuracies, accuracy, size.height),
    ],
    spacing: 22,
    resolve: { legend: { color: "shared", strokeDash: "shared" } },
  });
}

function stylesOf(variants: readonly VariantResult[]): Record<string, LineStyle> {
  const scheduled = variants.filter(({ group }) => group !== "baseline");
  return Object.fromEntries(
    variants.map((variant) => {
      const style = STYLES[scheduled.indexOf(variant) % STYLES.length];
      return [variant.title, style ?? BASELINE_STYLE];
    }),
  );
}
