// The report on a study: its files, one after the other, each given away as soon as it is made.

import { pngProblem } from "@trainscope/viz";
import type { Scene } from "@trainscope/viz/parts";
import { type Drawn, layOutMistakes, layOutWeightMontage, renderSceneTwice } from "@trainscope/viz/parts";
import type { StudyResults } from "../stages/results.ts";
import {
  blocksOf,
  type Chart,
  chartsOf,
  type Mistakes,
  type ReportDocument,
  type Templates,
} from "./document.ts";
import { createChartDrawer, type PageChart } from "./figures/draw.ts";
import { mistakeSprite, type Sprite, templateSprite } from "./figures/sprite.ts";
import { renderPage } from "./html/page.ts";
import { renderMarkdown } from "./markdown.ts";
import { numbersFiles } from "./numbers/files.ts";
import type { ReportFile, ReportOptions } from "./options.ts";
import { studyDocument } from "./study-document.ts";

/** The report's files, made one after the other. */
export interface Report {
  /** Files that `files` gives. */
  readonly steps: number;
  /** Figures and numbers first, `report.md` and `report.html` at the end. Between files the event loop turns. */
  files(): AsyncGenerator<ReportFile>;
}

/**
 * Plans the report on a study; nothing is drawn before its files are asked for. All that comes from users (names of
 * data and classes, title, command) is text in it and nothing else. Where PNG can't be drawn, its figures are SVG alone.
 */
export function createReport(results: StudyResults, options: ReportOptions): Report {
  const document = studyDocument(results, options);
  const numbers = numbersFiles(results);
  const pictures = picturesOf(document);
  const charts = chartsOf(document.sections);
  const formats = pngProblem() === undefined ? 2 : 1;
  return {
    steps: formats * (charts.length + pictures.length) + numbers.length + 2,
    async *files() {
      for (const { path, content } of numbers) yield { path, content: content() };
      const [onPage, sprites] = [new Map<string, PageChart>(), new Map<string, Sprite>()];
      yield* chartFiles(charts, onPage);
      for (const { name, scene, sprite } of pictures) {
        await turn();
        const drawn = await renderSceneTwice(scene());
        sprites.set(name, sprite());
        yield* figureFiles(name, drawn);
      }
      yield { path: "report.md", content: renderMarkdown(document, formats === 2 ? "png" : "svg") };
      yield { path: "report.html", content: await renderPage(document, { charts: onPage, sprites }) };
    },
  };
}

/** Draws each chart for its files, and keeps what the page needs of it. */
async function* chartFiles(
  charts: readonly Chart[],
  onPage: Map<string, PageChart>,
): AsyncGenerator<ReportFile> {
  const drawer = await createChartDrawer();
  for (const chart of charts) {
    await turn();
    const drawn = await drawer.draw(chart);
    const [png, page] = await Promise.all([drawn.png, drawer.drawForPage(chart)]);
    onPage.set(chart.name, page);
    yield* figureFiles(chart.name, { svg: drawn.svg, png });
  }
}

function* figureFiles(name: string, { svg, png }: Drawn): Generator<ReportFile> {
  yield { path: `figures/${name}.svg`, content: svg };
  if (png !== undefined) yield { path: `figures/${name}.png`, content: png };
}

interface PlannedPicture {
  readonly name: string;
  scene(): Scene;
  sprite(): Sprite;
}

function picturesOf({ sections }: ReportDocument): PlannedPicture[] {
  return blocksOf(sections).flatMap((block) => {
    if (block.kind === "templates") return montagesOf(block);
    return block.kind === "mistakes" ? [mistakesOf(block)] : [];
  });
}

function montagesOf({ montages, classNames, shape, subtitle }: Templates): PlannedPicture[] {
  return montages.map((montage) => {
    const { name, title, parameters } = montage;
    const options = { parameters, classNames, shape, title: `Weights: ${title}`, subtitle };
    return {
      name,
      scene: () => layOutWeightMontage(options),
      sprite: () => templateSprite(montage, shape),
    };
  });
}

function mistakesOf({ name, ...options }: Mistakes): PlannedPicture {
  return {
    name,
    scene: () => layOutMistakes(options),
    sprite: () => mistakeSprite(options.mistakes, options.shape),
  };
}

/** Lets timers and input have their turn. */
function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
