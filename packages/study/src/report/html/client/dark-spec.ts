// A chart in dark colours.
import type { Spec } from "vega";

type Colours = Readonly<Record<string, string>>;

/** A copy with each colour's dark counterpart; data and domains, which may hold any word, are left as they are. */
export function darkSpec(spec: Spec, colours: Colours): Spec {
  return darkened(spec, "", colours) as Spec;
}

function darkened(value: unknown, key: string, colours: Colours): unknown {
  if (typeof value === "string") {
    const isExpression = key === "update" || key === "signal" || key === "expr";
    return counterpart(value, colours) ?? (isExpression ? recoloured(value, colours) : value);
  }
  if (Array.isArray(value)) {
    return key === "values" || key === "domain" ? value : value.map((one) => darkened(one, "", colours));
  }
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, darkened(one, name, colours)]));
}

/** Within an expression a colour stands between quotes. */
function recoloured(expression: string, colours: Colours): string {
  return expression.replace(/(["'])(#[0-9a-fA-F]{6})\1/g, (all, quote: string, colour: string) => {
    const dark = counterpart(colour, colours);
    return dark === undefined ? all : quote + dark + quote;
  });
}

function counterpart(colour: string, colours: Colours): string | undefined {
  return colours[colour] ?? colours[colour.toLowerCase()];
}
