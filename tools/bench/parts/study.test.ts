import { describe, expect, it } from "vitest";
import type { StudyEntrant } from "../programs/study-entrants.ts";
import type { StudyOutcome, WrittenReport } from "../work/study-outcome.ts";
import { runStudies } from "./study.ts";

type Outcome = StudyOutcome & WrittenReport;

const run = { epochs: 40, loss: 1.6, validationLoss: 1.8, testAccuracy: 0.39 };
const checked = { inputs: 3072, images: 20, lambda: 1, passed: true };

const right: Outcome = {
  runs: [{ ...run, loss: 3, validationLoss: 5, testAccuracy: 0.28 }, run, run, run],
  gradientCheck: { passed: true, rows: [checked] },
  phases: { gradientCheck: 0, training: 0, writing: 0 },
  versions: {},
  figures: 13,
  lacking: [],
};

function entrant(name: string, outcome: object, script = ""): StudyEntrant {
  const command = { command: process.execPath, args: ["-e", script] };
  return { name, isOurs: name === "ours", command: () => command, read: () => outcome as Outcome };
}

function runWith(...peers: readonly StudyEntrant[]) {
  const entrants = [entrant("ours", right), ...peers];
  return runStudies({ entrants, rounds: 2, pauseMs: 0, threads: 1 });
}

/** The runs of `right` with one figure of one setting changed. */
function withRun(index: number, change: Partial<typeof run>): Outcome {
  return { ...right, runs: right.runs.map((one, i) => (i === index ? { ...one, ...change } : one)) };
}

it("the same study is no error, and each program has a row", async () => {
  const { errors, table } = await runWith(entrant("numpy float64", { ...right, versions: { numpy: "1.0" } }));
  expect(errors).toEqual([]);
  expect(table.rows.map(([name]) => name)).toEqual(["ours", "numpy float64"]);
});

it("times without the gradient check leave out what each says that its check took", async () => {
  const { data, table } = await runWith(
    entrant("slow check", { ...right, phases: { gradientCheck: -1000, training: 2, writing: 3 } }),
  );
  const [, { seconds, phases, ratioWithoutCheck }] = (data as { results: [unknown, never] }).results as [
    unknown,
    { seconds: [number, number]; phases: Record<string, number>; ratioWithoutCheck: number },
  ];
  expect(phases).toMatchObject({ gradientCheck: -1000, training: 2, writing: 3 });
  expect(phases.rest).toBeCloseTo((seconds[0] + seconds[1]) / 2 + 1000 - 2 - 3, 6);
  expect(ratioWithoutCheck).toBeGreaterThan(100);
  expect(table.rows[1]?.slice(6, 9)).toEqual(["-1000", "2.00", "3.00"]);
});

it("phases that a program doesn't tell are left open, and the whole is compared all the same", async () => {
  const { errors, table } = await runWith(entrant("silent", { ...right, phases: null }));
  expect(errors).toEqual([]);
  expect(table.rows[1]?.slice(6)).toEqual(["–", "–", "–", "–", "–"]);
  expect(table.rows[1]?.[4]).toMatch(/^\d/);
});

describe("another result than ours is an error", () => {
  it.each<[string, Outcome, string]>([
    ["a loss", withRun(2, { loss: 1.603 }), "lambda 0.1, eta 0.001: loss is 1.603; ours is 1.6"],
    ["a test accuracy", withRun(1, { testAccuracy: 0.4 }), "testAccuracy is 0.4; ours is 0.39"],
    ["fewer epochs", withRun(0, { epochs: 4 }), "lambda 0, eta 0.1: epochs is 4; ours is 40"],
    ["no figure", withRun(3, { validationLoss: Number.NaN }), "validationLoss is NaN"],
    ["a setting less", { ...right, runs: right.runs.slice(0, 3) }, "no outcome of lambda 1, eta 0.001"],
    [
      "a gradient check that fails",
      { ...right, gradientCheck: { passed: false, rows: [checked] } },
      "the gradient check failed",
    ],
    [
      "other cases of the gradient check",
      { ...right, gradientCheck: { passed: true, rows: [{ ...checked, images: 1 }] } },
      "the gradient check is of 3072 x 1, lambda 1; ours is of 3072 x 20, lambda 1",
    ],
    ["fewer figures", { ...right, figures: 12 }, "12 figures; ours has 13"],
    ["a document that isn't there", { ...right, lacking: ["report.md"] }, "report.md is missing"],
  ])("%s", async (_, outcome, message) => {
    const { errors } = await runWith(entrant("peer", outcome));
    expect(errors).toEqual([expect.stringContaining(`peer: `)]);
    expect(errors[0]).toContain(message);
  });

  it("but a high learning rate's losses may part, since rounding decides where it stands", async () => {
    const { errors } = await runWith(entrant("peer", withRun(0, { loss: 4, testAccuracy: 0.25 })));
    expect(errors).toEqual([]);
  });
});

it("our own gradient check that fails is an error", async () => {
  const ours = entrant("ours", { ...right, gradientCheck: { passed: false, rows: [checked] } });
  const { errors } = await runStudies({ entrants: [ours], rounds: 1, pauseMs: 0, threads: 1 });
  expect(errors).toEqual(["ours: the gradient check failed"]);
});

it("a peer without its packages is said to be missing, and no error; one that fails is an error", async () => {
  const { notes, errors, table } = await runWith(
    entrant("numpy float32", { missing: "matplotlib is not installed for python3" }),
    entrant("numpy float64", right, "throw new Error('no data')"),
  );
  expect(notes).toContain("numpy float32 is missing: matplotlib is not installed for python3");
  expect(errors).toEqual([expect.stringMatching(/^numpy float64 failed: .* ended with status 1/)]);
  expect(table.rows).toHaveLength(1);
});

it("without ours nothing is compared, which is an error", async () => {
  const ours = entrant("ours", right, "process.exit(3)");
  const entrants = [ours, entrant("numpy float64", right)];
  const { errors } = await runStudies({ entrants, rounds: 1, pauseMs: 0, threads: 1 });
  expect(errors).toEqual([
    expect.stringMatching(/^ours failed: .* status 3/),
    "numpy float64: ours came to nothing that it could be compared with",
  ]);
});
