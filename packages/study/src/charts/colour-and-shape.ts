// A category shown by colour and by shape, so that it can be told apart without seeing colours.

export interface Category {
  readonly name: string;
  readonly colour: string;
  readonly shape: string;
}

/** Vega-Lite's encodings of the field, with one legend for both. */
export function colourAndShape(field: string, categories: readonly Category[]) {
  const domain = categories.map(({ name }) => name);
  const encoding = (range: string[]) => ({
    field,
    type: "nominal" as const,
    scale: { domain, range },
    legend: { symbolSize: 110 },
  });
  return {
    color: encoding(categories.map(({ colour }) => colour)),
    shape: encoding(categories.map(({ shape }) => shape)),
  };
}
