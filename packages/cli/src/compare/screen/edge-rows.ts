// The lines at the edges of the screen: the title, what is said of the selected run, and the keys.
import { visible } from "@trainscope/core/text";
import { stateInWords } from "@trainscope/runs";
import {
  COLORS,
  type Keys,
  keyRow,
  noticeRow,
  type Row,
  run,
  spread,
  type Theme,
  wrap,
} from "@trainscope/tui/parts";
import { formatClock, truncate } from "@trainscope/tui/text";
import { fittingKeys, typedFilterRow } from "../../screens/hint-rows.ts";
import type { Comparison, PlacedRun } from "../comparison.ts";
import { usualSettings } from "../unusual.ts";
import type { ChartScene } from "./chart-rows.ts";
import type { CompareView } from "./view.ts";

export function titleRow({ comparison, view, shown, theme }: ChartScene, width: number): Row {
  const { glyphs } = theme;
  const { length } = comparison.runs;
  const running = comparison.runs.filter(({ state }) => state === "running").length;
  const things = view.command === "watch" ? "sources" : "runs";
  const count =
    shown.runs.length < length ? `${shown.runs.length} of ${length} ${things}` : `${length} ${things}`;
  const filter = view.filter === "" ? "" : `   filter: ${view.filter}`;
  const left: Row = [
    run(` ${glyphs.brand} `, { color: COLORS.brand }),
    run(`trainscope ${view.command}`, { bold: true, color: COLORS.brand }),
    run(`  ${count}`),
    run(filter, { color: COLORS.caution }),
  ];
  const pins = view.pinned.size > 0 ? `${view.pinned.size} pinned   ` : "";
  const right: Row = [
    run(pins, { dim: true }),
    run(running > 0 ? `${glyphs.running} ${running} running ` : "", { color: COLORS.good, bold: true }),
  ];
  return spread(left, right, width, glyphs.ellipsis);
}

/** Who the selected run is, what it differs in, and what is wrong with it: as much as there is room for. */
export function detailRows({ comparison, shown, theme }: ChartScene, width: number, height: number): Row[] {
  const { selected } = shown;
  if (selected === undefined) return [];
  const who = whoOf(selected, theme);
  const settings = settingsOf(selected, comparison);
  const [problem] = selected.problems;
  const trouble: Row[] =
    problem === undefined
      ? []
      : [[run(`${theme.glyphs.warning} ${visible(problem)}`, { color: COLORS.caution })]];
  if (height === 1) return trouble.length > 0 ? trouble : [[run(`${who}  ${settings}`, { dim: true })]];
  const room = height - 1 - trouble.length;
  const lines = wrap(settings, width);
  const kept = lines.length <= room ? lines : [...lines.slice(0, room - 1), lines.slice(room - 1).join(" ")];
  const rows = kept.map((line): Row => [run(truncate(line, width, theme.glyphs.ellipsis))]);
  return [[run(who, { dim: true })], ...trouble, ...rows].slice(0, height);
}

function whoOf(
  { runId, name, tags, state, lastHeartbeat, parent, origin }: PlacedRun,
  { glyphs }: Theme,
): string {
  const isOpen = state === "died" || state === "silent";
  const last = isOpen && lastHeartbeat !== undefined ? `, last sign at ${formatClock(lastHeartbeat)}` : "";
  const fork = parent && `forked from ${origin?.run.name ?? parent.runId} in epoch ${parent.epoch}`;
  const parts = [
    name === runId ? runId : `${name} (${runId})`,
    `${stateInWords(state)}${last}`,
    ...(fork === undefined ? [] : [fork]),
    ...(tags.length > 0 ? [`tags: ${tags.join(", ")}`] : []),
  ];
  return visible(parts.join(` ${glyphs.dot} `));
}

/** Those that differ, in the words of the command line: first what most of the others don't have. */
function settingsOf({ settings }: PlacedRun, comparison: Comparison): string {
  const usual = usualSettings(comparison);
  const isUsual = (name: string): number => Number(settings.get(name) === usual.get(name));
  const names = comparison.differing.toSorted((one, other) => isUsual(one) - isUsual(other));
  const parts = names.flatMap((name) => (settings.has(name) ? [`${name} ${settings.get(name)}`] : []));
  return visible(parts.length === 0 ? "no setting differs from the others" : parts.join("; "));
}

/** What is typed, what was just said, or the keys there are. */
export function hintsRow(view: CompareView, notice: string | undefined, width: number, theme: Theme): Row {
  if (view.typing) return typedFilterRow(view.filter, width);
  if (view.help) return keyRow([["Esc", "closes the help"]], width);
  if (notice !== undefined) return noticeRow(visible(notice));
  return fittingKeys(hintKeys(theme), width);
}

function hintKeys({ glyphs }: Theme): Keys {
  return [
    ["m", "metric"],
    ["t", "epochs, time"],
    ["/", "filter"],
    ["p", "pin"],
    [`${glyphs.up}${glyphs.down}`, "select"],
    ["s", "sort"],
    ["l", "log"],
    ["q", "quit"],
    ["v", "picture"],
    ["e", "CSV"],
  ];
}
