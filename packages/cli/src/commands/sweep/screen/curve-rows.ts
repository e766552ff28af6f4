// The curves: the objective by epoch, of the best and of what is pinned; all others are faint behind them.

import type { Heading, PlotSeries } from "@trainscope/tui/parts";
import { centred, plot, type Row, run } from "@trainscope/tui/parts";
import { isDashed, type Look } from "../../../screens/looks.ts";
import { figureState } from "../results.ts";
import type { BoardCandidate } from "./board.ts";
import type { BoardScene } from "./scene.ts";

/** Of those without a look, the newest; more would only blacken the chart. */
const MOST_FAINT = 60;
/** Of a curve without a letter that is selected. */
const SELECTED_LETTER = ">";

export function curvesHeading({ board }: BoardScene): Heading {
  const objective = board.start?.definition.objective.replace("/", " ") ?? "";
  const title = objective.charAt(0).toUpperCase() + objective.slice(1);
  return { title: title === "" ? "Curves" : title, legends: [[run("by epoch", { dim: true })]] };
}

/** The plot, or what it waits for. */
export function curveRows(scene: BoardScene, width: number, height: number): Row[] {
  const { board, shown, looks, theme } = scene;
  const { start } = board;
  const drawn = shown.ranked.flatMap((one): Drawn[] => {
    const values = meanCurve(one);
    return values.some((value) => value !== null) ? [{ one, values, look: looks.get(one) }] : [];
  });
  if (start === undefined || drawn.length === 0)
    return centred("waiting for the first epoch to end", width, height);
  const isFront = ({ one, look }: Drawn): boolean => look !== undefined || one === shown.selected;
  // The best come first in the ranking, and are to lie on top.
  const front = drawn.filter(isFront).toReversed();
  const faint = drawn.filter((one) => !isFront(one)).slice(0, MOST_FAINT);
  const isAccuracy = start.definition.objective === "validation/accuracy";
  const { epochs } = start.definition.settings;
  return plot(
    [...faint, ...front].map((one) => seriesOf(one, scene)),
    width,
    height,
    {
      epochs: Array.from({ length: epochs }, (_, index) => index + 1),
      ...(isAccuracy ? { range: [0, 1] as const, percent: true } : {}),
      // How they differ is what counts.
      leastShare: 0.8,
      ascii: theme.ascii,
    },
  );
}

interface Drawn {
  readonly one: BoardCandidate;
  readonly values: readonly (number | null)[];
  readonly look: Look | undefined;
}

/** Over its seeds; an epoch that one of them hasn't reached is missing. */
function meanCurve({ curves }: BoardCandidate): readonly (number | null)[] {
  const all = [...curves.values()].filter(({ length }) => length > 0);
  const length = Math.min(...all.map((curve) => curve.length));
  if (!Number.isFinite(length)) return [];
  return Array.from({ length }, (_, index) => {
    const values = all.map((curve) => curve[index] ?? null).filter((value) => value !== null);
    return values.length < all.length ? null : values.reduce((sum, value) => sum + value, 0) / all.length;
  });
}

function seriesOf({ one, values, look }: Drawn, { shown, view, theme }: BoardScene): PlotSeries {
  const isSelected = one === shown.selected;
  const letter = look?.letter ?? (isSelected ? SELECTED_LETTER : undefined);
  const isDiverged = one.outcome !== undefined && figureState(one.outcome) === "diverged";
  return {
    values,
    color: look?.color,
    bold: isSelected || view.pinned.has(one.key),
    faint: letter === undefined,
    cut: isDiverged,
    dashed: look !== undefined && isDashed(look, theme.color),
    label: letter,
    mark: letter ?? ".",
  };
}
