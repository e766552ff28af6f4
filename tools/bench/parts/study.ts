// Part (h): the basic study, from the images to the report, the whole process from start to exit.
import { join } from "node:path";
import { measureWhole, type Turn, wholeRatio } from "../measure-whole.ts";
import { builtCommandAbsence } from "../programs/built-command.ts";
import { type StudyEntrant, studyEntrants } from "../programs/study-entrants.ts";
import { describeGoal, type PartReport } from "../report.ts";
import { median, type Spread, summarise } from "../statistics.ts";
import { digits, percent } from "../table.ts";
import { runWhole } from "../whole-process.ts";
import { writeStudyJob } from "../work/study-job.ts";
import {
  compareStudies,
  type StudyOutcome,
  type StudyPhases,
  type WrittenReport,
} from "../work/study-outcome.ts";
import { writeSyntheticFolder } from "../work/synthetic-folder.ts";
import type { PartInput } from "./part-input.ts";

/** How many times as long as ours a peer ought to take. NumPy's own number type is float64. */
const GOALS: Readonly<Record<string, number>> = { "numpy float64": 5 };

type StudyTurn = Turn<StudyOutcome & WrittenReport>;

export async function runStudyPart({ options, data, folder }: PartInput): Promise<PartReport> {
  const { isQuick, runs: rounds, python } = options;
  const absence = builtCommandAbsence();
  if (absence !== undefined) return leftOut(absence);
  const directory = data.directory ?? join(folder, "synthetic");
  if (data.directory === undefined) await writeSyntheticFolder(directory);
  await writeStudyJob(folder, { directory, isQuick });
  const threads = Math.max(...options.threads);
  const entrants = studyEntrants({ ...options, folder, directory, threads });
  // The first program ever to import it waits for a list of all fonts to be made. Where it is missing, the peer says so.
  if (entrants.length > 1) {
    await runWhole({ command: python, args: ["-c", "import matplotlib.pyplot"] }).catch(() => {});
  }
  return await runStudies({ entrants, rounds, pauseMs: isQuick ? 20 : 500, threads });
}

export interface StudiesOptions {
  readonly entrants: readonly StudyEntrant[];
  readonly rounds: number;
  readonly pauseMs: number;
  /** For the title. */
  readonly threads: number;
}

interface Result {
  readonly name: string;
  readonly seconds: readonly number[];
  readonly times: Spread;
  /** Its time over ours. */
  readonly ratio: number;
  /** The same of both without their gradient check. */
  readonly ratioWithoutCheck: number;
  /** Medians, `NaN` where they aren't known. */
  readonly phases: StudyPhases & { readonly rest: number };
  readonly outcomes: readonly (StudyOutcome & WrittenReport)[];
}

export async function runStudies(options: StudiesOptions): Promise<PartReport> {
  const { rounds, threads } = options;
  const { turns, missing, errors } = await measureWhole(options);
  const ours = [...turns].find(([{ isOurs }]) => isOurs)?.[1] ?? [];
  const results = [...turns].map(([{ name }, list]) => resultOf(name, list, ours));
  const [expected] = ours;
  const wrong = results.flatMap(({ name, outcomes }) =>
    expected === undefined
      ? [`${name}: ours came to nothing that it could be compared with`]
      : outcomes.flatMap((outcome) =>
          compareStudies(outcome, expected.outcome).map((text) => `${name}: ${text}`),
        ),
  );
  return {
    part: "h",
    title: `${TITLE}: ${threads} threads, ${rounds} rounds`,
    table: {
      columns: [
        "program",
        "median s",
        "min s",
        "±",
        "x ours",
        "goal",
        "gradient s",
        "training s",
        "writing s",
        "rest s",
        "x, no gradient",
      ],
      rows: results.map(({ name, times, ratio, ratioWithoutCheck, phases }) => [
        name,
        digits(times.median),
        digits(times.minimum),
        percent(times.spread),
        digits(ratio),
        describeGoal(ratio, GOALS[name]),
        ...[phases.gradientCheck, phases.training, phases.writing, phases.rest, ratioWithoutCheck].map(digits),
      ]),
    },
    notes: [
      "Gradient check, four settings with evaluation after each epoch, test, figures as PNG and SVG, HTML and Markdown.",
      "x ours: its time over ours, the median of each round's ratio; no gradient: both without their gradient check.",
      "Gradient, training (with test) and writing (figures and documents) are medians as the program tells them; rest: start, imports, reading.",
      "NumPy checks the gradient in float64 either way. Ours computes anew, for an entry, only what that entry can change.",
      ...results.map(({ name, outcomes }) => describeOutcome(name, outcomes)),
      ...describeVersions(results),
      ...missing,
    ],
    errors: [...errors, ...new Set(wrong)],
    data: { rounds, threads, results, missing },
  };
}

const TITLE = "(h) The basic study with its report, start to exit";

function leftOut(reason: string): PartReport {
  const table = { columns: ["program"], rows: [] };
  return { part: "h", title: TITLE, table, notes: [`Left out: ${reason}.`], errors: [], data: null };
}

function resultOf(name: string, turns: readonly StudyTurn[], ours: readonly StudyTurn[]): Result {
  const seconds = turns.map((turn) => turn.seconds);
  const phase = (pick: (turn: StudyTurn) => number): number => median(turns.map(pick));
  const check = phaseOf("gradientCheck");
  const rest = (turn: StudyTurn): number =>
    turn.seconds - check(turn) - phaseOf("training")(turn) - phaseOf("writing")(turn);
  return {
    name,
    seconds,
    times: summarise(seconds),
    ratio: wholeRatio(turns, ours),
    ratioWithoutCheck: wholeRatio(turns.map(withoutCheck), ours.map(withoutCheck)),
    phases: {
      gradientCheck: phase(check),
      training: phase(phaseOf("training")),
      writing: phase(phaseOf("writing")),
      rest: phase(rest),
    },
    outcomes: turns.map(({ outcome }) => outcome),
  };
}

function phaseOf(name: keyof StudyPhases): (turn: StudyTurn) => number {
  return ({ outcome }) => outcome.phases?.[name] ?? Number.NaN;
}

function withoutCheck(turn: StudyTurn): { readonly seconds: number } {
  return { seconds: turn.seconds - phaseOf("gradientCheck")(turn) };
}

function describeOutcome(name: string, outcomes: readonly (StudyOutcome & WrittenReport)[]): string {
  const { gradientCheck, runs = [], figures = 0 } = outcomes.at(-1) ?? {};
  const accuracies = runs.map(({ testAccuracy }) => percent(testAccuracy)).join(", ");
  const verdict = gradientCheck?.passed === true ? "passed" : "failed";
  return `${name}: gradient check ${verdict}; test accuracies ${accuracies}; ${figures} figures.`;
}

/** Each thing once, with its version. */
function describeVersions(results: readonly Result[]): string[] {
  const all = results.flatMap(({ outcomes }) => Object.entries(outcomes.at(-1)?.versions ?? {}));
  const words = new Set(all.map(([name, text]) => `${name} ${text}`));
  return words.size === 0 ? [] : [`Versions: ${[...words].join(", ")}.`];
}
