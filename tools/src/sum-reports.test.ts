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
    failures: [],
    flaky: [],
    broken: [],
  });
});

it("names each test that failed, with its file", () => {
  const assertionResults = [
    { fullName: "adds up", status: "passed" },
    { fullName: "takes away", status: "failed" },
  ];
  const { failures, broken } = sumReports([
    report(1, 1, 0, [{ name: "a.test.ts", status: "failed", assertionResults }]),
  ]);
  expect(failures).toEqual(["a.test.ts: takes away"]);
  expect(broken).toEqual([]);
});

it("names each test that passed only when it was tried again, and what it had said before", () => {
  const assertionResults = [
    { fullName: "adds up", status: "passed", failureMessages: [] },
    {
      fullName: "waits",
      status: "passed",
      failureMessages: ["Error: too late\n  + 3\n  - 4\n", "Error: again"],
    },
  ];
  const { failures, flaky } = sumReports([
    report(2, 0, 0, [{ name: "a.test.ts", status: "passed", assertionResults }]),
  ]);
  expect([failures, flaky]).toEqual([
    [],
    ["a.test.ts: waits\n    Error: too late\n      + 3\n      - 4\n    Error: again"],
  ]);
});

it("names a file that failed as it loaded, or in a hook, which skips its tests", () => {
  const skipped = [{ fullName: "adds up", status: "skipped" }];
  const results = [
    { name: "a.test.ts", status: "failed", assertionResults: [] },
    { name: "b.test.ts", status: "failed", assertionResults: skipped },
    { name: "c.test.ts", status: "passed", assertionResults: skipped },
  ];
  expect(sumReports([report(0, 0, 2, results)]).broken).toEqual(["a.test.ts", "b.test.ts"]);
});
