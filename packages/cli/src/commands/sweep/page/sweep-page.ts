// A sweep as one HTML page that needs nothing else: no network, no script, no file beside it.
import { escapeXml } from "@trainscope/core/text";
import { type Dimension, type SearchSpace, settingImportance } from "@trainscope/sweep";
import { formatFraction } from "@trainscope/tui/text";
import { scoreOf } from "../definition.ts";
import { heatMapOf, type MapCell, mapAxis, type Pair, pairsOf } from "../heat-map.ts";
import {
  type CandidateResult,
  figureState,
  formatDeviation,
  formatMean,
  formatObjective,
  noWinnerReason,
  plural,
  type SweepResults,
  type SweepSoFar,
  settingColumns,
} from "../results.ts";
import { SWEPT_FLAGS } from "../swept-flags.ts";
import { describePoint, pointTexts } from "../swept-settings.ts";
import { importanceBars } from "./importance-bars.ts";
import { PAGE_STYLE } from "./page-style.ts";
import { parallelCoordinates } from "./parallel-coordinates.ts";
import { rampColor, textColorOn } from "./ramp.ts";

/** Of the leaderboard: seen at once, and when it is unfolded. */
const [FIRST_ROWS, MOST_ROWS] = [15, 500];
const MOST_CELLS = 8;
const MOST_MAPS = 6;

