// The order of test files: those that take longest begin first, so that two workers end at about the same time.
import { basename } from "node:path";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Of the project "test", by what they took; the rest follow in vitest's own order. */
const LONGEST = [
  "resume",
  "real-data",
  "report",
  "engines",
  "dashboard",
  "attach",
  "compare",
  "docs",
  "report-page",
  "command",
  "packages",
  "long-run",
  "wrong-input",
  "hostile-text",
  "memory",
];

function rank({ moduleId, project }: TestSpecification): number {
  const place = project.name === "test" ? LONGEST.indexOf(basename(moduleId, ".test.ts")) : -1;
  return place === -1 ? LONGEST.length : place;
}

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return sorted.sort((a, b) => rank(a) - rank(b));
  }
}
