// The table of plugins: what their hooks took, how they failed, and what they wrote; the slowest first.
import { visible } from "@trainscope/core/text";
import { formatCount, formatShortCount } from "../../text/format.ts";
import type { DashboardState, PluginStatus } from "../model/state.ts";
import { alignLeft, alignRight, type Color, type Row, run, type Style } from "../text/rows.ts";
import { COLORS, type Theme } from "../text/theme.ts";
import { wrap } from "../text/wrap.ts";

interface Figures {
  readonly calls: number;
  readonly milliseconds: number;
  readonly failures: number;
}

/** Where there is room for the share of the run's time, the kind of plugin and its files. */
const WIDE = 84;
const NUMBERS = { calls: 9, total: 10, each: 10, share: 9, errors: 8, files: 7, state: 10 };

/** A header, and for each plugin a row, its hooks, and its last error. */
export function pluginRows(state: DashboardState, width: number, theme: Theme): Row[] {
  const wide = width >= WIDE;
  const { share, files, ...always } = NUMBERS;
  const taken = Object.values(wide ? NUMBERS : always).reduce((sum, columns) => sum + columns, 0);
  const name = Math.min(32, Math.max(1, width - taken));
  const runMs = (state.time ?? 0) - (state.startedAt ?? 0);
  const statuses = [...state.plugins].map(([plugin, status]) => ({ plugin, status, sum: sumOf(status) }));
  const sorted = statuses.toSorted((a, b) => b.sum.milliseconds - a.sum.milliseconds);
  const line = (
    label: string,
    figures: Figures,
    written: string,
    about: string,
    style: Style,
    color?: Color,
  ): Row => [
    run(alignLeft(label, name, theme.glyphs.ellipsis), style),
    run(alignRight(shortened(figures.calls), NUMBERS.calls), style),
    run(alignRight(formatMilliseconds(figures.milliseconds), NUMBERS.total), style),
    run(
      alignRight(
        figures.calls === 0 ? "-" : formatMilliseconds(figures.milliseconds / figures.calls),
        NUMBERS.each,
      ),
      style,
    ),
    ...(wide ? [run(alignRight(shareOf(figures.milliseconds, runMs), share), style)] : []),
    run(alignRight(figures.failures === 0 ? "-" : formatCount(figures.failures), NUMBERS.errors), {
      ...style,
      color: figures.failures > 0 ? COLORS.caution : undefined,
    }),
    ...(wide ? [run(alignRight(written, files), style)] : []),
    run(`  ${about}`, { color }),
  ];
  return [
    headerRow(name, wide),
    ...sorted.flatMap(({ plugin, status, sum }): Row[] => {
      const [about, color] = stateOf(status);
      const written = status.artifacts === 0 ? "-" : formatCount(status.artifacts);
      const label = wide ? `${visible(plugin)} (${kindOf(plugin, state)})` : visible(plugin);
      return [
        line(
          label,
          { ...sum, failures: Math.max(sum.failures, status.failures) },
          written,
          about,
          { bold: true },
          color,
        ),
        ...status.hooks.map((hook) => line(`  ${visible(hook.hook)}`, hook, "", "", { dim: true })),
        ...(status.lastError === undefined
          ? []
          : wrap(status.lastError, width - 2).map((text) => [run(`  ${text}`, { color: COLORS.bad })])),
      ];
    }),
  ];
}

function headerRow(name: number, wide: boolean): Row {
  const title = (text: string, columns: number) => run(alignRight(text, columns), { dim: true });
  return [
    run(alignLeft("plugin", name), { dim: true }),
    title("calls", NUMBERS.calls),
    title("ms", NUMBERS.total),
    title("ms/call", NUMBERS.each),
    ...(wide ? [title("of run", NUMBERS.share)] : []),
    title("errors", NUMBERS.errors),
    ...(wide ? [title("files", NUMBERS.files)] : []),
    run("  state", { dim: true }),
  ];
}

function sumOf({ hooks }: PluginStatus): Figures {
  return hooks.reduce(
    (sum, { calls, milliseconds, failures }) => ({
      calls: sum.calls + calls,
      milliseconds: sum.milliseconds + milliseconds,
      failures: sum.failures + failures,
    }),
    { calls: 0, milliseconds: 0, failures: 0 },
  );
}

function stateOf({ disabled, failures }: PluginStatus): readonly [string, Color | undefined] {
  if (disabled) return ["disabled", COLORS.bad];
  return failures > 0 ? ["failed", COLORS.caution] : ["active", COLORS.good];
}

/** What isn't among the run's metrics writes files. */
function kindOf(plugin: string, { run: start }: DashboardState): string {
  return start?.metrics.some(({ name }) => name === plugin) ? "metric" : "exporter";
}

function shareOf(milliseconds: number, runMs: number): string {
  if (runMs <= 0) return "-";
  const share = (100 * milliseconds) / runMs;
  return share > 100 ? "> 100 %" : `${share.toFixed(1)} %`;
}

function formatMilliseconds(value: number): string {
  if (value >= 1000) return shortened(value);
  if (value > 0 && value < 0.001) return "< 0.001";
  return value.toFixed(value === 0 || value >= 10 ? 1 : 3);
}

function shortened(count: number): string {
  return count < 1e6 ? formatCount(count) : formatShortCount(count);
}
