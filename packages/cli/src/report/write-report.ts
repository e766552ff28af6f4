// From a study's results to files: the report's documents, figures and numbers, and the PDF where a browser is there.
import { join } from "node:path";
import { messageOf } from "@trainscope/core/errors";
import type { EmitStudyEvent, PlannedStage, StudyPart } from "@trainscope/study";
import type { StudyResults } from "@trainscope/study/results";
import { from, lastValueFrom, mergeMap, takeWhile, tap } from "rxjs";
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

const PDF = "report.pdf";

/** Files on their way to the disk. */
const AT_ONCE = 4;

/** The paths of what was written, the documents first. Rejects with the signal's reason where it aborts. */
export async function writeReport(
  results: StudyResults,
  folder: ReportFolder,
  options: WriteReportOptions,
): Promise<readonly string[]> {
  const { emit, signal, pdf, ...described } = options;
  const { createReport } = await import("@trainscope/study/report");
  const report = createReport(results, { ...described, generatedAt: new Date() });
  const names: string[] = [];
  emit({ type: "stage:start", stage: "figures" });
  // An earlier report's would no longer be this one's.
  if ((await folder.lastFiles()).includes(PDF)) await folder.remove(PDF);
  // The next is drawn while others are on their way to the disk, where those arrive even after an abort.
  const files = from(report.files()).pipe(
    takeWhile(() => !signal.aborted),
    mergeMap(async ({ path, content }) => {
      await folder.write(path, content);
      return path;
    }, AT_ONCE),
    tap((path) => {
      names.push(path);
      emit({
        type: "stage:progress",
        stage: "figures",
        done: names.length,
        steps: report.steps,
        text: path,
      });
    }),
  );
  await lastValueFrom(files, { defaultValue: "" });
  signal.throwIfAborted();
  emit({ type: "stage:end", stage: "figures", text: `${names.length} files` });
  if (pdf) {
    emit({ type: "stage:start", stage: "pdf" });
    const isPrinted = await printReport(folder, options);
    if (isPrinted) names.push(PDF);
    emit({ type: "stage:end", stage: "pdf", text: isPrinted ? "1 file" : "left out" });
  }
  await folder.finish(names);
  return names.toSorted((a, b) => depth(a) - depth(b)).map((name) => join(folder.path, name));
}

/** Tells whether there is a PDF; a notice says why there is none. */
async function printReport({ path }: ReportFolder, { emit, signal }: WriteReportOptions): Promise<boolean> {
  const { printPdf } = await import("@trainscope/study/report");
  try {
    await printPdf({ html: join(path, "report.html"), pdf: join(path, PDF), signal });
    return true;
  } catch (thrown) {
    signal.throwIfAborted();
    const message = `report.pdf was left out: ${messageOf(thrown)}`;
    emit({ type: "study:notice", level: "warning", message });
    return false;
  }
}

function depth(name: string): number {
  return name.split("/").length;
}
