import { expect, it } from "vitest";
import { longestFiles } from "./longest-files.ts";

const report = (...files: readonly (readonly [string, number])[]) =>
  JSON.stringify({
    testResults: files.map(([name, seconds]) => ({ name, startTime: 1000, endTime: 1000 + 1000 * seconds })),
  });

it("names what takes long in any report, the longest first, and leaves out the rest", () => {
  const reports = [
    report(["/clone/packages/core/src/a.test.ts", 6.4], ["/clone/packages/core/src/b.test.ts", 4.4]),
    report(["/clone/test/long.test.ts", 90], ["/clone/test/also.test.ts", 6]),
  ];
  expect(Object.entries(longestFiles(reports, "/clone"))).toEqual([
    ["test/long.test.ts", 90],
    ["packages/core/src/a.test.ts", 6],
    ["test/also.test.ts", 6],
  ]);
});
