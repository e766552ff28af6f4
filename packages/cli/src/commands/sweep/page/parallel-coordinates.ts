// Parallel coordinates (Inselberg 1985): an axis a setting, the last one for the figure, and a line for each setting tried.
import { escapeXml } from "@trainscope/core/text";
import type { Dimension, Range, SettingValue } from "@trainscope/sweep";
import { logTicks, niceTicks } from "@trainscope/tui/parts";
import { type CandidateResult, figureState, formatMean, formatObjective, type SweepSoFar } from "../results.ts";
import { SWEPT_FLAGS } from "../swept-flags.ts";
import { describePoint, settingText } from "../swept-settings.ts";
import { rampColor } from "./ramp.ts";

/** The width is grown where the texts ask for more. */
const [WIDTH, HEIGHT] = [960, 380];
const [LEFT, RIGHT, TOP, BOTTOM] = [70, 110, 40, 24];
/** Between two texts that stand side by side. */
const SLACK = 16;
/** Of a character, of the widest fonts that a browser may have: those of ticks at 12 pixels, those of names at 13, bold. */
const [TICK_CHARACTER, NAME_CHARACTER] = [7.5, 8.8];
/** From an axis to the text of a tick. */
const TICK_GAP = 8;
/** Of a range, at most; choices have one each. */
const TICKS = 7;
/** Of the figures, with both ends. */
const FIGURE_TICKS = 5;
/** Where the colours of lines begin: the darkest of the ramp don't stand out from the dark ground. */
const DARKEST = 0.25;

interface Axis {
  readonly title: string;
  readonly ticks: readonly { readonly at: number; readonly text: string }[];
  /** 0 at the bottom, 1 at the top; `undefined` where the candidate has no value there. */
  readonly placeOf: (one: CandidateResult) => number | undefined;
}

/** `shareOf`: 0 for the worst, 1 for the best, `undefined` for what has no figure. */
export function parallelCoordinates(
  results: SweepSoFar,
  shareOf: (one: CandidateResult) => number | undefined,
): string {
  const { candidates } = results;
  const axes = [...settingAxes(results), figureAxis(results)];
  const { places, width } = placeAxes(axes);
  const xOf = (index: number): number => places[index] ?? 0;
  // The best are drawn last, over the others.
  const lines = candidates.toReversed().map((one) => {
    const share = shareOf(one);
    const style =
      share === undefined
        ? `class="${figureState(one)}"`
        : `stroke="${rampColor(DARKEST + (1 - DARKEST) * share)}"`;
    const title = `#${one.candidate} ${describePoint(one.point)}: ${formatMean(results.objective, one)}`;
    return `<path d="${pathOf(one, axes, xOf)}" ${style}><title>${escapeXml(title)}</title></path>`;
  });
  return `<div class="scroll"><svg class="parallel" style="min-width: ${width}px" viewBox="0 0 ${width} ${HEIGHT}" role="img" aria-label="Parallel coordinates">
<g class="lines">${lines.join("\n")}</g>
${axes.map((axis, index) => axisSvg(axis, xOf(index), index === axes.length - 1)).join("\n")}
</svg></div>`;
}

/** Evenly, and wider apart where names or ticks ask for it, whatever font they are set in. */
function placeAxes(axes: readonly Axis[]): { readonly places: readonly number[]; readonly width: number } {
  const nameOf = ({ title }: Axis): number => title.length * NAME_CHARACTER;
  const ticksOf = ({ ticks }: Axis): number =>
    TICK_GAP + TICK_CHARACTER * Math.max(0, ...ticks.map(({ text }) => text.length));
  const last = axes.length - 1;
  const roomBefore = (axis: Axis, index: number): number => {
    const before = axes[index - 1];
    const names = (nameOf(axis) + (before ? nameOf(before) : 0)) / 2;
    // Ticks stand to the left of their axis, those of the figure to its right.
    return SLACK + Math.max(names, index === last ? 0 : ticksOf(axis));
  };
  const figure = axes.slice(-1).map((axis) => SLACK + Math.max(ticksOf(axis), nameOf(axis) / 2));
  const right = Math.max(RIGHT, ...figure);
  const even = (WIDTH - LEFT - right) / Math.max(1, last);
  let x = 0;
  const places = axes.map((axis, index) => {
    x += Math.max(index === 0 ? LEFT : even, roomBefore(axis, index));
    return Math.round(x);
  });
  return { places, width: Math.max(WIDTH, Math.ceil(x + right)) };
}

/** A line passes by a setting that was not searched there, to its figure. */
function pathOf(one: CandidateResult, axes: readonly Axis[], xOf: (index: number) => number): string {
  let isOpen = false;
  return axes
    .map(({ placeOf }, index) => {
      const place = placeOf(one);
      const command = isOpen ? "L" : "M";
      isOpen ||= place !== undefined;
      return place === undefined ? "" : `${command}${xOf(index).toFixed(1)} ${yOf(place).toFixed(1)}`;
    })
    .join("");
}

