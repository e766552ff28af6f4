// Adds up vitest's JSON reports.

interface TestResult {
  readonly fullName: string;
  readonly status: string;
  /** Of a test that passed, too: those of the tries before. */
  readonly failureMessages?: readonly string[];
}

interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly assertionResults: readonly TestResult[];
  }[];
}

export interface Totals {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** The tests that failed: their file and their name. */
  readonly failures: readonly string[];
  /** The tests that failed at first and passed when they were tried again, with what the tries before said. */
  readonly flaky: readonly string[];
  /** Files that failed outside of their tests, as they loaded or in a hook: no count of tests would show them. */
  readonly broken: readonly string[];
}

export function sumReports(texts: readonly string[]): Totals {
  const reports = texts.map((text) => JSON.parse(text) as Report);
  const files = reports.flatMap(({ testResults }) => testResults);
  const sum = (count: (report: Report) => number): number =>
    reports.reduce((total, report) => total + count(report), 0);
  return {
    passed: sum((report) => report.numPassedTests),
    failed: sum((report) => report.numFailedTests),
    skipped: sum((report) => report.numPendingTests + report.numTodoTests),
    failures: files.flatMap(({ name, assertionResults }) =>
      assertionResults.filter(isFailed).map(({ fullName }) => `${name}: ${fullName}`),
    ),
    flaky: files.flatMap(({ name, assertionResults }) =>
      assertionResults.filter(isFlaky).map((test) => `${name}: ${test.fullName}\n${saidBefore(test)}`),
    ),
    broken: files
      .filter((file) => isFailed(file) && !file.assertionResults.some(isFailed))
      .map(({ name }) => name),
  };
}

function isFailed({ status }: { readonly status: string }): boolean {
  return status === "failed";
}

function isFlaky({ status, failureMessages = [] }: TestResult): boolean {
  return status === "passed" && failureMessages.length > 0;
}

/** All that each try before said: what differed is below the first line, and it may not be seen again. */
function saidBefore({ failureMessages = [] }: TestResult): string {
  const lines = failureMessages.flatMap((message) => message.trimEnd().split("\n"));
  return lines.map((line) => `    ${line}`).join("\n");
}
