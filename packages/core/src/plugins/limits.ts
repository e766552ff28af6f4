/** How long a plugin may hold up the run before that counts as a failure, in milliseconds. */
export interface PluginLimits {
  /** One call of a metric's hook. */
  readonly metricMs: number;
  /** An exporter's handling of one event. */
  readonly eventMs: number;
  /** From `run:end` until an exporter completes. */
  readonly endMs: number;
}

export const DEFAULT_LIMITS: PluginLimits = { metricMs: 250, eventMs: 1000, endMs: 60_000 };
