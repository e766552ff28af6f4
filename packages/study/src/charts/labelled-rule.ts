// A vertical rule with its name above the plot, such as a tolerance or the accuracy over all classes.
import type { Layer, PositionEncoding } from "@trainscope/viz/parts";

export interface RuleStyle {
  readonly color: string;
  readonly strokeWidth: number;
  readonly strokeDash: number[];
}

/** The rule and its text; `x` says where the rule stands, and the data's field `text` what is written. */
export function labelledRule(x: PositionEncoding, style: RuleStyle): Layer[] {
  const { color } = style;
  return [
    { mark: { type: "rule", ...style, tooltip: null }, encoding: { x } },
    {
      mark: { type: "text", baseline: "bottom", fontSize: 11.5, color, tooltip: null },
      encoding: { x, y: { value: -3 }, text: { field: "text", type: "nominal" } },
    },
  ];
}
