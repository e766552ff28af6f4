// What the page's script finds beside the charts.
import type { Spec } from "vega";

/** Id of the element that holds the charts as JSON. */
export const CHART_DATA_ID = "chart-data";

export interface ChartData {
  /** The dark counterpart of each colour. */
  readonly colours: Readonly<Record<string, string>>;
  readonly charts: Readonly<Record<string, ChartSpecs>>;
}

/** The data of a narrow chart is `null` where it is the wide one's. */
export interface ChartSpecs {
  readonly wide: Spec;
  readonly narrow: Spec;
}
