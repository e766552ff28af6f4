// One result of a metric that is no single number, at its place, under the sentence that says what it tells.
import { visible } from "@trainscope/core/text";
import type { ShownResult } from "../model/results.ts";
import type { Rect } from "../text/layout.ts";
import { fitRow, type Row, run } from "../text/rows.ts";
import { classFigureRows } from "./class-figures.ts";
import { headedPanel, legendsOf } from "./headed.ts";
import { entryKind } from "./heat-map.ts";
import type { PanelSpec } from "./panel-spec.ts";
import { resultRows } from "./result-rows.ts";
import type { Scene } from "./scene.ts";

/** Rows from which on the sentence gets one of them. */
const LEAST_HEIGHT = 12;

export function resultPanel(scene: Scene, result: ShownResult, rect: Rect, framed: boolean): PanelSpec {
  const { state, formats, theme } = scene;
  const { name, split, description, epoch } = aboutOf(result);
  const title = visible(name.charAt(0).toUpperCase() + name.slice(1));
  return headedPanel({
    name: `Result ${visible(split)}/${visible(name)}`,
    rect,
    framed,
    depends: [result.kind === "whole" ? result.event : state.recorded, state.run, formats, theme],
    heading: () => ({
      title,
      legends: legendsOf([split, epoch, ...axesOf(result)], theme.glyphs.dot),
    }),
    draw: (width, height) => {
      const rows = (room: number): Row[] =>
        result.kind === "whole"
          ? resultRows(result.event, state.run?.data?.classes ?? [], width, room, theme)
          : classFigureRows(result, state, formats, width, room, theme);
      const hasSentence = description !== undefined && height >= LEAST_HEIGHT;
      const all = hasSentence
        ? [[run(visible(description), { dim: true })], ...rows(height - 1)]
        : rows(height);
      return all.map((row) => fitRow(row, width, theme.glyphs.ellipsis));
    },
  });
}

/** What a result is called on the line that says what is on the page. */
export function resultName(result: ShownResult): string {
  return visible(aboutOf(result).name);
}

interface About {
  readonly name: string;
  readonly split: string;
  readonly description: string | undefined;
  /** Undefined where it is the newest. */
  readonly epoch: string | undefined;
}

function aboutOf(result: ShownResult): About {
  if (result.kind === "per-class") {
    const { split = "", description } = result.infos[0] ?? {};
    return { name: result.name, split, description, epoch: undefined };
  }
  const { name, split, description, epoch } = result.event;
  return { name, split, description, epoch: `epoch ${epoch}` };
}

function axesOf(result: ShownResult): readonly (string | undefined)[] {
  if (result.kind === "per-class") return [];
  const { display, value } = result.event;
  const [across, down] = display.axes?.map(visible) ?? [];
  if (value.kind === "curves") return across === undefined ? [] : [`across: ${across}, up: ${down}`];
  const axes = across === undefined ? undefined : `rows: ${down}, columns: ${across}`;
  const isShare = entryKind(value.rows) === "share";
  return [axes === undefined ? undefined : isShare ? `${axes}, %` : axes];
}
