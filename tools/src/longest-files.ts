// Which test files take long, by vitest's JSON reports.
import { relative, sep } from "node:path";

interface Report {
  readonly testResults: readonly {
    readonly name: string;
    readonly startTime: number;
    readonly endTime: number;
  }[];
}

/** Files of less can begin whenever there is room. */
const LEAST_SECONDS = 5;

/** Whole seconds of each file that takes 5 or more, the longest first, by its path from `root` with slashes. */
export function longestFiles(texts: readonly string[], root: string): Record<string, number> {
  const files = texts.flatMap((text) => (JSON.parse(text) as Report).testResults);
  const seconds = files.map(({ name, startTime, endTime }): [string, number] => [
    relative(root, name).split(sep).join("/"),
    Math.round((endTime - startTime) / 1000),
  ]);
  return Object.fromEntries(
    seconds.filter(([, time]) => time >= LEAST_SECONDS).sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)),
  );
}
