// A logger for Vega-Lite's compiler that keeps what it complains about.
import type { compile } from "vega-lite";

type Logger = NonNullable<NonNullable<Parameters<typeof compile>[1]>["logger"]>;

/** Warnings and errors are added to `said`. */
export function collectingLogger(said: unknown[]): Logger {
  const ignore = () => logger;
  const collect = (...words: unknown[]) => {
    said.push(words);
    return logger;
  };
  const logger = { level: ignore, error: collect, warn: collect, info: ignore, debug: ignore };
  return logger as unknown as Logger;
}
