// "Classes": what is taken for what, how good each class is, and how sure the model is of the truth.
import type { EvaluationDetailsEvent } from "@trainscope/core/events";
import { answerCounts, classNames } from "../model/answers.ts";
import type { DashboardState } from "../model/state.ts";
import { answersAbsence } from "../panels/absence.ts";
import { classBarRows, namedClassBarRows } from "../panels/class-bars.ts";
import { type MatrixSize, matrixRows } from "../panels/confusion-matrix.ts";
import { confusionPairRows, mostConfusedText } from "../panels/confusion-pairs.ts";
import { headedPanel, isFramed, legendsOf, pageAt, pageText } from "../panels/headed.ts";
import type { Heading, PanelSpec } from "../panels/panel-spec.ts";
import { histogramLegends, histogramRows } from "../panels/probability-histogram.ts";
import type { Scene } from "../panels/scene.ts";
import type { Rect } from "../text/layout.ts";
import { centred, type Row, run } from "../text/rows.ts";
import { tenthPercent } from "../text/share.ts";
import type { Theme } from "../text/theme.ts";
import { BARS_GAP, type ClassPart, classesLayout } from "./classes-layout.ts";
import type { Tab } from "./tab.ts";

export const classesTab: Tab = {
  name: "classes",
  title: "Classes",
  panels: classPanels,
  lastScroll: ({ state, theme }, area) => {
    const evaluated = evaluatedRunOf(state);
    return evaluated === undefined ? 0 : classesLayout(evaluated.names, area, theme).pages - 1;
  },
};

interface EvaluatedRun {
  readonly examination: EvaluationDetailsEvent;
  readonly names: readonly string[];
}

function evaluatedRunOf({ run, examination }: DashboardState): EvaluatedRun | undefined {
  if (examination === undefined) return undefined;
  return { examination, names: classNames(run, examination.confusion.length) };
}

function classPanels({ state, view, theme, source }: Scene, area: Rect): readonly PanelSpec[] {
  const evaluated = evaluatedRunOf(state);
  const scroll = view.scroll.classes;
  if (evaluated === undefined) {
    const text = answersAbsence(state, source, ABSENT);
    const draw = (width: number, height: number) => centred(text, width, height);
    const panel = { name: "Classes", rect: area, framed: isFramed(area), depends: [text, theme] };
    return [headedPanel({ ...panel, heading: () => ({ title: "Classes" }), draw })];
  }
  const { framed, pages, placed } = classesLayout(evaluated.names, area, theme);
  const page = pageAt(scroll, pages);
  const depends = [state.run, state.examination, page, theme];
  return placed(page).map(({ part, rect, paged }) => {
    const pageLegend = paged ? pageText(page, pages) : undefined;
    return headedPanel({ ...contentOf(part, evaluated, pageLegend, theme), rect, framed, depends });
  });
}

interface Content {
  readonly name: string;
  readonly heading: () => Heading;
  readonly draw: (width: number, height: number) => readonly Row[];
}

function contentOf(part: ClassPart, evaluated: EvaluatedRun, page: string | undefined, theme: Theme): Content {
  const { examination, names } = evaluated;
  const { confusion, trueClass, epoch } = examination;
  const { dot } = theme.glyphs;
  const heading = (title: string, parts: readonly (string | undefined)[]) => () => ({
    title,
    legends: legendsOf([page, ...parts], dot),
  });
  switch (part.kind) {
    case "matrix":
      return {
        name: "Confusion",
        heading: heading("Confusion", [
          mostConfusedText(confusion, names),
          `epoch ${epoch}`,
          "rows: true class, columns: answer, %",
        ]),
        draw: (width, height) => matrixWithMore(evaluated, part.size, part.bars, width, height, theme),
      };
    case "pairs":
      return {
        name: "Confusion",
        heading: heading("Most confused", [`epoch ${epoch}`, "% of the true class"]),
        draw: (width, height) => confusionPairRows(confusion, names, width, height, theme),
      };
    case "bars":
      return {
        name: "Classes",
        heading: heading("Each class", [accuracyText(evaluated)]),
        draw: (width) => namedClassBarRows(confusion, names, part, width, theme),
      };
    case "histogram": {
      const before = page ? [run(`${page}  `, { dim: true })] : [];
      const legends = histogramLegends(trueClass, theme).map((legend) => [...before, ...legend]);
      return {
        name: "Certainty",
        heading: () => ({ title: "Probability of the true class", legends }),
        draw: (width, height) => histogramRows(trueClass, width, height, theme),
      };
    }
  }
}

/** The matrix with the bars at its right, and below what was confused most, as far as there is room. */
function matrixWithMore(
  { examination: { confusion }, names }: EvaluatedRun,
  size: MatrixSize,
  bars: boolean,
  width: number,
  height: number,
  theme: Theme,
): Row[] {
  const range = { first: 0, end: names.length };
  const beside = bars ? classBarRows(confusion, range, width - size.width - BARS_GAP, theme) : [];
  const middle = Math.floor((size.cellHeight - 1) / 2);
  const matrix = matrixRows(confusion, names, size, theme).map((row, line): Row => {
    const isNamed = line === 0 || (line - 1) % size.cellHeight === middle;
    const k = line === 0 ? 0 : 1 + Math.floor((line - 1) / size.cellHeight);
    const bar = isNamed ? beside[k] : undefined;
    return bar ? [...row, run(" ".repeat(BARS_GAP)), ...bar] : row;
  });
  const room = height - size.height - 1;
  if (room < 2) return matrix;
  return [...matrix, [], ...confusionPairRows(confusion, names, width, room, theme)];
}

function accuracyText({ examination: { confusion } }: EvaluatedRun): string {
  const { images, wrong } = answerCounts(confusion);
  return `accuracy ${tenthPercent(images > 0 ? (images - wrong) / images : undefined)}`;
}

const ABSENT = {
  appear: "the classes' figures appear",
  never: "this run tells nothing of its classes",
};
