// "Samples": the images that the model gets wrong with the most confidence.

import type { Source } from "@trainscope/core/source";
import { formatCount } from "../../text/format.ts";
import { answerCounts, type Confusion, classNames } from "../model/answers.ts";
import type { DashboardState } from "../model/state.ts";
import { answersAbsence } from "../panels/absence.ts";
import { bodySize, headedPanel, isFramed, legendsOf, pageAt, pageText } from "../panels/headed.ts";
import { arrangeCards, type Mistakes, mistakeCardRows } from "../panels/mistake-cards.ts";
import { mistakeListRows } from "../panels/mistake-list.ts";
import type { PanelSpec } from "../panels/panel-spec.ts";
import type { Scene } from "../panels/scene.ts";
import { tablePages } from "../panels/table.ts";
import type { Arrangement } from "../picture/arrange.ts";
import { isPictorial } from "../picture/pixels.ts";
import type { Rect } from "../text/layout.ts";
import { centred } from "../text/rows.ts";
import type { Tab } from "./tab.ts";

export const samplesTab: Tab = {
  name: "samples",
  title: "Samples",
  panels: (scene, area) => [samplesPanel(scene, area)],
  lastScroll: (scene, area) => layOut(scene, area).pages - 1,
};

function samplesPanel(scene: Scene, area: Rect): PanelSpec {
  const { state, view, theme, imageOf, source } = scene;
  const { run, examination } = state;
  const { dot } = theme.glyphs;
  const framed = isFramed(area);
  const absent = absence(state, source);
  const scroll = view.scroll.samples;
  const depends = [run, examination, imageOf, scroll, absent, theme];
  const panel = { name: "Samples", rect: area, framed, depends };
  if (examination === undefined || absent !== undefined) {
    const parts = examination ? [countText(examination.confusion)] : [];
    const heading = () => ({ title: "Samples", legends: legendsOf(parts, dot) });
    return headedPanel({ ...panel, heading, draw: (width, height) => centred(absent ?? "", width, height) });
  }
  const { cards, pages } = layOut(scene, area);
  const page = pageAt(scroll, pages);
  const { mistakes, confusion, epoch } = examination;
  const heading = () => {
    const missing = imageOf === undefined ? "pictures are not at hand" : undefined;
    const parts = [pageText(page, pages), countText(confusion), `epoch ${epoch}`, "the surest first", missing];
    return { title: "Samples", legends: legendsOf(parts, dot) };
  };
  const names = classNames(run, confusion.length);
  const draw = (width: number, height: number) =>
    cards
      ? mistakeCardRows(cards.mistakes, cards.arrangement, page, theme)
      : mistakeListRows(mistakes, names, page, width, height, theme);
  return headedPanel({ ...panel, heading, draw });
}

interface SamplesLayout {
  /** None where they are listed. */
  readonly cards: { readonly mistakes: Mistakes; readonly arrangement: Arrangement } | undefined;
  readonly pages: number;
}

function layOut({ state: { run, examination }, imageOf, theme }: Scene, area: Rect): SamplesLayout {
  const { mistakes = [], confusion = [] } = examination ?? {};
  const [width, height] = bodySize(area, isFramed(area));
  const listed = { cards: undefined, pages: tablePages(mistakes.length, height) };
  if (!run?.data || !run.model || imageOf === undefined || theme.pictures === "none") return listed;
  const { shape } = run.data;
  if (!isPictorial(shape, run.model.inputs)) return listed;
  const shown = { mistakes, names: classNames(run, confusion.length), shape, imageOf };
  const arrangement = arrangeCards(shown, width, height, theme);
  return arrangement ? { cards: { mistakes: shown, arrangement }, pages: arrangement.pages } : listed;
}

/** `6,122 of 10,000 wrong`. */
function countText(confusion: Confusion): string {
  const { images, wrong } = answerCounts(confusion);
  return `${formatCount(wrong)} of ${formatCount(images)} wrong`;
}

/** Why there is nothing: no mistakes, or nothing is known of them. */
function absence(state: DashboardState, source: Source): string | undefined {
  const { examination } = state;
  if (examination) return examination.mistakes.length === 0 ? "every answer is right" : undefined;
  return answersAbsence(state, source, ABSENT);
}

const ABSENT = {
  appear: "the surest mistakes appear",
  never: "this run tells nothing of its mistakes",
};
