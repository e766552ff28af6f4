// Adds up vitest's JSON reports.

interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly assertionResults: readonly unknown[];
  }[];
}

export interface Totals {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** Test files that failed before any of their tests could run: no count of tests would show them. */
  readonly broken: readonly string[];
}

export function sumReports(texts: readonly string[]): Totals {
  const reports = texts.map((text) => JSON.parse(text) as Report);
  const sum = (count: (report: Report) => number): number =>
    reports.reduce((total, report) => total + count(report), 0);
  return {
    passed: sum((report) => report.numPassedTests),
    failed: sum((report) => report.numFailedTests),
    skipped: sum((report) => report.numPendingTests + report.numTodoTests),
    broken: reports.flatMap(({ testResults }) =>
      testResults
        .filter(({ status, assertionResults }) => status === "failed" && assertionResults.length === 0)
        .map(({ name }) => name),
    ),
  };
}
