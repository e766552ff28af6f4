// Wrongly answered images as a list, where the terminal shows no pictures or none are at hand.
import type { MisclassifiedImage } from "@trainscope/core/events";
import { formatCount } from "../../text/format.ts";
import { answersByProbability } from "../model/answers.ts";
import type { Row } from "../text/rows.ts";
import { wholePercent } from "../text/share.ts";
import type { Theme } from "../text/theme.ts";
import { answerColor } from "./answer-colors.ts";
import { type Column, tableRows } from "./table.ts";

/** A header, and a line for each image of the page. */
export function mistakeListRows(
  mistakes: readonly MisclassifiedImage[],
  names: readonly string[],
  page: number,
  width: number,
  height: number,
  theme: Theme,
): Row[] {
  const ranked = mistakes.map(({ probabilities }) => answersByProbability(probabilities));
  const probabilityOf = ({ probabilities }: MisclassifiedImage, k: number): string =>
    wholePercent(probabilities[k] ?? Number.NaN);
  const others = mistakes.map((mistake, line) =>
    (ranked[line] ?? [])
      .slice(1)
      .filter((k) => k !== mistake.label)
      .slice(0, 2)
      .map((k) => `${names[k]} ${probabilityOf(mistake, k)}`)
      .join(", "),
  );
  const columns: Column[] = [
    { title: "image", cells: mistakes.map(({ index }) => formatCount(index)), align: "right", rank: 4 },
    { title: "is", cells: mistakes.map(({ label }) => names[label] ?? ""), align: "left", rank: 0 },
    {
      title: "",
      cells: mistakes.map((mistake) => probabilityOf(mistake, mistake.label)),
      align: "right",
      rank: 2,
      style: { color: answerColor(true, theme) },
    },
    { title: "taken for", cells: ranked.map(([k = 0]) => names[k] ?? ""), align: "left", rank: 1 },
    {
      title: "",
      cells: mistakes.map((mistake, line) => probabilityOf(mistake, ranked[line]?.[0] ?? 0)),
      align: "right",
      rank: 2,
      style: { color: answerColor(false, theme) },
    },
    { title: "other answers", cells: others, align: "left", rank: 3, style: { dim: true } },
  ];
  return tableRows(columns, page, width, height, theme);
}
