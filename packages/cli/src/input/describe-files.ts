// Whether the files of a folder are CIFAR-10's own, in words.
import type { IdentifiedFile, IdentifiedFiles } from "@trainscope/data-cifar";
import { formatCount, tableLines } from "@trainscope/tui/text";

/** A line a file, and what follows from them all. */
export function describeFiles({
  files,
  isTrainingOfficial,
  isTestOfficial,
}: IdentifiedFiles): readonly string[] {
  const isOfficial =
    isTrainingOfficial && isTestOfficial && files.every(({ file, classCountsOf }) => classCountsOf === file);
  return [
    ...tableLines(files.map((found) => [found.file, describeFile(found)])),
    describePixels("training images", isTrainingOfficial),
    describePixels("test images", isTestOfficial),
    isOfficial ? "These are the official files." : "These are not the official files as they are published.",
    "",
  ];
}

function describeFile({ file, classCountsOf, shared }: IdentifiedFile): string {
  const counts =
    classCountsOf === file
      ? "as many images of each class as published"
      : classCountsOf === undefined
        ? "images of each class as in no file of CIFAR-10"
        : `as many images of each class as the official ${classCountsOf}`;
  const copies = shared.map((other) => `${formatCount(other.images)} of its images are in ${other.file}, too`);
  return [counts, ...copies].join("; ");
}

function describePixels(images: string, isOfficial: boolean): string {
  return isOfficial
    ? `The pixels of the ${images} have the published means.`
    : `The pixels of the ${images} don't have the published means.`;
}
