// The order of test files: those that take longest begin first, so that two workers end at about the same time.
import { readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { BaseSequencer, type TestSpecification } from "vitest/node";

const root = join(import.meta.dirname, "../..");

/** How many each file that takes long took, by its path from the root: what `npm run test-durations` measured. */
export const SECONDS: Readonly<Record<string, number>> = JSON.parse(
  readFileSync(join(import.meta.dirname, "test-durations.json"), "utf8"),
);

function secondsOf({ moduleId }: TestSpecification): number {
  return SECONDS[relative(root, moduleId).split(sep).join("/")] ?? 0;
}

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return sorted.sort((a, b) => secondsOf(b) - secondsOf(a));
  }
}
