// While the dashboard has the screen, what plugins print would tear holes into it. It goes to the log instead.
import { format } from "node:util";
import type { Severity } from "../text/describe-event.ts";

const SEVERITIES = {
  log: "info",
  info: "info",
  debug: "info",
  warn: "warning",
  error: "error",
} as const satisfies Record<string, Severity>;

type Method = keyof typeof SEVERITIES;

/** Takes over the console until the function it gives is called. */
export function captureConsole(onPrint: (severity: Severity, text: string) => void): () => void {
  const methods = Object.keys(SEVERITIES) as Method[];
  const originals = methods.map((method) => [method, console[method]] as const);
  for (const method of methods) {
    console[method] = (...values: unknown[]) => onPrint(SEVERITIES[method], format(...values));
  }
  return () => {
    for (const [method, original] of originals) console[method] = original;
  };
}
