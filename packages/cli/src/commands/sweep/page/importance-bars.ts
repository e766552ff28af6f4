// How much of the figure's variance each setting explains, the most important first, with its doubt.
import { escapeXml } from "@trainscope/core/text";
import type { Importance } from "@trainscope/sweep";
import { SWEPT_FLAGS } from "../swept-flags.ts";

const [WIDTH, ROW, NAME, FIGURE] = [720, 30, 130, 130];
const BAR = WIDTH - NAME - FIGURE;

/** A bar a setting, and a whisker of one standard deviation over the trees to each side. */
export function importanceBars({ settings, together }: Importance): string {
  const rows = [
    ...settings
      .map(({ name, ...share }) => ({ name: labelOf(name), ...share }))
      .toSorted((a, b) => b.share - a.share),
    { name: "only together", ...together },
  ];
  const xOf = (share: number): number => NAME + Math.max(0, Math.min(1, share)) * BAR;
  const bars = rows.map(({ name, share, deviation }, index) => {
    const middle = index * ROW + ROW / 2;
    const figure = `${(100 * share).toFixed(1)} ± ${(100 * deviation).toFixed(1)} %`;
    return `<text class="name" x="${NAME - 10}" y="${middle + 4}" text-anchor="end">${escapeXml(name)}</text>
<rect class="${index === rows.length - 1 ? "rest" : "bar"}" x="${NAME}" y="${middle - 9}" width="${(xOf(share) - NAME).toFixed(1)}" height="18"/>
<path class="whisker" d="M${xOf(share - deviation).toFixed(1)} ${middle}H${xOf(share + deviation).toFixed(1)}"/>
<text class="tick" x="${NAME + BAR + 10}" y="${middle + 4}">${figure}</text>`;
  });
  const height = rows.length * ROW;
  return `<svg class="importance" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="Importance of each setting">
<line class="axis" x1="${NAME}" x2="${NAME}" y1="0" y2="${height}"/>
${bars.join("\n")}
</svg>`;
}

function labelOf(setting: string): string {
  return SWEPT_FLAGS.find((flag) => flag.setting === setting)?.name ?? setting;
}
