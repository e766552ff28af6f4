// "Weights": the templates as they form, a picture for each class.
import { squaredNorm } from "@trainscope/core";
import { classNames } from "../model/answers.ts";
import type { DashboardState } from "../model/state.ts";
import { weightsAbsence } from "../panels/absence.ts";
import { drawingRows, layOutDrawings } from "../panels/drawing-grid.ts";
import { bodySize, headedPanel, isFramed, legendsOf, pageAt, pageText } from "../panels/headed.ts";
import type { PanelSpec } from "../panels/panel-spec.ts";
import type { Scene } from "../panels/scene.ts";
import { tablePages } from "../panels/table.ts";
import { captionLegend, type Weights } from "../panels/weight-captions.ts";
import { arrangeWeights, captionWidth, weightGridRows } from "../panels/weight-grid.ts";
import { shortNumber, weightTableRows } from "../panels/weight-table.ts";
import type { Arrangement } from "../picture/arrange.ts";
import { isPictorial } from "../picture/pixels.ts";
import type { Rect } from "../text/layout.ts";
import { centred } from "../text/rows.ts";
import type { Theme } from "../text/theme.ts";
import type { Tab } from "./tab.ts";

export const weightsTab: Tab = {
  name: "weights",
  title: "Weights",
  panels: (scene, area) => [weightsPanel(scene, area)],
  lastScroll: ({ state, theme }, area) => {
    const weights = weightsOf(state);
    if (weights !== undefined) return layOut(weights, area, theme).pages - 1;
    return Math.max(0, layOutDrawings(state.drawings.size, ...bodySize(area, isFramed(area))).pages - 1);
  },
};

function weightsPanel({ state, view, theme, source }: Scene, area: Rect): PanelSpec {
  const { glyphs } = theme;
  const weights = weightsOf(state);
  const framed = isFramed(area);
  const scroll = view.scroll.weights;
  const depends = [state.run, state.parameters, state.examination, scroll, theme];
  const panel = { name: "Weights", rect: area, framed, depends };
  if (weights === undefined && state.drawings.size > 0)
    return drawingsPanel(state, { ...panel, scroll, theme });
  if (weights === undefined) {
    const absent = weightsAbsence(state, source, ABSENT);
    const draw = (width: number, height: number) => centred(absent, width, height);
    return headedPanel({
      ...panel,
      depends: [...depends, absent],
      heading: () => ({ title: "Weights" }),
      draw,
    });
  }
  const { arrangement, pages } = layOut(weights, area, theme);
  const page = pageAt(scroll, pages);
  const heading = () => {
    const norm = `norm of all ${shortNumber(Math.sqrt(squaredNorm(weights.parameters.weights)))}`;
    const scale = arrangement && "each from its least to its greatest weight";
    const words = arrangement && weights.confusion && captionLegend(weights, captionWidth(arrangement), theme);
    const parts = [pageText(page, pages), `epoch ${state.parameters?.epoch}`, words, norm, scale];
    return { title: "Weights", legends: legendsOf(parts, glyphs.dot) };
  };
  const draw = (width: number, height: number) =>
    arrangement
      ? weightGridRows(weights, arrangement, page, width, height, theme)
      : weightTableRows(weights, page, width, height, theme);
  return headedPanel({ ...panel, heading, draw });
}

/** What another program drew, where the run tells no weights. */
function drawingsPanel({ drawings }: DashboardState, { scroll, theme, ...panel }: DrawingsPanel): PanelSpec {
  const [width, height] = bodySize(panel.rect, panel.framed);
  const layout = layOutDrawings(drawings.size, width, height);
  const page = pageAt(scroll, layout.pages);
  const parts = [pageText(page, layout.pages), "the newest that the program drew"];
  return headedPanel({
    ...panel,
    depends: [...panel.depends, drawings],
    heading: () => ({ title: "Histograms and pictures", legends: legendsOf(parts, theme.glyphs.dot) }),
    draw: () => drawingRows([...drawings.values()], layout, page, theme),
  });
}

type DrawingsPanel = Omit<Parameters<typeof headedPanel>[0], "heading" | "draw"> & {
  readonly scroll: number | undefined;
  readonly theme: Theme;
};

interface WeightsLayout {
  /** None where they are shown as a table. */
  readonly arrangement: Arrangement | undefined;
  readonly pages: number;
}

function layOut(weights: Weights, area: Rect, theme: Theme): WeightsLayout {
  const { parameters, shape } = weights;
  const [width, height] = bodySize(area, isFramed(area));
  const pictures = theme.pictures !== "none" && isPictorial(shape, parameters.inputs);
  const arrangement = pictures ? arrangeWeights(weights, width, height, theme) : undefined;
  return { arrangement, pages: arrangement?.pages ?? tablePages(parameters.classes, height) };
}

function weightsOf({ run, parameters, examination }: DashboardState): Weights | undefined {
  if (run?.data === undefined || parameters === undefined) return undefined;
  const { values } = parameters;
  return {
    parameters: values,
    shape: run.data.shape,
    names: classNames(run, values.classes),
    confusion: examination?.confusion,
  };
}

const ABSENT = { appear: "the templates appear", never: "this run tells no weights" };
