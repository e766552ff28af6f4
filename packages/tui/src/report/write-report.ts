// From a study's results to files: the report's documents, figures and numbers, and the PDF where a browser is there.
import { join } from "node:path";
import type { EmitStudyEvent, PlannedStage, StudyPart, StudyResults } from "@trainscope/core";
import { messageOf } from "@trainscope/core";
import type { ReportFolder } from "./report-folder.ts";

export interface WriteReportOptions {
  readonly title: string | undefined;
  /** As the user typed it. */
  readonly command: string;
  readonly versions: Readonly<Record<string, string>>;
  readonly processor: string;
  readonly pdf: boolean;
  readonly emit: EmitStudyEvent;
  readonly signal: AbortSignal;
}

/** For the study's list of stages. */
export function reportStages({ part, pdf }: { part: StudyPart; pdf: boolean }): readonly PlannedStage[] {
  return [
    { name: "figures", title: "Figures and documents", steps: 0, seconds: part === "full" ? 5 : 3 },
    ...(pdf ? [{ name: "pdf", title: "PDF", steps: 1, seconds: 4 } as const] : []),
  ];
}

/** The paths of what was written, the documents first. Rejects with the signal's reason where it aborts. */
export async function writeReport(
  results: StudyResults,
  folder: ReportFolder,
  options: WriteReportOptions,
): Promise<readonly string[]> {
  const { emit, signal, pdf, ...described } = options;
  const { createReport } = await import("@trainscope/viz");
  const report = createReport(results, { ...described, generatedAt: new Date() });
  const written: string[] = [];
  emit({ type: "stage:start", stage: "figures" });
  for await (const { path, content } of report.files()) {
    signal.throwIfAborted();
    written.push(await folder.write(path, content));
    emit({
      type: "stage:progress",
      stage: "figures",
      done: written.length,
      steps: report.steps,
      text: path,
    });
  }
  emit({ type: "stage:end", stage: "figures", text: `${written.length} files` });
  if (pdf) {
    emit({ type: "stage:start", stage: "pdf" });
    const path = await printReport(folder, signal).catch((thrown) => {
      signal.throwIfAborted();
      emit({
        type: "study:notice",
        level: "warning",
        message: `report.pdf was left out: ${messageOf(thrown)}`,
      });
    });
    if (path !== undefined) written.push(path);
    emit({ type: "stage:end", stage: "pdf", text: path === undefined ? "left out" : "1 file" });
  }
  return written.toSorted((a, b) => depth(a) - depth(b));
}

async function printReport({ path }: ReportFolder, signal: AbortSignal): Promise<string> {
  const { printPdf } = await import("@trainscope/viz");
  const pdf = join(path, "report.pdf");
  await printPdf({ html: join(path, "report.html"), pdf, signal });
  return pdf;
}

function depth(path: string): number {
  return path.split(/[\\/]/).length;
}
