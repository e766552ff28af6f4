// The search over lambda, learning rate and batch size, coarse to fine.

import { searchSpecification } from "../../charts/search.ts";
import type { SearchPoint, SearchResult } from "../../stages/results.ts";
import { left, paragraph, right, type Section, type Table } from "../document.ts";
import { extrasOf } from "../words/extras.ts";
import { count, decimal, joined, percent, UNKNOWN } from "../words/numbers.ts";
import { searchWords } from "../words/search.ts";
import { chartOf } from "./chart.ts";

/** Rows of the table: the rest is in the file of numbers. */
const MOST_ROWS = 10;

export function searchSection(search: SearchResult): Section {
  const { trainImages, validationImages, settings } = search;
  const shared = extrasOf(settings);
  return {
    id: "search",
    title: "Search for λ, η and batch size",
    blocks: [
      paragraph(
        `Trained on ${count(trainImages)} images. The choice is by the least loss on ${count(validationImages)} validation images ` +
          `alone, which changes smoothly where accuracies of neighbours differ by less than chance.` +
          (shared.length === 0 ? "" : ` All runs share ${joined(shared)}.`),
      ),
      ...searchWords(search).map(paragraph),
      chartOf({
        name: "search",
        title: "Validation accuracy of the search",
        caption: "A cell is a run: λ against η, a panel for each batch size, the coarse pass and the fine one.",
        build: (options) => searchSpecification(search, options),
        narrowSize: { width: 190, height: 150 },
        narrowLegend: false,
      }),
      bestTable(search),
    ],
  };
}

function bestTable({ points, chosen }: SearchResult): Table {
  const lossOf = ({ validationLoss }: SearchPoint): number => validationLoss ?? Number.POSITIVE_INFINITY;
  const best = points.toSorted((a, b) => lossOf(a) - lossOf(b)).slice(0, MOST_ROWS);
  const same = (point: SearchPoint): boolean =>
    point.pass === chosen.pass &&
    point.lambda === chosen.lambda &&
    point.learningRate === chosen.learningRate &&
    point.batchSize === chosen.batchSize;
  return {
    kind: "table",
    title: `The search's best ${best.length} of ${points.length} by validation loss`,
    columns: [
      left("Pass"),
      right("λ"),
      right("η"),
      right("Batch size"),
      right("Epochs"),
      right("Validation accuracy"),
      right("Validation loss"),
    ],
    rows: best.map(({ pass, lambda, learningRate, batchSize, epochs, validationAccuracy, validationLoss }) => [
      { text: pass },
      { text: String(lambda), value: lambda },
      { text: String(learningRate), value: learningRate },
      { text: count(batchSize), value: batchSize },
      { text: count(epochs), value: epochs },
      { text: percent(validationAccuracy), value: validationAccuracy },
      { text: validationLoss === null ? UNKNOWN : decimal(validationLoss), value: validationLoss },
    ]),
    marked: best.findIndex(same),
  };
}
