import { expect, it } from "vitest";
import { sumReports } from "./sum-reports.ts";

const report = (passed: number, failed: number, pending: number, testResults: unknown[] = []): string =>
  JSON.stringify({
    numPassedTests: passed,
    numFailedTests: failed,
    numPendingTests: pending,
    numTodoTests: 0,
    testResults,
  });

it("adds up what passed, failed and was skipped", () => {
  expect(sumReports([report(3, 1, 0), report(5, 0, 2)])).toEqual({
    passed: 8,
    failed: 1,
    skipped: 2,
    broken: [],
  });
});

it("names a file that failed before its tests could run", () => {
  const results = [
    { name: "a.test.ts", status: "failed", assertionResults: [] },
    { name: "b.test.ts", status: "failed", assertionResults: [{}] },
  ];
  expect(sumReports([report(0, 1, 0, results)]).broken).toEqual(["a.test.ts"]);
});