function yOf(place: number): number {
  return TOP + (1 - place) * (HEIGHT - TOP - BOTTOM);
}

function axisSvg({ title, ticks }: Axis, x: number, isLast: boolean): string {
  const side = isLast ? 1 : -1;
  const anchor = isLast ? "start" : "end";
  const marks = ticks.map(
    ({ at, text }) =>
      `<path class="mark" d="M${x} ${yOf(at)}h${4 * side}"/><text class="tick" x="${x + 8 * side}" y="${yOf(at) + 4}" text-anchor="${anchor}">${escapeXml(text)}</text>`,
  );
  return `<g><line class="axis" x1="${x}" x2="${x}" y1="${TOP}" y2="${HEIGHT - BOTTOM}"/>
<text class="name" x="${x}" y="${TOP - 18}" text-anchor="middle">${escapeXml(title)}</text>${marks.join("")}</g>`;
}

function settingAxes({ space, candidates }: SweepSoFar): readonly Axis[] {
  return SWEPT_FLAGS.flatMap(({ name, setting }): Axis[] => {
    const values = candidates.flatMap(({ point }) => point[setting] ?? []);
    const texts = new Set(values.map((value) => settingText(setting, value)));
    // One that is the same for all tells nothing.
    if (texts.size < 2) return [];
    const dimension = space[setting];
    return [
      dimension !== undefined &&
      dimension.kind !== "choice" &&
      values.every((value) => typeof value === "number")
        ? { title: name, ...rangeAxis(setting, dimension, values as number[]) }
        : { title: name, ...choiceAxis(setting, dimension, values) },
    ];
  });
}

/** The whole range, and what an earlier space had beyond it. */
function rangeAxis(
  setting: string,
  { kind, from, to, whole }: Range,
  values: readonly number[],
): Omit<Axis, "title"> {
  const isLog = kind === "log" && values.every((value) => value > 0);
  const scaled = (value: number): number => (isLog ? Math.log10(value) : value);
  const [low, high] = [scaled(Math.min(from, ...values)), scaled(Math.max(to, ...values))];
  const round = isLog ? logTicks(low, high, TICKS) : niceTicks(low, high, TICKS);
  const placeAt = (value: number): number => (scaled(value) - low) / (high - low || 1);
  return {
    ticks: round
      .filter((tick) => !whole || Number.isInteger(tick))
      .map((tick) => ({ at: placeAt(tick), text: settingText(setting, tick) })),
    placeOf({ point }) {
      const value = point[setting];
      return typeof value === "number" ? placeAt(value) : undefined;
    },
  };
}

/** Choices in the order of the space; those that only an earlier space had come after them. */
function choiceAxis(
  setting: string,
  dimension: Dimension | undefined,
  values: readonly SettingValue[],
): Omit<Axis, "title"> {
  const isNumeric = values.every((value) => typeof value === "number");
  const known = isNumeric ? [] : dimension?.kind === "choice" ? dimension.values : [];
  const ordered = isNumeric ? values.toSorted((a, b) => Number(a) - Number(b)) : [...known, ...values];
  const texts = [...new Set(ordered.map((value) => settingText(setting, value)))];
  const placeAt = (index: number): number => (index + 0.5) / texts.length;
  return {
    ticks: texts.map((text, index) => ({ at: placeAt(index), text })),
    placeOf({ point }) {
      const value = point[setting];
      return value === undefined ? undefined : placeAt(texts.indexOf(settingText(setting, value)));
    },
  };
}

/** The better the higher; what diverged has a place of its own at the bottom, and what was lost none. */
function figureAxis({ candidates, objective }: SweepSoFar): Axis {
  const means = candidates.map(({ mean }) => mean).filter((mean) => mean !== null);
  const hasDiverged = candidates.some((one) => figureState(one) === "diverged");
  const floor = hasDiverged ? 0.1 : 0;
  const [low, high] = [Math.min(...means), Math.max(...means)];
  const [worst, best] = objective === "validation/accuracy" ? [low, high] : [high, low];
  const placeAt = (mean: number): number =>
    best === worst ? 1 : floor + ((1 - floor) * (mean - worst)) / (best - worst);
  const ticks =
    means.length === 0 ? [] : best === worst ? [best] : fractions().map((at) => worst + at * (best - worst));
  return {
    title: objective,
    ticks: [
      ...ticks.map((value) => ({ at: placeAt(value), text: formatObjective(objective, value) })),
      ...(hasDiverged ? [{ at: 0, text: "diverged" }] : []),
    ],
    placeOf(one) {
      if (one.mean !== null) return placeAt(one.mean);
      return figureState(one) === "diverged" ? 0 : undefined;
    },
  };
}

function fractions(): readonly number[] {
  return Array.from({ length: FIGURE_TICKS }, (_, index) => index / (FIGURE_TICKS - 1));
}