/** Everything in it that has come from outside, such as the name of the data, is escaped. */
export function sweepPage(results: SweepResults | SweepSoFar): string {
  const { candidates, dataName, strategy, objective, settings } = results;
  const shareOf = shares(results);
  const subtitle = [
    dataName,
    `${strategy}, ${plural(candidates.length, "setting")}`,
    `${plural(settings.epochs, "epoch")} in full`,
    `chosen by ${objective}`,
  ].join(" · ");
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Sweep on ${escapeXml(dataName)}</title>
<style>${PAGE_STYLE}</style>
</head>
<body>
<h1>Sweep on ${escapeXml(dataName)}</h1>
<p class="soft">${escapeXml(subtitle)}</p>
<p>${escapeXml(verdict(results))}</p>
<h2>Leaderboard</h2>
${leaderboard(results)}
<h2>Parallel coordinates</h2>
<p class="soft">A line for each setting that was tried, from blue, the worst, to yellow, the best; dashed where it diverged, and ending before the last axis where it was lost. Point at one to see it alone.</p>
${parallelCoordinates(results, shareOf)}
<h2>Importance</h2>
${importance(results)}
<h2>Maps</h2>
<p class="soft">Of two settings the best figure that was found in each cell; a cell of a range is named after where it begins.</p>
<div class="maps">
${maps(results)}
</div>
</body>
</html>
`;
}

function verdict(results: SweepResults | SweepSoFar): string {
  const { candidates, objective } = results;
  const [first] = candidates;
  if (!("winner" in results)) {
    const best =
      first === undefined || first.mean === null
        ? "no setting has a figure yet"
        : `the best so far is ${describePoint(first.point)}: ${objective} ${formatMean(objective, first)}`;
    return `This sweep was stopped, and can go on: ${best}. The test images have not been read.`;
  }
  const { winner } = results;
  if (winner === null || first === undefined) return `No winner: ${noWinnerReason({ candidates })}.`;
  const seeds = Object.keys(winner.test.values).length;
  const of = seeds > 1 ? `, the mean of ${seeds} seeds` : "";
  return `The best is ${describePoint(winner.point)}: ${objective} ${formatMean(objective, first)}; on the test images, which were read once, for it alone, ${formatFraction(winner.test.mean)}${of}.`;
}

/** From the worst, 0, to the best, 1, of those that have a figure. */
function shares({ candidates, objective }: SweepSoFar): (one: CandidateResult) => number | undefined {
  const scores = candidates.flatMap(({ mean }) => (mean === null ? [] : [scoreOf(objective, mean)]));
  const [best, worst] = [Math.min(...scores), Math.max(...scores)];
  return ({ mean }) => {
    if (mean === null) return undefined;
    return worst > best ? (worst - scoreOf(objective, mean)) / (worst - best) : 1;
  };
}

function leaderboard({ candidates, objective }: SweepSoFar): string {
  const names = settingColumns(candidates);
  const hasSpread = candidates.some(({ deviation }) => deviation !== null);
  const head = ["rank", ...names, "epochs", objective, ...(hasSpread ? ["±"] : [])];
  const rows = candidates.slice(0, MOST_ROWS).map((one) => {
    const texts = new Map(pointTexts(one.point));
    const cells = [
      String(one.rank),
      ...names.map((name) => texts.get(name) ?? "–"),
      String(one.epochs),
      formatMean(objective, one),
      ...(hasSpread ? [formatDeviation(objective, one.deviation)] : []),
    ];
    const isWinner = one.rank === 1 && one.mean !== null;
    return `<tr${isWinner ? ' class="winner"' : ""}>${cells.map((cell) => `<td>${escapeXml(cell)}</td>`).join("")}</tr>`;
  });
  const table = (some: readonly string[]): string => `<div class="scroll"><table>
<thead><tr>${head.map((title) => `<th>${escapeXml(title)}</th>`).join("")}</tr></thead>
<tbody>${some.join("\n")}</tbody></table></div>`;
  const others = rows.slice(FIRST_ROWS);
  const more = candidates.length - rows.length;
  const rest = more > 0 ? `<p class="soft">And ${more} more in results.csv.</p>` : "";
  const folded =
    others.length > 0
      ? `<details><summary>The other ${others.length}</summary>${table(others)}${rest}</details>`
      : "";
  return table(rows.slice(0, FIRST_ROWS)) + folded;
}

/** How long each was trained is a setting of its own where that differs, so that it isn't taken for another one's merit. */
function importance({ space, candidates, objective, settings }: SweepSoFar): string {
  const lengths = [...new Set(candidates.map(({ epochs }) => epochs))];
  const searched = Object.fromEntries(
    Object.entries(space).filter(([, dimension]) => dimension !== undefined && hasSeveral(dimension)),
  );
  const whole: SearchSpace = {
    ...searched,
    ...(lengths.length > 1 && { epochs: { kind: "choice", values: lengths } }),
  };
  // What was lost tells nothing of its setting.
  const known = candidates.filter((one) => figureState(one) !== "lost");
  const scored = known.map(({ point, epochs, mean }) => ({
    point: { ...point, epochs },
    score: mean === null ? null : scoreOf(objective, mean),
  }));
  const found = settingImportance(whole, scored, { seed: settings.seed });
  if (found === undefined) return `<p class="soft">Too few settings have a figure to tell.</p>`;
  return `<p class="soft">The share of the variance of ${escapeXml(objective)} over the whole space that each setting explains by itself, and what only several explain together: functional ANOVA on a forest of 64 regression trees (Hutter, Hoos &amp; Leyton-Brown 2014). The whiskers, and ±, are one standard deviation over the trees: with ${plural(known.length, "setting")} tried, that is how far to trust it.</p>
${importanceBars(found)}`;
}

function hasSeveral(dimension: Dimension): boolean {
  return dimension.kind !== "choice" || dimension.values.length > 1;
}

function maps(results: SweepSoFar): string {
  const pairs = pairsOf(results.space);
  const shown = pairs.slice(0, MOST_MAPS).map((pair) => mapTable(results, pair));
  const more = pairs.length - shown.length;
  return (
    shown.join("\n") +
    (more > 0 ? `<p class="soft">And ${more} more pairs, which the leaderboard has.</p>` : "")
  );
}

function mapTable({ space, candidates, objective }: SweepSoFar, [across, down]: Pair): string {
  const tried = candidates.map((one) => ({ point: one.point, outcome: one }));
  const axis = down === undefined ? undefined : mapAxis(space, down, MOST_CELLS);
  const map = heatMapOf(tried, mapAxis(space, across, MOST_CELLS), axis, objective);
  const known = map.cells.flat().filter((value) => typeof value === "number");
  const scores = known.map((value) => scoreOf(objective, value));
  const [best, worst] = [Math.min(...scores), Math.max(...scores)];
  const cell = (value: MapCell): string => {
    if (value === undefined) return `<td class="empty">·</td>`;
    if (value === "lost") return `<td class="empty">lost</td>`;
    if (value === "diverged") return `<td class="bad">diverged</td>`;
    const share = worst > best ? (worst - scoreOf(objective, value)) / (worst - best) : 1;
    const style = `background: ${rampColor(share)}; color: ${textColorOn(share)}`;
    return `<td style="${style}">${escapeXml(formatObjective(objective, value))}</td>`;
  };
  const nameOf = (setting: string): string =>
    SWEPT_FLAGS.find((flag) => flag.setting === setting)?.name ?? setting;
  const rows = map.cells.map((cells, index) => {
    const name = map.down?.labels[index] ?? "";
    return `<tr><th>${escapeXml(name)}</th>${cells.map(cell).join("")}</tr>`;
  });
  const title = down === undefined ? nameOf(across) : `${nameOf(down)} by ${nameOf(across)}`;
  return `<section><h3>${escapeXml(title)}</h3><div class="scroll"><table class="map">
<thead><tr><th></th>${map.across.labels.map((label) => `<th>${escapeXml(label)}</th>`).join("")}</tr></thead>
<tbody>${rows.join("")}</tbody></table></div></section>`;
}
