// What a study came to, and what was written: printed on the normal screen after everything else.
import type { SettingResult, StudyResults } from "@trainscope/study/results";
import { formatDuration, formatFraction } from "@trainscope/tui/text";

export interface ReportSummary {
  readonly results: StudyResults;
  /** Paths, the documents first. */
  readonly written: readonly string[];
  readonly milliseconds: number;
}

export function describeReport({ results, written, milliseconds }: ReportSummary): readonly string[] {
  const { data, gradientCheck, settings, best, optional } = results;
  const largest = Math.max(...gradientCheck.rows.map((row) => row.maxAbsoluteDifference));
  const lines = [
    "",
    `Study completed in ${formatDuration(milliseconds)}, on ${data.name}.`,
    row("gradient check", `${gradientCheck.passed ? "passed" : "FAILED"} (${largest.toExponential(1)})`),
    ...settings.map((setting, index) =>
      row(
        `λ = ${setting.lambda}, η = ${setting.learningRate}`,
        `test accuracy ${spread(setting)}${index === best ? ", best on validation" : ""}`,
      ),
    ),
  ];
  if (optional !== null) {
    const { chosen } = optional.search;
    lines.push(
      row("final model", `test accuracy ${formatFraction(optional.final.onTest.accuracy)}`),
      row("", `λ = ${chosen.lambda}, η = ${chosen.learningRate}, batch ${chosen.batchSize}`),
    );
  }
  lines.push("Written:", ...shortened(written).map((path) => `  ${path}`));
  return lines;
}

function row(name: string, text: string): string {
  return `  ${name.padEnd(20)} ${text}`;
}

function spread({ figures }: SettingResult): string {
  const { mean = null, deviation = null } = figures["test/accuracy"] ?? {};
  if (mean === null) return "unknown";
  return deviation === null
    ? formatFraction(mean)
    : `${formatFraction(mean)} ± ${(100 * deviation).toFixed(2)}`;
}

/** Documents by name, folders of many files by their number. */
function shortened(paths: readonly string[]): readonly string[] {
  const folders = Map.groupBy(paths, (path) => path.slice(0, path.search(/[^\\/]*$/)));
  return [...folders].flatMap(([folder, files]) =>
    files.length > 4 ? [`${folder} (${files.length} files)`] : files,
  );
}
