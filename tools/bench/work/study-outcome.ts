// What a program of part (h) came to, and whether two came to the same.
import { compareSettings } from "./four-settings.ts";
import type { RunOutcome } from "./run-job.ts";

/** Seconds of a study's phases; what is left of the whole are start, imports and reading. */
export interface StudyPhases {
  readonly gradientCheck: number;
  /** With evaluation, and the test images at the end. */
  readonly training: number;
  /** Figures, pages and numbers. */
  readonly writing: number;
}

export interface CheckedCase {
  readonly inputs: number;
  readonly images: number;
  readonly lambda: number;
  readonly passed: boolean;
}

export interface StudyOutcome {
  /** In the order of the settings. */
  readonly runs: readonly RunOutcome[];
  readonly gradientCheck: { readonly passed: boolean; readonly rows: readonly CheckedCase[] };
  /** `null` where the program doesn't tell. */
  readonly phases: StudyPhases | null;
  readonly versions: Readonly<Record<string, string>>;
}

/** What is wrong with a study beside ours, and how little it wrote beside it, one sentence each. */
export function compareStudies(
  found: StudyOutcome & WrittenReport,
  ours: StudyOutcome & WrittenReport,
): string[] {
  const cases = caseNames(ours);
  return [
    ...(found.gradientCheck.passed ? [] : ["the gradient check failed"]),
    ...(caseNames(found) === cases
      ? []
      : [`the gradient check is of ${caseNames(found)}; ours is of ${cases}`]),
    ...compareSettings(found.runs, ours.runs),
    ...(found.figures === ours.figures ? [] : [`${found.figures} figures; ours has ${ours.figures}`]),
    ...found.lacking.map((file) => `${file} is missing`),
  ];
}

/** What of a report is there. */
export interface WrittenReport {
  /** Those that are there both as PNG and as SVG. */
  readonly figures: number;
  /** Documents that ought to be there. */
  readonly lacking: readonly string[];
}

function caseNames({ gradientCheck: { rows } }: StudyOutcome): string {
  return rows.map(({ inputs, images, lambda }) => `${inputs} x ${images}, lambda ${lambda}`).join("; ");
}
