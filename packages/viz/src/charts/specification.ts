// What our functions give and `renderChart` takes: the types of Vega-Lite itself need the DOM's, and raise errors of their own in
// a project that checks its libraries.

/**
 * A Vega-Lite specification as plain data, of any version of Vega-Lite's that reads it. For vega-embed and others that want
 * Vega-Lite's own type: `specification as TopLevelSpec`.
 */
export interface ChartSpecification {
  readonly $schema?: string;
  /** For those who can't see the picture. */
  readonly description?: string;
  readonly title?: unknown;
  readonly data?: unknown;
  readonly width?: unknown;
  readonly height?: unknown;
  readonly config?: unknown;
  readonly params?: unknown;
  readonly transform?: unknown;
  readonly mark?: unknown;
  readonly encoding?: unknown;
  readonly layer?: unknown;
  readonly hconcat?: unknown;
  readonly vconcat?: unknown;
  readonly concat?: unknown;
  readonly facet?: unknown;
  readonly repeat?: unknown;
  readonly spec?: unknown;
}
