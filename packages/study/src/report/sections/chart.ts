// A chart twice from one builder: wide for the page and the files, narrow for a phone.

import type { ChartSpecification, FigureOptions, PanelSize } from "@trainscope/viz";
import type { Chart, Text } from "../document.ts";

/** CSS pixels of a plot that, with its axes, fits a screen 360 wide. */
export const NARROW_WIDTH = 200;

export interface ChartPlan {
  readonly name: string;
  readonly title: string;
  readonly subtitle?: string | undefined;
  readonly caption: Text;
  /** The specification's own description where it isn't given. */
  readonly alt?: string | undefined;
  /** Of the plot; what the specification chooses where it isn't given. */
  readonly size?: PanelSize | undefined;
  readonly narrowSize?: PanelSize | undefined;
  /** Where a legend beside the plot would leave a phone no room for it. */
  readonly narrowLegend?: false | undefined;
  build(options: FigureOptions): ChartSpecification;
}

export function chartOf(plan: ChartPlan): Chart {
  const { name, title, subtitle, caption, size } = plan;
  const narrowSize = plan.narrowSize ?? { width: NARROW_WIDTH, height: size?.height ?? 220 };
  const wide = plan.build({ title, subtitle, size });
  return {
    kind: "chart",
    name,
    title,
    caption,
    alt: plan.alt ?? wide.description ?? title,
    wide,
    narrow: stacked(plan.build({ title, subtitle, size: narrowSize })),
    narrowLegend: plan.narrowLegend,
  };
}

/** Plots beneath each other in place of side by side. */
function stacked(spec: ChartSpecification): ChartSpecification {
  if (!("hconcat" in spec)) return spec;
  const { hconcat, ...rest } = spec;
  return { ...rest, vconcat: hconcat, spacing: 18 } as ChartSpecification;
}
