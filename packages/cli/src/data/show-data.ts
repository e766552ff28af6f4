// What data is there, and fetching what is not.
import { extname } from "node:path";
import { TrainscopeError } from "@trainscope/core/errors";
import { SPLITS } from "@trainscope/core/events";
import {
  cacheDirectory,
  classCounts,
  type DownloadProgress,
  downloadCifar10,
  identifyCifar10,
  pickPerClass,
  type VerifiedFile,
  verifyData,
} from "@trainscope/data-cifar";
import { writeNamed } from "@trainscope/runs/files";
import { ownStream, print, tell } from "@trainscope/tui/output";
import { formatCount, tableLines } from "@trainscope/tui/text";
import { ExitStatus } from "../exit-status.ts";
import { type DataFlags, partOf } from "../flags/data-flags.ts";
import { chooseDataset, locateFiles } from "../input/dataset.ts";
import { describeFiles } from "../input/describe-files.ts";
import { createProgressLine } from "../progress-line.ts";

const PICTURES_A_CLASS = 10;

export interface InfoFlags extends DataFlags {
  readonly picture?: string;
}

export async function showInfo(flags: InfoFlags): Promise<ExitStatus> {
  const { dataset, found, notice } = await chooseDataset(flags.data, partOf(flags));
  if (notice !== undefined) tell(notice);
  const { classNames, shape, name } = dataset;
  const counts = SPLITS.map((split) => classCounts(dataset[split], classNames.length));
  const rows = [
    ["class", ...SPLITS],
    ...classNames.map((className, k) => [className, ...counts.map((count) => formatCount(count[k] ?? 0))]),
    ["total", ...SPLITS.map((split) => formatCount(dataset[split].labels.length))],
  ];
  const width = Math.max(12, ...rows.map(([first = ""]) => first.length + 1));
  const { pngProblem, renderContactSheet } = await import("@trainscope/viz");
  const picture = flags.picture ?? `contact-sheet.${pngProblem() === undefined ? "png" : "svg"}`;

  const sheet = renderContactSheet(
    {
      images: dataset.train.images,
      shape,
      rows: pickPerClass(dataset.train, classNames.length, PICTURES_A_CLASS),
      rowNames: classNames,
      title: name,
      subtitle: `The first ${PICTURES_A_CLASS} training images of each class`,
    },
    extname(picture).toLowerCase() === ".svg" ? "svg" : "png",
  );
  const files = found?.isBinaryCifar10 ? describeFiles(await identifyCifar10(found.path)) : [];
  await writeNamed(picture, sheet, "--picture");
  print(
    `data: ${name}`,
    `from: ${found?.path ?? "made by trainscope from a seed"}`,
    `images: ${shape.width} x ${shape.height}, ${shape.channels} channels`,
    "",
    ...rows.map(
      ([first = "", ...rest]) => first.padEnd(width) + rest.map((cell) => cell.padStart(12)).join(""),
    ),
    "",
    ...files,
    `wrote ${picture}`,
  );
  return ExitStatus.done;
}

/** Ends with status 1 where a file isn't what it is called, or none is known. */
export async function verifyFiles(choice: string | undefined): Promise<ExitStatus> {
  const path = await locateFiles(choice);
  const files = await verifyData(path);
  const count = (verdict: VerifiedFile["verdict"]): number =>
    files.filter((file) => file.verdict === verdict).length;
  const [official, different] = [count("official"), count("different")];
  const isOfficial = official > 0 && different === 0;
  print(
    `from: ${path}`,
    "",
    ...tableLines(files.map(({ file, verdict, about }) => [file, verdict, about])),
    "",
    isOfficial
      ? `All ${official} files that an MD5 is published of are the official ones.`
      : `${official} of these files are official, ${different} are not what they are called.`,
  );
  return isOfficial ? ExitStatus.done : ExitStatus.failed;
}

export interface DownloadFlags {
  readonly to?: string;
  readonly url?: string;
}

export async function download({ to, url }: DownloadFlags): Promise<ExitStatus> {
  const directory = to ?? requireCache();
  const abort = new AbortController();
  const interrupt = (): void => abort.abort();
  process.once("SIGINT", interrupt).once("SIGTERM", interrupt);
  const line = createProgressLine(ownStream("stderr"));
  let newest: DownloadProgress | undefined;
  try {
    const done = await downloadCifar10({
      directory,
      signal: abort.signal,
      onProgress(progress) {
        newest = progress;
        line.show(progress);
      },
      ...(url === undefined ? {} : { url }),
    });
    line.end();
    print(`CIFAR-10 is in ${done.directory}`);
    return ExitStatus.done;
  } catch (error) {
    line.end();
    if (!abort.signal.aborted) throw error;
    tell(
      `stopped${describeFetched(newest)}. What was fetched is kept in ${directory}; the same command goes on from there.`,
    );
    return ExitStatus.interrupted;
  } finally {
    process.off("SIGINT", interrupt).off("SIGTERM", interrupt);
  }
}

/** Throws `BAD_OPTION` for a user without a home folder. */
function requireCache(): string {
  const cache = cacheDirectory(process.env);
  if (cache !== undefined) return cache;
  const message =
    "there is no cache folder to fetch CIFAR-10 into: this user has no home folder, and HOME is not set";
  throw new TrainscopeError("BAD_OPTION", message, {
    hint: "Name a folder with --to, and the same with --data when you train.",
  });
}

function describeFetched(progress: DownloadProgress | undefined): string {
  if (progress?.phase !== "download") return "";
  const { receivedBytes, totalBytes } = progress;
  const of = totalBytes === null ? "" : ` of ${formatCount(totalBytes)}`;
  return ` after ${formatCount(receivedBytes)}${of} bytes`;
}
