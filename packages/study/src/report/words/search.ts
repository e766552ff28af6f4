// What the search over lambda, learning rate and batch size chose, and how sure that choice is.

import { CLEAR } from "../../judge.ts";
import type { SearchPoint, SearchResult } from "../../stages/results.ts";
import { standardErrorOf } from "./estimate.ts";
import { count, counted, joined, percent, points } from "./numbers.ts";

type Place = Pick<SearchPoint, "lambda" | "learningRate" | "batchSize">;

const AXES: readonly { readonly key: keyof Place; readonly name: string }[] = [
  { key: "lambda", name: "λ" },
  { key: "learningRate", name: "η" },
  { key: "batchSize", name: "batch size" },
];

function placeName({ lambda, learningRate, batchSize }: Place): string {
  return `λ\u00a0=\u00a0${lambda}, η\u00a0=\u00a0${learningRate}, batch ${batchSize}`;
}

/** A paragraph an item. */
export function searchWords(search: SearchResult): readonly string[] {
  const { points: all, chosen } = search;
  const coarse = all.filter(({ pass }) => pass === "coarse");
  const fine = all.filter(({ pass }) => pass === "fine");
  const failed = all.filter(({ validationAccuracy }) => validationAccuracy === null).length;
  const counts =
    `The search trained ${counted(coarse.length, "place")} of a coarse grid and ${count(fine.length)} of a finer one ` +
    `around the best of those` +
    (failed === 0 ? "." : `; ${failed === 1 ? "one run" : `${failed} runs`} diverged.`);
  return [
    `${counts} It chose ${placeName(chosen)}, with the least validation loss; its validation accuracy is ${percent(chosen.validationAccuracy)} ` +
      `after ${counted(chosen.epochs, "epoch")}.`,
    [rivalSentence(fine, search), edgeSentence(all, chosen)].filter((text) => text !== "").join(" "),
  ].filter((text) => text !== "");
}

/** Places whose accuracy the validation images are too few to tell from the chosen one's. */
function rivalSentence(fine: readonly SearchPoint[], { chosen, validationImages }: SearchResult): string {
  const accuracy = chosen.validationAccuracy;
  if (accuracy === null || fine.length < 2) return "";
  const margin = CLEAR * Math.SQRT2 * standardErrorOf(accuracy, validationImages);
  const isNear = (point: SearchPoint): boolean =>
    point.validationAccuracy !== null && accuracy - point.validationAccuracy <= margin;
  const [rivals, others] = [fine.filter(isNear).length - 1, fine.length - 1];
  const reach = `${CLEAR} standard errors of a difference on ${count(validationImages)} images (${points(margin)})`;
  if (rivals <= 0)
    return `All other places of the fine grid have an accuracy that is lower by more than ${reach}.`;
  const who = rivals === others ? `all ${count(others)}` : `${count(rivals)} of the ${count(others)}`;
  return (
    `The accuracy of ${others === 1 ? "the one other place" : `${who} other places`} of the fine grid is within ${reach} of ` +
    "that or above it, so the exact choice matters little."
  );
}

/** A best place at the grid's edge says that a better one may lie beyond. */
function edgeSentence(all: readonly SearchPoint[], chosen: SearchPoint): string {
  const edges = AXES.flatMap(({ key, name }) => {
    const values = all.map((point) => point[key]);
    const [least, greatest] = [Math.min(...values), Math.max(...values)];
    if (least === greatest) return [];
    if (chosen[key] === greatest) return [`the largest ${name} (${greatest})`];
    return chosen[key] === least && least !== 0 ? [`the smallest ${name} (${least})`] : [];
  });
  if (edges.length === 0) return "";
  return `The chosen place has ${joined(edges)} that was tried, so a better one may lie beyond.`;
}
